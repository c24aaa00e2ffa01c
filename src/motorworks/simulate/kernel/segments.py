"""Segments: all cars move by one slot at the end of each takt, unless something stops them."""

from motorworks.engines.draws import law_at
from motorworks.engines.jit import inner
from motorworks.simulate.kernel.agenda import FILL, START, push
from motorworks.simulate.kernel.routes import draw_index, find_way
from motorworks.simulate.kernel.world import NONE, OVERLOAD, PASS, WORK, World

DAY = 1440.0


@inner
def takt_over(w: World, s: int, now: float) -> bool:
    """Count the work of a takt; say whether the segment has to stop for overload now.

    A place begins a car later by what the cars before it took beyond the takt. What would make it
    later than its drift allows is overload, of which the worst place decides how long the stop is.
    """
    sv = w.servers[s]
    sg = w.segments[sv.sub]
    worst = 0.0
    for p in range(sg.places_first, sg.places_last):
        pl = w.places[p]
        car = w.slots[sg.first + (sg.turn + p - sg.places_first) % sg.slots]
        pl.late -= sg.takt
        if car != NONE:
            pl.late += place_work(w, sv.element, p, car, now)
        over = pl.late - pl.drift
        if sg.utility and over > 0.0:
            sg.utility_min += over
            pl.late = pl.drift
        worst = max(worst, over)
        if p == sg.places_last - 1 and car != NONE:
            sg.worked += 1
    if sg.utility:
        worst = 0.0
    for p in range(sg.places_first, sg.places_last):
        w.places[p].late = max(0.0, w.places[p].late - worst)
    last = w.slots[sg.first + (sg.turn + sg.slots - 1) % sg.slots]
    if last != NONE:
        find_way(w, sv.element, PASS, last)
    if worst > 0.0:
        sv.phase = OVERLOAD
        sv.left = worst
        return True
    return False


@inner
def place_work(w: World, e: int, p: int, car: int, now: float) -> float:
    """Minutes of work on a car at a place."""
    pl, c = w.places[p], w.cars[car]
    work = w.place_times[p, c.type]
    if pl.law != NONE:
        lw = w.laws[pl.law]
        work *= law_at(
            lw.kind, 1.0, lw.shape, w.values, lw.first, lw.last, pl.key_time, draw_index(w, e, car)
        )
    if len(w.slow):
        work *= w.slow[c.type, min(int(now / DAY), w.slow.shape[1] - 1)]
    return float(work)


@inner
def shift(w: World, s: int, now: float) -> None:
    """Move a segment by one slot, and let a car that waits at its head board."""
    sv = w.servers[s]
    sg = w.segments[sv.sub]
    sg.turn = (sg.turn + sg.slots - 1) % sg.slots
    sg.moved = now
    sg.fed = NONE
    sv.phase = WORK
    sv.left = sg.takt
    sv.work = sg.takt
    push(w.clock, w.agenda, START, s)
    push(w.clock, w.agenda, FILL, sv.element)
