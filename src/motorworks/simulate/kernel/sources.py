"""Sources: the next car is made ready, and waits until the first element takes it."""

from motorworks.engines.draws import law_at, uniform_at
from motorworks.engines.jit import inlined, inner
from motorworks.simulate.kernel.agenda import FIRST_ARRIVAL, OUT, STOCK, push, schedule
from motorworks.simulate.kernel.routes import find_way
from motorworks.simulate.kernel.world import BY_CARS, BY_LAW, NONE, PASS, World


@inlined
def offer(w: World, e: int, now: float) -> int:
    """Car of a source that wants to enter the plant now; NONE if there is none."""
    src = w.sources[w.elements[e].sub]
    if w.clock[0].stocking:
        return NONE
    if src.ready:
        return int(src.car)
    if src.car == NONE:
        if src.by_plan and src.made == len(w.planned):
            return NONE
        make_car(w, e)
    if src.mode == BY_LAW:
        if src.waiting == 0:
            return NONE
    elif src.mode == BY_CARS:
        release = w.planned[src.made - 1].release
        if release > now:
            schedule(w.clock, w.timers, src.timer, release, FIRST_ARRIVAL)
            return NONE
    src.ready = 1
    src.since = now
    return int(src.car)


@inner
def make_car(w: World, e: int) -> None:
    """Give the next car of a source a place among cars, its number, type and colour."""
    clock, src = w.clock[0], w.sources[w.elements[e].sub]
    car = clock.free_car
    c = w.cars[car]
    clock.free_car = c.next
    c.number = src.made * src.step + src.offset
    c.carries = 0
    c.piece = src.pieces
    if src.by_plan:
        c.type = w.planned[src.made].type
        c.colour = w.planned[src.made].colour
    else:
        c.type = 0
        c.colour = 0
        types = w.times.shape[1]
        if types > 1:
            u = uniform_at(src.key_type, src.made)
            while c.type < types - 1 and u > w.mix[src.types_first + c.type]:
                c.type += 1
    for loop in range(w.been.shape[1]):
        w.been[car, loop] = 0
        w.bad[car, loop] = 0
    src.made += 1
    src.car = car
    find_way(w, e, PASS, car)


@inner
def stock(w: World, e: int) -> int:
    """Make a car for a buffer that is to hold some before the first minute; NONE if none is left.

    It comes from the source upstream, in whose order it is numbered.
    """
    bf = w.buffers[w.elements[e].sub]
    if bf.stock == 0:
        return NONE
    src = w.sources[w.elements[bf.stocked_by].sub]
    bf.stock -= 1
    w.clock[0].stocking -= 1
    if src.by_plan and src.made == len(w.planned):
        return NONE
    make_car(w, bf.stocked_by)
    push(w.clock, w.agenda, STOCK, e)
    return int(src.car)


@inner
def arrival(w: World, e: int, now: float) -> None:
    """Let a car arrive at a source, or one be released; the next arrival is drawn."""
    el = w.elements[e]
    src = w.sources[el.sub]
    if src.mode == BY_LAW:
        src.waiting += 1
        src.arrived += 1
        el.content += 1
        el.area -= now
        if el.content > el.peak:
            el.peak = el.content
        if not (src.by_plan and src.arrived >= len(w.planned)):
            lw = w.laws[src.law]
            gap = law_at(
                lw.kind, lw.mean, lw.shape, w.values, lw.first, lw.last, src.key_every, src.arrived
            )
            schedule(w.clock, w.timers, src.timer, now + gap, FIRST_ARRIVAL)
    push(w.clock, w.agenda, OUT, len(w.servers) + e)
