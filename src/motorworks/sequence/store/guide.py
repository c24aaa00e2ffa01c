"""What a store full of bodies will still cost: what is sure, and what is likely; compiled."""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import lean
from motorworks.sequence.store.encode import Flow
from motorworks.sequence.store.state import COLOUR, RUN, TAIL, TOP, body_at, held_in

Integers = NDArray[np.int64]

_SPREAD = 6364136223846793005  # multipliers of two linear congruential generators (Knuth, TAOCP 2)
_STEP = 1442695040888963407


@lean
def sure_cost(flow: Flow, given: int, state: Integers) -> int:
    """Cost that no further choice can avoid; ``given`` bodies are out.

    A body wanted before one that is out is overtaken: of the ``top + 1`` bodies wanted up to the
    highest given out, those that are not out. So is a body behind one in its lane that is wanted
    later. A body behind k others in its lane goes out k positions on at the earliest.
    """
    if flow.overtaken == 0 and flow.displacement == 0:
        return 0
    overtaken = max(0, state[TOP] + 1 - given)
    late = 0
    for lane in range(len(flow.lengths)):
        top = state[TOP]
        for place in range(held_in(flow, state, lane)):
            wanted = flow.wanted[body_at(flow, state, lane, place)]
            if wanted > top:
                top = wanted
            elif wanted > state[TOP]:
                overtaken += 1
            late += max(0, given + place - wanted)
    cost: int = flow.overtaken * overtaken + flow.displacement * late
    return cost


@lean
def likely_cost(flow: Flow, given: int, state: Integers, seen: Integers) -> float:
    """Cost that the bodies in the store call for as they stand, and a little for closed lanes.

    *Displacement*: of a body and one before it in its lane that is wanted later, one goes too late
    or the other too early, by the difference between them. *Colour*: the changes within lanes, and
    one for each colour at a head that is not the one given out last; ``seen`` (colours) is room to
    work in. Among equals, a lane is the more open to bodies to come the earlier the last of its
    bodies is wanted, and the colour given out last goes on the longer the more of it there is.
    """
    for colour in range(len(seen)):
        seen[colour] = 0
    cost = 0
    closed = 0.0
    for lane in range(len(flow.lengths)):
        top = given
        for place in range(held_in(flow, state, lane)):
            body = body_at(flow, state, lane, place)
            colour = flow.colour[flow.before + body]
            if flow.wanted[body] < top:
                cost += flow.displacement * (top - flow.wanted[body])
            else:
                top = flow.wanted[body]
            if place == 0:
                cost += flow.change if seen[colour] == 0 and colour != state[COLOUR] else 0
            elif colour != flow.colour[flow.before + body_at(flow, state, lane, place - 1)]:
                cost += flow.change
            seen[colour] += 1
        closed += top - given if flow.overtaken or flow.displacement else 0
    if flow.change > 0 and state[COLOUR] >= 0:
        closed -= min(seen[state[COLOUR]], flow.batch[state[COLOUR]] - state[RUN])
    return cost + closed / (1.0 + len(flow.lengths) * flow.total + flow.full)


@lean
def key_of(flow: Flow, given: int, state: Integers) -> int:
    """Number that is the same for states with the same future; lanes of one length change places.

    Two states that differ share it by chance only, once in 2^64 pairs.
    """
    key = 0
    for lane in range(len(flow.lengths)):
        content = flow.lengths[lane]
        for place in range(held_in(flow, state, lane)):
            content = _mixed(content * _SPREAD + flow.kind[body_at(flow, state, lane, place)] + 1)
        key += _mixed(content)
    if flow.change or len(flow.window):
        for back in range(1, flow.reach):
            car = state[TAIL + (given - back) % flow.reach]
            kind = -1
            if car >= 0:
                kind = flow.kind[car - flow.before] if car >= flow.before else -2 - car
            key = _mixed(key * _SPREAD + kind)
        key = _mixed(key * _SPREAD + state[COLOUR])
        key = _mixed(key * _SPREAD + state[RUN])
    return key


@lean
def _mixed(number: int) -> int:
    number = number * _SPREAD + _STEP
    number ^= number >> 29
    number *= _SPREAD
    return number ^ (number >> 32)
