"""A proven limit on the best plan from duals that are only nearly right.

Any duals give a limit, if no column without an upper bound has a negative reduced cost. Those
columns are cars that move: from month to month in a yard, or over a lane. Raising what a car is
worth where it comes from makes each of them hold; going back in time, first through the markets
and then through the plants, a raise never spoils a column that was mended before. What it costs
is paid by columns with a bound: cars built, lost or late.
"""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Floats, Model
from motorworks.plan.data import PlanData
from motorworks.plan.large.parts import Parts
from motorworks.plan.variables import Variables

_ROUNDING = 1e-7


class Bound:
    """Limits on the least cost of one program.

    With ``parts`` the duals of the rows within parts do not matter: those are solved exactly.
    """

    def __init__(
        self,
        model: Model,
        matrix: object,
        builder: Builder,
        data: PlanData,
        var: Variables,
        parts: Parts | None = None,
    ) -> None:
        self.model, self.data, self.var = model, data, var
        self._turned = matrix.T.tocsr()  # type: ignore[attr-defined]
        self._markets = builder.row_blocks["market_balance"].index
        self._plants = builder.row_blocks["plant_balance"].index
        self._most = _implied(model, data, var)
        self._parts = parts

    def of(self, dual: Floats) -> tuple[float, Floats, Floats]:
        """The least cost proven, with the duals and the reduced costs that prove it."""
        model, var = self.model, self.var
        dual = np.where((dual > 0) & np.isinf(model.row_lower), 0.0, dual)
        dual = np.where((dual < 0) & np.isinf(model.row_upper), 0.0, dual)
        reduced = model.cost - self._turned @ dual
        dual[self._markets] += _raise(reduced[var.market_stock], None)
        reduced = model.cost - self._turned @ dual
        sets = self.data.sets
        need = np.zeros(self._plants.shape)
        np.maximum.at(need, sets.flow_store, -reduced[var.ship])
        dual[self._plants] += _raise(reduced[var.stock], need)
        reduced = model.cost - self._turned @ dual
        return self._value(dual, reduced), dual, reduced

    def _value(self, dual: Floats, reduced: Floats) -> float:
        """The limit that the duals prove; parts, where there are some, by programs of their own."""
        model, total = self.model, self.model.offset
        if self._parts is not None:
            total += self._parts.least(self._parts.prices(dual), self._most)
            dual = np.where(self._parts.held, 0.0, dual)
            reduced = np.where(self._parts.own, 0.0, reduced)
        rows = np.where(dual > 0, model.row_lower, model.row_upper)
        rows = np.where(dual == 0.0, 0.0, rows)
        at = np.where(reduced < 0, self._most, model.col_lower)
        # a reduced cost that is 0 but for rounding has nothing to move
        still = (np.abs(reduced) <= _ROUNDING) & ~np.isfinite(at)
        at = np.where(still | (reduced == 0.0), 0.0, at)
        return float(dual @ rows + reduced @ at) + total


def _raise(reduced: Floats, need: Floats | None) -> Floats:
    """Least raises by month so that what stands a month longer, and ``need``, cost nothing less.

    A car left standing in month t is worth what it is worth in t + 1: the reduced cost of doing
    so grows with the raise in t, and falls with that in t + 1.
    """
    raised = np.zeros(reduced.shape)
    after = np.zeros(len(reduced))
    for t in range(reduced.shape[1] - 1, -1, -1):
        after = np.maximum(after - reduced[:, t], 0.0)
        if need is not None:
            after = np.maximum(after, need[:, t])
        raised[:, t] = after
    return raised


def _implied(model: Model, data: PlanData, var: Variables) -> Floats:
    """Upper bounds that no best plan goes beyond, where the program states none."""
    most = model.col_upper.copy()
    heads = float(data.shifts.heads.max(initial=0.0))
    for block in (var.shifts.hired, var.shifts.freed):
        most[block] = np.minimum(most[block], heads)
    promised = np.array([max(promise.minimum, 0.0) for promise in data.promises])
    most[var.short] = np.minimum(most[var.short], promised)
    return most
