"""Kernels of the departure recursion: blocks of cars, several replications side by side.

Each replication has a lane. Arrays of a block have a row for each car, after ``kept`` rows of the
cars before it, and a column for each lane of each place of the line: lane r of station or gap j is
column ``j * lanes + r``. Columns next to each other are computed several at once.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.draws import FIXED, law_at, uniform_at
from motorworks.engines.jit import inlined, inner, jit, lean

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Keys = NDArray[np.uint64]

SATURATED, LAW, CARS = 0, 1, 2
"""Kinds of sources."""

DONE, A_BLOCK, MORE_EXITS, MORE_KEPT = 0, 1, 2, 3
"""Why :func:`play` came back: all done, a block to look at, or arrays that are to be longer."""

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
    """Whether :func:`_go_plainly` does."""
    look: bool
    """Whether to come back after each block."""


@inner
def _law(line: LineArrays, law: int, mean: float, key: np.uint64, index: int) -> float:
    return law_at(
        line.law_kind[law], mean, line.law_shape[law], line.values,
        line.law_first[law], line.law_last[law], key, index,
    )  # fmt: skip


@inner
def _type(line: LineArrays, key: np.uint64, car: int) -> int:
    """Type of a car: that of the order of cars, or drawn."""
    if len(line.types):
        return int(line.types[car])
    last = len(line.mix) - 1
    if last <= 0:
        return 0
    u = uniform_at(key, car)
    kind = 0
    while kind < last and u > line.mix[kind]:
        kind += 1
    return kind


@lean
def begin(line: LineArrays, lanes: Lanes) -> None:
    """Draw what each failure waits for first."""
    stations = len(line.before)
    for f in range(len(line.repeat)):
        law = stations + 1 + 2 * f
        for r in range(lanes.due.shape[1]):
            lanes.due[f, r] = _law(line, law, line.law_mean[law], lanes.keys[law, r], 0)


@inner
def _arrive(line: LineArrays, lanes: Lanes, block: Block, first: int, cars: int) -> None:
    """When each car of a block is at the source."""
    if line.source == SATURATED:
        return
    law = len(line.before)
    for r in range(len(lanes.arrival)):
        at = lanes.arrival[r]
        for i in range(cars):
            if line.source == LAW:
                at += _law(line, law, line.law_mean[law], lanes.keys[law, r], first + i)
            else:
                at = max(at, line.release[first + i])
            block.ready[block.kept + i, r] = at
        lanes.arrival[r] = at


@inner
def _work(line: LineArrays, lanes: Lanes, block: Block, first: int, cars: int) -> None:
    """Minutes of work of each car at each station; those that never differ stand there already."""
    stations, types = line.time.shape
    count = len(lanes.arrival)
    for j in range(stations):
        fixed = line.law_kind[j] == FIXED
        if fixed and types == 1:
            continue
        for r in range(count):
            key, column = lanes.keys[j, r], j * count + r
            for i in range(cars):
                kind = 0 if types == 1 else _type(line, lanes.type_keys[r], first + i)
                work = line.time[j, kind]
                if not fixed:
                    work *= _law(line, j, 1.0, key, first + i)
                block.stay[block.kept + i, column] = work


@inner
def _heal(line: LineArrays, lanes: Lanes, block: Block, stops: Stops, count: int) -> None:
    """Undo what stops have added to the cars' minutes, for the next block."""
    for s in range(count):
        row, j, r = stops.where[s, 0], stops.where[s, 1], stops.where[s, 3]
        block.stay[row, j * len(lanes.arrival) + r] = line.time[j, 0]


@inner
def _soonest(line: LineArrays, lanes: Lanes, j: int, r: int) -> int:
    """Failure of a station that strikes first."""
    which = int(line.of_station[j])
    for f in range(which + 1, line.of_station[j + 1]):
        if lanes.due[f, r] < lanes.due[which, r]:
            which = f
    return which


@inner
def _strike(
    line: LineArrays, lanes: Lanes, block: Block, stops: Stops, count: int, j: int, r: int,
    cars: int, even: float,
) -> int:  # fmt: skip
    """Let the failures of a station strike the cars of a block; returns how many stops there are.

    ``even`` is the minutes of work where all cars have the same, else 0: then cars that none
    strikes are leapt over. Where room for stops runs out the number is negative.
    """
    clock = 0.0
    column = j * len(lanes.arrival) + r
    f = _soonest(line, lanes, j, r)
    i = 0
    while i < cars:
        if even > 0.0:
            leap = max(0, min(cars - i, int((lanes.due[f, r] - clock) / even) - 1))
            clock += leap * even
            i += leap
            if i == cars:
                break
        row = block.kept + i
        work = block.stay[row, column]
        left, spent = work, 0.0
        while lanes.due[f, r] < clock + left:
            if count == len(stops.where):
                return -1
            done = lanes.due[f, r] - clock
            law, time = len(line.before) + 1 + 2 * f, lanes.struck[f, r]
            down = _law(line, law + 1, line.law_mean[law + 1], lanes.keys[law + 1, r], time)
            stops.where[count, 0], stops.where[count, 1] = row, j
            stops.where[count, 2], stops.where[count, 3] = f, r
            stops.minutes[count, 0], stops.minutes[count, 1] = spent + done, down
            count += 1
            spent += done + down
            clock = lanes.due[f, r]
            left = work if line.repeat[f] else left - done
            lanes.struck[f, r] = time + 1
            up = _law(line, law, line.law_mean[law], lanes.keys[law, r], time + 1)
            lanes.due[f, r] = clock + up
            f = _soonest(line, lanes, j, r)
        block.stay[row, column] = spent + left
        clock += left
        i += 1
    for g in range(line.of_station[j], line.of_station[j + 1]):
        lanes.due[g, r] -= clock
    return count


@jit
def _draw(
    line: LineArrays, lanes: Lanes, block: Block, stops: Stops, at: Integers, cars: int
) -> Stops:
    """Draw all that a block of cars needs; returns the stops in it, as many as ``at`` says then."""
    first = at[0]
    _heal(line, lanes, block, stops, at[2])
    _arrive(line, lanes, block, first, cars)
    due, struck = lanes.due.copy(), lanes.struck.copy()
    alike = line.time.shape[1] == 1
    while True:
        _work(line, lanes, block, first, cars)
        count = 0
        for j in range(len(line.before)):
            if line.of_station[j] == line.of_station[j + 1]:
                continue
            even = line.time[j, 0] if alike and line.law_kind[j] == FIXED else 0.0
            for r in range(len(lanes.arrival)):
                if count >= 0:
                    count = _strike(line, lanes, block, stops, count, j, r, cars, even)
        if count >= 0:
            at[2] = count
            return stops
        _heal(line, lanes, block, stops, len(stops.where))
        lanes.due[:], lanes.struck[:] = due, struck
        more = 2 * len(stops.where)
        stops = Stops(np.empty((more, 4), np.int64), np.empty((more, 2)))


@inner
def _go_through(line: LineArrays, block: Block, cars: int, width: tuple[int, ...]) -> None:
    """Let the cars of a block go down the line: the recursion itself.

    A car takes its place at a station once it is through the gap and the car before has left the
    station; it leaves once its work is done and there is a place for it in the next gap, which is
    the one that the car ``room`` cars before it took. ``width`` holds a number for each lane: so
    the compiler knows how many there are.
    """
    lanes, stations = len(width), len(line.before)
    for row in range(block.kept, block.kept + cars):
        gate, ahead, arrived = block.gate[row], block.gate[row - 1], block.arrived[row]
        started, stay = block.started[row], block.stay[row]
        for r in range(lanes):
            gate[r] = max(block.ready[row, r], ahead[r], _free(line, block, row, 0, r, lanes))
        for j in range(stations):
            over, before = line.transfer[j], line.before[j]
            for r in range(lanes):
                here, on = j * lanes + r, (j + 1) * lanes + r
                free = _free(line, block, row, j + 1, r, lanes)
                come = max(gate[here] + over, ahead[on])
                start = max(come, free) if before else come
                arrived[here], started[here] = come, start
                gate[on] = max(start + stay[here], free)
        for on in range(stations * lanes, (stations + 1) * lanes):
            arrived[on] = gate[on] + line.transfer[stations]


@inlined
def _free(line: LineArrays, block: Block, row: int, j: int, r: int, lanes: int) -> float:
    """When the place in gap j is free that a car is to take; that of a station where no buffer."""
    room = line.room[j]
    if room > 0:
        return float(block.arrived[row - room, j * lanes + r])
    if room == BESIDE and j < len(line.before):
        return float(block.gate[row - 1, (j + 1) * lanes + r])
    return 0.0


@inner
def _go_plainly(line: LineArrays, block: Block, cars: int, width: tuple[int, ...]) -> None:
    """Let cars go through a line with a buffer in each gap between stations, but no transfer.

    The same as :func:`_go_through`, for stations that all block after service; ``started`` is
    ``arrived`` here.
    """
    lanes, stations = len(width), len(line.before)
    for row in range(block.kept, block.kept + cars):
        gate, ahead, arrived = block.gate[row], block.gate[row - 1], block.arrived[row]
        stay = block.stay[row]
        for r in range(lanes):
            gate[r] = max(block.ready[row, r], ahead[r], _free(line, block, row, 0, r, lanes))
        for j in range(stations - 1):
            last = block.arrived[row - line.room[j + 1]]
            for r in range(lanes):
                here, on = j * lanes + r, (j + 1) * lanes + r
                come = max(gate[here], ahead[on])
                arrived[here] = come
                gate[on] = max(come + stay[here], last[on])
        for r in range(lanes):
            here, on = (stations - 1) * lanes + r, stations * lanes + r
            free = _free(line, block, row, stations, r, lanes)
            arrived[here] = max(gate[here], ahead[on])
            gate[on] = max(arrived[here] + stay[here], free)
            arrived[on] = gate[on]


@inner
def _count_all(lanes: Lanes, block: Block, cars: int) -> None:
    """Add what the cars of a block do, all of it between the warm-up and the end of the span."""
    count = len(lanes.began)
    for row in range(block.kept, block.kept + cars):
        gate, arrived, started = block.gate[row], block.arrived[row], block.started[row]
        stay = block.stay[row]
        for c in range(len(lanes.service)):
            lanes.service[c] += stay[c]
        for c in range(len(lanes.blocked)):
            late = started[c] - arrived[c]
            lanes.blocked[c] += late + (gate[c + count] - (started[c] + stay[c]))
        for c in range(len(lanes.waited)):
            lanes.waited[c] += arrived[c] - gate[c]
        for r in range(count):
            lanes.outside[r] += gate[r] - block.ready[row, r]  # of no use where saturated
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
def _count_stops(lanes: Lanes, block: Block, stops: Stops, count: int) -> None:
    """Add the failures of a block between the warm-up and the end of the span."""
    for s in range(count):
        row, j = stops.where[s, 0], stops.where[s, 1]
        f, r = stops.where[s, 2], stops.where[s, 3]
        low, high = lanes.began[r], lanes.end[r]
        strike = block.started[row, j * len(lanes.began) + r] + stops.minutes[s, 0]
        over = strike + stops.minutes[s, 1]
        lanes.stops[f, r] += low < strike <= high
        lanes.stop_min[f, r] += min(max(over, low), high) - min(max(strike, low), high)


@inner
def _count(line: LineArrays, lanes: Lanes, block: Block, cars: int) -> None:
    """Add what the cars of a block do to the tallies."""
    come = block.gate if line.source == SATURATED else block.ready
    within, count = True, len(lanes.began)
    for r in range(count):
        out = block.arrived[block.kept + cars - 1, len(lanes.service) + r]
        within &= come[block.kept, r] > lanes.began[r] and out <= lanes.end[r]
    if within:
        _count_all(lanes, block, cars)
    else:
        _count_part(lanes, block, cars)
    _count_peaks(line, lanes, block, cars)


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
        _keep(block, at[1])
        at[1] = 0
        cars = _size(line, lanes, block, span, at[0])
        if cars == 0:
            return DONE, stops
        if at[0] + cars > len(left):
            return MORE_EXITS, stops
        if max(lanes.peak.max(), lanes.peak_outside.max()) >= block.kept:
            return MORE_KEPT, stops
        stops = _draw(line, lanes, block, stops, at, cars)
        if span.plain:
            _go_plainly(line, block, cars, width)
        else:
            _go_through(line, block, cars, width)
        if at[0] >= span.warmup:
            _count(line, lanes, block, cars)
            _count_stops(lanes, block, stops, at[2])
        _leave(lanes, block, span, at[0], cars, left, came)
        at[0] += cars
        at[1] = cars
        if span.look:
            return A_BLOCK, stops
