"""What a store holds and has given out, and what one more body costs; compiled.

A state is one row of whole numbers: cost so far, highest wanted position given out, colour given
out last, how many of it in a row; then the cars given out last (``reach`` of them, car at position
p at ``p % reach``, -1 for none); then how many bodies stand in each lane; then the bodies of each
lane from its head.
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import lean
from motorworks.sequence.store.encode import HARD, Flow

Integers = NDArray[np.int64]

COST, TOP, COLOUR, RUN, TAIL = 0, 1, 2, 3, 4


def first_state(flow: Flow) -> Integers:
    """Give an empty store behind the cars of the day before."""
    lanes, held = len(flow.lengths), TAIL + flow.reach
    state = np.full(held + lanes + lanes * flow.longest, -1, dtype=np.int64)
    state[:TAIL] = 0, -1, -1, 0
    state[held : held + lanes] = 0
    for position in range(-min(flow.before, flow.reach), 0):
        state[TAIL + position % flow.reach] = flow.before + position
    if flow.before:
        state[COLOUR] = flow.colour[flow.before - 1]
        if flow.batch_with_before:
            others = np.flatnonzero(flow.colour[: flow.before] != state[COLOUR])
            state[RUN] = flow.before - 1 - (others[-1] if len(others) else -1)
    return state


@lean
def held_in(flow: Flow, state: Integers, lane: int) -> int:
    """Say how many bodies stand in a lane."""
    held: int = state[TAIL + flow.reach + lane]
    return held


@lean
def body_at(flow: Flow, state: Integers, lane: int, place: int) -> int:
    """Say which body stands at a place of a lane, 0 being its head."""
    head = TAIL + flow.reach + len(flow.lengths) + lane * flow.longest
    body: int = state[head + place]
    return body


@lean
def bring_in(flow: Flow, body: int, lane: int, state: Integers) -> None:
    """Put a body behind the others in a lane; changes the state in place."""
    held = TAIL + flow.reach + lane
    lanes = TAIL + flow.reach + len(flow.lengths)
    state[lanes + lane * flow.longest + state[held]] = body
    state[held] += 1


@lean
def give_out(flow: Flow, lane: int, position: int, state: Integers) -> int:
    """Give out the head of a lane at a position and add what it costs; changes the state.

    Returns the body.
    """
    held = TAIL + flow.reach + lane
    head = TAIL + flow.reach + len(flow.lengths) + lane * flow.longest
    body: int = state[head]
    for place in range(head, head + state[held] - 1):
        state[place] = state[place + 1]
    state[held] -= 1
    state[head + state[held]] = -1
    car = flow.before + body
    wanted = flow.wanted[body]
    cost = flow.displacement * abs(position - wanted)
    if wanted < state[TOP]:
        cost += flow.overtaken
    state[TOP] = max(state[TOP], wanted)
    cost += _colour_cost(flow, car, position, state)
    state[TAIL + position % flow.reach] = car
    cost += _ratio_cost(flow, position, state)
    state[COST] += cost
    return body


@lean
def _colour_cost(flow: Flow, car: int, position: int, state: Integers) -> int:
    """A change of colour against the car before, and each car beyond the limit of a batch."""
    colour = flow.colour[car]
    cost = 0
    if colour == state[COLOUR]:
        state[RUN] += 1
    else:
        cost += flow.change if state[COLOUR] >= 0 else 0
        state[COLOUR] = colour
        state[RUN] = 1
    over = state[RUN] - flow.batch[colour]
    if over > 0:  # what the day before had too many of is counted with its first car
        cost += HARD * (over if position == 0 else 1)
    return cost


@lean
def _ratio_cost(flow: Flow, position: int, state: Integers) -> int:
    """Windows that end with the car just given out; behind the last car, all that reach over it.

    No window begins before the first car known of the day before.
    """
    cost = 0
    for rule in range(len(flow.window)):
        window = flow.window[rule]
        earliest = -flow.before if flow.past_ends[rule] else 0
        found = 0
        for back in range(window):
            car = state[TAIL + (position - back) % flow.reach]
            found += flow.has[car, rule] if car >= 0 else 0
        if position - window + 1 >= earliest:
            cost += flow.weight[rule] * _excess(found - flow.most[rule], flow.once[rule])
        if position < flow.total - 1 or not flow.past_ends[rule]:
            continue
        for back in range(window - 1, 0, -1):
            car = state[TAIL + (position - back) % flow.reach]
            found -= flow.has[car, rule] if car >= 0 else 0
            if position - back + 1 >= earliest:
                cost += flow.weight[rule] * _excess(found - flow.most[rule], flow.once[rule])
    return cost


@lean
def _excess(beyond: int, once: int) -> int:
    if beyond <= 0:
        return 0
    return 1 if once else beyond
