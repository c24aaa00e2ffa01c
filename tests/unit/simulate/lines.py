"""Small lines built by hand, and what a replication of them might have left behind."""

from collections.abc import Sequence

import numpy as np

from motorworks.case.plant_model import (
    Buffer,
    Element,
    Exit,
    Failure,
    Flow,
    Law,
    PlantModel,
    Source,
    Station,
)
from motorworks.simulate.tally import HALTS, STATES, Tally, Visits


def line(
    times: Sequence[float], places: Sequence[int], law: Law | None = None, name: str = "line"
) -> PlantModel:
    """Stations ``m1``, ``m2``, ... with buffers ``b1``, ``b2``, ... between them, saturated."""
    elements: list[Element] = [Source("source")]
    for number, time in enumerate(times, 1):
        elements.append(Station(f"m{number}", "shop", (time,), law or Law()))
        if number <= len(places):
            elements.append(Buffer(f"b{number}", "shop", places[number - 1]))
    elements.append(Exit("exit"))
    flows = tuple(Flow(one, one + 1) for one in range(len(elements) - 1))
    return PlantModel(name, ("car",), tuple(elements), flows)


def with_failures(model: PlantModel, up: float, down: float) -> PlantModel:
    """The line with an exponential failure at every station."""
    stops = [
        Failure(f"{one.name} stop", number, Law("exponential", up), Law("exponential", down))
        for number, one in enumerate(model.elements)
        if isinstance(one, Station)
    ]
    return PlantModel(model.name, model.types, model.elements, model.flows, failures=tuple(stops))


def tally(
    model: PlantModel,
    states: dict[str, dict[str, float]],
    *,
    exits: Sequence[float] = (),
    visits: Visits | None = None,
    warmup: float = 0.0,
    end: float = 100.0,
    stop_min: Sequence[float] | None = None,
) -> Tally:
    """A replication with server-minutes by element and state; the rest of the time works."""
    names = [one.name for one in model.elements]
    count, failures = len(names), len(model.failures)
    minutes = np.zeros((count, len(STATES)))
    for name, given in states.items():
        row = minutes[names.index(name)]
        for state, value in given.items():
            row[STATES.index(state)] = value
        row[STATES.index("working")] += end - warmup - row.sum()
    zeros, none = np.zeros(count), np.zeros(count, dtype=np.int64)
    return Tally(
        engine="events", end=end, warmup=warmup, events=0,
        exit_time=np.array(exits, dtype=float), exit_car=np.arange(len(exits)),
        exit_type=np.zeros(len(exits), dtype=np.int32), entered=np.zeros(len(exits)),
        inside=0, came_in=len(exits), scrapped=0, states=minutes,
        halts=np.zeros((count, len(HALTS)), dtype=np.int64), passed=none, worked=none,
        bad=none, content=zeros, peak=none, setups=none,
        stops=np.zeros(failures, dtype=np.int64),
        stop_min=np.zeros(failures) if stop_min is None else np.array(stop_min, dtype=float),
        utility=zeros, levels=np.zeros((0, count), dtype=np.int32), order_at={}, visits=visits,
    )  # fmt: skip


def visits(rows: Sequence[tuple[int, int, float, float, float, float]]) -> Visits:
    """Visits from element, server, arrived, started, ended and left; cars by number of row."""
    columns = np.array([row[2:] for row in rows], dtype=float).reshape(-1, 4).T
    arrived, started, ended, left = columns
    zeros = np.zeros(len(rows))
    return Visits(
        car=np.arange(len(rows)), element=np.array([row[0] for row in rows], dtype=np.int32),
        server=np.array([row[1] for row in rows], dtype=np.int32),
        arrived=arrived, started=started, ended=ended, left=left, blocked=zeros, failed=zeros,
    )  # fmt: skip
