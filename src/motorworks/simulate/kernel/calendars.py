"""Calendars open and close elements, overtime prolongs them; maintenance stops them."""

from motorworks.engines.jit import inner
from motorworks.simulate.kernel.agenda import (
    CLOSE,
    CREW,
    FIRST_CALENDAR,
    OPEN,
    START,
    push,
    schedule,
)
from motorworks.simulate.kernel.crews import draw_absence
from motorworks.simulate.kernel.failures import halt_clock, run_clock
from motorworks.simulate.kernel.states import refresh
from motorworks.simulate.kernel.stations import pause
from motorworks.simulate.kernel.world import UP, Records, World

NEVER = 1 << 60


@inner
def calendar_due(w: World, i: int, now: float) -> None:
    """Open a calendar, close it, or prolong its span by overtime."""
    ca = w.calendars[i]
    sp = w.spans[ca.at]
    if not ca.open:
        push(w.clock, w.agenda, OPEN, i)
    elif ca.overtime or sp.overtime == 0.0:
        push(w.clock, w.agenda, CLOSE, i)
    else:
        wanted = gone_before(w.gone, w.clock[0].exits, sp.day) + sp.count
        if w.clock[0].exits >= wanted:
            push(w.clock, w.agenda, CLOSE, i)
            return
        ca.overtime = 1
        ca.until_exits = wanted
        w.clock[0].overtime_exits = min(w.clock[0].overtime_exits, wanted)
        end = now + sp.overtime
        if ca.at + 1 < ca.last:
            end = min(end, w.spans[ca.at + 1].start)
        schedule(w.clock, w.timers, ca.timer, end, FIRST_CALENDAR)


@inner
def gone_before(gone: Records, exits: int, minute: float) -> int:
    """Count the cars that left before a minute."""
    low, high = 0, exits
    while low < high:
        middle = (low + high) >> 1
        if gone[middle].time < minute:
            low = middle + 1
        else:
            high = middle
    return low


@inner
def counted(w: World) -> None:
    """Close calendars whose overtime has reached its count, and find the next count to reach."""
    clock = w.clock[0]
    clock.overtime_exits = NEVER
    for i in range(len(w.calendars)):
        ca = w.calendars[i]
        if ca.overtime:
            if clock.exits >= ca.until_exits:
                push(w.clock, w.agenda, CLOSE, i)
            else:
                clock.overtime_exits = min(clock.overtime_exits, ca.until_exits)


@inner
def open_calendar(w: World, i: int, now: float) -> None:
    """Let work go on at all elements of a calendar."""
    ca = w.calendars[i]
    ca.open = 1
    schedule(w.clock, w.timers, ca.timer, w.spans[ca.at].end, FIRST_CALENDAR)
    if w.spans[ca.at].shift:
        for crew in range(len(w.crews)):
            if w.crews[crew].calendar == i:
                draw_absence(w.crews, crew)
                push(w.clock, w.agenda, CREW, crew)
    for s in range(len(w.servers)):
        sv = w.servers[s]
        if w.elements[sv.element].calendar == i:
            sv.shut = 0
            sv.hold -= 1
            for k in range(sv.wears_last, sv.clocks_last):
                if w.clocks[k].state == UP:
                    run_clock(w, k, now)
    for s in range(len(w.servers) - 1, -1, -1):
        if w.elements[w.servers[s].element].calendar == i:
            push(w.clock, w.agenda, START, s)


@inner
def close_calendar(w: World, i: int, now: float) -> None:
    """Stop work at all elements of a calendar until its next span."""
    ca = w.calendars[i]
    ca.open = 0
    ca.overtime = 0
    ca.at += 1
    due = w.spans[ca.at].start if ca.at < ca.last else float("inf")
    schedule(w.clock, w.timers, ca.timer, due, FIRST_CALENDAR)
    for s in range(len(w.servers)):
        sv = w.servers[s]
        if w.elements[sv.element].calendar == i:
            pause(w, s, now)
            sv.shut = 1
            sv.hold += 1
            refresh(w.servers, w.elements, w.state_min, s, now)
            for k in range(sv.wears_last, sv.clocks_last):
                halt_clock(w, k, now)


@inner
def maintenance_due(w: World, i: int, now: float) -> None:
    """Begin or end a planned stop of an element."""
    mt = w.maintenance[i]
    el = w.elements[mt.element]
    sp = w.spans[mt.at]
    begins = not mt.on
    if not begins:
        mt.at += 1
    mt.on = 1 if begins else 0
    due = float("inf")
    if begins:
        due = sp.end
    elif mt.at < mt.last:
        due = w.spans[mt.at].start
    schedule(w.clock, w.timers, mt.timer, due, FIRST_CALENDAR)
    for s in range(el.first_server + el.servers - 1, el.first_server - 1, -1):
        sv = w.servers[s]
        if begins:
            pause(w, s, now)
            sv.kept += 1
            sv.hold += 1
            refresh(w.servers, w.elements, w.state_min, s, now)
        else:
            sv.kept -= 1
            sv.hold -= 1
            push(w.clock, w.agenda, START, s)
