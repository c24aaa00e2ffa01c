"""Serial lines of all the kinds that the departure recursion computes, by name."""

import numpy as np

from motorworks.case.plant_model import Cars, Failure, Law, PlantModel, Source
from tests.unit.simulate.plants import line, station, store


def by(kind: str, mean: float = 1.0, shape: float | None = None) -> Law:
    """A law."""
    return Law(kind, mean, shape)  # type: ignore[arg-type]


def fails(element: int, up: float, down: float, number: int = 1, **rest: str) -> Failure:
    """An exponential failure."""
    name = f"f{element}-{number}"
    return Failure(name, element, by("exponential", up), by("exponential", down), **rest)  # type: ignore[arg-type]


def _planned() -> Cars:
    release = np.sort(np.random.default_rng(1).uniform(0.0, 300.0, 200))
    zeros = np.zeros(200, dtype=np.int64)
    return Cars(np.arange(200) % 2, zeros, release, zeros)


_MEMORYLESS = by("exponential")

LINES: dict[str, PlantModel] = {
    "fixed times and failures": line(
        station("a", 1.0), store("x", 3), station("b", 1.1), store("y", 2), station("c", 0.9),
        failures=(fails(1, 20, 3), fails(3, 15, 3), fails(5, 15, 3)),
    ),
    "no buffers": line(*(station(name, 1.0, law=_MEMORYLESS) for name in "abc")),
    "blocking before service": line(
        station("a", 1.0, law=_MEMORYLESS, blocking="before"), store("x", 2),
        station("b", 1.0, law=_MEMORYLESS, blocking="before"),
        station("c", 1.0, law=by("gamma", 1.0, 2.5), blocking="before"),
        store("z", 1, transfer_min=0.3),
        failures=(fails(1, 7, 1),),
    ),
    "transfer, two failures at a station": line(
        station("a", 1.0, law=_MEMORYLESS), store("x", 2, transfer_min=1.7),
        station("b", 1.0, law=_MEMORYLESS),
        failures=(fails(1, 5, 3, resume="repeat"), fails(1, 9, 1, 2)),
    ),
    "a mix that arrives by a law": line(
        store("w", 2), station("a", 1.0, 2.0, law=by("uniform", 1.0, 0.3)), store("x", 2),
        station("b", 1.5, 0.5), types=("p", "q"), failures=(fails(2, 5, 1),),
        source=Source("in", kind="law", every=by("exponential", 1.9), mix=(0.3, 0.7)),
    ),
    "a queue in an endless buffer": line(
        store("w", -1), station("a", 1.0, law=_MEMORYLESS),
        source=Source("in", kind="law", every=by("exponential", 1.25)),
    ),
    "a queue outside and an endless buffer": line(
        station("a", 1.0, law=_MEMORYLESS), store("w", -1), station("b", 1.0, law=_MEMORYLESS),
        source=Source("in", kind="law", every=by("exponential", 1.25)),
    ),
    "queues that only grow": line(
        station("a", 0.9, law=_MEMORYLESS), store("w", -1), station("b", 1.8, law=_MEMORYLESS),
        source=Source("in", kind="law", every=by("exponential", 0.5)),
    ),
    "planned cars": line(
        station("a", 1.0, 2.0, law=_MEMORYLESS), store("w", 4),
        station("b", 1.5, 1.0, law=by("lognormal", 1.0, 0.4)), types=("p", "q"),
        source=Source("in", kind="cars"), cars=_planned(),
    ),
}  # fmt: skip
