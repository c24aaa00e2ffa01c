"""What the departure recursion works on: blocks of cars, several replications side by side.

Each replication has a lane. Arrays of a block have a row for each car, after ``kept`` rows of the
cars before it, and a column for each lane of each place of the line: lane r of station or gap j is
column ``j * lanes + r``. Columns next to each other are computed several at once.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Keys = NDArray[np.uint64]

SATURATED, LAW, CARS = 0, 1, 2
"""Kinds of sources."""

DONE, A_BLOCK, MORE_EXITS, MORE_KEPT = 0, 1, 2, 3
"""Why the kernel came back: all done, a block to look at, or arrays that are to be longer."""

ENDLESS, BESIDE = -1, -2
"""``room`` of a gap whose buffer never fills, and of one without a buffer."""


class LineArrays(NamedTuple):
    """A line of m stations, g = m + 1 gaps and f failures; sorted by station where of failures."""

    source: int
    mix: Floats
    """Cumulated shares of types."""
    types: Integers
    """Of the cars in their order; empty where drawn."""
    release: Floats
    room: Integers
    """(g,) places of each gap's buffer, or :data:`ENDLESS` or :data:`BESIDE`."""
    transfer: Floats
    """(g,) minutes."""
    before: NDArray[np.bool_]
    """(m,) whether work begins only once the next place is free."""
    time: Floats
    """(m, types) minutes of work."""
    law_kind: Integers
    """(m + 1 + 2f,) laws: of the stations, of arrivals, then up and down of each failure."""
    law_mean: Floats
    law_shape: Floats
    law_first: Integers
    law_last: Integers
    values: Floats
    of_station: Integers
    """(m + 1,) first failure of each station, and the end."""
    repeat: NDArray[np.bool_]
    """(f,) whether work begins anew after it."""


class Lanes(NamedTuple):
    """State and tallies of r replications."""

    keys: Keys
    """(m + 1 + 2f, r) streams of the laws."""
    type_keys: Keys
    """(r,)"""
    due: Floats
    """(f, r) minutes of work until a failure strikes, counted from the block's first car."""
    struck: Integers
    """(f, r) how often it has."""
    arrival: Floats
    """(r,) last arrival drawn."""
    began: Floats
    """(r,) end of the warm-up; infinite until known."""
    end: Floats
    """(r,) end of the span; infinite until known."""
    service: Floats
    """(m * r,) minutes of work and failures, as all below from ``began`` to ``end``."""
    blocked: Floats
    """(m * r,)"""
    waited: Floats
    """(g * r,) car-minutes in gaps."""
    outside: Floats
    """(r,) car-minutes before the source."""
    peak: Integers
    """(g * r,) most cars in a gap; of gaps with a buffer alone."""
    peak_outside: Integers
    """(r,)"""
    worked: Integers
    """(m * r,) pieces of work ended."""
    left: Integers
    """(m * r,) cars gone from stations."""
    moved: Integers
    """(g * r,) cars gone from gaps."""
    stops: Integers
    """(f, r)"""
    stop_min: Floats
    """(f, r)"""


class Block(NamedTuple):
    """Times of a block of cars, minutes; rows are ``kept`` cars before and those of the block."""

    kept: int
    gate: Floats
    """(rows, g * r) when a car enters a gap, which is when it leaves the station before."""
    arrived: Floats
    """(rows, g * r) when it leaves the gap: takes its place at the station, or leaves the plant."""
    started: Floats
    """(rows, m * r or more) when work begins; ``arrived`` where no station blocks before it."""
    stay: Floats
    """(rows, m * r) minutes of work and failures."""
    ready: Floats
    """(rows, r) when it is at the source."""
    sums: Floats
    """(3, m) minutes that its cars worked, were blocked and waited before each station, where
    :func:`~motorworks.simulate.departures.go.go_alone` has added them up."""


class Stops(NamedTuple):
    """Failures that strike in a block."""

    where: Integers
    """(n, 4) row of the car, station, failure, lane."""
    minutes: Floats
    """(n, 2) from the start of the car's work to the strike, and stopped."""


class Span(NamedTuple):
    """How far to go."""

    cars: int
    """Most there are."""
    until: int
    """The span ends as so many have left."""
    warmup: int
    """The warm-up ends as so many have left, not before minute ``warmup_min``."""
    warmup_min: float
    plain: bool
    """Whether :func:`go_plainly` does."""
    look: bool
    """Whether to come back after each block."""
