"""Tallies of what the cars of a block do."""

from motorworks.engines.jit import inlined, inner
from motorworks.simulate.departures.arrays import (
    BESIDE,
    LAW,
    SATURATED,
    Block,
    Floats,
    Lanes,
    LineArrays,
    Stops,
)


@inner
def count_block(line: LineArrays, lanes: Lanes, block: Block, cars: int, plain: bool) -> None:
    """Add what the cars of a block do to the tallies; ``plain`` as in :class:`Span`."""
    come = block.gate if line.source == SATURATED else block.ready
    within, count = True, len(lanes.began)
    for r in range(count):
        out = block.arrived[block.kept + cars - 1, len(lanes.service) + r]
        within &= come[block.kept, r] > lanes.began[r] and out <= lanes.end[r]
    if within and plain and count == 1:
        _count_sums(lanes, block, cars)
    elif within:
        _count_all(lanes, block, cars, plain)
    else:
        _count_part(lanes, block, cars)
    _count_peaks(line, lanes, block, cars)


@inner
def _count_all(lanes: Lanes, block: Block, cars: int, plain: bool) -> None:
    """Add what the cars of a block do, all of it between the warm-up and the end of the span."""
    count = len(lanes.began)
    for row in range(block.kept, block.kept + cars):
        gate, arrived, started = block.gate[row], block.arrived[row], block.started[row]
        stay = block.stay[row]
        for c in range(len(lanes.service)):
            lanes.service[c] += stay[c]
        for c in range(len(lanes.blocked)):
            lanes.blocked[c] += gate[c + count] - (started[c] + stay[c])
        for c in range(len(lanes.waited)):
            lanes.waited[c] += arrived[c] - gate[c]
        if plain:
            continue
        for c in range(len(lanes.blocked)):
            lanes.blocked[c] += started[c] - arrived[c]
    _count_cars(lanes, block, cars)


@inner
def _count_sums(lanes: Lanes, block: Block, cars: int) -> None:
    """Add what the cars of a block do as :func:`_count_all`, once they have been added up."""
    for c in range(len(lanes.service)):
        lanes.service[c] += block.sums[0, c]
        lanes.blocked[c] += block.sums[1, c]
        lanes.waited[c] += block.sums[2, c]
    _count_cars(lanes, block, cars)


@inner
def _count_cars(lanes: Lanes, block: Block, cars: int) -> None:
    """Add the cars of a block, and how long they waited before the source (not if saturated)."""
    count = len(lanes.began)
    for row in range(block.kept, block.kept + cars):
        for r in range(count):
            lanes.outside[r] += block.gate[row, r] - block.ready[row, r]
    for c in range(len(lanes.service)):
        lanes.worked[c] += cars
        lanes.left[c] += cars
    for c in range(len(lanes.waited)):
        lanes.moved[c] += cars


@inner
def _count_part(lanes: Lanes, block: Block, cars: int) -> None:
    """Add what the cars of a block do between the warm-up and the end of the span."""
    count = len(lanes.began)
    for row in range(block.kept, block.kept + cars):
        for c in range(len(lanes.waited)):
            low, high = lanes.began[c % count], lanes.end[c % count]
            enter, go = block.gate[row, c], block.arrived[row, c]
            lanes.moved[c] += low < go <= high
            come = min(max(go, low), high)
            lanes.waited[c] += come - min(max(enter, low), high)
            if c < count:
                ready = min(max(block.ready[row, c], low), high)
                lanes.outside[c] += min(max(enter, low), high) - ready
            if c >= len(lanes.service):
                continue
            start = min(max(block.started[row, c], low), high)
            end, leave = block.started[row, c] + block.stay[row, c], block.gate[row, c + count]
            lanes.worked[c] += low < end <= high
            lanes.left[c] += low < leave <= high
            end, leave = min(max(end, low), high), min(max(leave, low), high)
            lanes.service[c] += end - start
            lanes.blocked[c] += (start - come) + (leave - end)


@inner
def _count_peaks(line: LineArrays, lanes: Lanes, block: Block, cars: int) -> None:
    """Most cars in each buffer and before the source."""
    count = len(lanes.began)
    for c in range(len(lanes.peak)):
        room, r = line.room[c // count], c % count
        if room != BESIDE and lanes.peak[c] != room:
            lanes.peak[c] = _peak(
                block.gate[:, c], block.arrived[:, c], lanes.peak[c], block.kept, cars,
                lanes.began[r], lanes.end[r],
            )  # fmt: skip
    if line.source == LAW:
        for r in range(count):
            lanes.peak_outside[r] = _peak(
                block.ready[:, r], block.gate[:, r], lanes.peak_outside[r], block.kept, cars,
                lanes.began[r], lanes.end[r],
            )  # fmt: skip


@inlined
def _peak(
    come: Floats, gone: Floats, peak: int, kept: int, cars: int, low: float, high: float
) -> int:
    """Most cars in a place: one more where a car comes while that ``peak`` cars before is there.

    A car that goes on in the minute in which it comes counts.
    """
    for row in range(kept, kept + cars):
        at = max(come[row], low)
        if at <= high and (gone[row - peak] > at or (peak == 0 and come[row] > low)):
            peak += 1
    return peak


@inner
def count_stops(lanes: Lanes, block: Block, stops: Stops, count: int) -> None:
    """Add the failures of a block between the warm-up and the end of the span."""
    for s in range(count):
        row, j = stops.where[s, 0], stops.where[s, 1]
        f, r = stops.where[s, 2], stops.where[s, 3]
        low, high = lanes.began[r], lanes.end[r]
        strike = block.started[row, j * len(lanes.began) + r] + stops.minutes[s, 0]
        over = strike + stops.minutes[s, 1]
        lanes.stops[f, r] += low < strike <= high
        lanes.stop_min[f, r] += min(max(over, low), high) - min(max(strike, low), high)
