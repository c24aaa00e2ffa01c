"""Block after block of cars, until the span is over."""

import numpy as np

from motorworks.engines.jit import inner, jit
from motorworks.simulate.departures.arrays import (
    A_BLOCK,
    DONE,
    MORE_EXITS,
    MORE_KEPT,
    SATURATED,
    Block,
    Floats,
    Integers,
    Lanes,
    LineArrays,
    Span,
    Stops,
)
from motorworks.simulate.departures.count import count_block, count_stops
from motorworks.simulate.departures.draw import draw_block
from motorworks.simulate.departures.go import go_alone, go_plainly, go_through


@inner
def _keep(block: Block, cars: int) -> None:
    """Put the last cars of a block before those of the next."""
    for row in range(block.kept):
        for r in range(block.ready.shape[1]):
            block.ready[row, r] = block.ready[row + cars, r]
        for c in range(block.gate.shape[1]):
            block.gate[row, c] = block.gate[row + cars, c]
            block.arrived[row, c] = block.arrived[row + cars, c]


@inner
def _leave(
    lanes: Lanes, block: Block, span: Span, first: int, cars: int, left: Floats, came: Floats
) -> None:
    """Write down the cars of a block that leave; the warm-up or the span may end with them.

    What the last of these cars makes possible in the minute in which it leaves comes later.
    """
    for r in range(len(lanes.began)):
        exit_column = block.gate.shape[1] - len(lanes.began) + r
        for i in range(cars):
            left[first + i, r] = block.arrived[block.kept + i, exit_column]
            came[first + i, r] = block.gate[block.kept + i, r]
        out = left[first + cars - 1, r]
        if first + cars == span.warmup:
            lanes.began[r] = max(span.warmup_min, np.nextafter(out, 0.0))
        if first + cars == span.until:
            lanes.end[r] = min(lanes.end[r], np.nextafter(out, 0.0))


@inner
def _size(line: LineArrays, lanes: Lanes, block: Block, span: Span, first: int) -> int:
    """How many cars the next block has: 0 where the span is over in all lanes.

    It is once a car comes to the source after it; a saturated source has its cars at once.
    """
    come = block.gate if line.source == SATURATED else block.ready
    cars = min(len(block.gate) - block.kept, span.cars - first)
    for stop in (span.warmup, span.until):
        if first < stop:
            cars = min(cars, stop - first)
    for r in range(len(lanes.end)):
        if come[block.kept - 1, r] <= lanes.end[r]:
            return cars
    return 0


@jit
def play(
    line: LineArrays,
    lanes: Lanes,
    block: Block,
    stops: Stops,
    span: Span,
    at: Integers,
    left: Floats,
    came: Floats,
    width: tuple[int, ...],
) -> tuple[int, Stops]:
    """Let cars go down the line until the span is over, or the caller has something to do.

    ``at`` holds the number of the next car, how many the last block had, and its stops. ``left``
    and ``came`` get a row for each car: when it leaves the plant, and when it came in.
    """
    while True:
        if max(lanes.peak.max(), lanes.peak_outside.max()) >= block.kept:
            return MORE_KEPT, stops
        _keep(block, at[1])
        at[1] = 0
        cars = _size(line, lanes, block, span, at[0])
        if cars == 0:
            return DONE, stops
        if at[0] + cars > len(left):
            return MORE_EXITS, stops
        stops = draw_block(line, lanes, block, stops, at, cars)
        if span.plain and len(width) == 1:
            go_alone(line, block, cars)
        elif span.plain:
            go_plainly(line, block, cars, width)
        else:
            go_through(line, block, cars, width)
        if at[0] >= span.warmup:
            count_block(line, lanes, block, cars, span.plain)
            count_stops(lanes, block, stops, at[2])
        _leave(lanes, block, span, at[0], cars, left, came)
        at[0] += cars
        at[1] = cars
        if span.look:
            return A_BLOCK, stops
