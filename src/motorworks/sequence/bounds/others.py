"""Simple bounds of the objectives that no ratio or colour makes: work, levelling, wanted places."""

import math

import numpy as np

from motorworks.case.line_day import Levelled, LineDay, WorkStation
from motorworks.sequence.bounds.bound import Bound


def least_overload(day: LineDay) -> Bound:
    """Work that no order can fit into the time there is, over all stations."""
    total = sum(item.weight * station_overload(day, item) for item in day.stations)
    return Bound(total, "work against time at each station")


def station_overload(day: LineDay, station: WorkStation) -> float:
    """Work on the cars of the day that cannot be done at one station, in seconds.

    Each car takes at most ``length_s``; of the rest, one takt for each car is done, and what the
    worker may be behind after the last car.
    """
    behind, takt, length = 0.0, day.takt_s, station.length_s
    for time in station.time_s[: day.before]:
        behind = max(0.0, min(behind + time, length) - takt)
    work = np.array(station.time_s[day.before :])
    too_long = np.maximum(work - length, 0.0).sum()
    rest = np.minimum(work, length).sum() + behind
    done = day.count * takt + max(0.0, length - takt)
    return float(too_long + max(0.0, rest - done))


def least_levelling(day: LineDay) -> Bound:
    """Sum over the levelled rules of the least that each alone can come to."""
    return Bound(sum(map(level_alone, day.levelled)), "nearest multiples of single uses")


def level_alone(rule: Levelled) -> float:
    """Least unevenness of one use: the use so far is always a multiple of what the uses share.

    Exact where cars use a part or do not (J. Miltenburg, https://doi.org/10.1287/mnsc.35.2.192).

    Examples
    --------
    >>> level_alone(Levelled("roof", use=(1.0, 0.0, 0.0, 0.0)))
    0.375
    """
    count = len(rule.use)
    share = _shared(rule.use)
    if not count or not share:
        return 0.0
    even = np.arange(1, count + 1) * (sum(rule.use) / count)
    near = np.round(even / share) * share
    return float(rule.weight * np.square(near - even).sum())


def _shared(uses: tuple[float, ...]) -> float:
    """A number that all uses are multiples of; 0 where none is known."""
    distinct = sorted({use for use in uses if use})
    if len(distinct) <= 1:
        return distinct[0] if distinct else 0.0
    if all(float(use).is_integer() for use in distinct):
        return float(math.gcd(*(int(use) for use in distinct)))
    return 0.0


def least_moved(day: LineDay) -> Bound:
    """Cars that cannot stand where they were wanted, because another was wanted there too."""
    places = {place for place in day.wanted if 0 <= place < day.count}
    return Bound(len(day.wanted) - len(places), "counting of wanted places")
