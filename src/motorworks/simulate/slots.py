"""Slotted serial lines: machines that are up or down for whole slots, as in the literature.

All machines take one slot for a car. A Bernoulli machine is up in a slot with a probability, a
geometric one fails and is repaired with probabilities at the start of a slot. Cars stand in
buffers alone between slots: the places of a buffer are the N of the literature. The first machine
is never starved, the last never blocked. Where failures wear with time, a full buffer blocks only
if the machine after it takes no car in the slot (J. Li, S. M. Meerkov, Production Systems
Engineering, Springer 2009, chapters 3 and 4); where they wear with operation, a buffer that is full
as the slot begins blocks, and a machine without work does not fail (J. A. Buzacott, Automatic
transfer lines with buffer stocks, International Journal of Production Research 5, 1967; S. B.
Gershwin, Manufacturing Systems Engineering, Prentice Hall 1994, chapter 3).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Buffer, Failure, PlantModel, Source, Station
from motorworks.engines.draws import key_of, uniform_at
from motorworks.engines.jit import lean
from motorworks.simulate import streams
from motorworks.simulate.chain import Chain, chain_of
from motorworks.simulate.tally import HALTS, STATES, Floats, Integers, Tally, Visits

_SLOTTED = ("bernoulli", "geometric")
_NO_END = 1 << 60


@dataclass(frozen=True)
class Slotted:
    """A slotted line."""

    model: PlantModel
    chain: Chain
    failures: tuple[int | None, ...]
    """Failure of each machine."""
    slot_min: float


class _Line(NamedTuple):
    """A slotted line of m machines as arrays, and where it stands after a slot."""

    by_time: bool
    bernoulli: NDArray[np.bool_]
    fails: Floats
    """(m,) probability to be down in a slot (Bernoulli), or to fail in it."""
    repaired: Floats
    keys_up: NDArray[np.uint64]
    keys_down: NDArray[np.uint64]
    room: Integers
    """(m,) places after each machine; the last is never full."""
    now: Integers
    """(1,) slots gone by."""
    level: Integers
    """(m,) cars after each machine."""
    up: Integers
    done: Integers
    """(m,) cars each machine has worked on."""
    slots: Integers
    """(m, 4) slots of each machine by what it did."""
    content: Integers
    """(m,) car-slots after each machine, as slots end."""
    peak: Integers
    stops: Integers
    log: Integers
    """(m, cars) slot in which each machine worked on its k-th car."""


_WORKING, _STARVED, _BLOCKED, _REPAIR = range(4)
_STATES = ("working", "starved", "blocked", "repair")


def slotted_of(model: PlantModel) -> Slotted | str:
    """Find the slotted line that a plant is; or say in words why it is none."""
    chain = chain_of(model)
    if isinstance(chain, str):
        return chain
    if reason := _not_slotted(model, chain):
        return reason
    first = model.elements[chain.stations[0]]
    assert isinstance(first, Station)
    by_element = {failure.element: number for number, failure in enumerate(model.failures)}
    failures = tuple(by_element.get(station) for station in chain.stations)
    return Slotted(model, chain, failures, first.time_min[0])


def replicate(
    slotted: Slotted,
    *,
    seed: int,
    replication: int,
    until_min: float | None = None,
    until_cars: int | None = None,
    warmup_min: float = 0.0,
    warmup_cars: int = 0,
    sample_min: float = 0.0,
    visits: bool = False,
    order_at: Sequence[int] = (),
) -> Tally:
    """Run a slotted line once; spans begin and end with slots.

    See :func:`motorworks.simulate.engine.replicate` for the parameters.
    """
    line = _line(slotted, seed, replication)
    slot = slotted.slot_min
    last = _NO_END if until_min is None else int(until_min / slot + 1e-9)
    until = _NO_END if until_cars is None else until_cars
    line = _advance(line, min(last, math.ceil(warmup_min / slot - 1e-9)), _NO_END)
    line = _advance(line, last, min(until, warmup_cars))
    began = int(line.now[0])
    before = line.done.copy()
    for counted in (line.slots, line.content, line.stops):
        counted[...] = 0
    line.peak[:] = line.level
    line = _advance(line, last, until)
    return _tally(slotted, line, began, before, sample_min, visits, order_at)


def _advance(line: _Line, last: int, cars: int) -> _Line:
    """Let slots go by up to the last one, or until so many cars have left."""
    while not _run(line, last, cars):
        line = line._replace(log=np.concatenate([line.log, np.zeros_like(line.log)], axis=1))
    return line


@lean
def _run(line: _Line, last: int, cars: int) -> bool:
    """Let slots go by; False where the log is full before that is done."""
    machines = len(line.up)
    while line.now[0] < last and line.done[machines - 1] < cars:
        if line.done[0] == line.log.shape[1]:
            return False
        slot = line.now[0]
        worked_next = True
        # from the last to the first: so the buffer after each has not changed yet in this slot
        # but for what the machine after it took
        for j in range(machines - 1, -1, -1):
            taken = 1 if worked_next and j < machines - 1 else 0
            full = line.level[j] + (0 if line.by_time else taken) >= line.room[j]
            starved = j > 0 and line.level[j - 1] == 0
            was, idle = line.up[j], not line.by_time and (starved or full)
            if line.bernoulli[j] or was:
                up = idle or uniform_at(line.keys_up[j], slot) > line.fails[j]
            else:
                up = uniform_at(line.keys_down[j], slot) <= line.repaired[j]
            line.stops[j] += was and not up
            line.up[j] = up
            worked_next = up and not starved and not full
            if worked_next:
                line.log[j, line.done[j]] = slot
                line.done[j] += 1
                line.level[j] += 1
                if j > 0:
                    line.level[j - 1] -= 1
            state = _REPAIR if not up else _STARVED if starved else _BLOCKED if full else _WORKING
            line.slots[j, state] += 1
        for j in range(machines - 1):
            line.content[j] += line.level[j]
            line.peak[j] = max(line.peak[j], line.level[j])
        line.now[0] += 1
    return True


def _line(slotted: Slotted, seed: int, replication: int) -> _Line:
    """Stand before the first slot: all machines up, all buffers empty."""
    model, stations = slotted.model, slotted.chain.stations
    of = [None if number is None else model.failures[number] for number in slotted.failures]
    machines = len(stations)

    def keys(name: str) -> NDArray[np.uint64]:
        return np.array(
            [
                key_of(seed, replication, getattr(streams, name)(model, one, 0)) if one else 0
                for one in of
            ],
            dtype=np.uint64,
        )

    def zeros(*shape: int) -> Integers:
        return np.zeros(shape, dtype=np.int64)

    room = [_places(model, gap) for gap in slotted.chain.gaps[1:]]
    return _Line(
        by_time=all(one is None or one.clock == "time" for one in of),
        bernoulli=np.array([one is not None and one.up.kind == "bernoulli" for one in of]),
        fails=np.array([_fails(one) for one in of]),
        repaired=np.array([1.0 if one is None else 1.0 / one.down.mean for one in of]),
        keys_up=keys("up"), keys_down=keys("down"),
        room=np.array([*room[:-1], _NO_END], dtype=np.int64),
        now=zeros(1), level=zeros(machines), up=np.ones(machines, dtype=np.int64),
        done=zeros(machines), slots=zeros(machines, 4), content=zeros(machines),
        peak=zeros(machines), stops=zeros(machines), log=zeros(machines, 4096),
    )  # fmt: skip


def _fails(failure: Failure | None) -> float:
    """Probability to be down in a slot, or to fail in it."""
    if failure is None:
        return 0.0
    up, down = failure.up.mean, failure.down.mean
    return down / (up + down) if failure.up.kind == "bernoulli" else 1.0 / up


def _places(model: PlantModel, gap: int | None) -> int:
    buffer = None if gap is None else model.elements[gap]
    if not isinstance(buffer, Buffer) or buffer.capacity < 0:
        return _NO_END
    return buffer.capacity


def _tally(
    slotted: Slotted, line: _Line, began: int, before: Integers, sample_min: float,
    visits: bool, order_at: Sequence[int],
) -> Tally:  # fmt: skip
    """Make the tally of a replication, counted from slot ``began`` on."""
    model, chain, slot = slotted.model, slotted.chain, slotted.slot_min
    count, span = len(model.elements), int(line.now[0]) - began
    states, content = np.zeros((count, len(STATES))), np.zeros(count)
    passed, worked, peak = (np.zeros(count, dtype=np.int64) for _ in range(3))
    stops, stop_min = np.zeros(len(model.failures), dtype=np.int64), np.zeros(len(model.failures))
    for j, element in enumerate(chain.stations):
        for state, slots in zip(_STATES, line.slots[j], strict=True):
            states[element, STATES.index(state)] = slots * slot
        passed[element] = worked[element] = line.done[j] - before[j]
        if (number := slotted.failures[j]) is not None:
            stops[number], stop_min[number] = line.stops[j], line.slots[j, _REPAIR] * slot
        if (gap := chain.gaps[j + 1]) is not None:
            content[gap] = line.content[j] / max(1, span)
            peak[gap], passed[gap] = line.peak[j], line.done[j + 1] - before[j + 1]
    passed[chain.source] = line.done[0] - before[0]
    passed[chain.exit] = line.done[-1] - before[-1]
    out, came_in = int(line.done[-1]), int(line.done[0])
    return Tally(
        engine="slots", end=float(line.now[0]) * slot, warmup=began * slot,
        events=int(line.now[0]) * len(chain.stations),
        exit_time=_minutes(line.log[-1, :out] + 1, slot), exit_car=np.arange(out),
        exit_type=np.zeros(out, dtype=np.int32), entered=_minutes(line.log[0, :out], slot),
        inside=came_in - out, came_in=came_in, scrapped=0, states=states,
        halts=np.zeros((count, len(HALTS)), dtype=np.int64), passed=passed,
        worked=worked, bad=np.zeros(count, dtype=np.int64), content=content, peak=peak,
        setups=np.zeros(count, dtype=np.int64), stops=stops, stop_min=stop_min,
        utility=np.zeros(count), levels=_levels(slotted, line, sample_min),
        order_at={e: np.arange(_left(slotted, line, e)) for e in order_at},
        visits=_visits(slotted, line) if visits else None,
    )  # fmt: skip


def _minutes(slots: Integers, slot_min: float) -> Floats:
    return slots.astype(np.float64) * slot_min


def _left(slotted: Slotted, line: _Line, element: int) -> int:
    """How many cars have left an element, whole span."""
    chain = slotted.chain
    if element in chain.gaps:
        return int(line.done[chain.gaps.index(element)])
    if element in chain.stations:
        return int(line.done[chain.stations.index(element)])
    return int(line.done[0 if element == chain.source else -1])


def _levels(slotted: Slotted, line: _Line, sample_min: float) -> NDArray[np.int32]:
    """Cars in each buffer as the slot ends that is over at each sample."""
    count, end = len(slotted.model.elements), float(line.now[0]) * slotted.slot_min
    if sample_min <= 0.0:
        return np.zeros((0, count), dtype=np.int32)
    over = np.floor(np.arange(0.0, end + 1e-9, sample_min) / slotted.slot_min + 1e-9)
    levels = np.zeros((len(over), count), dtype=np.int32)
    for j, gap in enumerate(slotted.chain.gaps[1:-1]):
        if gap is not None:
            into, out = (line.log[i, : line.done[i]] for i in (j, j + 1))
            levels[:, gap] = np.searchsorted(into, over) - np.searchsorted(out, over)
    return levels


def _visits(slotted: Slotted, line: _Line) -> Visits:
    """Visits in the order of leaving; a car is at a machine for the slot of its work."""
    columns: dict[str, list[Floats]] = {name: [] for name in ("car", "element", "arrived", "left")}

    def add(element: int, arrived: Floats, left: Floats) -> None:
        columns["car"].append(np.arange(len(arrived), dtype=np.float64))
        columns["element"].append(np.full(len(arrived), float(element)))
        columns["arrived"].append(arrived)
        columns["left"].append(left)

    slot, chain = slotted.slot_min, slotted.chain
    times = [_minutes(line.log[j, : line.done[j]], slot) for j in range(len(chain.stations))]
    for j, element in enumerate(chain.stations):
        add(element, times[j], times[j] + slot)
        if (gap := chain.gaps[j + 1]) is not None:
            left = np.full(len(times[j]), np.nan)
            left[: len(times[j + 1])] = times[j + 1]
            add(gap, times[j] + slot, left)
    table = {name: np.concatenate(parts) for name, parts in columns.items()}
    order = np.lexsort((-table["car"], table["arrived"], table["left"]))
    table = {name: values[order] for name, values in table.items()}
    is_gap = np.isin(table["element"], [gap for gap in chain.gaps if gap is not None])
    ended = np.where(is_gap, table["arrived"], table["left"])
    return Visits(
        car=table["car"].astype(np.int64), element=table["element"].astype(np.int32),
        server=np.zeros(len(order), dtype=np.int32), arrived=table["arrived"],
        started=table["arrived"], ended=ended, left=table["left"],
        blocked=np.nan_to_num(table["left"] - ended), failed=np.zeros(len(order)),
    )  # fmt: skip


def _not_slotted(model: PlantModel, chain: Chain) -> str | None:
    """Why a line is not slotted; None where it is."""
    source, failures = model.elements[chain.source], model.failures
    assert isinstance(source, Source)
    stations = [model.elements[i] for i in chain.stations]
    times = {time for one in stations if isinstance(one, Station) for time in one.time_min}
    kinds = {law.kind for failure in failures for law in (failure.up, failure.down)}
    apart = len({failure.element for failure in failures}) < len(failures)
    there = [
        (not failures or not kinds <= set(_SLOTTED), "not all failures are by slots"),
        (any(one.up.kind != one.down.kind for one in failures), "a failure has laws of two kinds"),
        (len({one.clock for one in failures}) > 1, "failures wear by time and by operation"),
        (apart or any(one.element not in chain.stations for one in failures),
         "not each failure has a machine of its own"),
        (any(one.crew is not None or one.resume == "scrap" for one in failures),
         "failures need a crew or scrap cars"),
        (len(times) > 1, "stations do not all take the same time"),
        (source.kind != "saturated", "the source is not saturated"),
        (chain.gaps[0] is not None or chain.gaps[-1] is not None or None in chain.gaps[1:-1],
         "buffers do not stand between all machines and there alone"),
        (any(isinstance(one, Station) and _more(one) for one in stations),
         "a station does more than plain work"),
    ]  # fmt: skip
    return next((reason for it_is, reason in there if it_is), None)


def _more(station: Station) -> bool:
    """Whether a station is more than a machine that takes a slot."""
    return bool(
        station.law.kind != "fixed"
        or station.servers > 1
        or station.setup_min > 0
        or station.calendar is not None
        or station.pool is not None
        or any(share < 1 for share in station.first_pass)
        or any(share > 0 for share in station.scrap)
    )
