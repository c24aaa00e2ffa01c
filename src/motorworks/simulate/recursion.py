"""The departure recursion: a serial line without events, car by car (see docs/background).

Where cars keep their order, the time at which one leaves a station follows from those of the car
itself one station earlier, of the car before at this station, and of the car whose place it takes
(E. J. Muth, https://doi.org/10.1287/mnsc.25.2.152). Failures of operation lengthen the work and
need no clock.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Buffer, Failure, Law, PlantModel, Source, Station
from motorworks.engines.draws import LAW_KINDS, NO_VALUES, key_of, of_mean_one
from motorworks.simulate import streams
from motorworks.simulate.chain import Chain, chain_of
from motorworks.simulate.departures.arrays import (
    A_BLOCK,
    BESIDE,
    CARS,
    DONE,
    ENDLESS,
    LAW,
    MORE_EXITS,
    SATURATED,
    Block,
    Lanes,
    LineArrays,
    Span,
    Stops,
)
from motorworks.simulate.departures.draw import begin
from motorworks.simulate.departures.play import play
from motorworks.simulate.recursion_tally import Wanted, Watch, mix_of, tally_of
from motorworks.simulate.tally import Tally

_ROWS, _CELLS = 256, 32_768
"""Most cars in a block, and most cars times stations and lanes: what the caches of a core hold."""
_NO_END = 1 << 62
_SOURCES = {"saturated": SATURATED, "law": LAW, "cars": CARS}


@dataclass(frozen=True)
class Line:
    """A plant that the recursion can compute."""

    model: PlantModel
    chain: Chain
    failures: tuple[int, ...]
    """Numbers of failures, by station."""
    arrays: LineArrays


def line_of(model: PlantModel) -> Line | str:
    """Make a plant ready for the recursion; or say in words why that is not exact for it."""
    chain = chain_of(model)
    if isinstance(chain, str):
        return chain
    if reason := _not_exact(model, chain):
        return reason
    place = {station: j for j, station in enumerate(chain.stations)}
    numbers = range(len(model.failures))
    failures = tuple(sorted(numbers, key=lambda number: place[model.failures[number].element]))
    return Line(model, chain, failures, _arrays(model, chain, failures))


def side_by_side(
    line: Line,
    *,
    seed: int,
    replications: Sequence[int],
    until_min: float | None = None,
    until_cars: int | None = None,
    warmup_min: float = 0.0,
    warmup_cars: int = 0,
    sample_min: float = 0.0,
    visits: bool = False,
    order_at: Sequence[int] = (),
) -> list[Tally]:
    """Compute replications of a line together: one for each of their numbers.

    Parameters
    ----------
    line
        Of :func:`line_of`.
    seed, replications
        What the random numbers come from.
    until_min, until_cars
        The span ends at this minute, or as so many cars have left, whichever is first.
    warmup_min, warmup_cars
        Tallies begin at this minute, or as so many cars have left.
    sample_min
        How often to sample contents; 0 not at all.
    visits
        Whether to keep a row of each visit.
    order_at
        Elements at which the order of cars is kept.
    """
    wanted = Wanted(
        math.inf if until_min is None else until_min, until_cars or 0, warmup_min, warmup_cars,
        sample_min, visits, order_at,
    )  # fmt: skip
    span = Span(
        cars=len(line.arrays.types) if line.arrays.source == CARS else _NO_END,
        until=wanted.until_cars,
        warmup=warmup_cars,
        warmup_min=warmup_min,
        plain=_plain(line.arrays),
        look=bool(sample_min) or visits or bool(order_at),
    )
    lanes = _lanes(
        line, seed, replications, wanted.until_min, math.inf if warmup_cars else warmup_min
    )
    begin(line.arrays, lanes)
    return _play(line, lanes, span, wanted)


def replicate(line: Line, *, replication: int, **asked: Any) -> Tally:
    """Compute one replication; see :func:`side_by_side`."""
    return side_by_side(line, replications=[replication], **asked)[0]


class _Paper(NamedTuple):
    """What :func:`play` writes on: a row for each car."""

    left: NDArray[np.float64]
    came: NDArray[np.float64]

    def longer(self) -> "_Paper":
        more = np.zeros_like(self.left)
        return _Paper(np.concatenate([self.left, more]), np.concatenate([self.came, more]))


def _play(line: Line, lanes: Lanes, span: Span, wanted: Wanted) -> list[Tally]:
    """Let blocks of cars go down the line, with longer arrays where they are needed."""
    count = lanes.keys.shape[1]
    kept = max(1, int(line.arrays.room.max())) + 1
    block = _block(line, kept, count)
    stops = Stops(np.empty((_ROWS, 4), np.int64), np.empty((_ROWS, 2)))
    rows = len(block.gate) + (span.until if span.until else 16 * _ROWS)
    paper = _Paper(np.zeros((rows, count)), np.zeros((rows, count)))
    at, width = np.zeros(3, dtype=np.int64), (0,) * count
    watch = Watch(line.model, line.chain, line.arrays.transfer, count, wanted)
    while True:
        why, stops = play(line.arrays, lanes, block, stops, span, at, *paper, width)
        if why == DONE:
            break
        if why == A_BLOCK:
            watch.look(block, stops, at, lanes.end)
        elif why == MORE_EXITS:
            paper = paper.longer()
        else:
            peak = int(max(lanes.peak.max(), lanes.peak_outside.max()))
            block = _more_kept(line, block, int(at[1]), 2 * peak, count)
            at[1:] = 0
    return [
        tally_of(line.model, line.chain, line.failures, lanes, r, int(at[0]), paper, watch)
        for r in range(count)
    ]


def _block(line: Line, kept: int, lanes: int) -> Block:
    """Arrays of a block, all cars before it gone by minute 0."""
    stations = len(line.chain.stations)
    rows = kept + max(16, kept, min(_ROWS, _CELLS // (stations * lanes)))
    gaps = (rows, (stations + 1) * lanes)
    arrived = np.zeros(gaps)
    started = np.zeros(gaps) if line.arrays.before.any() else arrived
    stay = np.tile(np.repeat(line.arrays.time[:, 0], lanes), (rows, 1))
    sums = np.zeros((3, stations))
    return Block(kept, np.zeros(gaps), arrived, started, stay, np.zeros((rows, lanes)), sums)


def _more_kept(line: Line, block: Block, cars: int, kept: int, lanes: int) -> Block:
    """Arrays with more rows for cars before the block: all of a queue's cars are looked back at."""
    longer = _block(line, kept, lanes)
    there = block.kept + cars
    rows = min(kept, there)
    for name in ("gate", "arrived", "ready"):
        getattr(longer, name)[kept - rows : kept] = getattr(block, name)[there - rows : there]
    return longer


def _lanes(
    line: Line, seed: int, replications: Sequence[int], until_min: float, began: float
) -> Lanes:
    """State of replications at minute 0, and tallies of nothing."""
    model, count = line.model, len(replications)
    source = model.elements[line.chain.source].name
    names = [streams.time(model.elements[station].name) for station in line.chain.stations]
    names.append(streams.arrivals(source))
    for number in line.failures:
        failure = model.failures[number]
        names += [streams.up(model, failure, 0), streams.down(model, failure, 0)]

    def keys(name: str) -> list[np.uint64]:
        return [key_of(seed, replication, name) for replication in replications]

    places = len(line.chain.stations) * count
    gaps, by_failure = places + count, (len(line.failures), count)

    def counts(shape: int | tuple[int, int]) -> NDArray[np.int64]:
        return np.zeros(shape, dtype=np.int64)

    return Lanes(
        keys=np.array([keys(name) for name in names], dtype=np.uint64),
        type_keys=np.array(keys(streams.types(source)), dtype=np.uint64),
        due=np.zeros(by_failure), struck=counts(by_failure), arrival=np.zeros(count),
        began=np.full(count, began), end=np.full(count, until_min),
        service=np.zeros(places), blocked=np.zeros(places), waited=np.zeros(gaps),
        outside=np.zeros(count), peak=counts(gaps), peak_outside=counts(count),
        worked=counts(places), left=counts(places), moved=counts(gaps),
        stops=counts(by_failure), stop_min=np.zeros(by_failure),
    )  # fmt: skip


def _arrays(model: PlantModel, chain: Chain, failures: Sequence[int]) -> LineArrays:
    """The line as arrays."""
    source = model.elements[chain.source]
    assert isinstance(source, Source)
    stations = [
        one for one in (model.elements[i] for i in chain.stations) if isinstance(one, Station)
    ]
    laws = [*(station.law for station in stations), source.every]
    for number in failures:
        laws += [model.failures[number].up, model.failures[number].down]
    values = [of_mean_one(law.values) for law in laws]
    ends = np.cumsum([len(some) for some in values])
    gaps = [model.elements[gap] if gap is not None else None for gap in chain.gaps]
    drawn = source.kind != "cars" or model.cars is None
    place = {station: j for j, station in enumerate(chain.stations)}
    at = [place[model.failures[number].element] for number in failures]
    return LineArrays(
        source=_SOURCES[source.kind],
        mix=mix_of(source, len(model.types)),
        types=np.zeros(0, dtype=np.int64) if drawn else _cars(model, "type").astype(np.int64),
        release=np.zeros(0) if drawn else _cars(model, "release").astype(np.float64),
        room=np.array([_room(gap) for gap in gaps], dtype=np.int64),
        transfer=np.array([gap.transfer_min if isinstance(gap, Buffer) else 0.0 for gap in gaps]),
        before=np.array([station.blocking == "before" for station in stations]),
        time=np.array([station.time_min for station in stations], dtype=np.float64),
        law_kind=np.array([LAW_KINDS.index(law.kind) for law in laws], dtype=np.int64),
        law_mean=np.array([law.mean for law in laws], dtype=np.float64),
        law_shape=np.array([law.shape or 0.0 for law in laws], dtype=np.float64),
        law_first=ends - [len(some) for some in values],
        law_last=ends,
        values=np.concatenate([*values, NO_VALUES]),
        of_station=np.searchsorted(at, np.arange(len(stations) + 1)).astype(np.int64),
        repeat=np.array([model.failures[n].resume == "repeat" for n in failures], dtype=np.bool_),
    )


def _cars(model: PlantModel, column: str) -> NDArray[np.float64]:
    values: NDArray[np.float64] = getattr(model.cars, column)
    return values


def _plain(line: LineArrays) -> bool:
    """Whether each station blocks after service, with a buffer but no transfer before the next."""
    between = line.room[1:-1]
    return bool((between > 0).all() and not line.before.any() and not line.transfer.any())


def _room(gap: object) -> int:
    if not isinstance(gap, Buffer):
        return BESIDE
    return ENDLESS if gap.capacity < 0 else gap.capacity


def _not_exact(model: PlantModel, chain: Chain) -> str | None:
    """Why the recursion does not give what events would; None where it does."""
    source = model.elements[chain.source]
    assert isinstance(source, Source)
    if source.kind == "cars" and model.cars is None:
        return "there are no cars for the source"
    if source.kind == "saturated" and _room(_gap(model, chain, 0)) == ENDLESS:
        return "a saturated source fills an endless buffer"
    reasons = [_station_not_exact(model.elements[one]) for one in chain.stations]
    reasons += [_buffer_not_exact(model.elements[g]) for g in chain.gaps if g is not None]
    reasons += [_failure_not_exact(one, chain) for one in model.failures]
    return next((reason for reason in reasons if reason), None)


def _gap(model: PlantModel, chain: Chain, j: int) -> object:
    gap = chain.gaps[j]
    return None if gap is None else model.elements[gap]


def _station_not_exact(station: object) -> str | None:
    assert isinstance(station, Station)
    there = [
        (station.servers > 1, "has several servers"),
        (station.setup_min > 0, "has setups"),
        (station.pool is not None and station.operators > 0, "needs operators"),
        (station.calendar is not None, "has a calendar"),
        (any(share < 1 for share in station.first_pass), "reworks cars"),
        (any(share > 0 for share in station.scrap), "scraps cars"),
    ]
    return next((f"station {station.name} {what}" for it_is, what in there if it_is), None)


def _buffer_not_exact(buffer: object) -> str | None:
    assert isinstance(buffer, Buffer)
    there = [
        (buffer.layout != "fifo", "is no FIFO"),
        (buffer.initial > 0, "holds cars at the start"),
        (buffer.capacity == 0, "has no place"),
    ]
    return next((f"buffer {buffer.name} {what}" for it_is, what in there if it_is), None)


def _failure_not_exact(failure: Failure, chain: Chain) -> str | None:
    there = [
        (failure.element not in chain.stations, "is not of a station"),
        (failure.clock != "operation", "wears by time"),
        (failure.crew is not None, "waits for a crew"),
        (failure.resume == "scrap", "scraps cars"),
        (_slotted(failure.up) or _slotted(failure.down), "belongs to a slotted line"),
    ]
    return next((f"failure {failure.name} {what}" for it_is, what in there if it_is), None)


def _slotted(law: Law) -> bool:
    return law.kind in ("bernoulli", "geometric")
