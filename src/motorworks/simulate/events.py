"""One replication by events: the kernel is run on until its span is over."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Source
from motorworks.engines.held import held
from motorworks.errors import EngineError, InfeasibleError
from motorworks.simulate.deadlock import find_cycle
from motorworks.simulate.encode import Encoded
from motorworks.simulate.kernel.loop import EMPTY, GROW, OVER, SPARE, STUCK, run
from motorworks.simulate.kernel.world import NONE, Records, World
from motorworks.simulate.opening import NO_COUNT, open_world
from motorworks.simulate.tally import Tally
from motorworks.simulate.tallying import counts_of, tally_of

EVENTS_AT_ONCE = 1_000_000
"""Events between two looks at what else is asked of the process, such as Ctrl-C."""
LOST_MOST = 1000
"""Cars scrapped while none left, from one of these looks on, at which a plant is given up."""


def replicate(
    encoded: Encoded,
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
    """Run any plant once; see :func:`motorworks.simulate.engine.replicate`."""
    world = open_world(
        encoded,
        seed=seed,
        replication=replication,
        sample_min=sample_min,
        visits=visits,
        order_at=tuple(order_at),
    )
    until = np.inf if until_min is None else float(until_min)
    exits = NO_COUNT if until_cars is None else until_cars
    if until_min is None:
        world.clock["all_cars"] = _cars_to_come(encoded)
    if warmup_min > 0.0:
        world = _advance(encoded, world, min(warmup_min, until), NO_COUNT)
    if warmup_cars > 0:
        world = _advance(encoded, world, until, min(warmup_cars, exits))
    base = counts_of(world)
    world.elements["peak"] = world.elements["content"]
    world = _advance(encoded, world, until, exits)
    return tally_of(encoded, world, base, tuple(order_at))


def _cars_to_come(encoded: Encoded) -> int:
    """Cars that enter the plant at most."""
    cars = encoded.model.cars
    sources = [e for e in encoded.model.elements if isinstance(e, Source) and not e.pieces]
    if cars is None or any(source.kind != "cars" for source in sources):
        return NO_COUNT
    return len(cars.type)


def _advance(encoded: Encoded, world: World, until: float, exits: int) -> World:
    """Run on to a minute or a count of cars; arrays that are full grow on the way."""
    done = world.clock[["now", "exits", "scrapped"]].copy()
    while True:
        why = run(held(world), until, exits, EVENTS_AT_ONCE)
        if why == GROW:
            world = grown(world)
            continue
        if why == STUCK:
            msg = f"plant {encoded.model.name}: moves at minute {world.clock['now'][0]} do not end"
            raise EngineError(msg)
        if until == np.inf:
            done = _getting_on(encoded, world, done)
        if cycle := find_cycle(encoded.model, world):
            raise InfeasibleError(cycle)
        if why in (OVER, EMPTY):
            return world


def _getting_on(encoded: Encoded, world: World, before: Records) -> Records:
    """Where a replication that ends with a count of cars stood when a car last had left.

    Raises
    ------
    InfeasibleError
        Where none has left since ``before``, but many were scrapped: it would never end.
    """
    now = world.clock[["now", "exits", "scrapped"]].copy()
    lost = int(now["scrapped"][0] - before["scrapped"][0])
    if now["exits"][0] > before["exits"][0]:
        return now
    if lost >= LOST_MOST:
        msg = (
            f"plant {encoded.model.name}: {lost:,} cars were scrapped from minute "
            f"{before['now'][0]:,.0f} to {now['now'][0]:,.0f} and none left it, so that the count "
            "of cars to end with is never reached; lower the shares of scrap, or say how long to "
            "simulate (days or until_min)"
        )
        raise InfeasibleError(msg)
    return before


def grown(world: World) -> World:
    """Double the arrays that are nearly full; places of cars that are added are free."""
    clock = world.clock[0]
    if clock["free_car"] == NONE:
        first = len(world.cars)
        world = world._replace(
            cars=_doubled(world.cars), been=_doubled(world.been), bad=_doubled(world.bad)
        )
        world.cars["next"][first:] = np.arange(first + 1, 2 * first + 1)
        world.cars["next"][-1] = NONE
        world.clock["free_car"] = first
    for name, used in (
        ("gone", "exits"), ("visits", "visits"), ("log", "logged"), ("levels", "samples"),
    ):  # fmt: skip
        array = getattr(world, name)
        if clock[used] + SPARE >= len(array):
            changed: dict[str, Any] = {name: _doubled(array)}
            world = world._replace(**changed)
    return world


def _doubled(array: NDArray[Any]) -> NDArray[Any]:
    """Return a copy with as many rows of zeros after those there are."""
    return np.concatenate([array, np.zeros_like(array)])
