"""The whole plan model in arrays, subject by subject."""

from dataclasses import dataclass

from motorworks.plan.data.flows import (
    Logistics,
    Money,
    Pace,
    PinRule,
    Promise,
    Sets,
    Supply,
)


@dataclass(frozen=True)
class PlanData:
    """The whole plan model in arrays."""

    sets: Sets
    pace: Pace
    logistics: Logistics
    money: Money
    supply: Supply
    promises: list[Promise]
    pins: list[PinRule]
