"""Components sold to others."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data import PlanData


@dataclass(frozen=True)
class ComponentVars:
    """Columns, or their values: ``sold`` (n_sales,), a row of ``component_sales`` each."""

    sold: NDArray[Any]


def add_component_sales(lp: Builder, data: PlanData) -> ComponentVars:
    """``sold <= units``, and nothing of a component that has no balance at the plant."""
    components = data.components
    most = np.where(components.sale_group >= 0, components.sale_units, 0.0)
    return ComponentVars(
        sold=lp.columns("component_sales", most.shape, upper=most, cost=-components.sale_gain)
    )
