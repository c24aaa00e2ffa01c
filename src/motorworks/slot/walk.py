"""The walk: move an order to another slot or exchange two, and make it if it is not too dear.

A move is made when its change of cost is at most -T ln(u), u drawn evenly from 0 to 1: simulated
annealing at temperature T (S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi,
https://doi.org/10.1126/science.220.4598.671). The change is exact: only limits that speak of
what is moved, and cover one of the two slots and not both, are looked at.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import inlined, lean
from motorworks.engines.random import Stream, below, share
from motorworks.slot.month import Floats, Ints, Month

Counts = NDArray[np.int64]

EXACT = 1e-9
"""Room by which a hard limit may seem to be missed for want of digits."""

TRIES = 6
"""Draws for a slot or order with a wanted property before a move is given up."""

FEW = 3
"""How far apart slots that are called near may be."""

NEAR = 200
"""How far apart in the list by due days two orders are that are due about the same time."""

KINDS = (
    "move any", "move better", "move near",
    "swap any", "swap better", "swap near", "swap due alike",
)  # fmt: skip
"""Names of the ways to try a move, in the order of their shares."""

_MOVES = 3
"""Kinds of which the first so many move one order."""

_TRIED = np.array([2, 4, 5, 6, 16, 38, 29], dtype=np.float64)
SHARES = np.append(np.cumsum(_TRIED / _TRIED.sum())[:-1], 1.0)


class State(NamedTuple):
    """A schedule, changed in place.

    Parameters
    ----------
    at
        (orders,) slot of each order.
    used
        (limits,) what its slots hold together.
    members, filled, seat
        (slots + 1, free orders) free orders in each slot, how many they are, and where in the list
        each order stands.
    cost
        (1,) cost of the schedule.
    tried, made
        (kinds,) moves weighed and made.
    rng
        Random numbers.
    """

    at: Ints
    used: Floats
    members: Ints
    filled: Ints
    seat: Ints
    cost: Floats
    tried: Counts
    made: Counts
    rng: Stream


def new_state(month: Month, at: Ints, rng: Stream) -> State:
    """Begin at a schedule, which keeps hard limits."""
    slots = month.slots + 1
    state = State(
        at=at.copy(),
        used=np.zeros(len(month.limit)),
        members=np.zeros((slots, max(len(month.free), 1)), dtype=np.int32),
        filled=np.zeros(slots, dtype=np.int32),
        seat=np.zeros(month.orders, dtype=np.int32),
        cost=np.zeros(1),
        tried=np.zeros(len(KINDS), dtype=np.int64),
        made=np.zeros(len(KINDS), dtype=np.int64),
        rng=rng,
    )
    recount(month, state)
    return state


@inlined
def missed(month: Month, limit: int, used: float) -> float:
    """Cost of a soft limit whose slots hold so much."""
    row = month.limit[limit]
    if row.size > 0.0:
        over = used % row.size
        return float(row.weight * (row.size - over)) if over > 0.0 else 0.0
    if used > row.most:
        return float(row.weight * (used - row.most))
    if used < row.least:
        return float(row.weight * (row.least - used))
    return 0.0


@lean
def recount(month: Month, state: State) -> None:
    """Count everything anew in the schedule ``state.at``."""
    slots = month.own.shape[1]
    state.used[:] = 0.0
    state.filled[:] = 0
    cost = 0.0
    for order in range(len(month.profile)):
        slot = state.at[order]
        cost += month.own[month.profile[order], slot]
        for entry in range(month.start[order], month.start[order + 1]):
            cell = month.trait[entry] * slots + slot
            for place in range(month.limits_start[cell], month.limits_start[cell + 1]):
                state.used[month.limits_of[place]] += month.amount[entry]
        if month.place[order] >= 0:
            state.seat[order] = state.filled[slot]
            state.members[slot, state.filled[slot]] = order
            state.filled[slot] += 1
    for limit in range(len(month.limit)):
        cost += missed(month, limit, state.used[limit])
    state.cost[0] = cost


@inlined
def covers(month: Month, limit: int, slot: int) -> bool:
    """Whether a slot is one of a limit's."""
    row = month.limit[limit]
    return bool(row.first <= slot <= row.last)


@inlined
def shift_change(
    month: Month, used: Floats, trait: np.int32, here: int, there: int, some: float
) -> float:
    """Change of cost if so much of a trait changes slots; infinite if it may not."""
    slots = month.own.shape[1]
    change, cell = 0.0, trait * slots + here
    for place in range(month.limits_start[cell], month.limits_start[cell + 1]):
        limit = month.limits_of[place]
        if not covers(month, limit, there):
            change += missed(month, limit, used[limit] - some) - missed(month, limit, used[limit])
    cell = trait * slots + there
    for place in range(month.limits_start[cell], month.limits_start[cell + 1]):
        limit = month.limits_of[place]
        if not covers(month, limit, here):
            after = used[limit] + some
            if month.limit[limit].hard and after > month.limit[limit].most + EXACT:
                return np.inf
            change += missed(month, limit, after) - missed(month, limit, used[limit])
    return change


@inlined
def shift(month: Month, used: Floats, trait: np.int32, here: int, there: int, some: float) -> None:
    """Let so much of a trait go from one slot to another."""
    slots = month.own.shape[1]
    cell = trait * slots + here
    for place in range(month.limits_start[cell], month.limits_start[cell + 1]):
        used[month.limits_of[place]] -= some
    cell = trait * slots + there
    for place in range(month.limits_start[cell], month.limits_start[cell + 1]):
        used[month.limits_of[place]] += some


@inlined
def move_change(month: Month, state: State, order: int, there: int) -> float:
    """Change of cost if an order goes to another slot."""
    here, profile = state.at[order], month.profile[order]
    change = month.own[profile, there] - month.own[profile, here]
    for entry in range(month.start[order], month.start[order + 1]):
        if not change < np.inf:
            return np.inf
        change += shift_change(
            month, state.used, month.trait[entry], here, there, month.amount[entry]
        )
    return float(change)


@inlined
def swap_change(month: Month, state: State, one: int, two: int) -> float:
    """Change of cost if two orders exchange their slots; what both have stays where it is."""
    here, there = state.at[one], state.at[two]
    mine, yours = month.profile[one], month.profile[two]
    change = month.own[mine, there] - month.own[mine, here]
    change += month.own[yours, here] - month.own[yours, there]
    i, j = month.start[one], month.start[two]
    while (i < month.start[one + 1] or j < month.start[two + 1]) and change < np.inf:
        trait, some = np.int32(0), 0.0
        i, j, trait, some = next_difference(month, one, two, i, j)
        if some > 0.0:
            change += shift_change(month, state.used, trait, here, there, some)
        elif some < 0.0:
            change += shift_change(month, state.used, trait, there, here, -some)
    return float(change)


@inlined
def next_difference(
    month: Month, one: int, two: int, i: int, j: int
) -> tuple[int, int, np.int32, float]:
    """Next trait of either order, and how much more of it the first has."""
    more = i < month.start[one + 1]
    if more and j < month.start[two + 1]:
        if month.trait[i] == month.trait[j]:
            return i + 1, j + 1, month.trait[i], month.amount[i] - month.amount[j]
        more = month.trait[i] < month.trait[j]
    if more:
        return i + 1, j, month.trait[i], month.amount[i]
    return i, j + 1, month.trait[j], -month.amount[j]


@inlined
def put(state: State, order: int, there: int) -> None:
    """Take an order from the list of its slot to that of another."""
    here, seat = state.at[order], state.seat[order]
    last = state.members[here, state.filled[here] - 1]
    state.members[here, seat] = last
    state.seat[last] = seat
    state.filled[here] -= 1
    state.members[there, state.filled[there]] = order
    state.seat[order] = state.filled[there]
    state.filled[there] += 1
    state.at[order] = there


@inlined
def make_move(month: Month, state: State, order: int, there: int) -> None:
    """Move an order to another slot."""
    here = state.at[order]
    for entry in range(month.start[order], month.start[order + 1]):
        shift(month, state.used, month.trait[entry], here, there, month.amount[entry])
    put(state, order, there)


@inlined
def cheaper_slot(month: Month, state: State, order: int) -> Any:
    """Draw a slot that an order by itself would rather have; its own where none is found."""
    here, profile = state.at[order], month.profile[order]
    for _ in range(TRIES):
        there = below(state.rng, month.own.shape[1])
        if month.own[profile, there] < month.own[profile, here]:
            return there
    return here


@inlined
def near(month: Month, state: State, here: int) -> Any:
    """Draw a slot a few before or after one; the same where there is none."""
    step = 1 + below(state.rng, FEW)
    there = here + (step if below(state.rng, 2) else -step)
    return there if 0 <= there < month.own.shape[1] else here


@inlined
def partner(month: Month, state: State, order: int, kind: int) -> Any:
    """Draw an order to exchange slots with; the order itself where none is found."""
    here = state.at[order]
    if kind == _MOVES:
        return month.free[below(state.rng, len(month.free))]
    if kind == _MOVES + 3:
        step = 1 + below(state.rng, NEAR)
        place = month.place[order] + (step if below(state.rng, 2) else -step)
        return month.by_due[place] if 0 <= place < len(month.by_due) else order
    there = cheaper_slot(month, state, order) if kind == _MOVES + 1 else near(month, state, here)
    if there == here or state.filled[there] == 0:
        return order
    return state.members[there, below(state.rng, state.filled[there])]


@inlined
def try_move(month: Month, state: State, order: int, kind: int, limit: float) -> float:
    """Move an order if the change is within the limit; return it, infinite if not made."""
    here, slots = state.at[order], month.own.shape[1]
    there = below(state.rng, slots) if kind == 0 else here
    if kind == 1:
        there = cheaper_slot(month, state, order)
    elif kind == 2:
        there = near(month, state, here)
    if there == state.at[order]:
        return np.inf
    change = move_change(month, state, order, there)
    if change > limit:
        return np.inf
    make_move(month, state, order, there)
    return change


@inlined
def try_swap(month: Month, state: State, order: int, kind: int, limit: float) -> float:
    """Exchange two orders if the change is within the limit; as :func:`try_move`."""
    other = partner(month, state, order, kind)
    here, there = state.at[order], state.at[other]
    if here == there:
        return np.inf
    change = swap_change(month, state, order, other)
    if change > limit:
        return np.inf
    make_move(month, state, order, there)
    make_move(month, state, other, here)
    return change


@lean
def walk(month: Month, state: State, shares: Floats, temperature: float, moves: int) -> None:
    """Try so many moves at one temperature; ``shares`` are the kinds' shares, summed up."""
    for _ in range(moves):
        draw, kind = share(state.rng), 0
        while draw > shares[kind]:
            kind += 1
        order = month.free[below(state.rng, len(month.free))]
        limit = -temperature * np.log(share(state.rng)) if temperature > 0.0 else 0.0
        state.tried[kind] += 1
        if kind < _MOVES:
            change = try_move(month, state, order, kind, limit)
        else:
            change = try_swap(month, state, order, kind, limit)
        if change <= limit:
            state.made[kind] += 1
            state.cost[0] += change


@lean
def fill(month: Month, state: State, sequence: Ints, weigh: bool) -> None:
    """Give each order of a sequence, all of them left out, the cheapest slot that has room.

    Without ``weigh`` the soft limits are not looked at: plain first come, first served.
    """
    for order in sequence:
        here = state.at[order]
        best, least = here, 0.0
        for there in range(month.own.shape[1] - 1):
            change = move_change(month, state, order, there)
            if not weigh and change < np.inf:
                profile = month.profile[order]
                change = month.own[profile, there] - month.own[profile, here]
            if change < least - EXACT:
                best, least = there, change
        if best != here:
            make_move(month, state, order, best)
