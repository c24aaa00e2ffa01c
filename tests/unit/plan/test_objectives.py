"""Objectives in order: each held within its tolerance while the next is optimised."""

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import PROFIT, agreement, small_case


def _value(result: PlanResult, objective: str) -> float:
    return float(result.table("objectives").filter(objective=objective)["value"].item())


def _dear(*objectives: str, tolerance: float = 0.0) -> Case:
    """A month in which the road costs 5,000 a car more than a car earns."""
    case = small_case([100, 100], plan={"objectives": list(objectives), "tolerance_pct": tolerance})
    rates = case.table("lane_rates")
    dear = rates.with_columns(start=pl.lit("2025-02"), freight=pl.lit(100 + PROFIT + 5000))
    return case.replace(lane_rates=pl.concat([rates, dear]))


def test_the_margin_alone_loses_a_sale_that_costs_money() -> None:
    """Nobody is served in the dear month."""
    result = solve_plan(_dear("margin"))
    # February's cars are built in January: a month in stock costs less than the dear road
    assert result.margin == pytest.approx(200 * PROFIT - 100)
    assert _value(result, "demand") == pytest.approx(0)
    closed = _dear("margin").replace(
        pins=pl.DataFrame(
            {"vehicle": ["car"], "plant": ["works"], "market": [None], "month": ["2025-01"],
             "minimum": [None], "maximum": [100.0], "reason": ["no more in January"]},
            schema=_dear("margin").table("pins").schema,
        )
    )  # fmt: skip
    result = solve_plan(closed)
    assert result.margin == pytest.approx(100 * PROFIT)
    assert _value(result, "demand") == pytest.approx(100)
    first = closed.with_info(plan={**closed.info.plan, "objectives": ["demand", "margin"]})
    result = solve_plan(first)
    assert _value(result, "demand") == pytest.approx(0, abs=1e-5)
    assert result.margin == pytest.approx(100 * PROFIT - 100 * 5000, abs=0.1)


def test_an_earlier_objective_gives_up_no_more_than_its_tolerance() -> None:
    """With 10 % to give, the margin falls by a tenth for production that changes less."""
    case = small_case(
        [0, 100, 0, 100], plan={"objectives": ["margin", "smoothness"], "tolerance_pct": 0.0}
    )
    best = solve_plan(case)
    # a car a month early costs its standing: with nothing to give, none is built early
    assert _value(best, "smoothness") == pytest.approx(300)
    loose = case.with_info(plan={**case.info.plan, "tolerance_pct": 10.0})
    smooth = solve_plan(loose)
    assert smooth.margin >= 0.9 * best.margin - 1e-3
    assert _value(smooth, "smoothness") < 100
    row = smooth.table("objectives").row(0, named=True)
    assert (row["objective"], row["rank"]) == ("margin", 1)
    assert row["best"] == pytest.approx(best.margin)
    assert row["bound"] == pytest.approx(best.margin)
    assert row["value"] == pytest.approx(smooth.margin)


def test_an_agreement_can_go_before_the_margin() -> None:
    """Cars nobody wants are built to keep a promise if that comes first."""
    deal = agreement(min_per_year=365 * 2, shortfall_cost=1.0)
    wanted = [10.0, 10.0]
    free = small_case(wanted, deal)
    least = solve_plan(free)
    assert _value(least, "agreements") > 0
    held = solve_plan(
        free.with_info(plan={**free.info.plan, "objectives": ["agreements", "margin"]})
    )
    assert _value(held, "agreements") == pytest.approx(0, abs=1e-5)
    assert held.margin < least.margin


def test_all_objectives_are_told_the_optimised_first() -> None:
    """Those that were not optimised have a value and nothing else."""
    result = solve_plan(_dear("demand", "margin"))
    table = result.table("objectives")
    assert table["objective"].to_list() == [
        "demand", "margin", "agreements", "carbon", "smoothness",
    ]  # fmt: skip
    assert table["rank"].to_list() == [1, 2, None, None, None]
    assert table["best"].null_count() == 3


def test_a_plan_without_the_margin_among_its_objectives_has_no_bound_on_it() -> None:
    """The bound of another objective says nothing of money."""
    result = solve_plan(_dear("demand"))
    assert result.solver.bound is None
    assert result.solver.gap == 0.0
    assert result.table("marginals").height == 0
