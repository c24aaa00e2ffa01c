"""What holds a plant back at each moment: the active-period method.

A server is active from the moment it stops waiting for cars, or for a place to put them, until it
waits again; repairs and setups belong to it. The server that has been active for the longest is the
bottleneck of the moment (C. Roser, M. Nakano, M. Tanaka, A practical bottleneck detection method,
Winter Simulation Conference 2001, https://doi.org/10.1109/WSC.2001.977398). Where its active period
overlaps with that of the next bottleneck, the bottleneck shifts; otherwise it is the sole one
(the same, Shifting bottleneck detection, Winter Simulation Conference 2002,
https://doi.org/10.1109/WSC.2002.1166360).
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Calendar, PlantModel, Segment, Station
from motorworks.simulate.measure import open_until
from motorworks.simulate.tally import Tally, Visits

Floats = NDArray[np.float64]

_TOUCH = 1e-6
"""Minutes of open time between two pieces of work that count as no gap."""


@dataclass(frozen=True)
class Period:
    """An uninterrupted active period of a server of an element, in minutes."""

    begin: float
    end: float
    element: int

    @property
    def length(self) -> float:
        """Minutes."""
        return self.end - self.begin


@dataclass(frozen=True)
class ActiveShare:
    """Share of time, from 0 to 1, in which an element is the only or a shifting bottleneck."""

    element: int
    sole: float
    shifting: float

    @property
    def share(self) -> float:
        """Sole and shifting together."""
        return self.sole + self.shifting


def active_shares(model: PlantModel, tally: Tally) -> list[ActiveShare]:
    """How long each element is the bottleneck of the moment, the longest first.

    Parameters
    ----------
    model
        The plant.
    tally
        A replication with visits; what lies before its warm-up is over does not count.

    Raises
    ------
    ValueError
        If the replication kept no visits.
    """
    if tally.visits is None:
        msg = "the active-period method needs the visits of a replication"
        raise ValueError(msg)
    found = periods(model, tally.visits, tally.end)
    sole, shifting = bottleneck_of_each_moment(found, len(model.elements), tally.warmup, tally.end)
    span = max(tally.end - tally.warmup, _TOUCH)
    shares = [
        ActiveShare(one, float(sole[one] / span), float(shifting[one] / span))
        for one in range(len(model.elements))
        if sole[one] + shifting[one] > 0.0
    ]
    return sorted(shares, key=lambda share: (-share.share, share.element))


def bottleneck_of_each_moment(
    found: Sequence[Period], count: int, first: float, last: float
) -> tuple[Floats, Floats]:
    """Minutes in which each of ``count`` elements is the sole and a shifting bottleneck.

    Examples
    --------
    >>> found = [Period(0.0, 10.0, 0), Period(8.0, 20.0, 1), Period(9.0, 12.0, 2)]
    >>> sole, shifting = bottleneck_of_each_moment(found, 3, 0.0, 20.0)
    >>> sole.tolist(), shifting.tolist()
    ([8.0, 10.0, 0.0], [2.0, 2.0, 0.0])
    """
    sole, shifting = np.zeros(count), np.zeros(count)
    alone_from = first
    chain = list(_chain(found, first, last))
    for here, then in zip(chain, [*chain[1:], None], strict=True):
        end = min(here.end, last)
        overlap = min(end, max(first, then.begin)) if then is not None else end
        sole[here.element] += max(0.0, overlap - max(alone_from, here.begin))
        if then is not None and overlap < end:
            shifting[here.element] += end - overlap
            shifting[then.element] += end - overlap
        alone_from = end
    return sole, shifting


def _chain(found: Sequence[Period], first: float, last: float) -> Iterator[Period]:
    """Periods of the bottleneck of the moment, each reaching beyond the one before it."""
    rising = sorted(found, key=lambda period: period.begin)
    begun, now = 0, first
    longest: list[tuple[float, int]] = []
    while now < last:
        while begun < len(rising) and rising[begun].begin <= now + _TOUCH:
            heapq.heappush(longest, (-rising[begun].length, begun))
            begun += 1
        while longest and rising[longest[0][1]].end <= now + _TOUCH:
            heapq.heappop(longest)
        if longest:
            here = rising[longest[0][1]]
            yield here
            now = here.end
        elif begun < len(rising):
            now = rising[begun].begin
        else:
            return


def periods(model: PlantModel, visits: Visits, end: float) -> list[Period]:
    """Active periods of all servers until ``end``."""
    order = np.lexsort((visits.arrived, visits.server, visits.element))
    element, server = visits.element[order], visits.server[order]
    cuts = np.flatnonzero(np.diff(element) | np.diff(server)) + 1
    found: list[Period] = []
    for rows in np.split(order, cuts):
        if not len(rows):
            continue
        one = int(visits.element[rows[0]])
        what = model.elements[one]
        if isinstance(what, Station):
            spans = _worked(visits, rows, end)
        elif isinstance(what, Segment):
            spans = _moved(visits, rows, what, end)
        else:
            continue
        calendar = None if what.calendar is None else model.calendars[what.calendar]
        found += _merged(spans, one, calendar)
    return found


def _worked(visits: Visits, rows: NDArray[np.int64], end: float) -> Floats:
    """From the beginning of each piece of work to its end, at one server of a station."""
    spans = np.column_stack([visits.started[rows], visits.ended[rows]])
    spans = spans[~np.isnan(spans[:, 0])]
    return np.asarray(np.nan_to_num(spans, nan=end), dtype=np.float64)


def _moved(visits: Visits, rows: NDArray[np.int64], segment: Segment, end: float) -> Floats:
    """Times in which a segment takes a car at every step and may let go what is at its end.

    A longer gap between two cars is a gap, unless a stop held the segment for as long: then the
    car before it took longer to pass, too.
    """
    arrived, ended = visits.arrived[rows], np.nan_to_num(visits.ended[rows], nan=end)
    left = np.nan_to_num(visits.left[rows], nan=end)
    extra = np.maximum(0.0, ended - arrived - segment.slots * segment.takt_min)
    gap = np.append(np.diff(arrived), segment.takt_min)
    empty = gap - extra > 1.5 * segment.takt_min
    until = np.where(empty, arrived + segment.takt_min + extra, arrived + gap)
    stuck = np.sort(np.column_stack([ended, left])[left > ended + _TOUCH], axis=0)
    spans: list[tuple[float, float]] = []
    for begin, stop in zip(arrived, until, strict=True):
        here = np.searchsorted(stuck[:, 1], begin), np.searchsorted(stuck[:, 0], stop)
        for blocked, freed in stuck[here[0] : here[1]]:
            spans.append((begin, max(begin, blocked)))
            begin = max(begin, freed)
        spans.append((begin, max(begin, stop)))
    return np.asarray(spans, dtype=np.float64).reshape(-1, 2)


def _merged(spans: Floats, element: int, calendar: Calendar | None) -> Iterator[Period]:
    """Spans as periods: those that touch, but for time outside the calendar, are one."""
    if not len(spans):
        return
    spans = spans[np.lexsort((spans[:, 1], spans[:, 0]))]
    reach = np.maximum.accumulate(spans[:, 1])
    gap = open_until(calendar, spans[1:, 0]) - open_until(calendar, reach[:-1])
    starts = np.append(0, np.flatnonzero(gap > _TOUCH) + 1)
    stops = np.append(starts[1:], len(spans)) - 1
    for start, stop in zip(starts, stops, strict=True):
        if reach[stop] > spans[start, 0]:
            yield Period(float(spans[start, 0]), float(reach[stop]), element)
