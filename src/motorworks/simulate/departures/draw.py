"""What a block of cars needs, drawn before it goes down the line: arrivals, work, failures."""

import numpy as np

from motorworks.engines.draws import FIXED, law_at, uniform_at
from motorworks.engines.jit import inner, jit, lean
from motorworks.simulate.departures.arrays import (
    LAW,
    SATURATED,
    Block,
    Integers,
    Lanes,
    LineArrays,
    Stops,
)


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
def draw_block(
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
