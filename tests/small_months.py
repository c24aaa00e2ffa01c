"""Small months of orders, drawn at random or made by hand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from motorworks.case.month_of_orders import LEFT_OUT, Limit, MonthOfOrders, Slot
from motorworks.case.records.line import Order

MONDAY = dt.date(2026, 3, 2)


def month_of(
    days: int, due: Sequence[int | None], *, capacity: float = 2.0, **changes: Any
) -> MonthOfOrders:
    """Orders due on days (from 0) of a line that builds so many cars each day.

    Trait 0 is the car itself; ``roof`` names the orders that have the option of trait 1.
    """
    roof = changes.pop("roof", ())
    slots = tuple(Slot("line", MONDAY + dt.timedelta(days=day)) for day in range(days))
    has = np.zeros((len(due), 2))
    has[:, 0] = 1.0
    has[list(roof), 1] = 1.0
    limits = tuple(Limit("line", "capacity", 0, day, day, most=capacity) for day in range(days))
    month = MonthOfOrders(
        name="small",
        slots=slots,
        orders=tuple(
            Order(order=f"o{number}", vehicle="suv", market="kr") for number in range(len(due))
        ),
        due=tuple(None if day is None else MONDAY + dt.timedelta(days=day) for day in due),
        fixed=(LEFT_OUT,) * len(due),
        before=(LEFT_OUT,) * len(due),
        open=np.ones((len(due), days), dtype=np.bool_),
        traits=("car", "roof"),
        has=has,
        limits=limits + changes.pop("more", ()),
    )
    return replace(month, **changes)


def random_month(seed: int, *, days: int = 4, orders: int = 12) -> MonthOfOrders:
    """A month with every kind of limit, fixed orders, a frozen day and yesterday's schedule."""
    rng = np.random.default_rng(seed)
    month = month_of(days, rng.integers(0, days, orders).tolist())
    before = rng.integers(-1, days, orders)
    fixed = np.where(rng.random(orders) < 0.1, rng.integers(0, days, orders), LEFT_OUT)
    fixed[before == 0] = LEFT_OUT
    has = np.column_stack([np.ones(orders), rng.random((orders, 3)) < 0.4]).astype(np.float64)
    capacity = float(np.ceil(orders / days)) + rng.integers(0, 2)
    limits = [Limit("line", "capacity", 0, day, day, most=capacity) for day in range(days)]
    limits += [Limit("roof", "option", 1, day, day, most=1.0) for day in range(days)]
    limits += [Limit("suv", "mix", 2, day, day, least=1.0, most=2.0) for day in range(days)]
    limits += [Limit("pack", "part", 3, 0, day, most=1.0 + day) for day in range(days)]
    limits += [Limit("ship", "sailing", 2, 0, days // 2, least=3.0, weight=2)]
    limits += [Limit("suv", "ramp", 2, day, day, most=2.0 + day) for day in range(days)]
    limits += [Limit("blue", "batch", 3, day, day, size=2 + day % 2) for day in range(days)]
    return replace(
        month,
        slots=(replace(month.slots[0], frozen=True), *month.slots[1:]),
        fixed=tuple(int(slot) for slot in fixed),
        before=tuple(int(slot) for slot in before),
        open=rng.random((orders, days)) < 0.8,
        traits=("car", "roof", "suv", "pack"),
        has=has,
        limits=tuple(limits),
    )
