"""From the tallies of the recursion's lanes to a :class:`Tally` each."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import PlantModel, Source
from motorworks.engines.draws import uniforms_at
from motorworks.simulate.chain import Chain
from motorworks.simulate.departures.arrays import Block, Lanes, Stops
from motorworks.simulate.tally import HALTS, STATES, Tally, Visits

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Wanted(NamedTuple):
    """What is asked of replications."""

    until_min: float
    until_cars: int
    warmup_min: float
    warmup_cars: int
    sample_min: float
    visits: bool
    order_at: Sequence[int]


class Watch:
    """Looks at each block of cars as it has gone by, for visits and samples of contents."""

    def __init__(
        self, model: PlantModel, chain: Chain, transfer: Floats, lanes: int, wanted: Wanted
    ) -> None:
        elements = len(model.elements)
        source = model.elements[chain.source]
        self.chain, self.elements, self.wanted = chain, elements, wanted
        self.transfer = transfer
        self.queues = isinstance(source, Source) and source.kind == "law"
        self._rows: list[list[dict[str, Floats]]] = [[] for _ in range(lanes)]
        self._steps = np.zeros((16, elements, lanes), dtype=np.int64)
        self.gone = np.zeros((elements, lanes), dtype=np.int64)
        """How many cars have left each element, whole span."""

    def look(self, block: Block, stops: Stops, at: Integers, end: Floats) -> None:
        """Keep what is wanted of a block; ``at`` is that of :func:`play`."""
        after, cars, count = (int(value) for value in at)
        rows = slice(block.kept, block.kept + cars)
        gaps = (cars, len(self.chain.gaps), len(end))
        gate, arrived = block.gate[rows].reshape(gaps), block.arrived[rows].reshape(gaps)
        places = (cars, len(self.chain.stations), len(end))
        failed = np.zeros(places)
        where = stops.where[:count]
        np.add.at(
            failed, (where[:, 0] - block.kept, where[:, 1], where[:, 3]), stops.minutes[:count, 1]
        )
        numbers = np.arange(after - cars, after, dtype=np.float64)
        self.gone[self.chain.source] += (gate[:, 0] <= end).sum(axis=0)
        self.gone[self.chain.exit] += (arrived[:, -1] <= end).sum(axis=0)
        width = len(self.chain.stations) * len(end)
        started = block.started[rows, :width].reshape(places)
        ended = started + block.stay[rows].reshape(places)
        if self.wanted.sample_min and self.queues:
            for r in range(len(end)):
                self._sample(self.chain.source, r, block.ready[rows, r], gate[:, 0, r])
        for element, times in self._visited(gate, arrived, started, ended, failed):
            self.gone[element] += (times["left"] <= end).sum(axis=0)
            for r in range(len(end)):
                # copies: the block is written over by the next
                one = {name: values[:, r].copy() for name, values in times.items()}
                if self.wanted.sample_min:
                    self._sample(element, r, one["arrived"], one["left"])
                if self.wanted.visits:
                    self._rows[r].append({
                        "car": numbers, "element": np.full(cars, float(element)), **one
                    })  # fmt: skip

    def _visited(
        self, gate: Floats, arrived: Floats, started: Floats, ended: Floats, failed: Floats
    ) -> list[tuple[int, dict[str, Floats]]]:
        """Elements of the line, downstream last, with the times of visits of a block's cars."""
        found: list[tuple[int, dict[str, Floats]]] = []
        for j, gap in enumerate(self.chain.gaps):
            come, go = gate[:, j], arrived[:, j]
            if gap is not None:
                found.append((gap, {
                    "arrived": come, "started": come, "ended": come + self.transfer[j], "left": go,
                    "failed": np.zeros_like(go),
                }))  # fmt: skip
            if j < len(self.chain.stations):
                found.append((self.chain.stations[j], {
                    "arrived": go, "started": started[:, j], "ended": ended[:, j],
                    "left": gate[:, j + 1], "failed": failed[:, j],
                }))  # fmt: skip
        return found

    def _sample(self, element: int, r: int, come: Floats, go: Floats) -> None:
        """Note from which sample on a car is there, and from which on it is gone."""
        every = self.wanted.sample_min
        for times, change in ((come, 1), (go, -1)):
            index = np.ceil(times / every).astype(np.int64)
            while index.max() >= len(self._steps):
                self._steps = np.concatenate([self._steps, np.zeros_like(self._steps)])
            np.add.at(self._steps[:, element, r], index, change)

    def levels(self, r: int, end: float) -> NDArray[np.int32]:
        """Content of each element at each sample of a replication."""
        every = self.wanted.sample_min
        if not every or math.isinf(end):
            return np.zeros((0, self.elements), dtype=np.int32)
        samples = int(end / every) + 1
        steps = self._steps[:samples, :, r]
        missing = np.zeros((samples - len(steps), self.elements), dtype=np.int64)
        levels: NDArray[np.int32] = np.cumsum([*steps, *missing], axis=0).astype(np.int32)
        return levels

    def visits(self, r: int, end: float) -> Visits | None:
        """Visits of a replication that began by its end, in the order of leaving."""
        if not self.wanted.visits:
            return None
        rows = self._rows[r]
        table = {name: np.concatenate([part[name] for part in rows]) for name in rows[0]}
        there = table["arrived"] <= end
        table = {name: values[there] for name, values in table.items()}
        for name in ("started", "ended", "left"):
            table[name] = np.where(table[name] <= end, table[name], np.nan)
        order = np.lexsort((-table["car"], table["arrived"], table["left"]))
        table = {name: values[order] for name, values in table.items()}
        return Visits(
            car=table["car"].astype(np.int64),
            element=table["element"].astype(np.int32),
            server=np.zeros(len(order), dtype=np.int32),
            blocked=np.nan_to_num(np.fmin(table["left"], end) - table["ended"]),
            **{name: table[name] for name in ("arrived", "started", "ended", "left", "failed")},
        )


def tally_of(
    model: PlantModel, chain: Chain, failures: Sequence[int], lanes: Lanes, r: int,
    cars: int, paper: tuple[Floats, Floats], watch: Watch,
) -> Tally:  # fmt: skip
    """Tally of the replication of a lane.

    Parameters
    ----------
    model, chain, failures
        The plant, its line, and its failures by station.
    lanes, r
        Tallies of all lanes, and which of them.
    cars
        How many cars have been computed.
    paper
        When cars left the plant and came in, a row for each car.
    watch
        What has been seen of visits and contents.
    """
    left, came = (times[:cars, r] for times in paper)
    end, began = _ends(left, watch.wanted)
    out = int(np.searchsorted(left, end, side="right"))
    counted = np.searchsorted(left, began, side="right")
    came_in = int(np.searchsorted(came, lanes.end[r], side="right"))
    elements = _elements(watch, lanes, r, max(0.0, end - began))
    elements["passed"][chain.exit] = max(0, out - counted)
    elements["passed"][chain.source] = came_in - np.searchsorted(came, lanes.began[r], side="right")
    stops = _by_failure(model, failures, lanes.stops[:, r])
    stop_min = _by_failure(model, failures, lanes.stop_min[:, r])
    for number, minutes in zip(failures, lanes.stop_min[:, r], strict=True):
        states = elements["states"][model.failures[number].element]
        states[STATES.index("working")] -= minutes
        states[STATES.index("repair")] += minutes
    return Tally(
        engine="recursion", end=end, warmup=began, events=cars * (len(model.elements) - 2),
        exit_time=left[:out].copy(), exit_car=np.arange(out),
        exit_type=types_of(model, chain, lanes.type_keys[r], out), entered=came[:out].copy(),
        inside=came_in - out, came_in=came_in, scrapped=0,
        halts=np.zeros((len(model.elements), len(HALTS)), dtype=np.int64),
        bad=np.zeros(len(model.elements), dtype=np.int64),
        setups=np.zeros(len(model.elements), dtype=np.int64),
        stops=stops.astype(np.int64), stop_min=stop_min,
        utility=np.zeros(len(model.elements)),
        levels=watch.levels(r, end),
        order_at={e: np.arange(watch.gone[e, r]) for e in watch.wanted.order_at},
        visits=watch.visits(r, end), **elements,
    )  # fmt: skip


def _ends(left: Floats, wanted: Wanted) -> tuple[float, float]:
    """Minutes at which the span and the warm-up end."""
    end, began = wanted.until_min, wanted.warmup_min
    if 0 < wanted.until_cars <= len(left):
        end = min(end, float(left[wanted.until_cars - 1]))
    elif math.isinf(end):
        end = float(left[-1]) if len(left) else 0.0
    if 0 < wanted.warmup_cars <= len(left):
        began = max(began, float(left[wanted.warmup_cars - 1]))
    return end, min(began, end)


def types_of(model: PlantModel, chain: Chain, key: np.uint64, cars: int) -> NDArray[np.int32]:
    """Types of the first cars of a line, as the kernels have them."""
    source = model.elements[chain.source]
    assert isinstance(source, Source)
    if source.kind == "cars" and model.cars is not None:
        return model.cars.type[:cars].astype(np.int32)
    if len(model.types) == 1:
        return np.zeros(cars, dtype=np.int32)
    up_to = mix_of(source, len(model.types))[:-1]
    return np.searchsorted(up_to, uniforms_at(key, np.arange(cars))).astype(np.int32)


def mix_of(source: Source, types: int) -> Floats:
    """Shares of types summed up; equal ones where none are given."""
    shares = np.array(source.mix or (1.0,) * types)
    up_to: Floats = np.cumsum(shares) / shares.sum()
    return up_to


def _elements(watch: Watch, lanes: Lanes, r: int, span: float) -> dict[str, Any]:
    """Columns by element; work and stops are not told apart yet."""
    count, chain = watch.elements, watch.chain
    states = np.zeros((count, len(STATES)))
    content = np.zeros(count)
    passed, worked, peak = (np.zeros(count, dtype=np.int64) for _ in range(3))
    share = 1.0 / span if span > 0 else 0.0
    lane = slice(r, None, len(lanes.began))
    service, blocked, waited = lanes.service[lane], lanes.blocked[lane], lanes.waited[lane]
    for j, element in enumerate(chain.stations):
        busy = service[j] + blocked[j]
        states[element, STATES.index("working")] = service[j]
        states[element, STATES.index("blocked")] = blocked[j]
        states[element, STATES.index("starved")] = max(0.0, span - busy)
        content[element], peak[element] = busy * share, busy > 0
        passed[element], worked[element] = lanes.left[lane][j], lanes.worked[lane][j]
    if watch.queues:
        content[chain.source] = lanes.outside[r] * share
        peak[chain.source] = lanes.peak_outside[r]
    for j, gap in enumerate(chain.gaps):
        if gap is not None:
            content[gap] = waited[j] * share
            passed[gap], peak[gap] = lanes.moved[lane][j], lanes.peak[lane][j]
    return {
        "states": states, "content": content, "passed": passed, "worked": worked, "peak": peak
    }  # fmt: skip


def _by_failure(model: PlantModel, failures: Sequence[int], values: NDArray[Any]) -> NDArray[Any]:
    """Values in the order of the model's failures, of those by station."""
    given = np.zeros(len(model.failures), dtype=values.dtype)
    given[list(failures)] = values
    return given
