"""Failures: a clock strikes, waits for its crew, is repaired, and wears again."""

from motorworks.engines.des.timers import clear_timer
from motorworks.engines.draws import law_at
from motorworks.engines.jit import inner
from motorworks.simulate.kernel.agenda import (
    CREW,
    FIRST_FAILURE,
    FIRST_REPAIR,
    LOST,
    REPAIR,
    START,
    STRIKE,
    push,
    schedule,
)
from motorworks.simulate.kernel.states import refresh
from motorworks.simulate.kernel.stations import pause
from motorworks.simulate.kernel.world import ASKED, NONE, SETUP, UP, WORK, World
from motorworks.simulate.kernel.world import REPAIR as IN_REPAIR

RESUME, REPEAT, SCRAPPED = range(3)


@inner
def strike(w: World, k: int, now: float) -> None:
    """Let a failure stop its server; its crew is asked for."""
    ck = w.clocks[k]
    s = ck.server
    sv = w.servers[s]
    pause(w, s, now)
    ck.state = ASKED
    ck.since = now
    ck.stops += 1
    sv.down += 1
    sv.hold += 1
    if ck.crew == NONE:
        push(w.clock, w.agenda, REPAIR, k)
    else:
        w.clock[0].counter += 1
        ck.asked = w.clock[0].counter
        w.crews[ck.crew].waiting += 1
        push(w.clock, w.agenda, CREW, ck.crew)
    refresh(w.servers, w.elements, w.state_min, s, now)
    if ck.resume == REPEAT and sv.phase == WORK:
        sv.left = sv.work
    elif ck.resume == SCRAPPED and sv.phase in (SETUP, WORK):
        push(w.clock, w.agenda, LOST, s)


@inner
def repair(w: World, k: int, now: float) -> None:
    """Begin the repair of a failure whose crew is there."""
    ck = w.clocks[k]
    ck.state = IN_REPAIR
    w.servers[ck.server].repairs += 1
    lw = w.laws[ck.down]
    takes = law_at(lw.kind, lw.mean, lw.shape, w.values, lw.first, lw.last, ck.key_down, ck.count)
    schedule(w.clock, w.timers, ck.timer, now + takes, FIRST_REPAIR)
    refresh(w.servers, w.elements, w.state_min, ck.server, now)


@inner
def clock_due(w: World, k: int, now: float) -> None:
    """End a repair, or let a failure that wears with time strike."""
    ck = w.clocks[k]
    sv = w.servers[ck.server]
    if ck.state == UP:
        ck.running = 0
        push(w.clock, w.agenda, STRIKE, k)
        return
    ck.state = UP
    ck.minutes += now - ck.since
    ck.count += 1
    sv.down -= 1
    sv.repairs -= 1
    sv.hold -= 1
    lw = w.laws[ck.up]
    ck.left = law_at(lw.kind, lw.mean, lw.shape, w.values, lw.first, lw.last, ck.key_up, ck.count)
    if ck.by_time and not sv.shut:
        run_clock(w, k, now)
    push(w.clock, w.agenda, START, ck.server)
    if ck.crew != NONE:
        w.crews[ck.crew].busy -= ck.heads
        push(w.clock, w.agenda, CREW, ck.crew)


@inner
def run_clock(w: World, k: int, now: float) -> None:
    """Let a failure wear with time."""
    ck = w.clocks[k]
    ck.running = 1
    ck.began = now
    schedule(w.clock, w.timers, ck.timer, now + ck.left, FIRST_FAILURE)


@inner
def halt_clock(w: World, k: int, now: float) -> None:
    """Stop the wear of a failure with time: its element is closed."""
    ck = w.clocks[k]
    if ck.running:
        ck.running = 0
        ck.left -= now - ck.began
        clear_timer(w.timers, ck.timer)
