"""The builder's plans pass; a builder with one rule broken is found out by that rule's name."""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.engines.lp.builder import Builder
from motorworks.plan import constraints
from motorworks.plan.constraints import market
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import solve_plan
from motorworks.result.verify import verify_plan
from motorworks.result.verify.findings import FAMILIES


def cells(case: Case, table: str, where: pl.Expr | None = None, **values: Any) -> Case:
    """The case with cells of matching rows changed; at least one row must match."""
    frame = case.table(table)
    hit = pl.lit(value=True) if where is None else where
    assert frame.filter(hit).height > 0
    set_to = [pl.when(hit).then(pl.lit(v)).otherwise(pl.col(n)).alias(n) for n, v in values.items()]
    return case.replace(**{table: frame.with_columns(set_to).cast(dict(frame.schema))})


def demand_of_arc(case: Case, *units: float) -> Case:
    """The case with other demand for the petrol car, by month."""
    for month, wanted in zip(case.info.month_names, units, strict=True):
        case = cells(case, "demand", (pl.col("vehicle") == "arc") & (pl.col("month") == month),
                     units=wanted)  # fmt: skip
    return case


ARC, ION = pl.col("vehicle") == "arc", pl.col("vehicle") == "ion"
DE = pl.col("market") == "de"

# For each rule a case in which it holds the plan back: without the rule the plan would be better.
BINDING: dict[str, Callable[[Case], Case]] = {
    "launch": lambda case: case,
    "nameplate": lambda case: cells(case, "plants", nameplate=1600.0),
    "plant_balance": lambda case: case,
    # Cars for a busy March wait at the plant where that is cheaper than waiting in the market.
    "plant_yard": lambda case: cells(demand_of_arc(case, 10, 10, 500), "markets", DE, yard_cost=50),
    "lane_space": lambda case: cells(case, "sailings", allotment_ceu=10.0),
    "market_balance": lambda case: case,
    "market_yard": lambda case: cells(
        demand_of_arc(case, 60, 60, 500), "markets", DE, yard_slots=30.0
    ),
    # A busy January whose customers would rather wait until March than be lost.
    "late_limit": lambda case: demand_of_arc(case, 500, 0, 0).with_info(
        plan={**case.info.plan, "late_months": 1}
    ),
    "component_balance": lambda case: case,
    "component_capacity": lambda case: cells(case, "component_sources", capacity=20.0),
    "cell_supply": lambda case: cells(case, "cell_supplies", gwh_per_year=0.02),
    "agreement_minimum": lambda case: case,
    "agreement_maximum": lambda case: cells(
        case, "agreements", ION, start="2025-02", min_per_year=None, max_per_year=200.0
    ),
    "pins": lambda case: cells(case, "pins", pl.col("month") == "2025-02", maximum=5.0),
}


@pytest.mark.parametrize("name", BINDING)
def test_builder_without_a_rule_is_found_out(
    case: Case, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Where a rule holds the plan back, a plan made without it breaks that rule, by name."""
    binding = BINDING[name](case)
    assert verify_plan(binding, solve_plan(binding)).findings == ()
    others = tuple(rule for rule in constraints.FAMILIES if rule.__name__ != name)
    assert len(others) == len(constraints.FAMILIES) - 1
    monkeypatch.setattr(constraints, "FAMILIES", others)
    assert name in verify_plan(binding, solve_plan(binding)).broken


def swap(monkeypatch: pytest.MonkeyPatch, name: str, broken: Callable[..., None]) -> None:
    """Put a broken function in the place of a constraint family."""
    rules = (broken if rule.__name__ == name else rule for rule in constraints.FAMILIES)
    monkeypatch.setattr(constraints, "FAMILIES", tuple(rules))


def test_builder_that_keeps_too_much_value_at_the_end_is_found_out(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without end_value there is no end to the margin, so the cover is made too long instead."""
    bare = case.with_info(plan={**case.info.plan, "end_cover_months": 0.0})
    assert verify_plan(bare, solve_plan(bare)).clean

    def too_long(lp: Builder, data: Any, var: Any, params: PlanParams) -> None:
        longer = params.model_copy(update={"end_cover_months": 24.0})
        market.end_value(lp, data, var, longer)

    swap(monkeypatch, "end_value", too_long)
    assert "end_value" in verify_plan(bare, solve_plan(bare)).broken


def test_builder_that_loses_more_than_was_wanted_is_found_out(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No plan gains by losing too many, so the broken rule makes it lose 5 of no demand."""
    quiet = demand_of_arc(case, 150, 0, 150)
    assert verify_plan(quiet, solve_plan(quiet)).clean

    def forced(lp: Builder, data: Any, var: Any, params: PlanParams) -> None:
        least = np.zeros(var.lost.shape)
        least[data.logistics.demand[:, 0] > 0, 1] = 5.0
        lp.at_least(var.lost, least)

    swap(monkeypatch, "lost_limit", forced)
    assert "lost_limit" in verify_plan(quiet, solve_plan(quiet)).broken


def test_builder_that_takes_cars_back_is_found_out(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No plan gains by buying back, so the broken rule makes it owe 100 cars nobody asked for."""
    quiet = demand_of_arc(case, 150, 0, 150)

    def forced(lp: Builder, data: Any, var: Any, params: PlanParams) -> None:
        least = np.zeros(var.late.shape)
        least[data.logistics.demand[:, 0] > 0, 1] = 100.0
        lp.at_least(var.late, least)

    swap(monkeypatch, "sold", forced)
    assert "sold" in verify_plan(quiet, solve_plan(quiet)).broken


def test_builder_that_overloads_a_shop_is_found_out(case: Case) -> None:
    """A plan made with a faster shop does more work than the shop of the case can."""
    faster = cells(case, "shop_rates", jph=2.0)
    assert "shop_capacity" in verify_plan(case, solve_plan(faster)).broken


def test_verify_knows_every_constraint_family() -> None:
    """A rule of the builder has a check of the same name; smoothness only measures."""
    names = {rule.__name__ for rule in constraints.FAMILIES}
    assert names - set(FAMILIES) == {"smoothness"}
