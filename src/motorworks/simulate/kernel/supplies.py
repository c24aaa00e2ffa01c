"""Parts and pieces come in; who waits for them goes on."""

from motorworks.engines.jit import inner
from motorworks.simulate.kernel.agenda import FIRST_ARRIVAL, START, push, schedule
from motorworks.simulate.kernel.gather import take_parts
from motorworks.simulate.kernel.stations import pause
from motorworks.simulate.kernel.world import HAS_JOINS, HAS_PARTS, NONE, WAIT, World


@inner
def supply(w: World, s: int, now: float) -> None:
    """Take the parts of the car at the head of a segment, which stands still until there are."""
    sv = w.servers[s]
    sg = w.segments[sv.sub]
    car = w.slots[sg.first + sg.turn]
    if car == NONE or sg.fed == car:
        return
    if take_parts(w.parts, w.need, w.elements, sv.element, w.cars[car].type):
        sg.fed = car
        if sv.short:
            sv.short = 0
            sv.hold -= 1
    elif not sv.short:
        pause(w, s, now)
        sv.short = 1
        sv.hold += 1


@inner
def wake(w: World, e: int, lacks: int) -> None:
    """Let servers of an element try again that wait for what may have come in."""
    el = w.elements[e]
    for s in range(el.first_server + el.servers - 1, el.first_server - 1, -1):
        sv = w.servers[s]
        if sv.short or (sv.phase == WAIT and sv.lacks == lacks):
            push(w.clock, w.agenda, START, s)


@inner
def part_due(w: World, p: int) -> None:
    """Take in an arrival of parts."""
    pt = w.parts[p]
    pt.stock += w.arrivals[pt.first].pieces
    pt.first += 1
    due = w.arrivals[pt.first].minute if pt.first < pt.last else float("inf")
    schedule(w.clock, w.timers, pt.timer, due, FIRST_ARRIVAL)
    wake(w, pt.element, HAS_PARTS)


@inner
def pieces_in(w: World, feeder: int) -> None:
    """Let stations try again that join pieces of a feeder."""
    for j in range(len(w.joins)):
        if w.joins[j].feeder == feeder:
            wake(w, w.joins[j].element, HAS_JOINS)
