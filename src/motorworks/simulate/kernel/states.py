"""What state a server is in, and the minutes it spends in each."""

from motorworks.engines.jit import inlined, inner
from motorworks.simulate.kernel.world import (
    DONE,
    HAS_JOINS,
    HAS_PARTS,
    HAS_PEOPLE,
    IDLE,
    OVERLOAD,
    SETUP,
    WAIT,
    WORK,
    Floats,
    Records,
)
from motorworks.simulate.tally import STATES

(
    WORKING, IN_SETUP, STARVED, BLOCKED, FAILED, IN_REPAIR, BREAK, MAINTENANCE, OPERATORS, PARTS,
    OVERLOADED,
) = range(len(STATES))  # fmt: skip


HALTS = len(STATES) - MAINTENANCE
"""States from maintenance on: how often each was entered stands so many columns behind it."""


@inlined
def enter_state(servers: Records, state_min: Floats, s: int, state: int, now: float) -> None:
    """Book the minutes since a server's state last changed, and a halt if they were one."""
    sv = servers[s]
    old = sv.state
    if old == state:
        return
    spent = now - sv.since
    state_min[s, old] += spent
    if old >= MAINTENANCE and spent > 0.0:
        state_min[s, old + HALTS] += 1.0
    if old == BLOCKED:
        if sv.phase == DONE:
            sv.blocked += spent
    elif old in (FAILED, IN_REPAIR) and sv.phase in (SETUP, WORK, OVERLOAD):
        sv.failed += now - max(sv.since, sv.started)
    sv.since = now
    sv.state = state


@inner
def refresh(servers: Records, elements: Records, state_min: Floats, s: int, now: float) -> None:
    """Let a server be in the state that follows from what holds it."""
    sv = servers[s]
    if sv.hold > 0:
        state = _held(servers, s)
    elif sv.phase == IDLE:
        state = STARVED
    elif sv.phase == WORK:
        empty = sv.moves and elements[sv.element].content == 0
        state = STARVED if empty else WORKING
    elif sv.phase == DONE:
        state = BLOCKED
    else:
        state = _not_begun(servers, s)
    enter_state(servers, state_min, s, state, now)


@inner
def _held(servers: Records, s: int) -> int:
    """State of a server that something holds."""
    sv = servers[s]
    if sv.shut:
        return BREAK
    if sv.kept:
        return MAINTENANCE
    if sv.repairs:
        return IN_REPAIR
    return FAILED if sv.down else PARTS


@inner
def _not_begun(servers: Records, s: int) -> int:
    """State of a server in setup, in overload, or that waits to begin."""
    sv = servers[s]
    if sv.phase == SETUP:
        return IN_SETUP
    if sv.phase == OVERLOAD:
        return OVERLOADED
    if sv.phase == WAIT and sv.lacks == HAS_PEOPLE:
        return OPERATORS
    return PARTS if sv.lacks == HAS_PARTS or sv.lacks == HAS_JOINS else BLOCKED
