"""The rules of the plan, one function per family; formulas as in ``docs/background/plan-model.md``.

Every function takes the program under construction, the data, the columns and the settings, and
adds the rows or bounds of its family. ``FAMILIES`` lists them all; nothing else adds a rule.
"""

from collections.abc import Callable

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.data import Floats, Ints, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables

Family = Callable[[Builder, PlanData, Variables, PlanParams], None]


def launch(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``make[a,t] <= limit[a,t]``: no car before the start, and no faster than the ramp."""
    lp.at_most(var.make, data.pace.limit)


def shop_capacity(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_a work[i,s] make[a,t] <= capacity[s,t]``: all vehicles share the shop's hours."""
    pace = data.pace
    rows = lp.rows("shop_capacity", pace.capacity.shape, upper=pace.capacity)
    lp.terms(rows[pace.work_shop], var.make[pace.work_allocation], pace.work_factor[:, None])


def nameplate(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum make <= nameplate x months/12``: a plant's most in a calendar year."""
    upper = [most for *_, most in data.pace.nameplate]
    rows = lp.rows("nameplate", (len(upper),), upper=upper)
    plants = data.sets.store_plant[: data.sets.n_allocations]
    for row, (plant, _, months, _) in zip(rows, data.pace.nameplate, strict=True):
        lp.terms(row, var.make[plants == plant, months], 1.0)


def plant_balance(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``stock[t-1] + make[t] - sum_lanes ship[t] = stock[t]``."""
    opening = _first_month(-data.logistics.opening_store, data.sets.n_months)
    rows = lp.rows("plant_balance", var.stock.shape, lower=opening, upper=opening)
    lp.terms(rows[: data.sets.n_allocations], var.make, 1.0)
    lp.terms(rows, var.stock, -1.0)
    lp.terms(rows[:, 1:], var.stock[:, :-1], 1.0)
    lp.terms(rows[data.sets.flow_store], var.ship, -1.0)


def plant_yard(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_i stock[i,p,t] <= yard_slots``."""
    _yard(lp, "plant_yard", data.logistics.plant_yard, data.sets.store_plant, var.stock)


def lane_space(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_i ceu_i ship[i,l,t] <= sailings x allotment``."""
    space = data.logistics.space
    limited = np.atleast_1d(np.isfinite(space).any(axis=1))
    rows = lp.rows("lane_space", (int(limited.sum()), space.shape[1]), upper=space[limited])
    row_of_lane = np.cumsum(limited) - 1
    flows = np.flatnonzero(limited[data.sets.flow_lane])
    lanes = row_of_lane[data.sets.flow_lane[flows]]
    lp.terms(rows[lanes], var.ship[flows], data.logistics.ceu[flows, None])


def market_balance(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``mstock[t-1] + arrivals[t] + lost[t] + late[t] - late[t-1] - mstock[t] = demand[t]``.

    A month's departures arrive in two months: ``1 - part`` after ``lag`` months, ``part`` one
    month later.
    """
    sets, logistics, months = data.sets, data.logistics, data.sets.n_months
    wanted = logistics.demand - logistics.incoming
    wanted += _first_month(logistics.backlog - logistics.opening_pair, months)
    rows = lp.rows("market_balance", var.market_stock.shape, lower=wanted, upper=wanted)
    lp.terms(rows, var.market_stock, -1.0)
    lp.terms(rows[:, 1:], var.market_stock[:, :-1], 1.0)
    for lag, part in sorted(set(zip(logistics.lag, logistics.lag_part, strict=True))):
        lanes = (logistics.lag == lag) & (logistics.lag_part == part)
        flows = np.flatnonzero(lanes[sets.flow_lane])
        pairs = sets.flow_pair[flows]
        for later, share in ((lag, 1.0 - part), (lag + 1, part)):
            if share > 0.0 and later < months:
                shipped = var.ship[flows, : months - later]
                lp.terms(rows[pairs, later:], shipped, share)
    lp.terms(rows, var.lost, 1.0)
    if var.late.size:
        lp.terms(rows, var.late, 1.0)
        lp.terms(rows[:, 1:], var.late[:, :-1], -1.0)


def market_yard(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_i mstock[i,m,t] <= yard_slots``."""
    _yard(lp, "market_yard", data.logistics.market_yard, data.sets.pair_market, var.market_stock)


def lost_limit(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``lost[t] <= demand[t]``, in the first month plus the opening backlog."""
    backlog = _first_month(data.logistics.backlog, data.sets.n_months)
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
        wanted = data.logistics.demand + _first_month(data.logistics.backlog, data.sets.n_months)
        rows = lp.rows("sold", var.late.shape, lower=-wanted)
        lp.terms(rows, var.late, -1.0)
        lp.terms(rows[:, 1:], var.late[:, :-1], 1.0)
        lp.terms(rows, var.lost, -1.0)


def component_balance(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``cstock[t-1] + sum_k get[k,t] - sum_i use[i,c] make[i,p,t] = cstock[t]``."""
    supply = data.supply
    opening = _first_month(-supply.opening, data.sets.n_months)
    rows = lp.rows("component_balance", var.component_stock.shape, lower=opening, upper=opening)
    lp.terms(rows[supply.source_group], var.get, 1.0)
    lp.terms(rows[supply.use_group], var.make[supply.use_allocation], -supply.use_quantity[:, None])
    lp.terms(rows, var.component_stock, -1.0)
    lp.terms(rows[:, 1:], var.component_stock[:, :-1], 1.0)


def component_capacity(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``get[k,t] <= capacity x share of the month in which the source is open``."""
    lp.at_most(var.get, data.supply.capacity)


def cell_supply(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_k kwh get[k,t] / 10^6 <= GWh of the month``."""
    supply = data.supply
    rows = lp.rows("cell_supply", supply.cell_capacity.shape, upper=supply.cell_capacity)
    fed = np.flatnonzero(supply.cell_of_source >= 0)
    lp.terms(rows[supply.cell_of_source[fed]], var.get[fed], supply.cell_gwh[fed, None])


def agreement_minimum(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_t make[t] + short[y] >= minimum of the year``; a car short is paid for."""
    rows = lp.rows(
        "agreement_minimum", (len(data.promises),), lower=[p.minimum for p in data.promises]
    )
    lp.terms(rows, var.short, 1.0)
    _promised(lp, data, var, rows)


def agreement_maximum(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_t make[t] <= maximum of the year``."""
    rows = lp.rows(
        "agreement_maximum", (len(data.promises),), upper=[p.maximum for p in data.promises]
    )
    _promised(lp, data, var, rows)


def pins(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``minimum <= make <= maximum``, or with a market ``minimum <= sum ship <= maximum``."""
    rows = lp.rows(
        "pins", (len(data.pins),),
        lower=[p.minimum for p in data.pins], upper=[p.maximum for p in data.pins],
    )  # fmt: skip
    pinned = [
        np.atleast_1d(var.make[pin.allocation, pin.month])
        if pin.flows is None
        else var.ship[pin.flows, pin.month]
        for pin in data.pins
    ]
    if pinned:
        columns = np.concatenate(pinned)
        lp.terms(np.repeat(rows, [len(part) for part in pinned]), columns, 1.0)


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


FAMILIES: tuple[Family, ...] = (
    launch,
    shop_capacity,
    nameplate,
    plant_balance,
    plant_yard,
    lane_space,
    market_balance,
    market_yard,
    lost_limit,
    late_limit,
    sold,
    component_balance,
    component_capacity,
    cell_supply,
    agreement_minimum,
    agreement_maximum,
    pins,
    end_value,
)


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


def _first_month(values: Floats, months: int) -> Floats:
    """Values in the first month, zero after it; shape (n, T)."""
    out = np.zeros((len(values), months))
    out[:, 0] = values
    return out


def _yard(lp: Builder, name: str, slots: Floats, place: Ints, stock: Indices) -> None:
    limited = np.isfinite(slots)
    rows = lp.rows(name, (int(limited.sum()), stock.shape[1]), upper=slots[limited][:, None])
    row_of_place = np.cumsum(limited) - 1
    standing = np.flatnonzero(limited[place])
    lp.terms(rows[row_of_place[place[standing]]], stock[standing], 1.0)


def _promised(lp: Builder, data: PlanData, var: Variables, rows: Indices) -> None:
    for row, promise in zip(rows, data.promises, strict=True):
        lp.terms(row, var.make[promise.allocation, promise.months], 1.0)
