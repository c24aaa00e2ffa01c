"""A replication before its first minute: a world of its own, keys, first draws, first moves."""

import numpy as np

from motorworks.case.plant_model import Law, PlantModel, Segment, Source, Station
from motorworks.engines.des.timers import Timers, set_timer
from motorworks.engines.draws import draws_at, key_of, uniforms_at
from motorworks.engines.jit import lean
from motorworks.simulate import streams
from motorworks.simulate.encode import Encoded
from motorworks.simulate.kernel.agenda import (
    FIRST_ARRIVAL,
    FIRST_CALENDAR,
    FIRST_FAILURE,
    FIRST_SAMPLE,
    OUT,
    STOCK,
)
from motorworks.simulate.kernel.world import (
    BUFFER,
    BY_LAW,
    LOGGED,
    NONE,
    NOTED,
    SEGMENT,
    SOURCE,
    World,
)

NO_COUNT = 1 << 60


def open_world(
    encoded: Encoded,
    *,
    seed: int,
    replication: int,
    sample_min: float,
    visits: bool,
    order_at: tuple[int, ...],
) -> World:
    """Copy the pattern of a plant, and set all that a replication begins with."""
    world = copy_of(encoded.world)
    keyed = _Keys(seed, replication)
    clock = world.clock
    clock["overtime_exits"], clock["spent"], clock["free_car"] = NO_COUNT, NONE, 0
    clock["all_cars"] = NO_COUNT
    clock["sample_min"], clock["sample_timer"] = sample_min, encoded.sample_timer
    world.cars["next"] = np.arange(1, len(world.cars) + 1)
    world.cars["next"][-1] = NONE
    world.elements["flags"][list(order_at)] |= LOGGED
    if visits:
        world.elements["flags"][world.elements["kind"] != SOURCE] |= NOTED
    _key_elements(encoded.model, world, keyed)
    _first_times(encoded, world, keyed)
    if sample_min > 0.0:
        _set(world, encoded.sample_timer, 0.0, FIRST_SAMPLE)
    _first_moves(world)
    return world


def copy_of(world: World) -> World:
    """Copy all arrays of a world."""
    due, order, winner = world.timers
    timers = Timers(due.copy(), order.copy(), winner.copy())
    arrays = {name: array.copy() for name, array in world._asdict().items() if name != "timers"}
    return World(timers=timers, **arrays)


class _Keys:
    """Keys of the streams of one replication."""

    def __init__(self, seed: int, replication: int) -> None:
        self._seed, self._replication = seed, replication

    def __call__(self, name: str) -> np.uint64:
        return key_of(self._seed, self._replication, name)


def _key_elements(model: PlantModel, world: World, keyed: _Keys) -> None:
    """Set the keys of all elements."""
    place = 0
    for number, element in enumerate(model.elements):
        row, name = world.elements[number], element.name
        row["key_flow"] = keyed(streams.flow(name))
        if isinstance(element, Station):
            station = world.stations[row["sub"]]
            station["key_time"] = keyed(streams.time(name))
            station["key_pass"] = keyed(streams.first_pass(name))
            station["key_scrap"] = keyed(streams.scrap(name))
        elif isinstance(element, Source):
            source = world.sources[row["sub"]]
            source["key_every"] = keyed(streams.arrivals(name))
            source["key_type"] = keyed(streams.types(name))
        elif isinstance(element, Segment):
            for one in element.places:
                world.places[place]["key_time"] = keyed(streams.place_time(element, one))
                place += 1
    for row, crew in zip(world.crews, model.crews, strict=False):
        row["key"] = keyed(streams.absence(crew.name))
        if row["calendar"] == NONE:
            row["there"] -= np.sum(uniforms_at(row["key"], range(crew.heads)) <= crew.absence)


def _first_times(encoded: Encoded, world: World, keyed: _Keys) -> None:
    """Draw when failures strike and cars arrive first, and set the timers of what is planned."""
    model = encoded.model
    for at, number in enumerate(encoded.clock_failure):
        clock, failure = world.clocks[at], model.failures[number]
        server = int(clock["server"])
        beside = server - int(world.elements[failure.element]["first_server"])
        clock["key_up"] = keyed(streams.up(model, failure, beside))
        clock["key_down"] = keyed(streams.down(model, failure, beside))
        clock["left"] = _draw(failure.up, clock["key_up"])
        if clock["by_time"] and not world.servers[server]["shut"]:
            clock["running"] = 1
            _set(world, int(clock["timer"]), float(clock["left"]), FIRST_FAILURE)
    for number, element in enumerate(model.elements):
        if isinstance(element, Source) and element.kind == "law":
            source = world.sources[world.elements[number]["sub"]]
            due = _draw(element.every, source["key_every"])
            _set(world, int(source["timer"]), due, FIRST_ARRIVAL)
    for table in (world.calendars, world.maintenance):
        for row in table:
            if row["at"] < row["last"]:
                due = float(world.spans[row["at"]]["start"])
                _set(world, int(row["timer"]), due, FIRST_CALENDAR)
    for row in world.parts:
        if row["first"] < row["last"]:
            due = float(world.arrivals[row["first"]]["minute"])
            _set(world, int(row["timer"]), due, FIRST_ARRIVAL)


def _draw(law: Law, key: np.uint64) -> float:
    """First draw of a law."""
    return float(draws_at(law.kind, law.mean, law.shape, law.values, key, [0])[0])


def _first_moves(world: World) -> None:
    """Put on the agenda that segments stand ready to move and that sources let cars in."""
    clock, agenda = world.clock[0], world.agenda
    items = []
    for e, row in enumerate(world.elements):
        if row["kind"] == SOURCE and world.sources[row["sub"]]["mode"] != BY_LAW:
            items.append((OUT << 32) | (len(world.servers) + e))
        elif row["kind"] == SEGMENT and not world.servers[row["first_server"]]["hold"]:
            items.append((OUT << 32) | int(row["first_server"]))
    for e, row in enumerate(world.elements):
        if row["kind"] == BUFFER and world.buffers[row["sub"]]["stock"]:
            items.append((STOCK << 32) | e)
            clock["stocking"] += world.buffers[row["sub"]]["stock"]
    agenda[: len(items)] = items
    clock["depth"] = len(items)


def _set(world: World, timer: int, due: float, priority: int) -> None:
    """Set a timer from outside of kernels."""
    world.clock["counter"] += 1
    _set_timer(world.timers, timer, due, priority, int(world.clock["counter"][0]))


@lean
def _set_timer(timers: Timers, timer: int, due: float, priority: int, counter: int) -> None:
    """Set a timer: a door for Python."""
    set_timer(timers, timer, due, priority, counter)
