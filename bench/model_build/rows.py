"""The program's rows in plain loops, for modelling layers that are fed one row at a time.

Written as a user of such a layer would write them: a list of variables and a list of coefficients
a row, from lists of what belongs together.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from motorworks.plan.data import Floats, PlanData
from motorworks.plan.params import PlanParams

INF = float("inf")

Row = tuple[list[Any], list[float], float, float]
Grid = list[list[Any]]
Make = Callable[[str, Floats, Floats], list[Any]]


@dataclass(frozen=True)
class Columns:
    """Variables of any layer, by block and month; ``kept`` by pair."""

    make: Grid
    stock: Grid
    ship: Grid
    market_stock: Grid
    lost: Grid
    kept: list[Any]


def add_columns(data: PlanData, params: PlanParams, make: Make) -> Columns:
    """Create all variables with ``make(name, cost, upper)``, which returns them as a flat list."""
    money, logistics, months = data.money, data.logistics, data.sets.n_months
    free = np.array(INF)
    stock_cost = money.plant_stock.copy()
    stock_cost[:, -1] -= money.store_end_value
    ship_cost = money.freight + money.duty + money.transit_capital

    def grid(name: str, cost: Floats, upper: Floats) -> Grid:
        flat = make(name, cost.ravel(), np.broadcast_to(upper, cost.shape).ravel())
        return [flat[first : first + months] for first in range(0, len(flat), months)]

    return Columns(
        make=grid("make", money.material + money.conversion, data.pace.limit),
        stock=grid("stock", stock_cost, free),
        ship=grid("ship", ship_cost, free),
        market_stock=grid("market_stock", money.market_stock, free),
        lost=grid("lost", money.net + params.lost_penalty, logistics.demand),
        kept=make(
            "kept", -params.end_value_pct / 100.0 * money.net[:, -1], most_kept(data, params)
        ),
    )


def most_kept(data: PlanData, params: PlanParams) -> Floats:
    """Cars of a pair that keep a value at the end: what fills its quickest lane."""
    sets, logistics = data.sets, data.logistics
    mean = logistics.demand[:, -min(12, sets.n_months) :].mean(axis=1)
    shortest = np.full(len(mean), np.inf)
    np.minimum.at(shortest, sets.flow_pair, (logistics.lag + logistics.lag_part)[sets.flow_lane])
    shortest[np.isinf(shortest)] = 0.0
    most: Floats = (params.end_cover_months + shortest) * mean
    return most


def groups(place: Any, count: int) -> list[list[int]]:
    """Members of each place."""
    found: list[list[int]] = [[] for _ in range(count)]
    for member, at in enumerate(place.tolist()):
        found[at].append(member)
    return found


def rows(data: PlanData, var: Columns) -> Iterator[Row]:
    """Variables, coefficients, lower and upper bound of every row, family by family."""
    yield from _shop_capacity(data, var)
    yield from _nameplate(data, var)
    yield from _plant_balance(data, var)
    yield from _lane_space(data, var)
    yield from _market_balance(data, var)
    yield from _end_value(data, var)


def _shop_capacity(data: PlanData, var: Columns) -> Iterator[Row]:
    pace, months = data.pace, data.sets.n_months
    members = groups(pace.work_shop, len(pace.shops))
    allocations, factors = pace.work_allocation.tolist(), pace.work_factor.tolist()
    for shop, capacity in enumerate(pace.capacity.tolist()):
        work = [factors[place] for place in members[shop]]
        for month in range(months):
            made = [var.make[allocations[place]][month] for place in members[shop]]
            yield made, work, -INF, capacity[month]


def _nameplate(data: PlanData, var: Columns) -> Iterator[Row]:
    made_at = groups(data.sets.store_plant, len(data.sets.plants))
    for plant, _, span, most in data.pace.nameplate:
        made = [var.make[a][t] for a in made_at[plant] for t in range(span.start, span.stop)]
        yield made, [1.0] * len(made), -INF, most


def _plant_balance(data: PlanData, var: Columns) -> Iterator[Row]:
    flows_of = groups(data.sets.flow_store, len(var.stock))
    for store, opening in enumerate(data.logistics.opening_store.tolist()):
        flows = flows_of[store]
        signs = [1.0, -1.0] + [-1.0] * len(flows)
        for month in range(data.sets.n_months):
            cars = [var.make[store][month], var.stock[store][month]]
            cars += [var.ship[flow][month] for flow in flows]
            if month == 0:
                yield cars, signs, -opening, -opening
            else:
                yield [*cars, var.stock[store][month - 1]], [*signs, 1.0], 0.0, 0.0


def _lane_space(data: PlanData, var: Columns) -> Iterator[Row]:
    flows_of = groups(data.sets.flow_lane, len(data.sets.lanes))
    ceu = data.logistics.ceu.tolist()
    for lane, space in enumerate(data.logistics.space.tolist()):
        sizes = [ceu[flow] for flow in flows_of[lane]]
        for month in range(data.sets.n_months):
            yield [var.ship[flow][month] for flow in flows_of[lane]], sizes, -INF, space[month]


def _market_balance(data: PlanData, var: Columns) -> Iterator[Row]:
    sets, logistics = data.sets, data.logistics
    flows_of = groups(sets.flow_pair, len(var.lost))
    lag, part = logistics.lag[sets.flow_lane].tolist(), logistics.lag_part[sets.flow_lane].tolist()
    for pair, wanted in enumerate(logistics.demand.tolist()):
        stock, lost = var.market_stock[pair], var.lost[pair]
        for month in range(sets.n_months):
            cars, shares = [stock[month], lost[month]], [-1.0, 1.0]
            if month > 0:
                cars.append(stock[month - 1])
                shares.append(1.0)
            for flow in flows_of[pair]:
                left = month - lag[flow]
                if left >= 0:
                    cars.append(var.ship[flow][left])
                    shares.append(1.0 - part[flow])
                if left >= 1:
                    cars.append(var.ship[flow][left - 1])
                    shares.append(part[flow])
            yield cars, shares, wanted[month], wanted[month]


def _end_value(data: PlanData, var: Columns) -> Iterator[Row]:
    sets, logistics, months = data.sets, data.logistics, data.sets.n_months
    flows_of = groups(sets.flow_pair, len(var.lost))
    lag, part = logistics.lag[sets.flow_lane].tolist(), logistics.lag_part[sets.flow_lane].tolist()
    for pair, incoming in enumerate(logistics.incoming_after.tolist()):
        cars, shares = [var.kept[pair], var.market_stock[pair][-1]], [1.0, -1.0]
        for flow in flows_of[pair]:
            first = months - lag[flow]
            cars += var.ship[flow][first:]
            shares += [-1.0] * (months - first)
            cars.append(var.ship[flow][first - 1])
            shares.append(-part[flow])
        yield cars, shares, -INF, incoming
