"""The case as arrays, a file per subject."""

from motorworks.plan.data.flows import (
    Floats,
    Ints,
    Logistics,
    Money,
    Pace,
    PinRule,
    Promise,
    Sets,
    Supply,
)
from motorworks.plan.data.plan_data import PlanData

__all__ = [
    "Floats", "Ints", "Logistics", "Money", "Pace", "PinRule", "PlanData", "Promise", "Sets",
    "Supply",
]  # fmt: skip
