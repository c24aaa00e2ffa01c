"""The value of every decision."""

from typing import Any

import numpy as np

from motorworks.plan.data import Floats, PlanData
from motorworks.plan.variables import Variables


class Values(Variables):
    """The value of every decision, in the shape of its block; noise of the solver cut to zero."""

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
