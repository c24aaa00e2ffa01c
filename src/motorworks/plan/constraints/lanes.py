"""Spot space, least lots, room in ports, and how long cars may stand."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.constraints.shared import arrivals
from motorworks.plan.data import Floats, Ints, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables

_ROOM = 2.0
"""Times the space held: ``lane_space`` is what limits, so that one more CEU has its worth there."""


def spot_limit(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``spot[l,t] <= ceu`` on offer."""
    lp.at_most(var.lanes.spot, data.lanes.spot_most)


def lane_lot(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``least sail <= sum_i ceu_i ship <= most sail + spot``, ``spot <= ceu sail``.

    Nothing, or at least a lot.
    """
    lanes, shape = data.lanes.lot_lane, var.lanes.sail.shape
    least = lp.rows("lane_lot", shape, lower=0.0)
    open_ = lp.rows("lane_lot_open", shape, upper=0.0)
    lp.terms(least, var.lanes.sail, -data.lanes.lot_least[:, None])
    if len(lanes):
        lp.terms(open_, var.lanes.sail, -most_shipped(data)[lanes])
    spots, lots = np.nonzero(data.lanes.spot_lane[:, None] == lanes)
    lp.terms(open_[lots], var.lanes.spot[spots], -1.0)
    bought = lp.rows("lane_lot_spot", var.lanes.spot[spots].shape, upper=0.0)
    lp.terms(bought, var.lanes.spot[spots], 1.0)
    lp.terms(bought, var.lanes.sail[lots], -data.lanes.spot_most[spots])
    for place, lane in enumerate(lanes):
        flows = np.flatnonzero(data.sets.flow_lane == lane)
        ceu = data.logistics.ceu[flows, None]
        lp.terms(least[place], var.ship[flows], ceu)
        lp.terms(open_[place], var.ship[flows], ceu)


def most_shipped(data: PlanData) -> Floats:
    """CEU that can leave on each lane in each month in the space held; shape (L, T).

    No more than was there at the start and could be built by then, or than the yard held a month
    before and could be built since.
    """
    sets, logistics = data.sets, data.logistics
    made = np.zeros((len(sets.store_plant), sets.n_months))
    made[: sets.n_allocations] = data.pace.limit
    ever = logistics.opening_store[:, None] + np.cumsum(made, axis=1)
    yard = np.repeat(logistics.plant_yard[sets.store_plant][:, None], sets.n_months, axis=1)
    yard[:, 0] = np.inf
    most = np.minimum(ever, yard + made)
    shipped = np.zeros((len(sets.lanes), sets.n_months))
    np.add.at(shipped, sets.flow_lane, logistics.ceu[:, None] * most[sets.flow_store])
    return np.minimum(shipped, _ROOM * logistics.space)


def port_space(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``dwell x (cars leaving + cars arriving in the month) <= slots`` (Little's law)."""
    ports, dwell = data.lanes, data.lanes.port_dwell
    free = ports.port_slots[:, None] - dwell[:, None] * ports.port_incoming
    rows = lp.rows("port_space", free.shape, upper=free)
    leaving = np.flatnonzero(ports.port_leaving >= 0)
    at = ports.port_leaving[leaving]
    lp.terms(rows[at], var.ship[leaving], dwell[at, None])
    for flows, later, share in arrivals(data):
        reaching = flows[ports.port_reaching[flows] >= 0]
        at = ports.port_reaching[reaching]
        shipped = var.ship[reaching, : data.sets.n_months - later]
        lp.terms(rows[at, later:], shipped, share * dwell[at, None])


def plant_age(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``stock[t] <= sum make`` of the last n months: first in, first out, nothing is older."""
    sets = data.sets
    age = data.lanes.plant_age[sets.store_plant]
    stores, rows = _aged(lp, "plant_age", age, var.stock, data.logistics.opening_store)
    for row, store in zip(rows, stores, strict=True):
        if store < sets.n_allocations:
            for since in range(min(int(age[store]), sets.n_months)):
                lp.terms(row[since:], var.make[store, : sets.n_months - since], -1.0)


def market_age(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``mstock[t] <= sum arrivals`` of the last n months."""
    sets, months = data.sets, data.sets.n_months
    age = data.lanes.market_age[sets.pair_market]
    pairs, rows = _aged(
        lp, "market_age", age, var.market_stock, data.logistics.opening_pair,
        data.logistics.incoming,
    )  # fmt: skip
    if not len(pairs):
        return
    row_of_pair = np.full(len(age), -1)
    row_of_pair[pairs] = np.arange(len(pairs))
    for flows, later, share in arrivals(data):
        aged = flows[row_of_pair[sets.flow_pair[flows]] >= 0]
        for since in range(min(int(age.max()), months - later)):
            kept = aged[age[sets.flow_pair[aged]] > since]
            at = rows[row_of_pair[sets.flow_pair[kept]], later + since :]
            lp.terms(at, var.ship[kept, : months - later - since], -share)


def _aged(
    lp: Builder, name: str, age: Ints, stock: Indices, opening: Floats, given: Floats | None = None
) -> tuple[Ints, Indices]:
    """Rows ``stock[t] - ... <= opening stock and given arrivals of the last n months``."""
    kept = np.flatnonzero(age > 0)
    month = np.arange(stock.shape[1])
    upper = np.where(month <= age[kept, None] - 2, opening[kept, None], 0.0)
    if given is not None:
        total = np.pad(np.cumsum(given[kept], axis=1), ((0, 0), (1, 0)))
        first = np.maximum(month - age[kept, None] + 1, 0)
        upper = upper + total[:, 1:] - np.take_along_axis(total, first, axis=1)
    rows = lp.rows(name, upper.shape, upper=upper)
    lp.terms(rows, stock[kept], 1.0)
    return kept, rows
