"""Deadlock: a set of elements whose cars wait for places in that set alone."""

from typing import Any

from motorworks.case.plant_model import PlantModel
from motorworks.simulate.kernel.world import (
    BUFFER,
    DONE,
    FEEDS,
    HAS_PLACE,
    NONE,
    SEGMENT,
    STATION,
    WAIT,
    World,
)


def find_cycle(model: PlantModel, world: World) -> str | None:
    """Name a circle of elements that wait for each other for ever; None if there is none.

    From all elements that are full, those are struck off, again and again, in which something is
    not blocked or waits for an element that is struck off. What is left can never move.
    """
    waits = {e: _waits_for(world, e) for e in range(len(model.elements))}
    stuck = {e for e, targets in waits.items() if targets}
    while True:
        freed = {e for e in stuck if not all(set(some) <= stuck for some in waits[e] or ())}
        if not freed:
            break
        stuck -= freed
    if not stuck:
        return None
    circle = [min(stuck)]
    while circle[-1] not in circle[:-1]:
        circle.append((waits[circle[-1]] or [[NONE]])[0][0])
    circle = circle[circle.index(circle[-1]) :]
    names = " waits for ".join(model.elements[e].name for e in circle)
    minute = float(world.clock["now"][0])
    return f"plant {model.name} is in deadlock at minute {minute:g}: {names}"


def _waits_for(world: World, e: int) -> list[list[int]] | None:
    """Elements that the cars of a full element wait for, by car; None if something may move."""
    el = world.elements[e]
    if el["kind"] == STATION:
        rows = range(el["first_server"], el["first_server"] + el["servers"])
        servers = [world.servers[s] for s in rows]
        if any(one["phase"] != DONE and not _waits_to_begin(one) for one in servers):
            return None
        return [_targets(world, int(one["car"])) for one in servers]
    if el["kind"] == BUFFER:
        buffer = world.buffers[el["sub"]]
        if el["content"] < buffer["capacity"] or el["flags"] & FEEDS:
            return None
        heads = world.lanes["head"][buffer["first"] : buffer["first"] + buffer["lanes"]]
        cars = [int(car) for car in heads if car != NONE]
        if buffer["watch"]:
            cars = _all_in_line(world, cars)
        if not cars or any(world.cars["ready"][car] > world.clock["now"][0] for car in cars):
            return None
        return [_targets(world, car) for car in cars]
    if el["kind"] == SEGMENT and world.servers["phase"][el["first_server"]] == DONE:
        segment = world.segments[el["sub"]]
        at = segment["first"] + (segment["turn"] + segment["slots"] - 1) % segment["slots"]
        car = int(world.slots[at])
        return None if car == NONE else [_targets(world, car)]
    return None


def _waits_to_begin(server: Any) -> bool:
    """Whether a server that blocks before service waits for a place."""
    return bool(server["phase"] == WAIT and server["lacks"] == HAS_PLACE)


def _all_in_line(world: World, heads: list[int]) -> list[int]:
    """Cars of lanes, from the heads on."""
    cars = []
    for head in heads:
        car = head
        while car != NONE:
            cars.append(car)
            car = int(world.cars["next"][car])
    return cars


def _targets(world: World, car: int) -> list[int]:
    """Elements that will do for a car."""
    target = int(world.cars["target"][car])
    if target != NONE:
        return [target]
    way = world.ways[world.cars["route"][car]]
    return [int(e) for e in world.flows["target"][way["first"] : way["last"]]]
