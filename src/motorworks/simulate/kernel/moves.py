"""A car moves from where it is to the next element, in no time."""

import numpy as np

from motorworks.engines.jit import inlined, inner
from motorworks.simulate.kernel.agenda import (
    COUNTED,
    FILL,
    JOIN,
    OUT,
    SHIFT,
    push,
)
from motorworks.simulate.kernel.buffers import put_in, take_out
from motorworks.simulate.kernel.carriers import give_back, take_carriers
from motorworks.simulate.kernel.routes import find_way
from motorworks.simulate.kernel.states import STARVED, WORKING, enter_state
from motorworks.simulate.kernel.world import (
    BUFFER,
    EXIT,
    FEEDS,
    FIFO,
    GATED,
    HAS_PLACE,
    IDLE,
    LOGGED,
    NONE,
    NOTED,
    PASS,
    RETURNS,
    SOURCE,
    STATION,
    WAIT,
    Records,
    World,
)


@inlined
def move(w: World, holder: int, car: int, e: int, now: float, again: bool) -> int:
    """Move a car from its holder into an element that has room for it, and maybe for another.

    Returns the server that has got it, which is to go on now; NONE where none has.
    """
    u = holder - len(w.servers)
    if u < 0:
        u = w.servers[holder].element
    el = w.elements[u]
    if el.kind == SOURCE:
        leave_source(w, u, now)
    else:
        el.content -= 1
        el.passed += 1
        el.area += now
        if el.flags & LOGGED:
            w.log[w.clock[0].logged] = (u << 40) | w.cars[car].number
            w.clock[0].logged += 1
            w.clock[0].rows += 1
        if el.kind == STATION:
            release_place(w.servers, w.elements, holder)
            leave_station(w, holder, u, now)
        elif el.kind == BUFFER:
            leave_buffer(w, u, car, now)
        else:
            leave_segment(w, holder, u, car, now)
    if el.flags & RETURNS:
        give_back(w.clock, w.timers, w.agenda, w.carriers, w.ring, w.cars, u, car, now)
    if again and w.elements[e].servers != 1:
        push(w.clock, w.agenda, FILL, e)
    return enter(w, e, car, now)


@inlined
def enter(w: World, e: int, car: int, now: float) -> int:
    """Let a car take its place in an element; returns the server that has got it, or NONE."""
    el = w.elements[e]
    if el.flags & GATED:
        take_carriers(w.carriers, w.rides, w.cars, e, car)
    if el.kind == EXIT:
        leave_plant(w, e, car, now)
        return NONE
    el.content += 1
    el.area -= now
    if el.content > el.peak:
        el.peak = el.content
    w.cars[car].arrived = now
    if el.kind == STATION:
        return enter_station(w, e, car, now)
    if el.kind == BUFFER:
        enter_buffer(w, e, car, now)
        return NONE
    sg = w.segments[el.sub]
    w.slots[sg.first + sg.turn] = car
    w.cars[car].failed = w.servers[el.first_server].failed
    return int(np.int64(el.first_server))


@inlined
def leave_source(w: World, u: int, now: float) -> None:
    """Let the next car of a source enter the plant; the one after it may want to follow."""
    el = w.elements[u]
    src = w.sources[el.sub]
    c = w.cars[src.car]
    c.entered = now
    if not src.pieces:
        w.clock[0].came_in += 1
    if src.waiting:
        src.waiting -= 1
        el.content -= 1
        el.area += now
    el.passed += 1
    src.car = NONE
    src.ready = 0
    push(w.clock, w.agenda, OUT, len(w.servers) + u)


@inner
def release_place(servers: Records, elements: Records, s: int) -> None:
    """Give up the place kept for a server that blocks before service."""
    if servers[s].has & HAS_PLACE and servers[s].place_at != NONE:
        elements[servers[s].place_at].reserved -= 1


@inlined
def leave_station(w: World, s: int, u: int, now: float) -> None:
    """Free a server; if no place was free before, one may be filled now.

    Only if it is not, its state changes: that is seen to when the place is looked at.
    """
    sv, st = w.servers[s], w.stations[w.elements[u].sub]
    full = st.free <= w.elements[u].reserved
    st.free += 1
    if full:
        push(w.clock, w.agenda, FILL, u)
    if (not full or w.elements[u].flags & NOTED) and sv.hold == 0:
        enter_state(w.servers, w.state_min, s, STARVED, now)
    if w.elements[u].flags & NOTED:
        note_server(w.clock, w.visits, w.servers, w.elements, w.cars, s, now)
    sv.car = NONE
    sv.phase = IDLE
    sv.has = 0
    sv.lacks = 0


@inlined
def enter_station(w: World, e: int, car: int, now: float) -> int:
    """Let a car take the first free server, one that is up if there is any; returns it."""
    el = w.elements[e]
    s = int(np.int64(el.first_server))
    if el.servers > 1:
        s = choose_server(w.servers, s, s + el.servers)
    w.stations[el.sub].free -= 1
    sv = w.servers[s]
    sv.car = car
    sv.phase = WAIT
    sv.arrived = now
    sv.started = -1.0
    sv.blocked = 0.0
    sv.failed = 0.0
    return s


@inner
def choose_server(servers: Records, first: int, last: int) -> int:
    """First free server, one that is not failed before those that are."""
    best = NONE
    for s in range(first, last):
        if servers[s].phase == IDLE:
            if servers[s].down == 0:
                return s
            if best == NONE:
                best = s
    return best


@inlined
def leave_buffer(w: World, u: int, car: int, now: float) -> None:
    """Take a car out of a buffer; its place may be filled, and its follower may go on."""
    el = w.elements[u]
    bf = w.buffers[el.sub]
    take_out(w.buffers, w.lanes, w.cars, el.sub, car)
    if el.flags & NOTED:
        note_buffer(w.clock, w.visits, w.cars, u, car, now)
    if bf.layout != FIFO or el.content + 1 + el.reserved >= bf.capacity:
        push(w.clock, w.agenda, FILL, u)
    if not bf.plain:
        push(w.clock, w.agenda, OUT, len(w.servers) + u)


@inlined
def enter_buffer(w: World, e: int, car: int, now: float) -> None:
    """Put a car into a buffer; if it stands where a car may leave, it tries."""
    el = w.elements[e]
    b = el.sub
    w.cars[car].ready = now + w.buffers[b].transfer
    find_way(w, e, PASS, car)
    if put_in(w.buffers, w.lanes, w.cars, b, car):
        push(w.clock, w.agenda, OUT, len(w.servers) + e)
    if el.flags & FEEDS:
        push(w.clock, w.agenda, OUT, len(w.servers) + e)
        push(w.clock, w.agenda, JOIN, e)


@inner
def leave_segment(w: World, s: int, u: int, car: int, now: float) -> None:
    """Take the car at the end off a segment, which may move now."""
    sg = w.segments[w.elements[u].sub]
    sv = w.servers[s]
    w.slots[sg.first + (sg.turn + sg.slots - 1) % sg.slots] = NONE
    enter_state(w.servers, w.state_min, s, WORKING, now)
    if w.elements[u].flags & NOTED:
        failed = sv.failed
        sv.car = car
        sv.arrived = w.cars[car].arrived
        sv.started = sv.arrived
        sv.failed = failed - w.cars[car].failed
        note_server(w.clock, w.visits, w.servers, w.elements, w.cars, s, now)
        sv.failed = failed
        sv.car = NONE
    push(w.clock, w.agenda, SHIFT, s)


@inner
def leave_plant(w: World, e: int, car: int, now: float) -> None:
    """Count a car out."""
    clock, c = w.clock[0], w.cars[car]
    w.elements[e].passed += 1
    if not c.piece:
        row = w.gone[clock.exits]
        row.time = now
        row.entered = c.entered
        row.number = c.number
        row.type = c.type
        clock.exits += 1
        clock.rows += 1
        if clock.exits == clock.overtime_exits:
            push(w.clock, w.agenda, COUNTED, 0)
    c.next = clock.free_car
    clock.free_car = car


@inner
def note_server(
    clock: Records,
    visits: Records,
    servers: Records,
    elements: Records,
    cars: Records,
    s: int,
    now: float,
) -> None:
    """Write down the visit of a car to a server as it leaves."""
    sv, row = servers[s], visits[clock[0].visits]
    row.car = cars[sv.car].number
    row.element = sv.element
    row.server = s - elements[sv.element].first_server
    row.arrived = sv.arrived
    row.started = sv.started
    row.ended = sv.ended
    row.left = now
    row.blocked = sv.blocked
    row.failed = sv.failed
    clock[0].visits += 1
    clock[0].rows += 1


@inner
def note_buffer(
    clock: Records, visits: Records, cars: Records, e: int, car: int, now: float
) -> None:
    """Write down the stay of a car in a buffer as it leaves."""
    c, row = cars[car], visits[clock[0].visits]
    row.car = c.number
    row.element = e
    row.server = 0
    row.arrived = c.arrived
    row.started = c.arrived
    row.ended = min(c.ready, now)
    row.left = now
    row.blocked = now - row.ended
    row.failed = 0.0
    clock[0].visits += 1
    clock[0].rows += 1
