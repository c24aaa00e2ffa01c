"""What reaches customers: lanes, arrivals, sales, what is late or lost, value at the end."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.plan.constraints.shared import arrivals, first_month, yard
from motorworks.plan.data import Floats, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def lane_space(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_i ceu_i ship[i,l,t] <= sailings x allotment + spot[l,t]``."""
    space = data.logistics.space
    limited = np.atleast_1d(np.isfinite(space).any(axis=1))
    rows = lp.rows("lane_space", (int(limited.sum()), space.shape[1]), upper=space[limited])
    row_of_lane = np.cumsum(limited) - 1
    flows = np.flatnonzero(limited[data.sets.flow_lane])
    lanes = row_of_lane[data.sets.flow_lane[flows]]
    lp.terms(rows[lanes], var.ship[flows], data.logistics.ceu[flows, None])
    lp.terms(rows[row_of_lane[data.lanes.spot_lane]], var.lanes.spot, -1.0)


def market_balance(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``mstock[t-1] + arrivals[t] + lost[t] + late[t] - late[t-1] - mstock[t] = demand[t]``."""
    sets, logistics, months = data.sets, data.logistics, data.sets.n_months
    wanted = logistics.demand - logistics.incoming
    wanted += first_month(logistics.backlog - logistics.opening_pair, months)
    rows = lp.rows("market_balance", var.market_stock.shape, lower=wanted, upper=wanted)
    lp.terms(rows, var.market_stock, -1.0)
    lp.terms(rows[:, 1:], var.market_stock[:, :-1], 1.0)
    for flows, later, share in arrivals(data):
        shipped = var.ship[flows, : months - later]
        lp.terms(rows[sets.flow_pair[flows], later:], shipped, share)
    lp.terms(rows, var.lost, 1.0)
    if var.late.size:
        lp.terms(rows, var.late, 1.0)
        lp.terms(rows[:, 1:], var.late[:, :-1], -1.0)


def market_yard(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_i mstock[i,m,t] <= yard_slots``."""
    yard(lp, "market_yard", data.logistics.market_yard, data.sets.pair_market, var.market_stock)


def lost_limit(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``lost[t] <= demand[t]``, in the first month plus the opening backlog."""
    backlog = first_month(data.logistics.backlog, data.sets.n_months)
    lp.at_most(var.lost, data.logistics.demand + backlog)


def late_limit(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``late[t] <= demand of the last late_months months``: nobody waits longer."""
    if var.late.size:
        demand, wait = data.logistics.demand, params.late_months
        total = np.cumsum(demand, axis=1)
        recent = total.copy()
        recent[:, wait:] -= total[:, :-wait]
        recent[:, :wait] += data.logistics.backlog[:, None]
        lp.at_most(var.late, np.maximum(recent, 0.0))


def sold(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``demand[t] + late[t-1] - late[t] - lost[t] >= 0``: a car is not sold back."""
    if var.late.size:
        wanted = data.logistics.demand + first_month(data.logistics.backlog, data.sets.n_months)
        rows = lp.rows("sold", var.late.shape, lower=-wanted)
        lp.terms(rows, var.late, -1.0)
        lp.terms(rows[:, 1:], var.late[:, :-1], 1.0)
        lp.terms(rows, var.lost, -1.0)


def end_value(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``kept <= mstock at the end + cars at sea`` and ``kept <= (cover + lag) x demand``."""
    sets, logistics = data.sets, data.logistics
    mean = logistics.demand[:, -min(12, sets.n_months) :].mean(axis=1)
    lag = logistics.lag + logistics.lag_part
    shortest = np.full(len(mean), np.inf)
    np.minimum.at(shortest, sets.flow_pair, lag[sets.flow_lane])
    shortest[np.isinf(shortest)] = 0.0
    lp.at_most(var.kept, (params.end_cover_months + shortest) * mean)
    rows = lp.rows("end_value", var.kept.shape, upper=logistics.incoming_after)
    lp.terms(rows, var.kept, 1.0)
    lp.terms(rows, var.market_stock[:, -1], -1.0)
    share = share_at_sea(data)
    flow, month = np.nonzero(share)
    lp.terms(rows[sets.flow_pair[flow]], var.ship[flow, month], -share[flow, month])


def share_at_sea(data: PlanData) -> Floats:
    """Share of each departure that arrives after the horizon; shape (F, T)."""
    months = data.sets.n_months
    lag = data.logistics.lag[data.sets.flow_lane][:, None]
    part = data.logistics.lag_part[data.sets.flow_lane][:, None]
    share = np.zeros((len(lag), months))
    # only the last months can leave cars at sea, so that long horizons cost no more than short
    first = max(months - 1 - int(lag.max(initial=0)), 0)
    arrival = np.arange(first, months) + lag
    share[:, first:] = np.where(arrival >= months, 1.0, np.where(arrival + 1 >= months, part, 0.0))
    return share
