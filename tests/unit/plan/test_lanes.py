"""Spot space, least lots, room in ports, and how old stock may be."""

from typing import Any

import pytest

from motorworks.case.case import Case
from motorworks.case.check import check_case
from motorworks.case.lag import DAYS_PER_MONTH
from motorworks.case.records.programme import InTransit, OpeningStock, Pin
from motorworks.case.records.trade import Lane, LaneRate, Port, Sailing, SpotSpace
from motorworks.errors import InfeasibleError
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import MONTHS, PROFIT, STANDING, small_case

HELD = Sailing(lane="road", start="2025-01", sailings_per_month=4, allotment_ceu=25)


def _solved(case: Case) -> PlanResult:
    assert check_case(case) == []
    return solve_plan(case)


def _column(result: PlanResult, table: str, column: str) -> list[float]:
    return [round(units, 6) for units in result.table(table)[column]]


def _spot(start: str, **cells: Any) -> SpotSpace:
    return SpotSpace(
        **{"lane": "road", "start": start, "ceu": 30, "premium": 50, "currency": "USD", **cells}
    )


def test_spot_space_is_taken_only_in_the_tight_month() -> None:
    """100 CEU are held, 130 wanted in February: 10 go a month ahead, 20 at the premium."""
    result = _solved(small_case([90, 130, 90], HELD, _spot("2025-01")))
    assert _column(result, "spot", "ceu") == [0, 20, 0]
    assert _column(result, "market", "stock") == [10, 0, 0]
    parts = dict(result.table("objective").iter_rows())
    assert parts["spot_freight"] == pytest.approx(-20 * 50)
    assert result.margin == pytest.approx(310 * PROFIT - 20 * 50 - 10 * STANDING)


def test_spot_space_that_costs_less_than_a_month_of_stock_is_taken_first() -> None:
    """At a premium of half the cost of standing, nothing is shipped ahead."""
    result = _solved(small_case([90, 130, 90], HELD, _spot("2025-01", premium=STANDING / 2)))
    assert _column(result, "spot", "ceu") == [0, 30, 0]


def test_spot_space_ends_where_the_offer_does() -> None:
    """From March on 5 CEU are offered; the rest of what is wanted is lost."""
    offers = _spot("2025-01"), _spot("2025-03", ceu=5)
    case = small_case([100, 100, 140], HELD, *offers, market={"yard_slots": 0})
    assert _column(_solved(case), "market", "lost") == [0, 0, 35]


def test_spot_space_of_a_lane_without_sailings_means_nothing() -> None:
    """A lane without rows in sailings has no limit, so that nothing is bought."""
    result = _solved(small_case([500], _spot("2025-01")))
    assert result.table("spot").height == 0
    assert _column(result, "shipments", "units") == [500]


def test_a_least_lot_bundles_shipments() -> None:
    """30 cars a month, 90 to a lot: three months leave at once, for the stock is cheap."""
    result = _solved(small_case([30] * 6, lane={"min_lot_ceu": 90}))
    assert _column(result, "shipments", "units") == [90, 0, 0, 90, 0, 0]
    assert result.margin == pytest.approx(180 * PROFIT - STANDING * 2 * (60 + 30))


def test_a_lot_that_never_fills_leaves_the_lane_empty() -> None:
    """60 cars are wanted in all; what 90 would leave over costs more than 60 bring."""
    result = _solved(small_case([20] * 3, lane={"min_lot_ceu": 90}))
    assert _column(result, "shipments", "units") == [0, 0, 0]
    assert result.margin == 0.0


def test_a_lot_above_the_space_cannot_leave() -> None:
    """100 CEU are held and 20 offered; a lot of 130 can never be shipped, one of 120 can."""
    offer = _spot("2025-01", ceu=20)
    for lot, shipped in ((120, 120), (130, 0)):
        case = small_case([120], HELD, offer, lane={"min_lot_ceu": lot})
        assert _column(solve_plan(case), "shipments", "units") == [shipped]


def test_a_lot_holds_only_what_was_there_or_built() -> None:
    """70 cars stand at the works; with 30 or 31 built in January a lot of 101 leaves, or none."""
    stock = OpeningStock(vehicle="car", plant="works", units=70)
    for rate, shipped in ((31 / 31, 101), (30 / 31, 0)):
        case = small_case([101], stock, lane={"min_lot_ceu": 101}, plateau_jph=rate)
        assert _column(_solved(case), "shipments", "units") == [shipped]


def _by_port(demand: list[float], port: Port, *rows: Any, transit_days: float = 0.0) -> Case:
    return small_case(
        demand, port, *rows, plant={"port": "USLAX"},
        lane={"mode": "roro", "transit_days": transit_days},
    )  # fmt: skip


def test_a_port_holds_its_slots_by_the_law_of_little() -> None:
    """Cars that stay half a month pass through 60 slots at 120 a month."""
    port = Port(port="USLAX", name="Los Angeles", slots=60, dwell_days=DAYS_PER_MONTH / 2)
    result = _solved(_by_port([150, 150], port))
    assert _column(result, "shipments", "units") == pytest.approx([120, 120])
    assert result.margin == pytest.approx(240 * PROFIT)


def test_a_port_counts_cars_that_arrive() -> None:
    """120 a month pass; with 40 under way and half of each month's cars a month later, 240 leave.

    January takes 40 and 80, February the other 80 and 40; or later, for the same.
    """
    port = Port(port="USNYC", name="New York", slots=120, dwell_days=DAYS_PER_MONTH)
    way = InTransit(vehicle="car", lane="road", arrives="2025-01", units=40)
    lane = {"mode": "container", "transit_days": DAYS_PER_MONTH / 2}
    result = _solved(small_case([500] * 3, port, way, market={"port": "USNYC"}, lane=lane))
    shipped = _column(result, "shipments", "units")
    assert sum(shipped[:2]) == pytest.approx(240)
    assert 40 + shipped[0] / 2 <= 120 + 1e-6
    assert sum(_column(result, "market", "sold")) == pytest.approx(280)


def test_a_truck_touches_no_port() -> None:
    """Where the port is full, the lane by road carries the cars."""
    port = Port(port="USLAX", name="Los Angeles", slots=0, dwell_days=30)
    truck = Lane(lane="pass", plant="works", market="city", mode="truck", transit_days=0)
    rate = LaneRate(lane="pass", start="2025-01", freight=200, currency="USD")
    result = _solved(_by_port([50], port, truck, rate))
    assert dict(result.table("shipments").select("lane", "units").iter_rows()) == {
        "road": 0, "pass": 50,
    }  # fmt: skip


def _idle(*months: int) -> list[Pin]:
    """Nothing is built in these months."""
    cells = {"vehicle": "car", "plant": "works", "maximum": 0, "reason": "closed"}
    return [Pin(month=MONTHS[month], **cells) for month in months]


@pytest.mark.parametrize(("age", "sold"), [(2, 90), (1, 0)])
def test_plant_stock_is_never_older_than_its_age(age: int, sold: int) -> None:
    """Built in January, wanted in March: two month ends must be stood through."""
    plant, market = {"stock_age_months": age}, {"yard_slots": 0}
    result = _solved(small_case([0, 0, 90], *_idle(1, 2), plant=plant, market=market))
    assert _column(result, "market", "sold") == [0, 0, sold]


@pytest.mark.parametrize(("age", "fits"), [(3, True), (2, False)])
def test_opening_stock_counts_as_built_in_the_month_before(age: int, fits: bool) -> None:
    """Built in December, wanted in March: three month ends, the last of December included."""
    stock = OpeningStock(vehicle="car", plant="works", units=40)
    plant, market = {"stock_age_months": age}, {"yard_slots": 0}
    case = small_case([0, 0, 40], stock, *_idle(0, 1, 2), plant=plant, market=market)
    if fits:
        assert _column(_solved(case), "plant_stock", "units") == [40, 40, 0]
    else:
        with pytest.raises(InfeasibleError):
            solve_plan(case)


@pytest.mark.parametrize(("age", "fits"), [(2, True), (1, False)])
def test_cars_under_way_age_from_the_month_they_arrive(age: int, fits: bool) -> None:
    """In the city since January, wanted in March: two month ends."""
    way = InTransit(vehicle="car", lane="road", arrives="2025-01", units=60)
    case = small_case([0, 0, 60], way, *_idle(0, 1, 2), market={"stock_age_months": age})
    if fits:
        assert _column(_solved(case), "market", "stock") == [60, 60, 0]
    else:
        with pytest.raises(InfeasibleError):
            solve_plan(case)


@pytest.mark.parametrize(("age", "fits"), [(3, True), (2, False)])
def test_opening_stock_of_a_market_counts_as_arrived_the_month_before(age: int, fits: bool) -> None:
    """There since December, wanted in March: three month ends, the last of December included."""
    stock = OpeningStock(vehicle="car", market="city", units=60)
    case = small_case([0, 0, 60], stock, *_idle(0, 1, 2), market={"stock_age_months": age})
    if fits:
        assert _column(_solved(case), "market", "stock") == [60, 60, 0]
    else:
        with pytest.raises(InfeasibleError):
            solve_plan(case)


@pytest.mark.parametrize(("age", "sold"), [(2, 50), (1, 0)])
def test_shipped_cars_age_from_the_month_they_arrive(age: int, sold: int) -> None:
    """Built and shipped in January, there in February, wanted in April: two month ends."""
    result = _solved(
        small_case(
            [0, 0, 0, 50], *_idle(1, 2, 3), plant={"yard_slots": 0},
            market={"stock_age_months": age}, lane={"transit_days": DAYS_PER_MONTH},
        )
    )  # fmt: skip
    assert _column(result, "market", "sold") == [0, 0, 0, sold]


def test_one_more_ceu_is_worth_the_same_where_a_lot_is_filled() -> None:
    """Of 300 wanted a month the ship takes 100: a lot of 10 changes neither that nor its worth."""
    plain, held = (
        _solved(small_case([300] * 2, HELD, lane=lane))
        .table("marginals")
        .filter(family="lane_space")
        for lane in ({}, {"min_lot_ceu": 10})
    )
    assert plain.height == 2
    assert held["value"].to_list() == pytest.approx(plain["value"].to_list())
    assert (held["until"] >= 101).all()
