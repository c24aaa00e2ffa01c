"""A serial line in SimPy, on the random numbers of the product: who plays it by other rules.

Each car is a process that asks for a place in the next element and gives back its own; nothing is
shared with the engines of the product but the model and the draws.
"""

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import simpy

from motorworks.case.plant_model import Buffer, Failure, Law, PlantModel, Source, Station
from motorworks.engines.draws import draws_at, key_of, uniforms_at
from motorworks.simulate import streams

Process = Generator[Any, Any, None]


class Draws:
    """Numbers of streams by name and index."""

    def __init__(self, seed: int, replication: int) -> None:
        self.seed, self.replication = seed, replication

    def law(self, law: Law, name: str, index: int, mean: float | None = None) -> float:
        """Draw from a law."""
        key = key_of(self.seed, self.replication, name)
        mean = law.mean if mean is None else mean
        return float(draws_at(law.kind, mean, law.shape, law.values, key, [index])[0])

    def type(self, source: Source, types: int, index: int) -> int:
        """Draw the type of a car."""
        if types == 1:
            return 0
        shares = np.array(source.mix or (1.0,) * types)
        u = uniforms_at(key_of(self.seed, self.replication, streams.types(source.name)), [index])
        return int((np.cumsum(shares)[:-1] / shares.sum() < u[0]).sum())


@dataclass
class Clock:
    """A failure of a server."""

    failure: Failure
    up: str
    down: str
    left: float
    count: int = 0


@dataclass
class Server:
    """One of a station's servers: free or not, and its failures."""

    free: bool = True
    clocks: list[Clock] = field(default_factory=list)
    mended: simpy.Event | None = None
    """While a failure of time lasts: what ends it."""
    struck: simpy.Event | None = None


class Twin:
    """A line that is run once."""

    def __init__(self, model: PlantModel, seed: int, replication: int) -> None:
        self.model, self.draws = model, Draws(seed, replication)
        self.env = simpy.Environment()
        self.visits: dict[tuple[int, int], tuple[float, float, float, float]] = {}
        """(arrived, started, ended, left) by car and element."""
        self.exits: list[tuple[float, int]] = []
        self.places = [self._place(element) for element in model.elements]
        self.servers = {
            number: [self._server(number, s) for s in range(element.servers)]
            for number, element in enumerate(model.elements)
            if isinstance(element, Station)
        }
        self.env.process(self._source())

    def run(self, cars: int) -> None:
        """Run until so many cars have left."""
        while len(self.exits) < cars:
            self.env.step()

    def _place(self, element: object) -> simpy.Resource | None:
        capacity = getattr(element, "servers", getattr(element, "capacity", -1))
        return simpy.Resource(self.env, capacity) if capacity > 0 else None

    def _server(self, station: int, number: int) -> Server:
        server = Server()
        for failure in self.model.failures:
            if failure.element != station:
                continue
            up = streams.up(self.model, failure, number)
            down = streams.down(self.model, failure, number)
            clock = Clock(failure, up, down, self.draws.law(failure.up, up, 0))
            if failure.clock == "time":
                self.env.process(self._by_time(server, clock))
            else:
                server.clocks.append(clock)
        return server

    def _by_time(self, server: Server, clock: Clock) -> Process:
        while True:
            yield self.env.timeout(clock.left)
            server.mended = self.env.event()
            if server.struck is not None:
                server.struck.succeed()
            yield self.env.timeout(self.draws.law(clock.failure.down, clock.down, clock.count))
            server.mended.succeed()
            server.mended = None
            clock.count += 1
            clock.left = self.draws.law(clock.failure.up, clock.up, clock.count)

    def _source(self) -> Process:
        source = self.model.elements[0]
        assert isinstance(source, Source)
        number, arrival = 0, 0.0
        while True:
            kind = self.draws.type(source, len(self.model.types), number)
            if source.kind == "law":
                name = streams.arrivals(source.name)
                arrival += self.draws.law(source.every, name, number)
                yield self.env.timeout(max(0.0, arrival - self.env.now))
            elif source.kind == "cars":
                assert self.model.cars is not None
                if number == len(self.model.cars.type):
                    return
                kind = int(self.model.cars.type[number])
                release = float(self.model.cars.release[number])
                yield self.env.timeout(max(0.0, release - self.env.now))
            request = self._ask(1)
            if request is not None:
                yield request
            self.env.process(self._car(number, kind, request))
            number += 1

    def _ask(self, element: int) -> Any:
        place = self.places[element]
        return None if place is None else place.request()

    def _car(self, number: int, kind: int, held: Any) -> Process:
        for e in range(1, len(self.model.elements) - 1):
            element, arrived, next_place = self.model.elements[e], self.env.now, None
            started, ended = arrived, arrived
            if isinstance(element, Buffer) and element.transfer_min:
                yield self.env.timeout(element.transfer_min)
                ended = self.env.now
            if isinstance(element, Station):
                server = next(one for one in self.servers[e] if one.free)
                server.free = False
                if element.blocking == "before" and self.places[e + 1] is not None:
                    next_place = self._ask(e + 1)
                    yield next_place
                while server.mended is not None:
                    yield server.mended
                started = self.env.now
                work = element.time_min[kind]
                if element.law.kind != "fixed":
                    work *= self.draws.law(element.law, streams.time(element.name), number, 1.0)
                yield from self._work(server, work)
                ended = self.env.now
            if next_place is None and self.places[e + 1] is not None:
                next_place = self._ask(e + 1)
                yield next_place
            if isinstance(element, Station):
                server.free = True
            self.visits[number, e] = arrived, started, ended, self.env.now
            if self.places[e] is not None:
                self.places[e].release(held)
            held = next_place
        self.exits.append((self.env.now, number))

    def _work(self, server: Server, work: float) -> Process:
        left = work
        while True:
            while server.mended is not None:
                yield server.mended
            clock = min(server.clocks, key=lambda one: one.left, default=None)
            strikes = clock is not None and clock.left < left
            run = clock.left if clock is not None and strikes else left
            began, server.struck = self.env.now, self.env.event()
            over = self.env.timeout(run)
            yield over | server.struck
            ran = run if over.processed else self.env.now - began
            server.struck = None
            left -= ran
            for one in server.clocks:
                one.left -= ran
            if not over.processed:
                continue
            if clock is None or not strikes:
                return
            yield self.env.timeout(self.draws.law(clock.failure.down, clock.down, clock.count))
            clock.count += 1
            clock.left = self.draws.law(clock.failure.up, clock.up, clock.count)
            if clock.failure.resume == "repeat":
                left = work
