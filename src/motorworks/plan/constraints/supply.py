"""Components and the cells behind them."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.plan.constraints.shared import first_month
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def component_balance(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``cstock[t-1] + sum_k get[k,t] - sum_i use make[i,p,t] - sum_k need get[k,t] - sold[t]``.

    This equals ``cstock[t]``; needs are those of the components made at the plant.
    """
    supply, made = data.supply, data.components
    opening = first_month(-supply.opening, data.sets.n_months)
    rows = lp.rows("component_balance", var.component_stock.shape, lower=opening, upper=opening)
    lp.terms(rows[supply.source_group], var.get, 1.0)
    lp.terms(rows[supply.use_group], var.make[supply.use_allocation], -supply.use_quantity[:, None])
    lp.terms(rows, var.component_stock, -1.0)
    lp.terms(rows[:, 1:], var.component_stock[:, :-1], 1.0)
    lp.terms(rows[made.need_group], var.get[made.need_source], -made.need_quantity[:, None])
    sold = np.flatnonzero(made.sale_group >= 0)
    lp.terms(rows[made.sale_group[sold], made.sale_month[sold]], var.components.sold[sold], -1.0)


def component_capacity(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``get[k,t] <= capacity x share of the month in which the source is open``."""
    lp.at_most(var.get, data.supply.capacity)


def cell_supply(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_k kwh get[k,t] / 10^6 <= GWh of the month``."""
    supply = data.supply
    rows = lp.rows("cell_supply", supply.cell_capacity.shape, upper=supply.cell_capacity)
    fed = np.flatnonzero(supply.cell_of_source >= 0)
    lp.terms(rows[supply.cell_of_source[fed]], var.get[fed], supply.cell_gwh[fed, None])
