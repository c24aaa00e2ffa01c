"""The bench line in SimPy: a process for each station, a store for each buffer."""

from collections.abc import Generator, Iterator
from typing import Any

import simpy

from bench.simulate_line_model import ROOM, WORK

Times = list[tuple[Any, Any]]


def last_departure(times: Times, cars: int) -> float:
    """Minute at which the last of the cars leaves; ``times`` are up and down of each station."""
    env = simpy.Environment()
    stores = [simpy.Store(env, capacity=ROOM) for _ in times[1:]]
    over = env.event()
    for number, (ups, downs) in enumerate(times):
        before = stores[number - 1] if number else None
        after = stores[number] if number < len(stores) else None
        up, down = iter(ups.tolist()), iter(downs.tolist())
        env.process(_station(env, before, after, up, down, cars, over))
    env.run(until=over)
    return float(env.now)


def _station(
    env: simpy.Environment,
    before: simpy.Store | None,
    after: simpy.Store | None,
    ups: Iterator[float],
    downs: Iterator[float],
    cars: int,
    over: simpy.Event,
) -> Generator[Any, Any, None]:
    left, done = next(ups), 0
    while True:
        if before is not None:
            yield before.get()
        rest = WORK
        while left < rest:
            yield env.timeout(left)
            rest -= left
            yield env.timeout(next(downs))
            left = next(ups)
        yield env.timeout(rest)
        left -= rest
        if after is not None:
            yield after.put(1)
            continue
        done += 1
        if done == cars:
            over.succeed()
