"""Short simulations of a plant and of changed ones, always on the same random numbers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import PlantModel, Segment, Source, Station
from motorworks.engines.cores import cores
from motorworks.simulate.encode import encode
from motorworks.simulate.engine import replicate
from motorworks.simulate.measure import cars_a_day, open_until
from motorworks.simulate.params import EngineChoice
from motorworks.simulate.tally import Tally
from motorworks.simulate.variants import pressed, without_empty_buffers

Floats = NDArray[np.float64]
T = TypeVar("T")


@dataclass(frozen=True)
class Trial:
    """How plants are tried: called with one, it gives cars a day in each replication.

    Parameters
    ----------
    seed, replications
        Of the random numbers; replications count from 1.
    until_min, until_cars
        When a replication ends.
    warmup_min, warmup_cars
        What is cut off at the start.
    engine
        As in :class:`motorworks.simulate.params.SimulateParams`.
    workers
        Replications side by side; as many as there are cores if None.
    """

    seed: int = 1
    replications: int = 10
    until_min: float | None = None
    until_cars: int | None = None
    warmup_min: float = 0.0
    warmup_cars: int = 0
    engine: EngineChoice = "auto"
    workers: int | None = None

    def __call__(self, model: PlantModel) -> Floats:
        """Cars a day in each replication."""
        return np.array(self._each(model, cars_a_day), dtype=np.float64)

    def tallies(self, model: PlantModel, *, visits: bool = False) -> list[Tally]:
        """What each replication leaves behind; visits of the first alone, where asked for."""
        return self._each(model, lambda _, tally: tally, visits=visits)

    def _each(
        self, model: PlantModel, look: Callable[[PlantModel, Tally], T], *, visits: bool = False
    ) -> list[T]:
        """What is to be seen in each replication, in their order."""
        plant = without_empty_buffers(model)
        encoded = encode(plant)

        def one(number: int) -> T:
            tally = replicate(
                encoded, seed=self.seed, replication=number,
                until_min=self.until_min, until_cars=self.until_cars,
                warmup_min=self.warmup_min, warmup_cars=self.warmup_cars,
                visits=visits and number == 1, engine=self.engine,
            )  # fmt: skip
            return look(plant, tally)

        workers = self.workers or cores()
        with ThreadPoolExecutor(workers) as pool:
            try:
                return list(pool.map(one, range(1, self.replications + 1)))
            except KeyboardInterrupt:
                pool.shutdown(cancel_futures=True)
                raise


def pressed_for(model: PlantModel, until_min: float) -> PlantModel:
    """The plant with more cars at hand than it can take in until then, and no overtime."""
    if model.cars is None:
        return pressed(model, 0)
    return pressed(model, most_cars(model, until_min))


def most_cars(model: PlantModel, until_min: float) -> int:
    """More cars than the first servers behind the sources of cars could ever take in."""
    total = 0.0
    for number in _first_servers(model):
        one = model.elements[number]
        if not isinstance(one, Station | Segment):
            continue
        calendar = None if one.calendar is None else model.calendars[one.calendar]
        minutes = float(open_until(calendar, np.array([until_min]))[0])
        if isinstance(one, Segment):
            total += minutes / one.takt_min + one.slots
        else:
            shortest = min((time for time in one.time_min if time > 0.0), default=0.0)
            total += one.servers * (1.0 + minutes / max(0.5 * shortest, 0.05))
    room = sum(max(getattr(one, "capacity", 0), 0) for one in model.elements)
    return int(total) + room + 1


def _first_servers(model: PlantModel) -> set[int]:
    """Servers first met from the sources of cars."""
    begin = [
        number for number, one in enumerate(model.elements)
        if isinstance(one, Source) and not one.pieces
    ]  # fmt: skip
    onward: dict[int, list[int]] = {}
    for flow in model.flows:
        onward.setdefault(flow.origin, []).append(flow.target)
    found, seen, waiting = set(), set(begin), list(begin)
    while waiting:
        for target in onward.get(waiting.pop(), []):
            if isinstance(model.elements[target], Station | Segment):
                found.add(target)
            elif target not in seen:
                seen.add(target)
                waiting.append(target)
    return found
