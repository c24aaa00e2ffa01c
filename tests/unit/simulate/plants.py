"""Small plants for tests of the simulation, built by hand."""

from collections.abc import Sequence
from typing import Any

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
from motorworks.simulate.encode import encode
from motorworks.simulate.engine import replicate
from motorworks.simulate.tally import STATES, Tally


def line(*between: Element, source: Source | None = None, **rest: Any) -> PlantModel:
    """A serial plant: a saturated source, what stands between, and an exit."""
    elements = (source or Source("in"), *between, Exit("out"))
    flows = tuple(Flow(i, i + 1) for i in range(len(elements) - 1))
    return PlantModel("line", rest.pop("types", ("a",)), elements, flows, **rest)


def station(name: str, *minutes: float, **rest: Any) -> Station:
    """A station of one shop with its minutes by type."""
    return Station(name, "shop", minutes, **rest)


def store(name: str, capacity: int, **rest: Any) -> Buffer:
    """A buffer of one shop."""
    return Buffer(name, "shop", capacity, **rest)


def stops(element: int, up: float, down: float, **rest: Any) -> Failure:
    """A failure with fixed times."""
    return Failure("stop", element, Law("fixed", up), Law("fixed", down), **rest)


def events(model: PlantModel, **how: Any) -> Tally:
    """Run a plant with the engine of events, seed 1."""
    return replicate(encode(model), **{"seed": 1, "replication": 0, "engine": "events", **how})


def minutes_in(tally: Tally, element: int, *states: str) -> float:
    """Minutes that an element was in states."""
    return float(sum(tally.states[element][STATES.index(state)] for state in states))


def times(tally: Tally) -> list[float]:
    """Minutes at which cars left the plant."""
    return [round(float(time), 9) for time in tally.exit_time]


def plant(elements: Sequence[Element], flows: Sequence[Flow], **rest: Any) -> PlantModel:
    """Any plant."""
    return PlantModel("plant", rest.pop("types", ("a",)), tuple(elements), tuple(flows), **rest)
