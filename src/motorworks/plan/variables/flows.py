"""The decisions of the plan as blocks of columns, each with its cost."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data import Floats, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables.agreements import AgreementChoices, add_agreements
from motorworks.plan.variables.carbon import CarbonVars, add_carbon
from motorworks.plan.variables.components import ComponentVars, add_component_sales
from motorworks.plan.variables.lanes import LaneChoices, add_lanes
from motorworks.plan.variables.launches import LaunchVariables, add_launches
from motorworks.plan.variables.origin import OriginVars, add_origin
from motorworks.plan.variables.shifts import ShiftVariables, add_shifts
from motorworks.plan.variables.sites import SiteVariables, add_sites
from motorworks.plan.variables.smooth import SmoothColumns, add_smooth
from motorworks.plan.variables.stability import Changes, add_stability


@dataclass(frozen=True)
class Variables:
    """Columns by decision, or their values; shapes as in :mod:`motorworks.plan.data`.

    ``late`` is empty (0, T) where customers never wait. ``short`` (promises,), ``kept`` (P,).
    """

    make: NDArray[Any]
    stock: NDArray[Any]
    ship: NDArray[Any]
    market_stock: NDArray[Any]
    lost: NDArray[Any]
    late: NDArray[Any]
    get: NDArray[Any]
    component_stock: NDArray[Any]
    short: NDArray[Any]
    kept: NDArray[Any]
    agreements: AgreementChoices
    lanes: LaneChoices
    stability: Changes
    smooth: SmoothColumns
    components: ComponentVars
    carbon: CarbonVars
    origin: OriginVars
    launches: LaunchVariables
    sites: SiteVariables
    shifts: ShiftVariables


def add_variables(lp: Builder, data: PlanData, params: PlanParams) -> Variables:
    """Add all columns; costs are those of the objective, revenue booked as what is not lost.

    ``net x demand`` is a constant (:func:`revenue_if_all_sold`); only lost cars carry a price.
    """
    months = data.sets.n_months
    money, pairs = data.money, len(data.sets.pair_market)
    stock_cost = money.plant_stock.copy()
    stock_cost[:, -1] -= money.store_end_value
    waits = pairs if params.late_months > 0 else 0
    price = params.carbon_price
    built = money.material + money.conversion
    shipped = money.freight + money.duty + money.transit_capital
    lp.add_offset(price * data.carbon.base.sum() - revenue_if_all_sold(data))
    return Variables(
        make=lp.columns("make", money.material.shape, cost=built + price * data.carbon.made),
        stock=lp.columns("stock", stock_cost.shape, cost=stock_cost),
        ship=lp.columns(
            "ship", money.freight.shape, cost=shipped + price * data.carbon.lane[:, None]
        ),
        market_stock=lp.columns("market_stock", money.net.shape, cost=money.market_stock),
        lost=lp.columns("lost", money.net.shape, cost=money.net + params.lost_penalty),
        late=lp.columns("late", (waits, months), cost=_late_cost(data, params)[:waits]),
        get=lp.columns(
            "get", data.supply.capacity.shape, cost=data.supply.premium + data.components.duty
        ),
        component_stock=lp.columns(
            "component_stock", data.supply.holding.shape, cost=data.supply.holding
        ),
        short=lp.columns(
            "short", (len(data.promises),), cost=[p.shortfall_cost for p in data.promises]
        ),
        kept=lp.columns("kept", (pairs,), cost=-params.end_value_pct / 100.0 * money.net[:, -1]),
        agreements=add_agreements(lp, data),
        lanes=add_lanes(lp, data),
        stability=add_stability(lp, data, params),
        smooth=add_smooth(lp, data, params),
        components=add_component_sales(lp, data),
        carbon=add_carbon(lp, data),
        origin=add_origin(lp, data),
        launches=add_launches(lp, data.launches, data.mix),
        sites=add_sites(lp, data.sites, data.conversions),
        shifts=add_shifts(lp, data.shifts),
    )


def _late_cost(data: PlanData, params: PlanParams) -> Floats:
    """A late car costs goodwill, not its price; one still owed at the end is lost."""
    cost = np.full(data.money.net.shape, params.late_penalty)
    cost[:, -1] += data.money.net[:, -1] + params.lost_penalty
    return cost


def revenue_if_all_sold(data: PlanData) -> float:
    """Revenue if every car wanted or owed at the start were sold in its month."""
    return float((data.money.net * data.logistics.demand).sum()) + float(
        data.money.net[:, 0] @ data.logistics.backlog
    )
