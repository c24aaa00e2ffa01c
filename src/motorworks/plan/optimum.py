"""Optimise a plan: objectives one after the other, integers first, then their marginal values."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from motorworks.engines.lp import highs
from motorworks.engines.lp.model import Floats, Model, Solution, Status, fix_integers, with_row
from motorworks.engines.lp.watched import OnProgress, Progress
from motorworks.plan.objectives import Aim
from motorworks.plan.params import Objective

_SLACK = 1e-6
"""What an earlier objective may give up beyond its tolerance, for rounding."""


@dataclass(frozen=True)
class Rank:
    """An objective that was optimised: its best value and the proven limit, as it is minimised."""

    aim: Aim
    best: float
    bound: float

    @property
    def gap(self) -> float:
        """Share of the best value by which it may still be missed."""
        return max(self.best - self.bound, 0.0) / max(abs(self.best), 1e-9)


@dataclass(frozen=True)
class Optimum(Solution):
    """A solution with the objectives that led to it, in their order."""

    ranks: tuple[Rank, ...] = ()


@dataclass(frozen=True)
class Found:
    """How far the search for an objective has come, in the objective's own unit."""

    objective: Objective
    seconds: float
    best: float
    bound: float

    @property
    def gap(self) -> float:
        """Share of the best value by which it may still be missed."""
        return abs(self.best - self.bound) / max(abs(self.best), 1e-9)


OnFound = Callable[[Found], None]


@dataclass(frozen=True)
class Search:
    """How to search: where to start, when to stop, whom to tell.

    ``basis`` and ``primal`` are for linear programs, ``start`` for mixed integer ones; ``gap`` is
    a share.
    """

    gap: float = 1e-3
    time_limit_s: float | None = None
    node_limit: int | None = None
    basis: Any = None
    primal: bool = False
    start: Floats | None = None
    on_found: OnFound | None = None
    ranging: bool = False


def optimise_in_order(
    model: Model, aims: list[Aim], tolerance: float, search: Search
) -> Solution | Optimum:
    """Minimise each aim in turn, holding those before it within ``tolerance`` (a share).

    Returns the plain solution where it is no plan: infeasible, unbounded, or stopped before there
    was one.
    """
    began = time.perf_counter()
    ranks: list[Rank] = []
    held, priced = model, model
    solution: Solution | None = None
    for aim in aims:
        left = search.time_limit_s
        if left is not None:
            left = max(left - (time.perf_counter() - began), 0.0)
        aimed = replace(held, cost=aim.weights, offset=aim.constant)
        if aim.name == "margin":
            priced = aimed
        solution = _solve(aimed, replace(search, time_limit_s=left), _telling(aim, search))
        if not usable(solution):
            return solution
        ranks.append(Rank(aim, solution.objective, min(solution.bound, solution.objective)))
        search = replace(search, basis=None, primal=False, start=solution.x)
        if aim is not aims[-1]:
            allowed = solution.objective + tolerance * abs(solution.objective) + _SLACK
            held = with_row(held, aim.weights, -np.inf, allowed - aim.constant)
    assert solution is not None
    if aims[-1].name != "margin":
        solution = _with_worth(priced, solution)
    return Optimum(**vars(solution), ranks=tuple(ranks))


def usable(solution: Solution) -> bool:
    """Whether there is a plan to read: the best one, or where a search was stopped, the last."""
    return solution.status is Status.OPTIMAL or (
        solution.status is Status.LIMIT and solution.whole and solution.feasible
    )


def _telling(aim: Aim, search: Search) -> OnProgress | None:
    """Tell of an objective as planners know it, once there is something to tell."""
    on_found = search.on_found
    if on_found is None:
        return None

    def tell(progress: Progress) -> None:
        if np.isfinite(progress.best) and np.isfinite(progress.bound):
            best, bound = aim.sign * progress.best, aim.sign * progress.bound
            on_found(Found(aim.name, progress.seconds, best, bound))

    return tell


def _solve(model: Model, search: Search, on_progress: OnProgress | None) -> Solution:
    """Solve one program; an integer one again with its integers fixed."""
    if not model.has_integers:
        return highs.solve(
            model, basis=search.basis, primal=search.primal, time_limit_s=search.time_limit_s,
            ranging=search.ranging, on_progress=on_progress,
        )  # fmt: skip
    whole = highs.solve(
        model, start=search.start, gap=search.gap, time_limit_s=search.time_limit_s,
        node_limit=search.node_limit, on_progress=on_progress,
    )  # fmt: skip
    return _polished(model, whole) if usable(whole) else whole


def _with_worth(priced: Model, solution: Solution) -> Solution:
    """The plan with the marginal values that the margin has around its integers.

    Objectives after the margin only choose among plans of nearly the same margin, so limits are
    priced by the program in which the margin was optimised; without it there are no such values.
    """
    rows, columns, _ = priced.size
    worth = highs.solve(fix_integers(priced, solution.x), ranging=True)
    if worth.status is not Status.OPTIMAL:
        return replace(solution, dual=np.zeros(rows), reduced=np.zeros(columns))
    return replace(
        solution, dual=worth.dual, reduced=worth.reduced, row_until=worth.row_until,
        column_until=worth.column_until,
    )  # fmt: skip


def _polished(model: Model, whole: Solution) -> Solution:
    """The linear program around the integers found: exact values, and marginal ones."""
    fixed = highs.solve(fix_integers(model, whole.x), ranging=True)
    if fixed.status is not Status.OPTIMAL:
        # whole only within the solver's tolerance: its own point stands, without marginal values
        rows, columns, _ = model.size
        return replace(whole, dual=np.zeros(rows), reduced=np.zeros(columns))
    return replace(
        fixed,
        status=whole.status,
        bound=whole.bound,
        whole=True,
        iterations=whole.iterations + fixed.iterations,
        seconds=whole.seconds + fixed.seconds,
        nodes=whole.nodes,
    )
