"""Plans of large cases: mended points, proven limits, and the plan that comes of them."""

from dataclasses import replace

import numpy as np
import pytest

from bench.group_size.generate import TINY, generate
from motorworks.case.case import Case, table_of
from motorworks.case.records.programme import Agreement
from motorworks.engines.lp import highs
from motorworks.plan.large import optimise
from motorworks.plan.large.bound import Bound
from motorworks.plan.large.optimise import Task, suits
from motorworks.plan.large.parts import Parts
from motorworks.plan.large.repair import Repair
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import solve_plan, write_program
from motorworks.result.verify import verify_plan

CASE = generate(TINY)


def task_of(case: Case) -> Task:
    """The program of a case as the large plans take it."""
    program = write_program(case, PlanParams(**case.info.plan))
    return Task(program.model, program.builder, program.data, program.variables, program.params)


TASK = task_of(CASE)
OPTIMUM = highs.solve(TASK.model)
REPAIR = Repair(TASK.model, TASK.builder, TASK.data, TASK.variables, TASK.params)
BOUND = Bound(TASK.model, REPAIR.matrix, TASK.builder, TASK.data, TASK.variables)


@pytest.mark.parametrize("noise", [0.0, 1e-3, 0.3, 10.0])
def test_any_point_is_mended_into_a_plan_that_keeps_every_row(noise: float) -> None:
    """However far off the point is, no car is built, shipped or sold against the rules."""
    off = np.random.default_rng(1).normal(0.0, noise, len(OPTIMUM.x)) if noise else 0.0
    mended, missed = REPAIR.mend(OPTIMUM.x * (1.0 + off))
    assert missed <= 1e-8
    cost = float(TASK.model.cost @ mended) + TASK.model.offset
    assert cost >= OPTIMUM.objective - 1e-6 * abs(OPTIMUM.objective)
    if noise <= 1e-3:
        assert cost == pytest.approx(OPTIMUM.objective, rel=5e-3)


@pytest.mark.parametrize("noise", [0.0, 1e-3, 0.3])
def test_any_duals_prove_a_limit(noise: float) -> None:
    """Never above the least cost, near to it where the duals are, and never without a limit."""
    off = np.random.default_rng(2).normal(0.0, noise, len(OPTIMUM.dual)) if noise else 0.0
    limit, dual, reduced = BOUND.of(OPTIMUM.dual * (1.0 + off))
    assert np.isfinite(limit)
    assert limit <= OPTIMUM.objective + 1e-9 * abs(OPTIMUM.objective)
    if noise == 0.0:
        assert limit == pytest.approx(OPTIMUM.objective, rel=1e-7)
    free = np.isinf(TASK.model.col_upper)
    assert reduced[free].min() >= -1e-7
    assert dual.shape == OPTIMUM.dual.shape


def test_a_large_plan_is_within_its_gap_of_the_simplex(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan and its limit enclose the optimum, and every rule holds."""
    monkeypatch.setattr(optimise, "LARGE", 0)
    plan = solve_plan(CASE)
    best = -OPTIMUM.objective
    assert plan.solver.iterations > 0
    assert plan.margin <= best + 1e-6 * best
    assert plan.solver.bound is not None
    assert plan.solver.bound >= best - 1e-6 * best
    assert 0.0 < plan.solver.gap <= 1e-4
    assert verify_plan(CASE, plan).clean


def test_an_agreement_below_its_minimum_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is owed of an agreement is mended, and its worth is part of the proof."""
    monkeypatch.setattr(optimise, "LARGE", 0)
    row = CASE.table("allocations").row(0, named=True)
    agreement = Agreement(
        agreement="all-of-it", name="More than the plant builds", principal="maker",
        maker="maker", vehicle=row["vehicle"], plant=row["plant"], start="2025-01-01",
        status="firm", min_per_year=1e6, shortfall_cost=50.0, currency="USD",
    )  # fmt: skip
    case = CASE.replace(agreements=table_of(Agreement, [agreement]))
    plan = solve_plan(case)
    assert plan.solver.gap <= 1e-4
    assert plan.table("agreements")["shortfall"].min() > 0.0  # type: ignore[operator]
    assert verify_plan(case, plan).clean


def test_a_program_is_large_by_its_columns_and_must_hold_known_rules_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Small ones, other objectives, and rules that no plan is mended for go the usual way."""
    assert not suits(TASK)
    monkeypatch.setattr(optimise, "LARGE", 0)
    assert suits(TASK)
    assert not suits(replace(TASK, params=PlanParams(objectives=("demand", "margin"))))
    plants = CASE.table("plants").with_columns(stock_age_months=2)
    assert not suits(task_of(CASE.replace(plants=plants)))


CHOICES = generate(TINY, choices=True)


def test_parts_complete_a_limit_below_the_whole_program() -> None:
    """The linear programs of the plants with the flows at any prices never pass the optimum."""
    task = task_of(CHOICES)
    loose = replace(task.model, integer=None)
    best = highs.solve(loose)
    parts = Parts(task.model, task.variables)
    repair = Repair(loose, task.builder, task.data, task.variables, task.params)
    bound = Bound(loose, repair.matrix, task.builder, task.data, task.variables, parts)
    assert bound.of(best.dual)[0] == pytest.approx(best.objective, rel=1e-6)
    off = 1.0 + np.random.default_rng(3).normal(0.0, 0.2, len(best.dual))
    assert bound.of(best.dual * off)[0] <= best.objective


def test_choices_of_a_large_plan_keep_every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starts and shifts are whole, verified, and the limit is above the margin."""
    monkeypatch.setattr(optimise, "LARGE", 0)
    plan = solve_plan(CHOICES)
    assert verify_plan(CHOICES, plan).clean
    assert plan.table("shifts").height == TINY.plants * TINY.months
    assert plan.solver.bound is not None
    assert plan.margin <= plan.solver.bound
    assert plan.solver.gap <= 0.05
