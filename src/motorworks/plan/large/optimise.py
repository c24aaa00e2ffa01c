"""The best plan of a large case: in parts first where there are choices, then around them."""

import time
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Floats, Model, Solution, Status
from motorworks.plan.data import PlanData
from motorworks.plan.large.linear import EXACT, LOOK, Best, Linear, Tell
from motorworks.plan.large.parts import Parts
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables

LARGE = 100_000
"""Columns from which on first-order steps are quicker than the simplex."""

ENGINE = "first-order steps"
"""What a large plan says it was found by."""

LINEAR_GAP = 1e-4
"""Share of its best margin by which a large plan without choices may be missed."""

_SHARE_OF_PARTS, _SHARE_BETWEEN, _SHARE_AROUND = 0.12, 0.25, 0.1
"""Shares of the gap allowed at which the plan in parts will do, the plan around a choice after
which another is made, and that around the last."""

_ROUNDS = 3
"""Times that choices are made, each at prices nearer to those of the plan around those before."""

_TRUST = 0.3
"""Share of the prices of the plan around a choice in those of the next: alone they swing too far,
since a car is worth much where this choice builds too few and nothing where it builds too many."""

_FLOWS = frozenset({
    "shop_capacity", "nameplate", "plant_balance", "plant_yard", "lane_space", "market_balance",
    "market_yard", "sold", "end_value", "agreement_minimum", "agreement_maximum",
})  # fmt: skip

_CHOICES = frozenset({
    "one_start", "one_end", "one_end_due", "launch_choice", "launch_choice_on",
    "launch_choice_shifts", "launch_choice_shifts_on", "line_rules", "models_limit",
    "platforms_limit", "one_pattern", "switch", "stay", "hired", "freed", "time_account",
    "overtime_and_plus", "hours_put_in", "hours_taken", "hours_of_pattern", "hours_while_closed",
    "extra_hours", "site_opens", "site_closes", "site_capacity", "site_make", "halt_once",
    "halt_capacity", "halt_capacity_chosen", "halt_before_start",
})  # fmt: skip


@dataclass(frozen=True)
class Task:
    """A program with what its columns and rows mean, and whom to tell how far its plan has come."""

    model: Model
    builder: Builder
    data: PlanData
    variables: Variables
    params: PlanParams
    tell: Tell | None = None

    def linear(self, model: Model, parts: Parts | None = None) -> Linear:
        """A linear program of the same columns and rows."""
        return Linear(
            model, self.builder, self.data, self.variables, self.params,
            parts=parts, tell=None if parts else self.tell,
        )  # fmt: skip


def suits(task: Task) -> bool:
    """Whether a program is large, and has only rules that a plan can be mended for."""
    model, rows = task.model, task.builder.row_blocks
    names = {name for name, block in rows.items() if block.index.size}
    known = _FLOWS | _CHOICES if model.has_integers else _FLOWS
    return (
        len(model.cost) >= LARGE
        and task.params.objectives == ("margin",)
        and names <= known
        and bool(np.isfinite(model.col_upper[task.variables.make]).all())
    )


def optimise_large(task: Task) -> Solution | None:
    """The best plan found, with its proof; None where no plan could be mended."""
    began = time.perf_counter()
    best, steps = _whole(task) if task.model.has_integers else _linear(task)
    if best.x is None or best.missed > EXACT or best.dual is None or best.reduced is None:
        return None
    return Solution(
        status=Status.OPTIMAL if best.gap <= _gap(task) else Status.LIMIT,
        objective=best.cost,
        bound=best.limit,
        x=best.x,
        dual=best.dual,
        reduced=best.reduced,
        iterations=steps,
        seconds=time.perf_counter() - began,
        whole=task.model.has_integers,
        engine=ENGINE,
    )


def _gap(task: Task) -> float:
    wanted = task.params.gap_pct / 100.0
    return wanted if task.model.has_integers else min(max(wanted, 1e-6), LINEAR_GAP)


def _linear(task: Task) -> tuple[Best, int]:
    linear, gap = task.linear(task.model), _gap(task)
    try:
        reached = linear.solve(lambda best: best.gap <= gap, time_limit_s=task.params.time_limit_s)
    except KeyboardInterrupt:
        if task.tell is None or linear.best.missed > EXACT:
            raise
        return linear.best, linear.looks * LOOK
    return linear.best, reached.iterations


def _whole(task: Task) -> tuple[Best, int]:
    """Choose at the prices of the plan in parts, then find the best flows around the choice.

    Where that is not near enough, choose again at prices drawn to those of the plan so found.
    """
    model, gap, limit = task.model, _gap(task), task.params.time_limit_s
    began = time.perf_counter()
    parts = Parts(model, task.variables)
    loose = task.linear(replace(model, integer=None), parts)
    reached = loose.solve(
        lambda best: best.gap <= _SHARE_OF_PARTS * gap,
        time_limit_s=None if limit is None else limit / 2,
    )
    if loose.best.dual is None:
        return loose.best, reached.iterations
    prices = parts.prices(loose.best.dual)
    bound = loose.best.limit + parts.dearer_when_whole(prices)
    found, steps = Best(), reached.iterations
    for share in (_SHARE_BETWEEN,) * (_ROUNDS - 1) + (_SHARE_AROUND,):
        choice = parts.choose(prices, reached.x)
        around = task.linear(_around(task, choice))
        reached = around.solve(
            partial(_content, bound=bound, gap=gap, share=share),
            start=(np.where(np.isnan(choice), reached.x, choice), reached.dual),
            weight=reached.weight,
            time_limit_s=None if limit is None else max(_left(limit, began), 1.0),
        )
        steps += reached.iterations
        if around.best.missed <= EXACT and around.best.cost < found.cost:
            found = around.best
        over = limit is not None and _left(limit, began) <= 0.0
        if over or _near(found, bound, gap) or around.best.dual is None:
            break
        prices = (1.0 - _TRUST) * prices + _TRUST * parts.prices(around.best.dual)
    found.limit = bound
    return found, steps


def _near(best: Best, bound: float, gap: float) -> bool:
    """Whether a plan is within the gap of the limit for all choices."""
    return best.cost - bound <= gap * abs(best.cost)


def _content(best: Best, bound: float, gap: float, share: float) -> bool:
    """Within the gap of the limit for all choices, or nearly as good as this choice can be."""
    return _near(best, bound, gap) or best.gap <= share * gap


def _left(limit: float, began: float) -> float:
    """Seconds left of the time limit; negative once it is over."""
    return limit - (time.perf_counter() - began)


def _around(task: Task, choice: Floats) -> Model:
    """The program with all fixed that is chosen, but not how many cars are built."""
    model = task.model
    fixed = ~np.isnan(choice)
    fixed[task.variables.make] = False
    at = choice if model.integer is None else np.where(model.integer, np.round(choice), choice)
    return replace(
        model,
        col_lower=np.where(fixed, at, model.col_lower),
        col_upper=np.where(fixed, at, model.col_upper),
        integer=None,
    )
