"""The parts of the margin."""

import numpy as np
from numpy.typing import ArrayLike

from motorworks.plan.data import PlanData
from motorworks.plan.decode.agreements import agreement_parts
from motorworks.plan.decode.carbon import carbon_parts
from motorworks.plan.decode.components import component_parts
from motorworks.plan.decode.lanes import lane_parts
from motorworks.plan.decode.launches import launch_parts
from motorworks.plan.decode.origin import origin_parts
from motorworks.plan.decode.shifts import labour_cost
from motorworks.plan.decode.sites import site_parts
from motorworks.plan.decode.stability import stability_parts
from motorworks.plan.decode.values import Values
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import revenue_if_all_sold

PARTS_OF_CHOICES = (
)  # fmt: skip


def objective_parts(data: PlanData, params: PlanParams, values: Values) -> dict[str, ArrayLike]:
    """Every part of the margin with its sign, and their sum."""
    money = data.money
    short_cost = sum(
        promise.shortfall_cost * float(short)
        for promise, short in zip(data.promises, values.short, strict=True)
    )
    keep = params.end_value_pct / 100.0
    parts = {
        "revenue": revenue_if_all_sold(data)
        - (money.net * values.lost).sum()
        - (money.net[:, -1] * values.late[:, -1]).sum(),
        "material": -(money.material * values.make).sum(),
        "conversion": -(money.conversion * values.make).sum(),
        "freight": -(money.freight * values.ship).sum(),
        "duty": -(money.duty * values.ship).sum(),
        "transit_capital": -(money.transit_capital * values.ship).sum(),
        "plant_stock": -(money.plant_stock * values.stock).sum(),
        "market_stock": -(money.market_stock * values.market_stock).sum(),
        "component_premium": -(data.supply.premium * values.get).sum(),
        "component_stock": -(data.supply.holding * values.component_stock).sum(),
        "agreement_shortfall": -short_cost,
        "lost_sales": -params.lost_penalty * (values.lost.sum() + values.late[:, -1].sum()),
        "late_sales": -params.late_penalty * values.late.sum(),
        "end_value": keep * (money.net[:, -1] * values.kept).sum()
        + (money.store_end_value * values.stock[:, -1]).sum(),
    }
    parts |= component_parts(data, values)
    parts |= carbon_parts(data, params, values) | origin_parts(data, values)
    parts |= agreement_parts(data, values) | lane_parts(data, values)
    parts |= stability_parts(params, values) | launch_parts(data, values)
    parts |= site_parts(data, values)
    parts["labour"] = -labour_cost(data, values).sum()
    parts |= dict.fromkeys(PARTS_OF_CHOICES, 0.0)
    # adding 0.0 turns a negative zero into zero
    amounts = [float(amount) + 0.0 for amount in parts.values()]
    return {"part": [*parts, "margin"], "amount": [*amounts, float(np.sum(amounts))]}
