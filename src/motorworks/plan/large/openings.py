"""Rows that make a share of a start cost its share: who serves a market must have opened for it.

With shares of starts a plan pays as much of a start as it uses of the largest output of the plant,
which is little, and builds a vehicle everywhere. But no best plan sends a market more cars than it
can still sell; so a plant may be asked for as much of a start as it has of a market, and no best
whole choice is lost. As in locating facilities, rows for each market come far nearer to whole
choices than one for all: J. Krarup, P. M. Pruzan, "The simple plant location problem: survey and
synthesis", European Journal of Operational Research 12, 1983, doi:10.1016/0377-2217(83)90181-9.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csc_array, vstack

from motorworks.engines.lp.model import Floats, Model
from motorworks.plan.data import Ints, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def with_openings(model: Model, data: PlanData, var: Variables, params: PlanParams) -> Model:
    """The program with rows ``sum_t ship[a,m,t] <= sellable[a,m] x sum_u begin[a,u]`` at its end.

    A row for each launch that need not be, without stock of before, and each market *m* that it
    can reach. The program comes back as it is where cars may be built that are not sold: moves
    that earn money, agreements with a minimum, pins.
    """
    launches, sets = data.launches, data.sets
    may = ~launches.must_begin & launches.may_begin.any(axis=1)
    may &= data.logistics.opening_store[launches.allocation] == 0.0
    if not may.any() or _unsold_pays(model, data, var):
        return model
    sellable = _Sellable(model, data, var, params.late_months)
    row, column, value = [], [], []
    count = 0
    for window in np.flatnonzero(may).tolist():
        months = launches.may_begin[window]
        starts = var.launches.begin[window, months]
        flows = np.flatnonzero(sets.flow_store == launches.allocation[window])
        for pair in np.unique(sets.flow_pair[flows]).tolist():
            through = flows[sets.flow_pair[flows] == pair]
            most = sellable.most(through, int(np.argmax(months)))
            ships = var.ship[through].ravel()
            row.append(np.full(len(ships) + len(starts), count))
            column.append(np.concatenate([ships, starts]))
            value.append(np.concatenate([np.ones(len(ships)), np.full(len(starts), -most)]))
            count += 1
    return _with_rows(model, row, column, value, count) if count else model


def _unsold_pays(model: Model, data: PlanData, var: Variables) -> bool:
    """Whether a best plan may build cars that are not sold."""
    moves = (var.make, var.ship, var.market_stock, var.stock[:, :-1])
    return (
        any(bool((model.cost[block] < 0.0).any()) for block in moves)
        or bool(data.pins)
        or any(promise.minimum > 0.0 for promise in data.promises)
    )


@dataclass(frozen=True)
class _Sellable:
    """The most cars that one plant sends to one market in a best plan."""

    model: Model
    data: PlanData
    var: Variables
    wait: int

    def most(self, flows: Ints, begin: int) -> float:
        """What is wanted since those who still wait for the first car to arrive, and what is kept.

        Of the last cars to arrive in time a part may come a month late: more of those parts may
        be sent in vain than are kept, where it pays.
        """
        logistics, sets = self.data.logistics, self.data.sets
        pair = int(sets.flow_pair[flows[0]])
        arrival = begin + int(logistics.lag[sets.flow_lane[flows]].min())
        first = max(arrival - self.wait, 0)
        demand = logistics.demand[pair].copy()
        demand[0] += logistics.backlog[pair]
        recent = np.convolve(demand, np.ones(self.wait + 1))
        kept = float(self.model.col_upper[self.var.kept[pair]])
        in_vain = self._in_vain(flows, pair) * float(recent.max())
        return float(demand[first:].sum()) + max(kept, in_vain)

    def _in_vain(self, flows: Ints, pair: int) -> float:
        """Cars sent in vain for each that arrives in time, where sending them can pay.

        It does where all cars cost less than is lost by the customers whom the others reach.
        """
        model, var, sets = self.model, self.var, self.data.sets
        part = self.data.logistics.lag_part[sets.flow_lane[flows]]
        made = model.cost[var.make[sets.flow_store[flows[0]]]].min()
        car = made + model.cost[var.ship[flows]].min(axis=1)
        pays = (1.0 - part) * model.cost[var.lost[pair]].max() > car
        return float(np.max(np.where(pays, part, 0.0) / (1.0 - np.where(pays, part, 0.0))))


def _with_rows(
    model: Model, row: list[Ints], column: list[Ints], value: list[Floats], count: int
) -> Model:
    """The program with rows more of which none may be above 0."""
    rows, columns, _ = model.size
    held = csc_array((model.value, model.index, model.start), shape=(rows, columns))
    at = (np.concatenate(row), np.concatenate(column))
    more = csc_array((np.concatenate(value), at), shape=(count, columns))
    matrix = vstack([held, more], format="csc")
    return replace(
        model,
        row_lower=np.concatenate([model.row_lower, np.full(count, -np.inf)]),
        row_upper=np.concatenate([model.row_upper, np.zeros(count)]),
        start=matrix.indptr.astype(np.int32),
        index=matrix.indices.astype(np.int32),
        value=matrix.data,
    )
