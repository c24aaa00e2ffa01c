"""What launches allow where shifts are chosen, or extra hours worked."""

from typing import Any

import numpy as np
import polars as pl

from motorworks.case.case import Case
from motorworks.case.reading import filled
from motorworks.plan.data import Floats, Ints, Launches, Sets
from motorworks.plan.data.shifts import LaunchLine
from motorworks.plan.encode.daily import Daily, Run
from motorworks.plan.encode.launches import first_days


def encode_limits(
    case: Case,
    sets: Sets,
    daily: Daily,
    launches: Launches,
    plant: Ints,
    option_plant: Ints,
    hours: Floats,
    own: pl.DataFrame,
) -> dict[str, Any]:
    """Launch limits of the allocations at plants with options or a workforce.

    Least volumes are written like limits, with the other sign. ``hours`` (K, n_days) are those of
    the options, ``own`` the workforce of each plant.
    """
    at = {number: place for place, number in enumerate(plant.tolist())}
    most_extra = filled(own["overtime_hours_max"] + own["weekend_hours_max"])
    found: dict[str, list[Any]] = {"limited": [], "run_plant": [], "rate": [], "most": []}
    ceilings: list[LaunchLine] = []
    floors: list[LaunchLine] = []
    for allocation in range(sets.n_allocations):
        run = daily.runs[allocation]
        if run.plant not in at or run.plateau is None:
            continue
        place, window = at[run.plant], launches.window_of(allocation)
        options = np.flatnonzero(option_plant == place)
        limit = _by_choice(case, daily, run, launches, window, hours[options])
        rate = _rate(daily, run, launches, window)
        of = (allocation, place, window, options)
        ceilings += _lines(of, limit)
        if window is not None and launches.least[window] > 0:
            floors += _lines(of, -np.minimum(limit, launches.least[window]))
        largest = limit.max(axis=(0, 1))
        row = (allocation, place, rate, largest + rate * most_extra[place])
        for name, value in zip(found, row, strict=True):
            found[name].append(value)
    months = sets.n_months
    return {
        "limited": np.array(found["limited"], dtype=np.int64),
        "run_plant": np.array(found["run_plant"], dtype=np.int64),
        "rate": np.array(found["rate"]).reshape(-1, months),
        "most": np.array(found["most"]).reshape(-1, months),
        "ceilings": ceilings,
        "floors": floors,
    }


def _by_choice(
    case: Case, daily: Daily, run: Run, launches: Launches, window: int | None, hours: Floats
) -> Floats:
    """Most cars by option (one for the calendar, without options), start and month.

    Shape (k, T, T) with a launch window, (k, 1, T) without.
    """
    shifts = hours if len(hours) else daily.hours[[run.plant]]
    if window is None:
        return np.array([[run.limit(daily.days, own)] for own in shifts])
    starts = first_days(case)
    limit = np.zeros((len(shifts), len(starts), len(starts)))
    for start in np.flatnonzero(launches.may_begin[window]):
        for place, own in enumerate(shifts):
            limit[place, start] = run.limit(daily.days, own, starts[start])
    return limit


def _rate(daily: Daily, run: Run, launches: Launches, window: int | None) -> Floats:
    """Cars an extra hour: the mean full rate of the month where it may run, else 0."""
    days = daily.days
    rate = (
        days.by_month(np.broadcast_to(np.asarray(run.plateau, dtype=np.float64), len(days)))
        / days.per_month()
    )
    if window is None:
        return np.where(days.by_month(days.inside(run.start, run.end)) > 0, rate, 0.0)
    begun = np.maximum.accumulate(launches.may_begin[window])
    may = begun & (np.arange(days.months) <= launches.through[window])
    return np.where(may, rate, 0.0)


def _lines(of: tuple[int, int, int | None, Ints], limit: Floats) -> list[LaunchLine]:
    """Write ``value <= limit of the choice`` (k, u, t) as lines, exact for whole choices.

    Without a window the limit is a sum over the options (or a constant). With one, there is a line
    for each option, and another pattern, or none (limit 0), loosens it by as much as its limit is
    larger at most.
    """
    allocation, place, window, options = of
    months = limit.shape[2]
    none, no_start = np.zeros(months), np.zeros((months, months))
    if window is None:
        by_option = limit[:, 0] if len(options) else limit[:0, 0]
        constant = none if len(options) else limit[0, 0]
        return [LaunchLine(allocation, place, None, constant, no_start, options, by_option)]
    if not len(options):
        return [LaunchLine(allocation, place, window, none, limit[0], options, limit[:0, 0])]
    lines = []
    for chosen in limit:
        closed = np.maximum(-chosen, 0.0).max(axis=0)
        other = np.maximum(limit - chosen, 0.0).max(axis=1)
        lines.append(LaunchLine(allocation, place, window, closed, chosen, options, other - closed))
    return lines
