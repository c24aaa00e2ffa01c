"""The decisions of the plan as blocks of columns, each with its cost."""

from dataclasses import dataclass

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.data import Floats, PlanData
from motorworks.plan.params import PlanParams


@dataclass(frozen=True)
class Variables:
    """Column indices by decision; shapes as in :mod:`motorworks.plan.data`.

    ``late`` is empty (0, T) where customers never wait. ``short`` (promises,), ``kept`` (P,).
    """

    make: Indices
    stock: Indices
    ship: Indices
    market_stock: Indices
    lost: Indices
    late: Indices
    get: Indices
    component_stock: Indices
    short: Indices
    kept: Indices


def add_variables(lp: Builder, data: PlanData, params: PlanParams) -> Variables:
    """Add all columns; costs are those of the objective, revenue booked as margin not lost.

    Revenue is net price x sold with sold = demand + late before - late after - lost, so that
    ``net x demand`` is a constant (:func:`revenue_if_all_sold`) and only lost and late cars
    carry a price here.
    """
    months = data.sets.n_months
    money, pairs = data.money, len(data.sets.pair_market)
    stock_cost = money.plant_stock.copy()
    stock_cost[:, -1] -= money.store_end_value
    waits = pairs if params.late_months > 0 else 0
    return Variables(
        make=lp.columns("make", money.material.shape, cost=money.material + money.conversion),
        stock=lp.columns("stock", stock_cost.shape, cost=stock_cost),
        ship=lp.columns(
            "ship", money.freight.shape, cost=money.freight + money.duty + money.transit_capital
        ),
        market_stock=lp.columns("market_stock", money.net.shape, cost=money.market_stock),
        lost=lp.columns("lost", money.net.shape, cost=money.net + params.lost_penalty),
        late=lp.columns("late", (waits, months), cost=_late_cost(data, params)[:waits]),
        get=lp.columns("get", data.supply.capacity.shape, cost=data.supply.premium),
        component_stock=lp.columns(
            "component_stock", data.supply.holding.shape, cost=data.supply.holding
        ),
        short=lp.columns(
            "short", (len(data.promises),), cost=[p.shortfall_cost for p in data.promises]
        ),
        kept=lp.columns("kept", (pairs,), cost=-params.end_value_pct / 100.0 * money.net[:, -1]),
    )


def _late_cost(data: PlanData, params: PlanParams) -> Floats:
    """A car late moves its price to the next month; late at the end it is lost."""
    net = data.money.net
    cost = net + params.late_penalty
    cost[:, :-1] -= net[:, 1:]
    cost[:, -1] += params.lost_penalty
    return cost


def revenue_if_all_sold(data: PlanData) -> float:
    """Revenue if every car wanted or owed at the start were sold in its month."""
    return float((data.money.net * data.logistics.demand).sum()) + float(
        data.money.net[:, 0] @ data.logistics.backlog
    )
