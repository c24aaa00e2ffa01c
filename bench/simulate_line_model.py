"""The line that engines of simulation are measured on, and the random numbers of its failures."""

import numpy as np
from numpy.typing import NDArray

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
from motorworks.engines.draws import draws_at, key_of
from motorworks.simulate import streams

SEED = 1
WORK, UP, DOWN, ROOM = 1.0, 100.0, 5.0, 5


def bench_line(stations: int) -> PlantModel:
    """Saturated stations of a minute, 5 places between, failures of operation each 100 minutes."""
    elements: list[Element] = [Source("in")]
    for number in range(1, stations + 1):
        elements.append(Station(f"m{number}", "line", (WORK,)))
        if number < stations:
            elements.append(Buffer(f"b{number}", "line", ROOM))
    elements.append(Exit("out"))
    up, down = Law("exponential", UP), Law("exponential", DOWN)
    failures = tuple(
        Failure(f"f {one.name}", number, up, down)
        for number, one in enumerate(elements)
        if isinstance(one, Station)
    )
    flows = tuple(Flow(i, i + 1) for i in range(len(elements) - 1))
    return PlantModel("bench line", ("car",), tuple(elements), flows, failures=failures)


def failure_times(
    model: PlantModel, cars: int, replication: int
) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Minutes of work until each failure of each station, and stopped: more than cars need."""
    many = range(int(2 * cars * WORK / UP) + 50)
    found = []
    for failure in model.failures:
        names = streams.up(model, failure, 0), streams.down(model, failure, 0)
        up, down = (
            draws_at(law.kind, law.mean, None, (), key_of(SEED, replication, name), many)
            for law, name in zip((failure.up, failure.down), names, strict=True)
        )
        found.append((up, down))
    return found
