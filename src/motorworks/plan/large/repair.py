"""A plan near to the rules made to keep them: build and ship less, then serve who came first.

The steps of a first-order method miss rows by a little. Given what is chosen (starts, shifts),
cars flow forward in time only: from plants over lanes to customers. So each stage can be mended
from the one before it, and no car is lost on the way but those that the plan wanted to lose.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csc_array

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Floats, Indices, Model
from motorworks.plan.constraints.market import share_at_sea
from motorworks.plan.data import Ints, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables

_BALANCES = ("plant_balance", "market_balance", "component_balance", "end_value", "sold")


@dataclass(frozen=True)
class _Limits:
    """Rows with an upper limit on a block of columns, and what else stands in them."""

    rows: Ints
    own: Any
    turned: Any

    def scale(self, matrix: Any, upper: Floats, x: Floats, block: Indices) -> None:
        """Shrink the columns of the block until each row holds, all in a row alike."""
        amounts = x[block].ravel()
        used = self.own @ amounts
        rest = (matrix @ x)[self.rows] - used
        room = np.maximum(upper[self.rows] - rest, 0.0)
        share = np.minimum(1.0, room / np.maximum(used, 1e-12))
        tight = share < 1.0
        if tight.any():
            least = np.ones(len(amounts))
            entries = self.turned[tight].tocoo()
            np.minimum.at(least, entries.col, share[tight][entries.row])
            x[block] = (amounts * least).reshape(block.shape)


class Repair:
    """Makes plans keep the rules of one program."""

    def __init__(
        self, model: Model, builder: Builder, data: PlanData, var: Variables, params: PlanParams
    ) -> None:
        self.model, self.data, self.var, self.params = model, data, var, params
        shape = model.size[:2]
        self.matrix = csc_array((model.value, model.index, model.start), shape=shape).tocsr()
        balances = [
            builder.row_blocks[n].index.ravel() for n in _BALANCES if n in builder.row_blocks
        ]
        open_rows = np.isfinite(model.row_upper)
        open_rows[np.concatenate(balances)] = False
        self._make = self._limits(open_rows, var.make)
        self._ship = self._limits(open_rows, var.ship)
        self._minimum = builder.row_blocks["agreement_minimum"].index
        self._at_sea = share_at_sea(data)

    def _limits(self, open_rows: Any, block: Indices) -> _Limits:
        rows = np.flatnonzero(open_rows)
        own = self.matrix[rows][:, block.ravel()].tocsr()
        own.data = np.maximum(own.data, 0.0)
        own.eliminate_zeros()
        used = np.diff(own.indptr) > 0
        own = own[used]
        return _Limits(rows[used], own, own)

    def mend(self, x: Floats) -> tuple[Floats, float]:
        """The plan mended, and the most by which it still misses a row or a bound."""
        model, var = self.model, self.var
        out = np.clip(x, model.col_lower, model.col_upper)
        self._make.scale(self.matrix, model.row_upper, out, var.make)
        self._ship.scale(self.matrix, model.row_upper, out, var.ship)
        self._plants(out)
        self._markets(out, x)
        self._agreements(out)
        return out, self._missed(out)

    def _plants(self, x: Floats) -> None:
        """Ship no more than there is; build less where the yard is full."""
        sets, logistics, var = self.data.sets, self.data.logistics, self.var
        own, stores, plants = sets.n_allocations, len(sets.store_plant), len(sets.plants)
        make, ship, stock = x[var.make], x[var.ship], x[var.stock]
        before = logistics.opening_store.copy()
        for t in range(sets.n_months):
            before[:own] += make[:, t]
            wanted = np.bincount(sets.flow_store, ship[:, t], minlength=stores)
            ship[:, t] *= np.minimum(1.0, before / np.maximum(wanted, 1e-12))[sets.flow_store]
            before = np.maximum(
                before - np.bincount(sets.flow_store, ship[:, t], minlength=stores), 0.0
            )
            held = np.bincount(sets.store_plant, before, minlength=plants)
            over = np.maximum(held - logistics.plant_yard, 0.0)
            if over.any():
                spare = np.minimum(before[:own], make[:, t])
                sum_spare = np.bincount(sets.store_plant[:own], spare, minlength=plants)
                share = np.minimum(1.0, over / np.maximum(sum_spare, 1e-12))
                spare *= share[sets.store_plant[:own]]
                make[:, t] -= spare
                before[:own] -= spare
            stock[:, t] = before
        x[var.make], x[var.ship], x[var.stock] = make, ship, stock

    def _markets(self, x: Floats, wanted: Floats) -> None:
        """Serve the customers that the plan wants to serve, who came first first.

        Those who would wait too long are lost in the month in which they came; cars beyond what
        the plan wants to keep go to customers that it meant to lose.
        """
        data, var, wait = self.data, self.var, self.params.late_months
        demand, months = data.logistics.demand, data.sets.n_months
        arrived, after = self._arrivals(x[var.ship])
        keep = np.maximum(wanted[var.market_stock], 0.0)
        lost = np.clip(wanted[var.lost], 0.0, demand)
        late, stock = np.zeros(demand.shape), np.zeros(demand.shape)
        owed = np.zeros((wait + 1, len(demand)))
        held = data.logistics.opening_pair.copy()
        for t in range(months):
            owed = np.roll(owed, 1, axis=0)
            owed[0] = demand[:, t] - lost[:, t]
            if t == 0:
                owed[0] += data.logistics.backlog
            held = held + arrived[:, t]
            for age in range(wait, -1, -1):
                served = np.minimum(held, owed[age])
                owed[age] -= served
                held = held - served
            first = max(t - wait, 0)
            given_up = np.minimum(owed[wait], 0.0) if t < wait else owed[wait].copy()
            lost[:, first] += given_up
            late[:, first:t] -= given_up[:, None]
            owed[wait] -= given_up
            more = np.minimum(np.maximum(held - keep[:, t], 0.0), lost[:, t])
            lost[:, t] -= more
            held = held - more
            late[:, t] = owed[:wait].sum(axis=0)
            stock[:, t] = held
        x[var.market_stock], x[var.lost] = stock, lost
        if var.late.size:
            x[var.late] = np.maximum(late, 0.0)
        x[var.kept] = np.minimum(self.model.col_upper[var.kept], stock[:, -1] + after)

    def _agreements(self, x: Floats) -> None:
        """What is built below an agreement's minimum is short."""
        if self.var.short.size:
            x[self.var.short] = 0.0
            short = (self.model.row_lower - self.matrix @ x)[self._minimum]
            x[self.var.short] = np.maximum(short, 0.0)

    def _arrivals(self, ship: Floats) -> tuple[Floats, Floats]:
        """Cars that arrive by pair and month, and those still at sea after the horizon."""
        sets, logistics = self.data.sets, self.data.logistics
        months, pairs = sets.n_months, len(sets.pair_market)
        arrived = logistics.incoming.ravel().copy()
        lag, part = logistics.lag[sets.flow_lane], logistics.lag_part[sets.flow_lane]
        place = sets.flow_pair[:, None] * months + np.arange(months)
        for later, share in ((lag, 1.0 - part), (lag + 1, part)):
            inside = np.arange(months) + later[:, None] < months
            arrived += np.bincount(
                (place + later[:, None])[inside],
                (ship * share[:, None])[inside],
                minlength=len(arrived),
            )
        at_sea = np.bincount(sets.flow_pair, (ship * self._at_sea).sum(axis=1), minlength=pairs)
        return arrived.reshape(pairs, months), at_sea + logistics.incoming_after

    def _missed(self, x: Floats) -> float:
        model, made = self.model, self.matrix @ x
        return float(
            max(
                np.max(model.row_lower - made, initial=0.0),
                np.max(made - model.row_upper, initial=0.0),
                np.max(model.col_lower - x, initial=0.0),
                np.max(x - model.col_upper, initial=0.0),
            )
        )
