"""Servers: work begins, is stopped, goes on, and ends; the result is judged."""

from motorworks.engines.des.timers import clear_timer
from motorworks.engines.draws import law_at, uniform_at
from motorworks.engines.jit import inlined, inner
from motorworks.simulate.kernel.agenda import (
    CREW,
    FIRST_FAILURE,
    FIRST_WORK,
    LOST,
    OUT,
    START,
    STRIKE,
    push,
    schedule,
)
from motorworks.simulate.kernel.gather import gather
from motorworks.simulate.kernel.routes import draw_index, find_way
from motorworks.simulate.kernel.segments import takt_over
from motorworks.simulate.kernel.states import WORKING, enter_state, refresh
from motorworks.simulate.kernel.world import (
    DONE,
    HAS_PEOPLE,
    HAS_PLACE,
    NONE,
    OVERLOAD,
    PASS,
    REWORK,
    SETUP,
    WAIT,
    WORK,
    World,
)

OK, BAD, SCRAP, AGAIN_HERE = range(4)
"""Outcomes of work: it passes, is reworked elsewhere, is lost, or is done again at once."""
ON_COLOUR, ON_TYPE = range(2)
DAY = 1440.0


@inlined
def start(w: World, s: int, now: float) -> None:
    """Let a server go on with what it has, if nothing holds it."""
    sv = w.servers[s]
    if sv.hold == 0 and not sv.running:
        if sv.phase == WAIT:
            begin(w, s, now)
        if sv.phase in (SETUP, WORK, OVERLOAD):
            run_on(w, s, now)
        elif sv.phase == DONE and sv.moves:
            push(w.clock, w.agenda, OUT, s)
    if sv.running and sv.phase == WORK and not sv.moves:
        enter_state(w.servers, w.state_min, s, WORKING, now)
    else:
        refresh(w.servers, w.elements, w.state_min, s, now)


@inlined
def begin(w: World, s: int, now: float) -> None:
    """Begin work, or the setup before it, once all that it needs is at hand."""
    sv = w.servers[s]
    e = sv.element
    st, c = w.stations[sv.sub], w.cars[sv.car]
    if st.needs & ~sv.has:
        if st.needs & ~sv.has & HAS_PLACE:
            decide(w, s, now)
        if not gather(w, s, now):
            return
    work = w.times[e, c.type]
    if st.law != NONE:
        lw = w.laws[st.law]
        work *= law_at(
            lw.kind, 1.0, lw.shape, w.values, lw.first, lw.last, st.key_time,
            draw_index(w, e, sv.car),
        )  # fmt: skip
    if len(w.slow):
        day = min(int(now / DAY), w.slow.shape[1] - 1)
        work *= w.slow[c.type, day]
        sv.wear = w.wear[c.type, day]
    sv.work = work
    sv.left = work
    sv.phase = WORK
    if sv.started < 0.0:
        sv.started = now
    if st.setup_min > 0.0:
        differs = sv.last_colour != c.colour if st.setup_on == ON_COLOUR else sv.last_type != c.type
        if differs and sv.last_type != NONE:
            st.setups += 1
            sv.phase = SETUP
            sv.left = st.setup_min
        sv.last_colour = c.colour
        sv.last_type = c.type


@inlined
def run_on(w: World, s: int, now: float) -> None:
    """Let time run on until the phase is over, or a failure that wears with work strikes."""
    sv = w.servers[s]
    length, priority = sv.left, FIRST_WORK
    sv.strike = NONE
    if sv.phase == WORK:
        for k in range(sv.wears_first, sv.wears_last):
            lasts = w.clocks[k].left
            if sv.wear != 1.0:
                lasts /= sv.wear
            if lasts < length and w.clocks[k].state == 0:
                length, priority = lasts, FIRST_FAILURE
                sv.strike = k
    sv.run = length
    sv.began = now
    sv.running = 1
    schedule(w.clock, w.timers, s, now + length, priority)


@inlined
def pause(w: World, s: int, now: float) -> None:
    """Stop what runs at a server; what is left of it goes on later."""
    sv = w.servers[s]
    if sv.running:
        spend(w, s, now - sv.began)
        clear_timer(w.timers, s)


@inlined
def spend(w: World, s: int, minutes: float) -> None:
    """Count minutes that a phase has run, and wear of failures with them."""
    sv = w.servers[s]
    sv.running = 0
    sv.left -= minutes
    if sv.phase == WORK:
        for k in range(sv.wears_first, sv.wears_last):
            if w.clocks[k].state == 0:
                w.clocks[k].left -= minutes * sv.wear


@inlined
def phase_over(w: World, s: int, now: float) -> None:
    """Go on after a phase of a server has run its length."""
    sv = w.servers[s]
    spend(w, s, sv.run)
    if sv.strike != NONE:
        w.clocks[sv.strike].left = 0.0
        push(w.clock, w.agenda, STRIKE, sv.strike)
    elif sv.phase == SETUP:
        sv.phase = WORK
        sv.left = sv.work
        push(w.clock, w.agenda, START, s)
    elif not sv.moves:
        finish(w, s, now)
    elif sv.phase == WORK and takt_over(w, s, now):
        push(w.clock, w.agenda, START, s)
    else:
        sv.phase = DONE
        sv.ended = now
        sv.wait_since = now
        sv.blocked = 0.0
        push(w.clock, w.agenda, OUT, s)


@inlined
def finish(w: World, s: int, now: float) -> None:
    """End a piece of work: judge it, and let the car go its way."""
    sv = w.servers[s]
    e = sv.element
    st = w.stations[sv.sub]
    if sv.has & HAS_PEOPLE:
        w.crews[st.pool].busy -= st.operators
        push(w.clock, w.agenda, CREW, st.pool)
    if not sv.has & HAS_PLACE:
        if st.quality:
            decide(w, s, now)
        else:
            sv.outcome = OK
            find_way(w, e, PASS, sv.car)
    sv.has &= HAS_PLACE
    if sv.outcome != OK:
        st.bad += 1
    loop = w.elements[e].loop
    if loop != NONE:
        w.been[sv.car, loop] += 1
        w.bad[sv.car, loop] = 0 if sv.outcome == OK else w.bad[sv.car, loop] + 1
    st.worked += 1
    if sv.outcome == AGAIN_HERE:
        sv.phase = WAIT
        sv.has = 0
        sv.lacks = 0
        push(w.clock, w.agenda, START, s)
    elif sv.outcome == SCRAP:
        push(w.clock, w.agenda, LOST, s)
    else:
        sv.phase = DONE
        sv.ended = now
        sv.wait_since = now
        push(w.clock, w.agenda, OUT, s)


@inner
def decide(w: World, s: int, now: float) -> None:
    """Draw what becomes of a car at a station, and which way it goes."""
    sv = w.servers[s]
    e = sv.element
    sv.outcome = OK
    if w.stations[sv.sub].quality:
        sv.outcome = judge(w, s, now)
    if sv.outcome == OK:
        find_way(w, e, PASS, sv.car)
    elif sv.outcome == BAD:
        find_way(w, e, REWORK, sv.car)


@inner
def judge(w: World, s: int, now: float) -> int:
    """Draw whether work is good: scrap first, then whether it passes."""
    sv = w.servers[s]
    e = sv.element
    st, c = w.stations[sv.sub], w.cars[sv.car]
    index = draw_index(w, e, sv.car)
    worse = 1.0
    if len(w.worse):
        worse = w.worse[c.type, min(int(now / DAY), w.worse.shape[1] - 1)]
    if uniform_at(st.key_scrap, index) <= w.scrap[e, c.type]:
        return SCRAP
    if uniform_at(st.key_pass, index) <= 1.0 - (1.0 - w.first_pass[e, c.type]) * worse:
        return OK
    loop = w.elements[e].loop
    if loop != NONE and w.bad[sv.car, loop] >= st.loops_max:
        return OK
    route = (e * 2 + REWORK) * w.times.shape[1] + c.type
    return BAD if w.ways[route].last > w.ways[route].first else AGAIN_HERE
