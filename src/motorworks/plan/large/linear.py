"""The linear plan by first-order steps, mended and proven at every look."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.first_order import Reached, approach
from motorworks.engines.lp.model import Floats, Model
from motorworks.engines.lp.reduce import reduce
from motorworks.plan.data import PlanData
from motorworks.plan.large.bound import Bound
from motorworks.plan.large.parts import Parts
from motorworks.plan.large.repair import Repair
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables

EXACT = 1e-6
"""Most by which a plan may miss a row."""

LOOK = 320
"""Steps between two looks."""

Tell = Callable[[float, float, float], None]
"""Told the seconds since the start, the least cost so far, and the limit proven."""


@dataclass
class Best:
    """The best plan and the best limit so far, as costs; duals and reduced costs of the limit.

    ``missed`` is by how much that plan misses a row: a plan that misses one by more than
    :data:`EXACT` is an estimate only.
    """

    cost: float = np.inf
    limit: float = -np.inf
    x: Floats | None = None
    dual: Floats | None = None
    reduced: Floats | None = None
    missed: float = np.inf

    @property
    def gap(self) -> float:
        """Share of the cost by which the plan may still be missed."""
        return (self.cost - self.limit) / max(abs(self.cost), 1e-9)


class Linear:
    """One linear program of the plan; whole columns are taken as they come.

    Parameters
    ----------
    model
        The program to solve: that of the plan, or one with some columns fixed.
    tell
        Told after each look how far the plan has come.
    parts
        Where choices are in parts, these: limits come from them, and plans that miss rows count.
    """

    def __init__(
        self, model: Model, builder: Builder, data: PlanData, var: Variables, params: PlanParams,
        *, parts: Parts | None = None, tell: Tell | None = None,
    ) -> None:  # fmt: skip
        self.model = model
        self.best = Best()
        self.looks = 0
        self._tell = tell
        self._estimate = parts is not None
        self._repair = Repair(model, builder, data, var, params)
        self._bound = Bound(model, self._repair.matrix, builder, data, var, parts)

    def look(self, x: Floats, dual: Floats) -> None:
        """Mend a point, prove what its duals prove, and keep what is better."""
        best = self.best
        mended, missed = self._repair.mend(x)
        cost = float(self.model.cost @ mended) + self.model.offset
        exact = missed <= EXACT
        if (exact or self._estimate) and cost < best.cost:
            best.cost, best.x, best.missed = cost, mended, missed
        limit, proof, reduced = self._bound.of(dual)
        if limit > best.limit:
            best.limit, best.dual, best.reduced = limit, proof, reduced

    def solve(
        self,
        content: Callable[[Best], bool],
        *,
        start: tuple[Floats, Floats] | None = None,
        weight: float = 1.0,
        iteration_limit: int = 60_000,
        time_limit_s: float | None = None,
    ) -> Reached:
        """Take steps until the best plan and limit so far are good enough."""
        began = time.perf_counter()
        reduced = reduce(self.model)

        def judge(x: Floats, dual: Floats) -> bool:
            self.look(*reduced.grow(x, dual))
            self.looks += 1
            if self._tell is not None:
                self._tell(time.perf_counter() - began, self.best.cost, self.best.limit)
            return content(self.best)

        reached = approach(
            reduced.model, judge, start=None if start is None else reduced.shrink(*start),
            weight=weight, judge_every=LOOK, iteration_limit=iteration_limit,
            time_limit_s=time_limit_s,
        )  # fmt: skip
        x, dual = reduced.grow(reached.x, reached.dual)
        return replace(reached, x=x, dual=dual)
