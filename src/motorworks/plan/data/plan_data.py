"""The whole plan model in arrays, subject by subject."""

from dataclasses import dataclass

from motorworks.plan.data.agreements import Agreements
from motorworks.plan.data.carbon import Carbon
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
from motorworks.plan.data.lanes import Lanes
from motorworks.plan.data.launches import Launches, Mix
from motorworks.plan.data.origin import Origin
from motorworks.plan.data.shifts import Shifts
from motorworks.plan.data.sites import Conversions, Sites
from motorworks.plan.data.stability import Stability


@dataclass(frozen=True)
class PlanData:
    """The whole plan model in arrays."""

    sets: Sets
    pace: Pace
    logistics: Logistics
    money: Money
    supply: Supply
    components: Components
    carbon: Carbon
    origin: Origin
    promises: list[Promise]
    pins: list[PinRule]
    agreements: Agreements
    lanes: Lanes
    stability: Stability
    launches: Launches
    shifts: Shifts
    mix: Mix
    sites: Sites
    conversions: Conversions
