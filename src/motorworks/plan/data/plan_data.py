"""The whole plan model in arrays, subject by subject."""

from dataclasses import dataclass

from motorworks.plan.data.components import Components
from motorworks.plan.data.flows import (
    Logistics,
    Money,
    Pace,
    PinRule,
    Promise,
    Sets,
    Supply,
)
from motorworks.plan.data.launches import Launches, Mix


@dataclass(frozen=True)
class PlanData:
    """The whole plan model in arrays."""

    sets: Sets
    pace: Pace
    logistics: Logistics
    money: Money
    supply: Supply
    components: Components
    promises: list[Promise]
    pins: list[PinRule]
    launches: Launches
    mix: Mix
