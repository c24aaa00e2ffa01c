"""Which shifts a plant works, and its extra hours."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data.shifts import Shifts


@dataclass(frozen=True)
class ShiftVariables:
    """Columns by option (K, T) and by plant (H, T); hours, unless said.

    ``pattern``: the plant works the pattern; ``switch``: it changes to it. ``hired``, ``freed``
    people; ``overtime``, ``weekend`` paid; ``plus``, ``minus`` put into and taken from the time
    account, ``balance`` what is in it at the month's end; ``saving``: the month puts hours in.
    """

    pattern: NDArray[Any]
    switch: NDArray[Any]
    hired: NDArray[Any]
    freed: NDArray[Any]
    overtime: NDArray[Any]
    weekend: NDArray[Any]
    plus: NDArray[Any]
    minus: NDArray[Any]
    balance: NDArray[Any]
    saving: NDArray[Any]


def add_shifts(lp: Builder, shifts: Shifts) -> ShiftVariables:
    """Add the columns; the rules on extra hours fix those that a plant cannot use."""
    options, plants = shifts.hours.shape, shifts.calendar_hours.shape
    return ShiftVariables(
        pattern=lp.columns("pattern", options, upper=1.0, cost=shifts.labour, integer=True),
        switch=lp.columns("switch", options, upper=1.0),
        hired=lp.columns("hired", plants, cost=shifts.hire),
        freed=lp.columns("freed", plants, cost=shifts.release),
        overtime=lp.columns("overtime", plants, cost=shifts.overtime_cost),
        weekend=lp.columns("weekend", plants, cost=shifts.weekend_cost),
        plus=lp.columns("plus", plants),
        minus=lp.columns("minus", plants),
        balance=lp.columns("balance", plants, lower=-np.inf),
        saving=lp.columns("saving", plants, upper=1.0, integer=True),
    )
