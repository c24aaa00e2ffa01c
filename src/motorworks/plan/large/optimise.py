"""The best plan of a large case: in parts first where there are choices, then around them."""

import time
from dataclasses import dataclass, replace

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Floats, Model, Solution, Status
from motorworks.plan.data import PlanData
from motorworks.plan.large.linear import EXACT, LOOK, Best, Linear, Tell
from motorworks.plan.large.openings import with_openings
from motorworks.plan.large.parts import Parts
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables

LARGE = 100_000
"""Columns from which on first-order steps are quicker than the simplex."""

ENGINE = "first-order steps"
"""What a large plan says it was found by."""

LINEAR_GAP = 1e-4
"""Share of its best margin by which a large plan without choices may be missed."""

_SHARE_OF_PARTS, _SHARE_AROUND = 0.12, 0.1
"""Shares of the gap allowed to which the plan in parts, and the flows around its choice, come."""

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
    return linear.best, _solve(task, linear, gap, time_limit_s=task.params.time_limit_s)


def _whole(task: Task) -> tuple[Best, int]:
    """Choose at the prices of the plan in parts, then find the best flows around the choice.

    The plan in parts proves the limit for all choices.
    """
    model, gap, limit = task.model, _gap(task), task.params.time_limit_s
    began = time.perf_counter()
    strong = with_openings(model, task.data, task.variables, task.params)
    parts = Parts(strong, task.variables)
    loose = task.linear(replace(strong, integer=None), parts)
    reached = loose.solve(
        lambda best: best.gap <= _SHARE_OF_PARTS * gap,
        time_limit_s=None if limit is None else limit / 2,
    )
    if loose.best.dual is None:
        return loose.best, reached.iterations
    choice = parts.choose(parts.prices(loose.best.dual), reached.x)
    task = replace(task, tell=_telling(task.tell, began, loose.best.limit))
    around = task.linear(_around(task, choice))
    # around whole starts the rows at the end say nothing more
    dual = reached.dual[: len(model.row_lower)]
    steps = _solve(
        task, around, _SHARE_AROUND * gap,
        start=(np.where(np.isnan(choice), reached.x, choice), dual),
        weight=reached.weight,
        time_limit_s=None if limit is None else max(_left(limit, began), 1.0),
    )  # fmt: skip
    around.best.limit = loose.best.limit
    return around.best, reached.iterations + steps


def _solve(
    task: Task, linear: Linear, gap: float, *, start: tuple[Floats, Floats] | None = None,
    weight: float = 1.0, time_limit_s: float | None = None,
) -> int:  # fmt: skip
    """Take steps to a gap and return their number; Ctrl-C ends them where there is a plan."""
    try:
        return linear.solve(
            lambda best: best.gap <= gap, start=start, weight=weight, time_limit_s=time_limit_s
        ).iterations
    except KeyboardInterrupt:
        if task.tell is None or linear.best.missed > EXACT:
            raise
        return linear.looks * LOOK


def _telling(tell: Tell | None, began: float, limit: float) -> Tell | None:
    """Tells of plans around a choice with the limit for all choices, since the very start."""
    if tell is None:
        return None
    return lambda _seconds, cost, _limit: tell(time.perf_counter() - began, cost, limit)


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
