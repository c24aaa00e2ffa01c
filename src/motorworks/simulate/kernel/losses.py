"""Cars that are lost: scrapped by their work or by a failure."""

from motorworks.engines.jit import inner
from motorworks.simulate.kernel.agenda import CREW, FILL, push
from motorworks.simulate.kernel.carriers import give_back
from motorworks.simulate.kernel.moves import note_server, release_place
from motorworks.simulate.kernel.states import refresh
from motorworks.simulate.kernel.world import (
    HAS_PEOPLE,
    IDLE,
    NONE,
    NOTED,
    World,
)


@inner
def lose(w: World, s: int, now: float) -> None:
    """Scrap the car of a server."""
    sv = w.servers[s]
    u, car = sv.element, sv.car
    el, st, c = w.elements[u], w.stations[sv.sub], w.cars[car]
    push(w.clock, w.agenda, FILL, u)
    if sv.has & HAS_PEOPLE:
        w.crews[st.pool].busy -= st.operators
        push(w.clock, w.agenda, CREW, st.pool)
    release_place(w.servers, w.elements, s)
    if sv.has and sv.place_at != NONE:
        push(w.clock, w.agenda, FILL, sv.place_at)
    el.content -= 1
    el.area += now
    st.free += 1
    if el.flags & NOTED:
        sv.ended = now
        note_server(w.clock, w.visits, w.servers, w.elements, w.cars, s, now)
    sv.phase = IDLE
    sv.car = NONE
    sv.has = 0
    sv.lacks = 0
    refresh(w.servers, w.elements, w.state_min, s, now)
    give_back(w.clock, w.timers, w.agenda, w.carriers, w.ring, w.cars, -1, car, now)
    if not c.piece:
        w.clock[0].scrapped += 1
    c.next = w.clock[0].free_car
    w.clock[0].free_car = car
