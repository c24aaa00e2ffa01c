"""The pace of a plant in a replication, in the words of a planner: cars an open hour, and a day."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Calendar, PlantModel
from motorworks.simulate.intervals import student
from motorworks.simulate.tally import Tally

Floats = NDArray[np.float64]

_DAY_MIN = 1440.0


def open_until(calendar: Calendar | None, minutes: Floats) -> Floats:
    """Open minutes from the start of the span until each of some moments.

    Examples
    --------
    >>> early = Calendar("early", np.array([[360.0, 840.0], [1800.0, 2280.0]]))
    >>> open_until(early, np.array([0.0, 400.0, 900.0, 2300.0])).tolist()
    [0.0, 40.0, 480.0, 960.0]
    """
    if calendar is None:
        return np.asarray(minutes, dtype=np.float64)
    begins, ends = calendar.open[:, 0], calendar.open[:, 1]
    done = np.append(0.0, np.cumsum(ends - begins))
    place = np.searchsorted(begins, minutes, side="right")
    within = np.minimum(minutes, np.append(0.0, ends)[place]) - np.append(0.0, begins)[place]
    return np.asarray(done[np.maximum(place - 1, 0)] + np.where(place > 0, within, 0.0))


def plant_hours(model: PlantModel) -> Calendar | None:
    """When anything at all is open; None where the plant never closes."""
    if not model.calendars:
        return None
    spans = np.concatenate([one.open for one in model.calendars])
    spans = spans[np.argsort(spans[:, 0])]
    reach = np.maximum.accumulate(spans[:, 1])
    first = np.append(True, spans[1:, 0] > reach[:-1])
    last = np.append(first[1:], True)
    return Calendar("plant", np.column_stack([spans[first, 0], reach[last]]))


def minutes_a_day(model: PlantModel) -> float:
    """Open minutes of a working day: a whole day where the plant never closes."""
    hours = plant_hours(model)
    if hours is None or not len(hours.open):
        return _DAY_MIN
    begins = hours.open[:, 0]
    edges = day_edges(model, int(begins[-1] // _DAY_MIN) + 1)
    worked = len(set(np.searchsorted(edges, begins, side="right").tolist()))
    return float((hours.open[:, 1] - begins).sum()) / worked


def day_edges(model: PlantModel, days: int) -> Floats:
    """Minutes at which so many days of the span begin, and at last that at which they are over.

    Examples
    --------
    >>> late = PlantModel("late", ("car",), (), (), day_begins=(0.0, 1800.0, 2910.0))
    >>> day_edges(late, 1).tolist(), day_edges(late, 3).tolist()
    ([0.0, 1800.0], [0.0, 1800.0, 2910.0, 4320.0])
    """
    edges = _DAY_MIN * np.arange(days + 1, dtype=np.float64)
    known = model.day_begins[: days + 1]
    edges[: len(known)] = known
    return np.maximum.accumulate(edges)


def cars_a_day(model: PlantModel, tally: Tally) -> float:
    """Cars that leave on a working day, after the warm-up.

    Counted from the first car to the last, so that it does not step by whole cars.
    """
    times = open_until(plant_hours(model), tally.exit_time[tally.exit_time >= tally.warmup])
    if len(times) < 2 or times[-1] <= times[0]:
        hours = open_until(plant_hours(model), np.array([tally.warmup, tally.end]))
        span = max(float(hours[1] - hours[0]), 1.0)
        return len(times) / span * minutes_a_day(model)
    return (len(times) - 1) / float(times[-1] - times[0]) * minutes_a_day(model)


def interval(values: Sequence[float] | Floats, confidence: float = 0.95) -> tuple[float, float]:
    """Least and greatest mean that replications allow, by Student's t.

    Endless where there is but one.

    Examples
    --------
    >>> low, high = interval([9.0, 10.0, 11.0])
    >>> round(low, 3), round(high, 3)
    (7.516, 12.484)
    """
    array = np.asarray(values, dtype=np.float64)
    if len(array) < 2:
        return -math.inf, math.inf
    half = (
        student(len(array), 100.0 * confidence) * float(array.std(ddof=1)) / math.sqrt(len(array))
    )
    return float(array.mean()) - half, float(array.mean()) + half
