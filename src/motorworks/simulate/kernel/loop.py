"""The loop of events: take the timer due first, then all moves that it makes possible."""

from motorworks.engines.des.timers import NEVER, first_timer, replay
from motorworks.engines.jit import inlined, inner, lean
from motorworks.simulate.kernel.agenda import (
    CLOSE,
    COUNTED,
    CREW,
    FILL,
    FIRST_SAMPLE,
    JOIN,
    KIND_BITS,
    LOST,
    LOWER,
    OF_BUFFER,
    OF_CALENDAR,
    OF_CARRIER,
    OF_CLOCK,
    OF_MAINTENANCE,
    OF_PART,
    OF_SERVER,
    OF_SOURCE,
    OPEN,
    OUT,
    REPAIR,
    ROOM,
    SHIFT,
    START,
    STOCK,
    STRIKE,
    push,
    schedule,
)
from motorworks.simulate.kernel.buffers import await_ready, leaving
from motorworks.simulate.kernel.calendars import (
    calendar_due,
    close_calendar,
    counted,
    maintenance_due,
    open_calendar,
)
from motorworks.simulate.kernel.carriers import carrier_back
from motorworks.simulate.kernel.crews import serve
from motorworks.simulate.kernel.failures import clock_due, repair, strike
from motorworks.simulate.kernel.losses import lose
from motorworks.simulate.kernel.moves import move
from motorworks.simulate.kernel.routes import car_of_server, has_place, longest_waiting, open_target
from motorworks.simulate.kernel.segments import shift
from motorworks.simulate.kernel.sources import arrival, offer, stock
from motorworks.simulate.kernel.states import STARVED, enter_state, refresh
from motorworks.simulate.kernel.stations import phase_over, start
from motorworks.simulate.kernel.supplies import part_due, pieces_in, supply
from motorworks.simulate.kernel.world import (
    DONE,
    FEEDS,
    HAS_PLACE,
    IDLE,
    NONE,
    SOURCE,
    World,
)

GOING, OVER, PAUSED, GROW, EMPTY, STUCK = range(6)
"""Why the loop came back: it did not; the span is over; it has handled as many events as it was
told; arrays are nearly full; nothing will ever happen again; the agenda does not end."""

SPARE = 64
"""Rows that one entry of the agenda may take of an array that grows."""


@lean
def run(w: World, until: float, exits: int, most: int) -> int:
    """Handle events up to a minute, a count of cars that left, or a number of events."""
    clock = w.clock[0]
    clock.rows_most = clock.rows + spare_rows(w)
    for _ in range(most):
        why = settle(w, exits)
        if why != GOING:
            return int(why)
        timer = first_timer(w.timers)
        due = w.timers.due[timer]
        if due == NEVER or due > until:
            clock.now = until if until < NEVER else clock.now
            return EMPTY if due == NEVER else OVER
        clock.events += 1
        clock.now = due
        w.timers.due[timer] = NEVER
        clock.spent = timer
        if w.timer_kind[timer] == OF_SERVER:
            phase_over(w, timer, due)
        else:
            other_timer(w, w.timer_kind[timer], w.timer_of[timer], due)
    return PAUSED


@inlined
def settle(w: World, exits: int) -> int:
    """Make all moves that the last event made possible, and put its timer to rest."""
    clock = w.clock[0]
    while clock.depth > 0 and clock.exits < exits:
        if clock.free_car == NONE or clock.rows >= clock.rows_most:
            clock.rows_most = clock.rows + spare_rows(w)
            if clock.free_car == NONE or clock.rows >= clock.rows_most:
                return GROW
        if clock.depth > len(w.agenda) - SPARE:
            return STUCK
        clock.depth -= 1
        item = w.agenda[clock.depth]
        look_at(w, item >> KIND_BITS, item & LOWER, clock.now)
    if clock.spent >= 0:
        if w.timers.due[clock.spent] == NEVER:
            replay(w.timers, clock.spent)
        clock.spent = NONE
    if clock.exits >= exits or clock.exits + clock.scrapped >= clock.all_cars:
        return OVER
    return GOING


@inner
def spare_rows(w: World) -> int:
    """Rows that may be written to any array that grows until the emptiest is nearly full."""
    clock = w.clock[0]
    left = min(len(w.gone) - clock.exits, len(w.visits) - clock.visits)
    return int(min(left, len(w.log) - clock.logged, len(w.levels) - clock.samples) - SPARE)


@inlined
def look_at(w: World, kind: int, which: int, now: float) -> None:
    """Do what an entry of the agenda says; FILL, STOCK and OUT may end in a move.

    A server that gets a car goes on at once.
    """
    holder, car, e, server = which, NONE, NONE, NONE
    if kind == START:
        server = which
    elif kind == FILL:
        e = which
        holder, car = caller(w, e, now)
    elif kind == STOCK:
        car, e = stock(w, which), which
        holder = len(w.servers) + w.buffers[w.elements[e].sub].stocked_by
    elif kind == OUT:
        car = leaver(w, holder, now)
        if car != NONE:
            e = target(w, holder, car, now)
    else:
        rarely(w, kind, which, now)
    if car != NONE:
        if e != NONE:
            server = move(w, holder, car, e, now, kind == FILL)
        elif holder < len(w.servers):
            refresh(w.servers, w.elements, w.state_min, holder, now)
    if server >= 0:
        go_on(w, server, now)


@inlined
def caller(w: World, e: int, now: float) -> tuple[int, int]:
    """Holder that an element takes a car from now, and the car; NONE if there is no car."""
    if not has_place(w, e, now):
        idle(w, e, now)
        return NONE, NONE
    holder, car = longest_waiting(w, e, now)
    if holder == NONE:
        idle(w, e, now)
        return NONE, NONE
    if holder < len(w.servers) and w.servers[holder].phase != DONE:
        push(w.clock, w.agenda, FILL, e)
        push(w.clock, w.agenda, START, holder)
        return NONE, NONE
    return holder, car


@inlined
def idle(w: World, e: int, now: float) -> None:
    """Let servers be starved for which there is no car."""
    el = w.elements[e]
    for s in range(el.first_server, el.first_server + el.servers):
        if w.servers[s].phase == IDLE and w.servers[s].hold == 0:
            enter_state(w.servers, w.state_min, s, STARVED, now)


@inlined
def go_on(w: World, s: int, now: float) -> None:
    """Let a server go on; one of a segment sees to its parts first."""
    sv = w.servers[s]
    if sv.moves and w.elements[sv.element].parts_last > w.elements[sv.element].parts_first:
        supply(w, s, now)
    start(w, s, now)


@inlined
def leaver(w: World, holder: int, now: float) -> int:
    """Car of a holder that may move on now; NONE, with a timer for later, if none may."""
    if holder < len(w.servers):
        car = car_of_server(w, holder)
        sv = w.servers[holder]
        if sv.moves and car == NONE and sv.phase == DONE and sv.hold == 0:
            push(w.clock, w.agenda, SHIFT, holder)
        return car
    el = w.elements[holder - len(w.servers)]
    if el.kind == SOURCE:
        return offer(w, holder - len(w.servers), now)
    car = leaving(w.buffers, w.lanes, w.cars, el.sub, now)
    bf = w.buffers[el.sub]
    if bf.transfer > 0.0 and (car == NONE or bf.watch):
        await_ready(w.clock, w.timers, w.buffers, w.lanes, w.cars, el.sub, now)
    return car


@inlined
def target(w: World, holder: int, car: int, now: float) -> int:
    """Element that takes a car now: the one where a place is kept, or one that has room."""
    if holder < len(w.servers) and w.servers[holder].has & HAS_PLACE:
        return int(w.servers[holder].place_at)
    return open_target(w, car, now)


@inner
def rarely(w: World, kind: int, which: int, now: float) -> None:
    """Do what stands on the agenda less often."""
    if kind == SHIFT:
        shift(w, which, now)
    elif kind == STRIKE:
        strike(w, which, now)
    elif kind == REPAIR:
        repair(w, which, now)
    elif kind == LOST:
        lose(w, which, now)
    elif kind == CREW:
        serve(w, which)
    elif kind == JOIN:
        pieces_in(w, which)
    else:
        of_calendars(w, kind, which, now)


@inner
def of_calendars(w: World, kind: int, which: int, now: float) -> None:
    """Do what stands on the agenda about calendars."""
    if kind == COUNTED:
        counted(w)
    elif kind == OPEN:
        open_calendar(w, which, now)
    elif kind == CLOSE:
        close_calendar(w, which, now)


@inner
def other_timer(w: World, kind: int, which: int, now: float) -> None:
    """Handle an event that is not the end of a phase of a server."""
    if kind == OF_BUFFER:
        push(w.clock, w.agenda, OUT, len(w.servers) + which)
        if w.elements[which].flags & FEEDS:
            push(w.clock, w.agenda, JOIN, which)
    elif kind == OF_SOURCE:
        arrival(w, which, now)
    elif kind == OF_CLOCK:
        clock_due(w, which, now)
    elif kind == OF_CARRIER:
        carrier_back(w.clock, w.timers, w.agenda, w.carriers, w.ring, which)
    elif kind == OF_CALENDAR:
        calendar_due(w, which, now)
    elif kind == OF_MAINTENANCE:
        maintenance_due(w, which, now)
    elif kind == OF_PART:
        part_due(w, which)
    else:
        sample(w, now)


@inner
def sample(w: World, now: float) -> None:
    """Write down how many cars are in each element."""
    clock = w.clock[0]
    for e in range(len(w.elements)):
        w.levels[clock.samples, e] = w.elements[e].content
    clock.samples += 1
    clock.rows += 1
    push(w.clock, w.agenda, ROOM, 0)
    schedule(w.clock, w.timers, clock.sample_timer, now + clock.sample_min, FIRST_SAMPLE)
