"""Carbon: what it counts, and how a price, a cap and a goal move the plan; told by hand."""

from typing import Any

import polars as pl
import pytest

from motorworks.case.column import Record
from motorworks.case.records import energy, trade
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import PROFIT, small_case

TWO_TONNES = energy.Footprint(vehicle="car", kg_co2e=2000)
HALF_A_YEAR = [100.0] * 6


def _rail(**cells: Any) -> list[Record]:
    """A second way to the city: 30 dearer, 90 kg cleaner than the road with its 100 kg."""
    return [
        trade.Lane(lane="rail", plant="works", market="city", mode="rail", transit_days=0,
                   co2_kg_per_ceu=10, **cells),
        trade.LaneRate(lane="rail", start="2025-01", freight=130, currency="USD"),
    ]  # fmt: skip


def _shipped(result: PlanResult, lane: str) -> float:
    return float(result.table("shipments").filter(pl.col("lane") == lane)["units"].sum())


def _tonnes(result: PlanResult, part: str) -> list[float]:
    return result.table("carbon").filter(pl.col("part") == part)["tonnes"].to_list()


def _part(result: PlanResult, name: str) -> float:
    parts = result.table("objective")
    return float(parts.filter(pl.col("part") == name)["amount"].item())


@pytest.mark.parametrize(("price", "lane"), [(300.0, "road"), (400.0, "rail")])
def test_a_price_of_carbon_moves_cars_to_the_cleaner_lane(price: float, lane: str) -> None:
    """Ninety kg are worth 27 at a price of 300 and 36 at 400; rail costs 30 more."""
    case = small_case([100], *_rail(), plan={"carbon_price": price}, lane={"co2_kg_per_ceu": 100.0})
    result = solve_plan(case)
    assert _shipped(result, lane) == pytest.approx(100)
    tonnes = 100 * {"road": 0.1, "rail": 0.01}[lane]
    assert _tonnes(result, "lane") == pytest.approx([tonnes])
    assert _part(result, "carbon_price") == pytest.approx(-price * tonnes)


def test_a_cap_counts_in_proportion_to_the_months_of_its_year() -> None:
    """Half of a cap of 240 tonnes allows 60 cars of two tonnes; a cap of another year none."""
    cap = energy.CarbonLimit(year=2025, kind="cap", tonnes=240)
    other = energy.CarbonLimit(year=2026, kind="cap", tonnes=0)
    result = solve_plan(small_case(HALF_A_YEAR, TWO_TONNES, cap, other))
    assert result.margin == pytest.approx(60 * PROFIT)
    assert _tonnes(result, "materials") == pytest.approx([120])
    assert result.table("carbon_goals").height == 0


@pytest.mark.parametrize(("cost", "over"), [(2000.0, 1080.0), (2500.0, 0.0)])
def test_a_goal_is_passed_where_that_pays(cost: float, over: float) -> None:
    """A car earns 4,900 and brings two tonnes: 2,000 a tonne above the goal pays, 2,500 not."""
    goal = energy.CarbonLimit(year=2025, kind="goal", tonnes=240, excess_cost=cost, currency="USD")
    result = solve_plan(small_case(HALF_A_YEAR, TWO_TONNES, goal))
    assert result.table("carbon_goals")["over"].to_list() == pytest.approx([over])
    assert _part(result, "carbon_goal") == pytest.approx(-cost * over)


def test_plants_give_off_carbon_by_day_and_by_car() -> None:
    """Power follows the grid of the month, gas its own factor, and the base is paid for too."""
    rows = [
        energy.Meter(meter="power", plant="works", carrier="electricity", base_mwh_per_day=10),
        energy.Meter(meter="gas", plant="works", carrier="gas", kwh_per_vehicle=500,
                     kg_per_mwh=200),
        energy.Meter(meter="steam", plant="works", carrier="heat", kwh_per_vehicle=900),
        energy.GridFactor(country="US", start="2025-01", kg_per_mwh=400),
        energy.GridFactor(country="US", start="2025-02", kg_per_mwh=200),
        energy.GridFactor(country="US", method="residual", start="2025-01", kg_per_mwh=900),
    ]  # fmt: skip
    result = solve_plan(small_case([100, 50], *rows, plan={"carbon_price": 10.0}))
    tonnes = 31 * 10 * 0.4 + 28 * 10 * 0.2 + 150 * 0.5 * 0.2
    assert _tonnes(result, "plant") == pytest.approx([tonnes])
    assert result.margin == pytest.approx(150 * PROFIT - 10 * tonnes)


def test_a_footprint_of_the_plant_goes_before_one_for_anywhere() -> None:
    """Three tonnes at the works in place of two elsewhere."""
    here = energy.Footprint(vehicle="car", plant="works", kg_co2e=3000)
    result = solve_plan(small_case([10], TWO_TONNES, here))
    assert _tonnes(result, "materials") == pytest.approx([30])


def test_carbon_can_be_what_the_plan_is_made_for() -> None:
    """After demand comes carbon, so that rail is taken however dear."""
    case = small_case(
        [100], *_rail(), TWO_TONNES, lane={"co2_kg_per_ceu": 100.0},
        plan={"objectives": ["demand", "carbon", "margin"], "tolerance_pct": 0},
    )  # fmt: skip
    result = solve_plan(case)
    assert _shipped(result, "rail") == pytest.approx(100, abs=1e-3)
    values = dict(result.table("objectives").select("objective", "value").rows())
    assert values["carbon"] == pytest.approx(200 + 100 * 0.01, abs=1e-3)


def test_a_case_without_carbon_has_no_table_of_it() -> None:
    """Nothing is said of carbon, so nothing is told."""
    assert solve_plan(small_case([100])).table("carbon").height == 0
