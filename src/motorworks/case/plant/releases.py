"""When the cars of a plan may start: at once, from their day on, or at the pace of the plan."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Calendar

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_DAY_MIN = 1_440.0


def from_day_on(days: Integers, day_begins: Sequence[float]) -> Floats:
    """Minutes at which the days of cars begin; days before the span begin with it.

    Examples
    --------
    >>> from_day_on(np.array([-1, 0, 1]), (0.0, 1860.0, 3300.0)).tolist()
    [0.0, 0.0, 1860.0]
    """
    return _begins(day_begins, int(days.max(initial=0)) + 1)[np.maximum(days, 0)]


def at_pace(days: Integers, day_begins: Sequence[float], calendar: Calendar | None) -> Floats:
    """Minutes that spread the cars of each day evenly over its open time.

    Parameters
    ----------
    days
        (n,) day of each car, in the order of cars.
    day_begins
        As in :class:`motorworks.case.plant_model.PlantModel`.
    calendar
        Of the shop where cars start; None where it never closes.

    Examples
    --------
    Four cars over two hours with a break between:

    >>> early = Calendar("early", np.array([[360.0, 420.0], [450.0, 510.0]]))
    >>> at_pace(np.array([0, 0, 0, 0]), (), early).tolist()
    [360.0, 390.0, 450.0, 480.0]
    """
    count = int(days.max(initial=0)) + 1
    begins = _begins(day_begins, count)
    released = from_day_on(days, day_begins)
    for day in range(count):
        own = np.flatnonzero(days == day)
        spans = np.array([begins[day : day + 2]])
        if calendar is not None:
            inside = (calendar.open[:, 0] >= begins[day]) & (calendar.open[:, 0] < begins[day + 1])
            spans = calendar.open[inside]
        if len(own) and len(spans):
            released[own] = _spread(spans, len(own))
    return released


def _begins(day_begins: Sequence[float], count: int) -> Floats:
    """When so many days begin, and the last of them ends; at midnight where nothing is known."""
    begins = _DAY_MIN * np.arange(count + 1, dtype=np.float64)
    known = day_begins[: count + 1]
    begins[: len(known)] = known
    return begins


def _spread(spans: Floats, count: int) -> Floats:
    """So many moments, as even as can be, over the minutes of spans."""
    done = np.append(0.0, np.cumsum(spans[:, 1] - spans[:, 0]))
    wanted = done[-1] * np.arange(count) / count
    place = np.searchsorted(done, wanted + 1e-9, side="right") - 1
    return np.asarray(spans[place, 0] + wanted - done[place])
