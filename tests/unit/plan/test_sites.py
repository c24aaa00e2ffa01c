"""Plants and shops that open and close: answers told by hand."""

from typing import Any

import polars as pl
import pytest

from motorworks.case.records import choices, sites, supply
from motorworks.case.records import markets as mk
from motorworks.case.records import products as pr
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import PROFIT, STANDING, small_case

RATE = sites.ShopRate(shop="line", start="2025-01-01", jph=100)


def _site(**cells: Any) -> choices.SiteWindow:
    return choices.SiteWindow(**{"site": "works", "plant": "works", "currency": "USD", **cells})


def _up(result: PlanResult) -> list[int]:
    return result.table("sites")["up"].to_list()


def _built(result: PlanResult) -> list[float]:
    return [float(units) for units in result.table("production")["units"]]


def _part(result: PlanResult, name: str) -> float:
    parts = result.table("objective")
    return float(parts.filter(pl.col("part") == name)["amount"].item())


def test_a_plant_opens_when_its_months_pay() -> None:
    """A hundred cars do not earn the half million of a month, three hundred do."""
    result = solve_plan(small_case([100, 300, 300], _site(fixed_cost=500_000)))
    assert _up(result) == [0, 1, 1]
    assert _built(result) == pytest.approx([0, 300, 300])
    assert _part(result, "site_fixed") == pytest.approx(-1_000_000)
    assert result.margin == pytest.approx(600 * PROFIT - 1_000_000)


def test_a_plant_that_does_not_pay_stays_shut_unless_it_must_open() -> None:
    """Three hundred cars earn 1.47 million, the plant costs 2 million."""
    assert _up(solve_plan(small_case([300], _site(capex=2_000_000)))) == [0]
    must = solve_plan(small_case([300], _site(capex=2_000_000, optional=False, latest="2025-01")))
    assert _up(must) == [1]
    assert must.margin == pytest.approx(300 * PROFIT - 2_000_000)


def test_building_a_plant_takes_its_lead_time() -> None:
    """A month from decision to opening: the first month is lost, and paid for at its rate."""
    euro = [
        mk.Currency(currency="EUR", name="Euro"),
        mk.CurrencyRate(currency="EUR", start="2025-01", rate=2.0),
        mk.CurrencyRate(currency="EUR", start="2025-02", rate=3.0),
    ]
    site = _site(lead_months=1, capex=1000, currency="EUR")
    result = solve_plan(small_case([100, 100], site, *euro))
    assert _up(result) == [0, 1]
    assert _part(result, "site_capex") == pytest.approx(-2000)


def test_a_plant_closes_after_it_has_built_ahead() -> None:
    """Fifty cars for February and March are built in January; closing costs less than standing."""
    site = _site(open_at_start=True, closable=True, fixed_cost=500_000, close_cost=600_000)
    result = solve_plan(small_case([300, 50, 50], site))
    assert _up(result) == [1, 0, 0]
    assert _built(result) == pytest.approx([400, 0, 0])
    assert _part(result, "site_capex") == pytest.approx(-600_000)
    assert result.margin == pytest.approx(400 * PROFIT - 1_100_000 - 150 * STANDING)


def test_a_plant_that_is_dear_to_close_stays_open() -> None:
    """Two months of standing cost a million, closing more."""
    site = _site(open_at_start=True, closable=True, fixed_cost=500_000, close_cost=1_000_001)
    assert _up(solve_plan(small_case([300, 50, 50], site))) == [1, 1, 1]


def test_a_plant_opens_for_a_while() -> None:
    """Only the second of three months pays, and nothing can be stored for the others."""
    site = _site(closable=True, fixed_cost=500_000)
    full = {"yard_slots": 0}
    case = small_case([50, 300, 50], site, plant=full, market=full)
    assert _up(solve_plan(case)) == [0, 1, 0]


def test_the_nameplate_counts_the_months_that_the_plant_is_open() -> None:
    """1,200 a year are a hundred for each of two months open, in whichever they are built."""
    plant = {"nameplate": 1200}
    site = _site(earliest="2025-02")
    result = solve_plan(small_case([0, 50, 400], site, plant=plant))
    assert sum(_built(result)) == pytest.approx(200)
    given = solve_plan(small_case([0, 50, 400], _site(open_at_start=True), plant=plant))
    assert sum(_built(given)) == pytest.approx(300)


def test_a_shop_that_is_not_open_stops_the_cars_that_need_it() -> None:
    """A press shop as a site of its own; its hours and capacity are 0 while it is shut."""
    press = sites.Shop(shop="press", plant="works", kind="press")
    rate = sites.ShopRate(shop="press", start="2025-01-01", jph=10)
    site = _site(site="press", shop="press", fixed_cost=500_000)
    result = solve_plan(small_case([100, 280], press, rate, RATE, site))
    assert _built(result) == pytest.approx([0, 280])
    hours = result.table("capacity").filter(pl.col("shop") == "press")
    assert hours["capacity"].to_list() == pytest.approx([0, 280])
    assert hours["hours"].to_list() == pytest.approx([0, 28])
    line = result.table("capacity").filter(pl.col("shop") == "line")
    assert line["capacity"].to_list() == pytest.approx([3100, 2800])


def test_a_shop_without_a_rate_is_needed_all_the_same() -> None:
    """No pace limits the press, but cars that pass it wait until it opens."""
    press = sites.Shop(shop="press", plant="works", kind="press")
    site = _site(site="press", shop="press", earliest="2025-02")
    assert _built(solve_plan(small_case([100, 100], press, site))) == pytest.approx([0, 100])
    free = pr.WorkContent(vehicle="car", shop="press", factor=0)
    assert _built(solve_plan(small_case([100, 100], press, site, free))) == pytest.approx(
        [100, 100]
    )


def test_an_engine_shop_that_is_not_open_makes_no_engines() -> None:
    """Cars wait for their engines until the engine shop opens."""
    rows = [
        sites.Shop(shop="engines", plant="works", kind="engine"),
        sites.ShopRate(shop="engines", start="2025-01-01", jph=10),
        supply.Supplier(supplier="house", name="House", country="US", plant="works"),
        supply.Component(component="engine", name="Engine", kind="engine"),
        supply.ComponentUse(vehicle="car", component="engine", quantity=1),
        supply.ComponentSource(source="made", component="engine", plant="works",
                               supplier="house", shop="engines"),
    ]  # fmt: skip
    site = _site(site="engines", shop="engines", earliest="2025-02")
    assert _built(solve_plan(small_case([100, 100], *rows, site))) == pytest.approx([0, 100])


@pytest.mark.parametrize("workforce", [False, True], ids=["options", "options and workforce"])
def test_a_plant_that_chooses_its_shifts_opens_as_well(workforce: bool) -> None:
    """Without a plant there is no shift to choose, and no hour to add."""
    rows = [choices.ShiftOption(plant="works", pattern="hour")]
    force = [choices.Workforce(plant="works", overtime_hours_max=10, weekend_hours_max=10)]
    site = _site(fixed_cost=500_000)
    case = small_case([100, 300], *rows, *(force if workforce else []), RATE, site)
    result = solve_plan(case)
    assert _up(result) == [0, 1]
    assert _built(result) == pytest.approx([0, 300])
    assert result.table("capacity")["capacity"].to_list()[0] == pytest.approx(0)


def _worth(result: PlanResult, family: str) -> dict[str, Any]:
    rows = result.table("marginals").filter(pl.col("family") == family)
    return rows.row(0, named=True)


def test_a_slot_of_an_open_site_is_worth_the_car_that_it_builds() -> None:
    """Of 4,000 cars wanted it builds 3,100, and each slot more earns a car."""
    site = _site(fixed_cost=500_000)
    slot = _worth(solve_plan(small_case([4000], RATE, site, plateau_jph=1000)), "shop_capacity")
    assert slot["limit"] == pytest.approx(3100)
    assert slot["value"] == pytest.approx(PROFIT)


def test_the_nameplate_of_an_open_site_is_worth_its_months() -> None:
    """Open for two months of three, it may build 200 of the 400 that are wanted."""
    full = {"yard_slots": 0}
    case = small_case(
        [0, 0, 400], _site(earliest="2025-02"), plant={"nameplate": 1200, **full}, market=full
    )
    worth = _worth(solve_plan(case), "nameplate")
    assert worth["limit"] == pytest.approx(200)
    assert worth["value"] == pytest.approx(PROFIT)
    assert worth["until"] == pytest.approx(400)
