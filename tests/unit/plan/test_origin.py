"""Rules of origin and the duty they decide: answers told by hand.

The works stand in Korea; a car sells at 20,000 in the city in America, costs 12,000 of material
and 3,000 of conversion, and pays 10 % of duty unless it originates. So the duty saved is 2,000 a
car, and a car without preference earns 2,900.
"""

from typing import Any

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.records import markets as mk
from motorworks.case.records import products as pr
from motorworks.case.records import programme as pg
from motorworks.case.records import sites, supply, trade
from motorworks.errors import CaseError
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import Solved, margin_of, optimise, solve_plan, write_program
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import PROFIT, small_case

SAVED = 2000.0
FULL_DUTY = PROFIT - SAVED


def _rule(method: Any, threshold: float, averaging: Any = "model") -> trade.OriginRule:
    return trade.OriginRule(
        regime="KORUS", method=method, threshold_pct=threshold, averaging=averaging
    )


def _local(share: float, start: str = "2025-01", vehicle: str = "car") -> trade.LocalContent:
    return trade.LocalContent(
        vehicle=vehicle, plant="works", regime="KORUS", start=start, local_pct=share
    )


def _case(demand: list[float], *rows: Record, **cells: Any) -> Case:
    """The small case with its works moved to Korea, and duty on its cars."""
    case = small_case(
        demand, *rows,
        sites.Country(country="KR", name="Korea", customs_area="KR"),
        trade.Tariff(importer="US", exporter="KR", start="2020-01-01", rate_pct=10),
        trade.Preference(regime="KORUS", importer="US", exporter="KR", start="2020-01-01",
                         rate_pct=0),
        trade.RegimeArea(regime="KORUS", area="KR"), trade.RegimeArea(regime="KORUS", area="US"),
        **cells,
    )  # fmt: skip
    return case.replace(plants=case.table("plants").with_columns(country=pl.lit("KR")))


def _packs(premium: float, *, cheap: float = 0.0) -> list[Record]:
    """Packs worth 4,000 of each car, from China, or from Korea at a premium."""
    source = supply.ComponentSource(source="chinese", component="pack", plant="works",
                                    supplier="far", value=4000, premium=cheap,
                                    currency="USD")  # fmt: skip
    korean = {"source": "korean", "supplier": "near", "premium": premium}
    return [
        sites.Country(country="CN", name="China", customs_area="CN"),
        supply.Supplier(supplier="far", name="Far", country="CN"),
        supply.Supplier(supplier="near", name="Near", country="KR"),
        supply.Component(component="pack", name="Pack", kind="battery_pack", kwh=50,
                         holding_cost=1000, currency="USD"),
        supply.ComponentUse(vehicle="car", component="pack", quantity=1),
        source, source.model_copy(update=korean),
        trade.Tariff(importer="KR", exporter="CN", goods="parts", start="2020-01-01", rate_pct=0),
    ]  # fmt: skip


def _received(result: PlanResult, source: str) -> float:
    return float(result.table("components").filter(pl.col("source") == source)["units"].sum())


@pytest.mark.parametrize(("foreign", "passes"), [(45.0, True), (46.0, False)])
def test_build_down_at_55_allows_45_of_the_value_from_abroad(foreign: float, passes: bool) -> None:
    """The test vector of the rule: 46 % of the car's value fails, 45 % passes."""
    local = 100 * (1 - foreign / 100 * 20000 / 12000)
    result = solve_plan(_case([50], _rule("build_down", 55), _local(local)))
    assert result.margin == pytest.approx(50 * (PROFIT if passes else FULL_DUTY))
    assert result.table("origin")["claimed"].to_list() == [int(passes)]
    assert result.table("preferred").select("units", "saved").rows() == [
        (pytest.approx(50.0 * passes), pytest.approx(SAVED))
    ]


@pytest.mark.parametrize(
    ("method", "threshold", "share"),
    [
        pytest.param("build_up", 35.0, 7000 / 120, id="35 % of the value of 20,000"),
        pytest.param("net_cost", 35.0, 100 * (1 - 9750 / 12000), id="35 % of the cost of 15,000"),
    ],
)
def test_each_way_of_counting_has_its_threshold(
    method: str, threshold: float, share: float
) -> None:
    """Just enough originates, just too little does not."""
    for extra, margin in ((1e-4, PROFIT), (-1e-4, FULL_DUTY)):
        case = _case([50], _rule(method, threshold), _local(share + extra))
        assert solve_plan(case).margin == pytest.approx(50 * margin)


def test_any_rule_of_the_agreement_is_enough() -> None:
    """The share fails build-up at 90 % but passes net cost at 35 %."""
    rules = [_rule("build_up", 90), _rule("net_cost", 35)]
    table = solve_plan(_case([50], *rules, _local(50))).table("origin")
    assert dict(table.select("method", "claimed").rows()) == {"build_up": 0, "net_cost": 1}


def test_origin_is_mixed_exactly_to_the_threshold() -> None:
    """Half the cars with the dearer pack are enough for all of them.

    Build-up at 35 % asks 7,000 a car; 5,000 is local, and 4,000 more where the pack is Korean.
    """
    case = _case([60, 40], _rule("build_up", 35), _local(500 / 12), *_packs(1500))
    result = solve_plan(case)
    assert _received(result, "korean") == pytest.approx(50)
    assert result.margin == pytest.approx(100 * PROFIT - 50 * 1500)
    row = result.table("origin").row(0, named=True)
    assert row["content"] == pytest.approx(row["needed"]) == pytest.approx(700_000)
    assert result.table("origin_parts")["units"].sum() == pytest.approx(50)


def test_the_cheaper_pack_is_taken_where_origin_does_not_pay_for_the_other() -> None:
    """Half a premium of 4,500 a car is more than the 2,000 of duty."""
    case = _case([60, 40], _rule("build_up", 35), _local(500 / 12), *_packs(4500))
    result = solve_plan(case)
    assert _received(result, "korean") == pytest.approx(0)
    assert result.margin == pytest.approx(100 * FULL_DUTY)


def test_a_rule_by_car_counts_each_month_alone() -> None:
    """The year would pass on average, but only the second half does by the month.

    Not even a February in which nothing is built, January's cars being shipped, gives preference.
    """
    rows = [_local(20), _local(100, start="2025-03")]
    months = [50.0] * 4
    of_year = _case(months, _rule("build_up", 35), *rows)
    of_month = _case(months, _rule("build_up", 35, "car"), *rows)
    assert solve_plan(of_year).table("preferred")["units"].sum() == pytest.approx(200)
    table = solve_plan(of_month).table("origin")
    assert table["period"].to_list() == ["2025-01", "2025-02", "2025-03", "2025-04"]
    assert table["claimed"].to_list()[2:] == [1, 1]
    assert solve_plan(of_month).table("preferred")["units"].sum() == pytest.approx(100)
    assert solve_plan(of_year).table("origin")["period"].to_list() == ["2025"]


def _two_cars(averaging: str, drivetrain: str = "ICE") -> PlanResult:
    """A second car like the first, but all local, where the first is a third short."""
    rows = [
        pr.Vehicle(vehicle="other", name="Other", brand="badge", platform="base",
                   drivetrain=drivetrain, stock_value=20000, currency="USD"),
        pg.Allocation(vehicle="other", plant="works", start="2020-01", plateau_jph=100),
        pg.VehicleCost(vehicle="other", plant="works", start="2025-01", material_cost=12000,
                       conversion_cost=3000, currency="USD"),
        mk.Price(vehicle="other", market="city", start="2025-01", price=20000, currency="USD"),
        mk.Demand(vehicle="other", market="city", month="2025-01", units=50),
    ]  # fmt: skip
    shares = [_local(40), _local(100, vehicle="other")]
    return solve_plan(_case([50], *rows, *shares, _rule("build_up", 35, averaging)))


@pytest.mark.parametrize(
    ("averaging", "drivetrain", "cars", "groups"),
    [
        pytest.param("model", "ICE", 50, ["car", "other"], id="model"),
        pytest.param("class", "ICE", 100, ["ICE"], id="one class"),
        pytest.param("class", "BEV", 50, ["ICE", "BEV"], id="two classes"),
        pytest.param("plant", "BEV", 100, ["all"], id="plant"),
    ],
)
def test_a_wider_group_lets_one_car_carry_the_other(
    averaging: str, drivetrain: str, cars: float, groups: list[str]
) -> None:
    """Alone the first car fails; with the second of its class or plant it passes."""
    result = _two_cars(averaging, drivetrain)
    assert result.table("preferred")["units"].sum() == pytest.approx(cars)
    assert result.table("origin")["group"].to_list() == groups


def test_the_lowest_value_of_all_destinations_is_the_one_that_counts() -> None:
    """A cheaper price in a second city lowers what build-up asks."""
    town = [
        mk.Market(market="town", name="Town", country="US", currency="USD"),
        mk.Price(vehicle="car", market="town", start="2025-01", price=16000, currency="USD"),
        mk.Demand(vehicle="car", market="town", month="2025-01", units=10),
        trade.Lane(lane="track", plant="works", market="town", mode="truck", transit_days=0),
    ]
    result = solve_plan(_case([50], *town, _rule("build_up", 35), _local(5600 / 120)))
    assert result.table("origin")["claimed"].to_list() == [1]
    assert result.table("preferred")["units"].sum() == pytest.approx(60)


@pytest.mark.parametrize(("slots", "preferred"), [(None, 50.0), (0.0, 0.0)])
def test_only_cars_that_stand_at_the_plant_carry_their_origin_on(
    slots: float | None, preferred: float
) -> None:
    """January's cars originate, February's do not, and January has buyers at home for its own.

    With a yard February's cars are built in January; without one none has preference.
    """
    town = [
        mk.Market(market="town", name="Town", country="KR", currency="USD"),
        mk.Price(vehicle="car", market="town", start="2025-01", price=20000, currency="USD"),
        mk.Demand(vehicle="car", market="town", month="2025-01", units=50),
        trade.Lane(lane="track", plant="works", market="town", mode="truck", transit_days=0),
    ]
    content = [_local(100), _local(0, start="2025-02")]
    case = _case(
        [0, 50], *town, *content, _rule("build_up", 35, "car"),
        plant={"yard_slots": slots}, market={"yard_slots": 0},
    )  # fmt: skip
    assert solve_plan(case).table("preferred")["units"].sum() == pytest.approx(preferred)


def test_a_preference_that_saves_nothing_is_not_used() -> None:
    """Where the usual duty is lower than the agreement's, cars pay the usual one."""
    case = _case([50], _rule("build_up", 0))
    dear = case.table("preferences").with_columns(rate_pct=pl.lit(12.0))
    result = solve_plan(case.replace(preferences=dear))
    assert result.margin == pytest.approx(50 * FULL_DUTY)
    assert result.table("preferred").select("units", "saved").rows() == [
        (pytest.approx(0), pytest.approx(-400))
    ]


def test_a_preference_without_a_rule_gives_nothing() -> None:
    """There is no way to prove origin, so no flow falls under the agreement."""
    result = solve_plan(_case([50], _local(100)))
    assert result.margin == pytest.approx(50 * FULL_DUTY)
    assert result.table("preferred").height == 0


def test_a_car_built_without_limit_cannot_claim_origin() -> None:
    """A claim must know the most that may be built."""
    case = _case([50], _rule("build_up", 35), _local(100), plateau_jph=None)
    with pytest.raises(CaseError, match="car at works needs a plateau_jph"):
        solve_plan(case)


def test_cars_of_opening_stock_without_an_allocation_claim_nothing() -> None:
    """Nobody knows how they were built."""
    stock = pg.OpeningStock(vehicle="other", plant="works", units=10)
    rows = [
        pr.Vehicle(vehicle="other", name="Other", brand="badge", platform="base",
                   drivetrain="ICE", stock_value=20000, currency="USD"),
        mk.Price(vehicle="other", market="city", start="2025-01", price=20000, currency="USD"),
        mk.Demand(vehicle="other", market="city", month="2025-01", units=10), stock,
    ]  # fmt: skip
    table = solve_plan(_case([50], *rows, _rule("build_up", 35), _local(100))).table("preferred")
    assert dict(table.select("vehicle", "units").rows()) == pytest.approx({"car": 50, "other": 0})


def test_a_claim_is_dropped_where_a_fact_takes_its_ground_away() -> None:
    """Trials keep what a plan chose, but claim origin anew: the cars are built and pay the duty."""
    good, bad = (
        _case([100], _rule("build_up", 35), _local(share)) for share in (80.0, 10.0)
    )  # fmt: skip
    params = PlanParams(**good.info.plan)
    program = write_program(good, params)
    base = Solved(program.model, optimise(program))
    assert margin_of(program, base.solution) == pytest.approx(100 * PROFIT)
    changed = write_program(bad, params)
    trial = optimise(changed, base)
    assert margin_of(changed, trial) == pytest.approx(100 * FULL_DUTY)
