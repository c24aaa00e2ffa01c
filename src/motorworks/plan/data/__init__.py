"""The case as arrays, a file per subject."""

from motorworks.plan.data.agreements import Agreements
from motorworks.plan.data.carbon import Carbon, CarbonYear
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
from motorworks.plan.data.lanes import Lanes
from motorworks.plan.data.launches import Bools, Launches, LineRuleData, Mix, MixLimit
from motorworks.plan.data.origin import Claim, Origin
from motorworks.plan.data.plan_data import PlanData
from motorworks.plan.data.sites import Conversions, Sites
from motorworks.plan.data.stability import Stability

__all__ = [
    "Agreements", "Bools", "Carbon", "CarbonYear", "Claim", "Components", "Conversions",
    "Floats", "Ints", "Lanes", "Launches", "LineRuleData", "Logistics", "Mix", "MixLimit",
    "Money", "Origin", "Pace", "PinRule", "PlanData", "Promise", "Sets", "Sites", "Stability",
    "Supply",
]  # fmt: skip
