"""Work beyond what paced stations can do: overload.

behind(first car of all) = 0; for each car, in the order of the line
over = max(0, behind + time - length); behind(next) = max(0, min(behind + time, length) - takt)
cost = sum over stations of cost(station) x sum of over, cars of the day alone

How far a worker is behind when each car comes is kept. A move is followed car by car until the
worker is as far behind as before: mostly a few cars, as idle time and utility work forget the
past. Times are whole microseconds here, so that "as before" is exact.
(N. Boysen, M. Fliedner, A. Scholl, https://doi.org/10.1016/j.ejor.2007.09.013.)
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.engines.jit import inner

Ints = NDArray[np.int32]
Times = NDArray[np.int64]
Floats = NDArray[np.float64]

TICKS = 1_000_000
"""Ticks of a second."""


class Stations(NamedTuple):
    """(stations, classes) time, and length, of each station, takt; in ticks. Cost of a tick."""

    time: Times
    length: Times
    takt: int
    cost: Floats


class StationTally(NamedTuple):
    """(stations, cars of the day + 1) ticks behind before each car; overload of each station."""

    behind: Times
    over: Times


def encode(day: LineDay, example: NDArray[np.int64]) -> Stations:
    """Arrays of the stations, if overload counts; ``example`` is a car of each class."""
    stations = [s for s in day.stations if day.weight("overload") * s.weight > 0]
    time = np.array([s.time_s for s in stations], dtype=np.float64).reshape(-1, len(day.cars))
    cost = np.array([day.weight("overload") * s.weight for s in stations], dtype=np.float64)
    return Stations(
        np.ascontiguousarray(in_ticks(time[:, example])),
        in_ticks([s.length_s for s in stations]),
        int(in_ticks([day.takt_s])[0]),
        cost / TICKS,
    )


def in_ticks(seconds: NDArray[np.float64] | list[float]) -> Times:
    """Seconds as whole ticks."""
    return np.rint(np.asarray(seconds, dtype=np.float64) * TICKS).astype(np.int64)


@inner
def after(rules: Stations, station: int, behind: int, kind: int) -> int:
    """Ticks behind when the next car comes."""
    needed = min(behind + rules.time[station, kind], rules.length[station])
    return int(max(0, needed - rules.takt))


@inner
def beyond(rules: Stations, station: int, behind: int, kind: int) -> int:
    """Work on a car, in ticks, that does not fit into the station."""
    return int(max(0, behind + rules.time[station, kind] - rules.length[station]))


@inner
def fresh(rules: Stations, tally: StationTally, seq: Ints, h: int) -> None:
    """Follow every station from the first car of all."""
    for station in range(len(rules.cost)):
        behind = 0
        tally.over[station] = 0
        for q in range(len(seq)):
            if q >= h:
                tally.behind[station, q - h] = behind
                tally.over[station] += beyond(rules, station, behind, seq[q])
            behind = after(rules, station, behind, seq[q])
        tally.behind[station, len(seq) - h] = behind


@inner
def replaced(rules: Stations, tally: StationTally, station: int, behind: int, position: int,
             old: int, new: int) -> int:  # fmt: skip
    """Overload more at a position where another class comes, to a worker ``behind``."""
    was = beyond(rules, station, tally.behind[station, position], old)
    return beyond(rules, station, behind, new) - was


@inner
def swap_over(
    rules: Stations, tally: StationTally, station: int, seq: Ints, h: int, i: int, j: int
) -> int:
    """Overload more at a station if the classes at positions i < j were exchanged."""
    a, b = seq[h + i], seq[h + j]
    over = replaced(rules, tally, station, tally.behind[station, i], i, a, b)
    behind = after(rules, station, tally.behind[station, i], b)
    position = i + 1
    while position < j and behind != tally.behind[station, position]:
        kind = seq[h + position]
        over += replaced(rules, tally, station, behind, position, kind, kind)
        behind = after(rules, station, behind, kind)
        position += 1
    if position < j:
        behind = tally.behind[station, j]
    over += replaced(rules, tally, station, behind, j, b, a)
    behind = after(rules, station, behind, a)
    return over + carried(rules, tally, station, seq, h, behind, j + 1)


@inner
def carried(
    rules: Stations, tally: StationTally, station: int, seq: Ints, h: int, behind: int, first: int
) -> int:
    """Overload more from a position on, where nothing changed but how far the worker is behind."""
    over = 0
    for position in range(first, len(seq) - h):
        if behind == tally.behind[station, position]:
            break
        kind = seq[h + position]
        over += replaced(rules, tally, station, behind, position, kind, kind)
        behind = after(rules, station, behind, kind)
    return over


@inner
def swap_change(rules: Stations, tally: StationTally, seq: Ints, h: int, i: int, j: int) -> float:
    """Change of cost if the classes at two positions were exchanged."""
    change = 0.0
    first, second = min(i, j), max(i, j)
    a, b = seq[h + i], seq[h + j]
    for station in range(len(rules.cost)):
        if rules.time[station, a] != rules.time[station, b]:
            over = swap_over(rules, tally, station, seq, h, first, second)
            change += rules.cost[station] * over
    return change


@inner
def rewrite_change(
    rules: Stations, tally: StationTally, seq: Ints, h: int, first: int, new: Ints, length: int
) -> float:
    """Change of cost if the positions from ``first`` on got the classes ``new[:length]``."""
    change = 0.0
    for station in range(len(rules.cost)):
        over, behind = 0, tally.behind[station, first]
        for at in range(length):
            old = seq[h + first + at]
            over += replaced(rules, tally, station, behind, first + at, old, new[at])
            behind = after(rules, station, behind, new[at])
        over += carried(rules, tally, station, seq, h, behind, first + length)
        change += rules.cost[station] * over
    return change


@inner
def rewritten(
    rules: Stations, tally: StationTally, held: Ints, seq: Ints, h: int, first: int, length: int
) -> None:
    """Follow the stations anew over ``length`` positions, then until all is as before."""
    for station in range(len(rules.cost)):
        behind = tally.behind[station, first]
        for position in range(first, len(seq) - h + 1):
            was = tally.behind[station, position]
            if position >= first + length and was == behind:
                break
            tally.behind[station, position] = behind
            if position < len(seq) - h:
                old, new = held[h + position], seq[h + position]
                tally.over[station] -= beyond(rules, station, was, old)
                tally.over[station] += beyond(rules, station, behind, new)
                behind = after(rules, station, behind, new)
