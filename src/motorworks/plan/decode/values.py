"""The value of every decision."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from motorworks.plan.data import Floats, PlanData
from motorworks.plan.variables import Variables
from motorworks.plan.variables.agreements import AgreementChoices
from motorworks.plan.variables.carbon import CarbonVars
from motorworks.plan.variables.components import ComponentVars
from motorworks.plan.variables.lanes import LaneChoices
from motorworks.plan.variables.launches import LaunchVariables
from motorworks.plan.variables.origin import OriginVars
from motorworks.plan.variables.shifts import ShiftVariables
from motorworks.plan.variables.sites import SiteVariables
from motorworks.plan.variables.smooth import SmoothColumns
from motorworks.plan.variables.stability import Changes


@dataclass(frozen=True)
class Values:
    """The value of every decision, in the shape of its block; noise of the solver cut to zero."""

    make: Floats
    stock: Floats
    ship: Floats
    market_stock: Floats
    lost: Floats
    late: Floats
    get: Floats
    component_stock: Floats
    short: Floats
    kept: Floats
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

    @classmethod
    def of(cls, var: Variables, x: Floats, data: PlanData) -> "Values":
        """Pick the blocks out of the solution; ``late`` is filled with zeros where unused."""
        clean = np.where(np.abs(x) < 1e-9, 0.0, x)
        blocks = {name: _picked(columns, clean) for name, columns in vars(var).items()}
        if not var.late.size:
            blocks["late"] = np.zeros_like(data.logistics.demand)
        return cls(**blocks)


def _picked(columns: Any, x: Floats) -> Any:
    """Values of a block of columns, or of a subject's record of blocks, in the same form."""
    if isinstance(columns, np.ndarray):
        return x[columns]
    return type(columns)(**{name: _picked(inner, x) for name, inner in vars(columns).items()})


def sold_units(data: PlanData, values: Values) -> Floats:
    """``demand + late before - late after - lost``; shape (P, T)."""
    owed = np.column_stack([data.logistics.backlog, values.late[:, :-1]])
    sold = data.logistics.demand + owed - values.late - values.lost
    return np.where(np.abs(sold) < 1e-9, 0.0, sold)
