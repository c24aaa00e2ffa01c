"""Components sold, what they earn, and duty on those that are bought."""

import numpy as np
import polars as pl

from motorworks.plan.data import PlanData
from motorworks.plan.decode.frames import frame, names_at
from motorworks.plan.decode.values import Values


def component_sales(data: PlanData, values: Values) -> pl.DataFrame:
    """A row for every row of ``component_sales`` in the horizon."""
    components = data.components
    return frame(
        "component_sales",
        {
            "component": components.sale_component,
            "plant": components.sale_plant,
            "month": names_at(list(data.sets.months), components.sale_month),
            "units": values.components.sold,
        },
    )


def component_parts(data: PlanData, values: Values) -> dict[str, float]:
    """Parts of the margin."""
    components = data.components
    return {
        "component_sales": float(np.sum(components.sale_gain * values.components.sold)),
        "component_duty": -float(np.sum(components.duty * values.get)),
    }
