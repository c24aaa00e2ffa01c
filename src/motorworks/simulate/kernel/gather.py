"""What work needs before it begins: a place kept, parts, pieces to join, people."""

from motorworks.engines.jit import inner
from motorworks.simulate.kernel.agenda import CREW, FILL, push
from motorworks.simulate.kernel.buffers import unlink
from motorworks.simulate.kernel.carriers import take_carriers
from motorworks.simulate.kernel.moves import note_buffer
from motorworks.simulate.kernel.routes import open_target
from motorworks.simulate.kernel.world import (
    GATED,
    HAS_JOINS,
    HAS_PARTS,
    HAS_PEOPLE,
    HAS_PLACE,
    NONE,
    NOTED,
    Floats,
    Records,
    World,
)

FREELY = 2
"""Outcomes from this one on (scrap, again here) need no place to go to."""
ANY, BY_TYPE, BY_CAR = range(3)


@inner
def gather(w: World, s: int, now: float) -> bool:
    """Take what is at hand for the work to come, in turn; say whether it is all there.

    What has been taken is kept while the rest is waited for.
    """
    sv = w.servers[s]
    st = w.stations[sv.sub]
    lacks = st.needs & ~sv.has
    if lacks & HAS_PLACE and not keep_place(w, s, now):
        sv.wait_since = now if sv.lacks != HAS_PLACE else sv.wait_since
        sv.lacks = HAS_PLACE
        return False
    if lacks & HAS_PARTS:
        if not take_parts(w.parts, w.need, w.elements, sv.element, w.cars[sv.car].type):
            sv.lacks = HAS_PARTS
            return False
        sv.has |= HAS_PARTS
    if lacks & HAS_JOINS and not take_pieces(w, s, now):
        sv.lacks = HAS_JOINS
        return False
    if lacks & HAS_PEOPLE:
        if sv.lacks != HAS_PEOPLE:
            sv.lacks = HAS_PEOPLE
            sv.asks = 1
            sv.wait_since = now
            w.clock[0].counter += 1
            sv.asked = w.clock[0].counter
            w.crews[st.pool].waiting += 1
            push(w.clock, w.agenda, CREW, st.pool)
        return False
    sv.lacks = 0
    return True


@inner
def keep_place(w: World, s: int, now: float) -> bool:
    """Keep a place in the next element for a car whose work is to begin, if there is one.

    Carriers that it needs there are taken at once.
    """
    sv = w.servers[s]
    sv.place_at = NONE
    if sv.outcome < FREELY:
        sv.place_at = open_target(w, sv.car, now)
        if sv.place_at == NONE:
            return False
        w.elements[sv.place_at].reserved += 1
        if w.elements[sv.place_at].flags & GATED:
            take_carriers(w.carriers, w.rides, w.cars, sv.place_at, sv.car)
    sv.has |= HAS_PLACE
    return True


@inner
def take_parts(parts: Records, need: Floats, elements: Records, e: int, kind: int) -> bool:
    """Take the parts that a car of a type needs at an element, if all are there."""
    first, last = elements[e].parts_first, elements[e].parts_last
    for p in range(first, last):
        if parts[p].stock < need[p, kind] - 1e-9:
            return False
    for p in range(first, last):
        parts[p].stock -= need[p, kind]
    return True


@inner
def take_pieces(w: World, s: int, now: float) -> bool:
    """Take all pieces that a car is joined with out of their feeders, if all are there."""
    sv = w.servers[s]
    st = w.stations[sv.sub]
    for j in range(st.joins_first, st.joins_last):
        if not fitting(w, j, sv.car, now, False):
            return False
    for j in range(st.joins_first, st.joins_last):
        fitting(w, j, sv.car, now, True)
    sv.has |= HAS_JOINS
    return True


@inner
def fitting(w: World, j: int, car: int, now: float, take: bool) -> bool:
    """Whether a feeder holds enough pieces that fit a car; take the first of them if told so."""
    jn, c = w.joins[j], w.cars[car]
    missing = w.quantity[j, c.type]
    el = w.elements[jn.feeder]
    lane = w.buffers[el.sub].first
    piece = w.lanes[lane].head
    while piece != NONE and missing > 0 and w.cars[piece].ready <= now:
        follower = w.cars[piece].next
        fits = jn.match == ANY
        if jn.match == BY_TYPE:
            fits = w.cars[piece].type == c.type
        elif jn.match == BY_CAR:
            fits = w.cars[piece].number == c.number
        if fits:
            missing -= 1
            if take:
                use_up(w, jn.feeder, lane, piece, now)
        piece = follower
    return bool(missing <= 0)


@inner
def use_up(w: World, feeder: int, lane: int, piece: int, now: float) -> None:
    """Take a piece out of a feeder: it is part of the car from now on."""
    el = w.elements[feeder]
    unlink(w.lanes, w.cars, lane, piece)
    el.content -= 1
    el.passed += 1
    el.area += now
    if el.flags & NOTED:
        note_buffer(w.clock, w.visits, w.cars, feeder, piece, now)
    w.cars[piece].next = w.clock[0].free_car
    w.clock[0].free_car = piece
    push(w.clock, w.agenda, FILL, feeder)
