"""The case as arrays, a file per subject."""

from motorworks.plan.data.components import Components
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
from motorworks.plan.data.launches import Bools, Launches, LineRuleData, Mix, MixLimit
from motorworks.plan.data.plan_data import PlanData

__all__ = [
    "Bools", "Components", "Floats", "Ints", "Launches", "LineRuleData", "Logistics", "Mix", "MixLimit",
    "Money", "Pace", "PinRule", "PlanData", "Promise", "Sets", "Supply",
]  # fmt: skip
