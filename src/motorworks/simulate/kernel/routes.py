"""Where a car wants to go, whether it is let in, and who has waited longest for a place."""

import numpy as np

from motorworks.engines.draws import uniform_at
from motorworks.engines.jit import inlined
from motorworks.simulate.kernel.buffers import leaving
from motorworks.simulate.kernel.carriers import carriers_free
from motorworks.simulate.kernel.world import (
    BUFFER,
    DONE,
    GATED,
    HAS_PLACE,
    NONE,
    PASS,
    SEGMENT,
    SOURCE,
    STATION,
    WAIT,
    World,
)
from motorworks.simulate.streams import AGAIN


@inlined
def draw_index(w: World, e: int, car: int) -> int:
    """Index of draws for a car at an element: its number and how often it has been there."""
    loop = w.elements[e].loop
    number = w.cars[car].number
    return int(number if loop == NONE else number + AGAIN * w.been[car, loop])


@inlined
def find_way(w: World, e: int, kind: int, car: int) -> None:
    """Give a car its way out of an element: one target, or the list of those that will do."""
    c = w.cars[car]
    only = w.elements[e].only
    if only != NONE and kind == PASS:
        c.target = only
        return
    route = (e * 2 + kind) * w.times.shape[1] + c.type
    way = w.ways[route]
    c.route = route
    if way.last - way.first == 1:
        c.target = w.flows[way.first].target
    elif way.shared:
        u = uniform_at(w.elements[e].key_flow, draw_index(w, e, car))
        flow = way.first
        while flow < way.last - 1 and u > w.flows[flow].up_to:
            flow += 1
        c.target = w.flows[flow].target
    else:
        c.target = NONE


@inlined
def has_place(w: World, e: int, now: float) -> bool:
    """Whether an element has a place that is free and not kept for another."""
    el = w.elements[e]
    if el.kind == STATION:
        return bool(w.stations[el.sub].free > el.reserved)
    if el.kind == BUFFER:
        return bool(el.content + el.reserved < w.buffers[el.sub].capacity)
    if el.kind == SEGMENT:
        sg = w.segments[el.sub]
        return bool(sg.moved == now and w.slots[sg.first + sg.turn] == NONE)
    return True


@inlined
def has_room(w: World, e: int, car: int, now: float) -> bool:
    """Whether an element takes a car now: a place, and carriers if it takes any."""
    return has_place(w, e, now) and admits(w, e, car)


@inlined
def admits(w: World, e: int, car: int) -> bool:
    """Whether all carriers are at hand that a car takes at an element."""
    if w.elements[e].flags & GATED:
        return carriers_free(w.carriers, w.rides, w.cars, e, car)
    return True


@inlined
def open_target(w: World, car: int, now: float) -> int:
    """Element that takes a car now, the first of those that will do; NONE if none does."""
    c = w.cars[car]
    if c.target != NONE:
        return int(c.target) if has_room(w, c.target, car, now) else NONE
    way = w.ways[c.route]
    for flow in range(way.first, way.last):
        e = w.flows[flow].target
        if has_room(w, e, car, now):
            return int(e)
    return NONE


@inlined
def wants(w: World, car: int, e: int) -> bool:
    """Whether an element will do for a car."""
    c = w.cars[car]
    if c.target != NONE:
        return bool(c.target == e)
    way = w.ways[c.route]
    found = False
    for flow in range(way.first, way.last):
        found = found or w.flows[flow].target == e
    return found


@inlined
def car_of_server(w: World, s: int) -> int:
    """Car of a server that is done and may move on; NONE if there is none."""
    sv = w.servers[s]
    if sv.phase != DONE:
        return NONE
    if not sv.moves:
        return int(sv.car)
    if sv.hold > 0:
        return NONE
    sg = w.segments[sv.sub]
    return int(w.slots[sg.first + (sg.turn + sg.slots - 1) % sg.slots])


@inlined
def longest_waiting(w: World, e: int, now: float) -> tuple[int, int]:
    """Holder whose car has waited longest for an element that has room for it, and the car.

    A server that only wants a place kept for it, as it blocks before service, counts as well.
    """
    best, its, first = NONE, NONE, now + 1.0
    for at in range(w.elements[e].in_first, w.elements[e].in_last):
        u = w.inflow[at]
        begin, end = holders_of(w, u)
        for holder in range(begin, end):
            car, since = waiting_car(w, holder, now)
            if car != NONE and since < first and wants(w, car, e) and admits(w, e, car):
                best, its, first = holder, car, since
    return best, its


@inlined
def holders_of(w: World, u: int) -> tuple[int, int]:
    """First holder of an element, and the one after its last."""
    el = w.elements[u]
    if el.kind in (STATION, SEGMENT):
        first = int(np.int64(el.first_server))
        return first, int(first + el.servers)
    return len(w.servers) + u, len(w.servers) + u + 1


@inlined
def waiting_car(w: World, holder: int, now: float) -> tuple[int, float]:
    """Car of a holder that waits for a place elsewhere, and since when; NONE if none does."""
    if holder < len(w.servers):
        sv = w.servers[holder]
        if sv.phase == WAIT and sv.lacks == HAS_PLACE and sv.hold == 0:
            return int(sv.car), float(sv.wait_since)
        return car_of_server(w, holder), float(sv.wait_since)
    el = w.elements[holder - len(w.servers)]
    if el.kind == SOURCE:
        src = w.sources[el.sub]
        return int(src.car) if src.ready else NONE, float(src.since)
    car = leaving(w.buffers, w.lanes, w.cars, el.sub, now)
    return car, float(w.cars[car].ready) if car != NONE else now
