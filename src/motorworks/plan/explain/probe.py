"""Can some of the limits be met together, and if not, which of them prove it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from motorworks.engines.lp import highs
from motorworks.engines.lp.model import Floats, Model, Status
from motorworks.plan.data import Ints
from motorworks.plan.explain.rules import System

BROKEN = 1e-6
"""Least sum of violations, in units of the rows, that counts as a conflict."""

_PROOF = 1e-7
_INTEGER_SECONDS = 60.0


@dataclass
class Probe:
    """Asks a system, again and again, whether a choice of its limits can be met.

    Every row may be broken at a price of 1 a unit; the cheapest plan costs nothing exactly where
    the limits can be met, and else its marginal values show limits that cannot (a certificate of
    Farkas: only limits with such a value are needed for the proof). Each question differs from
    the last one in bounds only, so it starts from where that ended.
    """

    system: System
    _basis: Any = None

    def conflict(self, active: Ints) -> Ints | None:
        """Limits, some of those given, that cannot be met together; None if all of them can."""
        model = self.system.model_with(active)
        clash = self._clash(model, active)
        if clash is not None:
            return clash
        elastic = elastic_rows(replace(model, integer=None))
        solution = highs.solve(elastic, basis=self._basis)
        if solution.status is not Status.OPTIMAL:
            solution = highs.solve(elastic)
        if solution.status is Status.OPTIMAL:
            self._basis = solution.basis
            if solution.objective > BROKEN:
                return self._needed(model, active, solution.dual, solution.reduced)
        if model.has_integers and can_be_met(model) is False:
            return active
        return None

    def _needed(self, model: Model, active: Ints, dual: Floats, reduced: Floats) -> Ints:
        limits = self.system.limits
        at, rows, upper = limits.at[active], limits.is_row[active], limits.upper[active]
        value = limits.value[active]
        pull = np.empty(len(active))
        pull[rows], pull[~rows] = dual[at[rows]], reduced[at[~rows]]
        used = np.where(upper, pull < -_PROOF, pull > _PROOF)
        # of several bounds on a column, only the tightest can be the one that proves it
        now = np.empty(len(active))
        now[~rows] = np.where(upper[~rows], model.col_upper[at[~rows]], model.col_lower[at[~rows]])
        used[~rows] &= value[~rows] == now[~rows]
        return active[used]

    def _clash(self, model: Model, active: Ints) -> Ints | None:
        """A least and a most that contradict each other in one place."""
        limits = self.system.limits
        for is_row, low, high in (
            (True, model.row_lower, model.row_upper), (False, model.col_lower, model.col_upper),
        ):  # fmt: skip
            bad = np.flatnonzero(low > high + BROKEN)
            if bad.size:
                here = (limits.at[active] == bad[0]) & (limits.is_row[active] == is_row)
                ends = np.where(limits.upper[active], high[bad[0]], low[bad[0]])
                found: Ints = active[here & (limits.value[active] == ends)]
                return found
        return None


def can_be_met(model: Model, seconds: float | None = _INTEGER_SECONDS) -> bool | None:
    """Whether a program has a plan at all, by a solve from scratch; None where time ran out."""
    if (model.row_lower > model.row_upper + BROKEN).any():
        return False
    if (model.col_lower > model.col_upper + BROKEN).any():
        return False
    free = replace(model, cost=np.zeros_like(model.cost))
    solution = highs.solve(free, time_limit_s=seconds)
    if solution.status is Status.INFEASIBLE:
        return False
    met = solution.status is Status.OPTIMAL or (
        solution.status is Status.LIMIT and solution.feasible and len(solution.x) > 0
    )
    return True if met else None


def elastic_rows(model: Model) -> Model:
    """The program with a column per row and direction that fills what is missing, at a price."""
    n_rows, n_columns, n_nonzeros = model.size
    rows = np.arange(n_rows, dtype=np.int32)
    zeros, infinite = np.zeros(2 * n_rows), np.full(2 * n_rows, np.inf)
    return replace(
        model,
        cost=np.concatenate([np.zeros(n_columns), np.ones(2 * n_rows)]),
        col_lower=np.concatenate([model.col_lower, zeros]),
        col_upper=np.concatenate([model.col_upper, infinite]),
        start=np.concatenate([model.start, n_nonzeros + 1 + np.arange(2 * n_rows)], dtype=np.int32),
        index=np.concatenate([model.index, rows, rows]),
        value=np.concatenate([model.value, np.ones(n_rows), -np.ones(n_rows)]),
        offset=0.0,
        integer=None,
    )
