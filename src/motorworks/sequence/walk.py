"""The walk: try a move, make it if it is not too dear, keep the best order met.

A move is made when its change of cost is at most -T ln(u), u drawn evenly from 0 to 1: simulated
annealing at temperature T (S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi,
https://doi.org/10.1126/science.220.4598.671). The bar is drawn before the move is weighed, so that
weighing ends as soon as it is certain to be missed. At T = 0 moves that cost nothing are made: a
walk among orders of equal cost.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import inlined, inner, lean
from motorworks.engines.random import Stream, share
from motorworks.sequence.kinds import INSERTS, KINDS, STRETCHES, SWAPS
from motorworks.sequence.line import Line
from motorworks.sequence.moves import double, pick, stretch
from motorworks.sequence.moves.insert import apply_insert, insert_change, insert_fits, shifted
from motorworks.sequence.moves.planner import (
    others_of_rewrite,
    others_of_swap,
    others_rewritten,
    others_swapped,
)
from motorworks.sequence.moves.rewrite import apply_rewrite, rewrite_change, rewrite_fits
from motorworks.sequence.moves.swap import apply_swap, swap_change, swap_fits
from motorworks.sequence.peers import Peers, new_peers, relist, traded
from motorworks.sequence.rules.others import Others, Tally, fresh_tally
from motorworks.sequence.rules.others import recount as recount_others
from motorworks.sequence.rules.others import total as total_of_others
from motorworks.sequence.state import State, new_state, recount, total

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


class Walk(NamedTuple):
    """What a walk changes besides its state.

    Parameters
    ----------
    rng
        Its random numbers.
    cost
        (2,) cost of the order it stands at, and of the best it met.
    best
        (cars,) the best order of classes it met.
    tried, made
        (kinds,) moves weighed and made.
    tally
        What the planner's other rules count in the order it stands at.
    peers
        Where the cars of each class stand, and which are alike.
    """

    rng: Stream
    cost: Floats
    best: Ints
    tried: Counts
    made: Counts
    tally: Tally
    peers: Peers


class Walker(NamedTuple):
    """A walk and the state that it changes."""

    state: State
    walk: Walk


def new_walker(line: Line, rules: Others, first: Ints, rng: Stream) -> Walker:
    """Begin a walk at an order of classes."""
    counts, kinds = np.zeros(len(KINDS), dtype=np.int64), len(KINDS)
    walker = Walker(
        new_state(line, first),
        Walk(
            rng,
            np.full(2, np.inf),
            first.copy(),
            counts,
            np.zeros(kinds, dtype=np.int64),
            fresh_tally(rules, first, line.before),
            new_peers(line, first),
        ),
    )
    put_at(line, rules, walker, first)
    return walker


def put_at(line: Line, rules: Others, walker: Walker, seq: Ints) -> None:
    """Let a walk go on from an order, which is its best from then on."""
    state, here = walker
    state.seq[:] = seq
    here.best[:] = seq
    recount(line, state)
    relist(seq, here.peers, line.first, line.end - 1)
    cost = total(line, state)
    if rules.active:
        recount_others(rules, here.tally, seq, line.before)
        cost += total_of_others(rules, here.tally)
    here.cost[:] = cost


@lean
def walk(
    line: Line,
    state: State,
    rules: Others | None,
    here: Walk,
    shares: Floats,
    temperature: float,
    moves: int,
) -> None:
    """Try so many moves at one temperature; ``shares`` are the kinds' shares, summed up.

    ``rules`` is None where the planner has none: what is never called is not even compiled then.
    """
    rng, cost = here.rng, here.cost
    for _ in range(moves):
        draw = share(rng)
        kind = 0
        while draw > shares[kind]:
            kind += 1
        limit = -temperature * np.log(share(rng)) if temperature > 0.0 else 0.0
        here.tried[kind] += 1
        if kind < SWAPS:
            change = try_swap(line, state, rules, here, kind, limit)
        elif kind < INSERTS:
            change = try_insert(line, state, rules, here, kind, limit)
        elif kind < STRETCHES:
            change = try_stretch(line, state, rules, here, kind, limit)
        else:
            change = try_double(line, state, rules, here, limit)
        if change <= limit:
            here.made[kind] += 1
            cost[0] += change
            if cost[0] < cost[1]:
                cost[1] = cost[0]
                for position in range(line.cars):
                    here.best[position] = state.seq[position]


@inlined
def try_swap(
    line: Line, state: State, rules: Others | None, here: Walk, kind: int, limit: float
) -> float:
    """Make a swap if its change is within the limit; return the change, infinite if not made."""
    i, j = pick.two_to_swap(line, state, here.peers, here.rng, kind)
    if state.seq[i] == state.seq[j]:
        return np.inf
    if i > j:
        i, j = j, i
    change = weigh_swap(line, state, rules, here, i, j, limit)
    if change > limit or not swap_fits(line, state.seq, i, j):
        return np.inf
    make_swap(line, state, rules, here, i, j)
    return change


@inlined
def weigh_swap(
    line: Line, state: State, rules: Others | None, here: Walk, i: int, j: int, limit: float
) -> float:
    """Change of cost if the cars at i < j changed places; exact up to the limit."""
    change = 0.0
    if rules is not None:
        change = others_of_swap(line, state, rules, here.tally, i, j)
    return change + swap_change(line, state, i, j, limit - change)


@inner
def make_swap(line: Line, state: State, rules: Others | None, here: Walk, i: int, j: int) -> None:
    """Make the cars at i < j change places, and take note of it wherever it matters."""
    apply_swap(line, state, i, j)
    traded(here.peers, i, j)
    if rules is not None:
        others_swapped(line, state, rules, here.tally, i, j)


@inner
def try_double(line: Line, state: State, rules: Others | None, here: Walk, limit: float) -> float:
    """Make two swaps if their change is within the limit, or the first alone; as the others."""
    seq, rng = state.seq, here.rng
    i, j = double.two_sharing(line, here.peers, rng)
    if seq[i] == seq[j] or not swap_fits(line, seq, i, j):
        return np.inf
    change = weigh_swap(line, state, rules, here, i, j, np.inf)
    rule = double.hurt_most(line, state, i, j) if change > limit else -1
    if change > limit and rule < 0:
        return np.inf
    make_swap(line, state, rules, here, i, j)
    if change <= limit:
        return change
    for _ in range(double.TRIES):
        a, b = double.second(line, state, rng, rule, i, j)
        if seq[a] == seq[b]:
            continue
        both = change + weigh_swap(line, state, rules, here, a, b, limit - change)
        if both <= limit and swap_fits(line, seq, a, b):
            make_swap(line, state, rules, here, a, b)
            return both
    make_swap(line, state, rules, here, i, j)
    return np.inf


@inlined
def try_insert(
    line: Line, state: State, rules: Others | None, here: Walk, kind: int, limit: float
) -> float:
    """Make an insertion if its change is within the limit; as :func:`try_swap`."""
    i, j = pick.one_to_insert(line, state, here.peers, here.rng, kind)
    if i == j:
        return np.inf
    change, first, length = 0.0, min(i, j), abs(i - j) + 1
    if rules is not None:
        shifted(state, i, j)
        change = others_of_rewrite(line, state, rules, here.tally, first, length)
    change += insert_change(line, state, i, j, limit - change)
    if change > limit or not insert_fits(line, state.seq, i, j):
        return np.inf
    apply_insert(line, state, i, j)
    relist(state.seq, here.peers, first, first + length - 1)
    if rules is not None:
        others_rewritten(line, state, rules, here.tally, first, length)
    return change


@inlined
def try_stretch(
    line: Line, state: State, rules: Others | None, here: Walk, kind: int, limit: float
) -> float:
    """Write a stretch anew if its change is within the limit; as :func:`try_swap`."""
    first, length = stretch.draw_stretch(line, state, here.rng, kind)
    if length < 2:
        return np.inf
    change = 0.0
    if rules is not None:
        change = others_of_rewrite(line, state, rules, here.tally, first, length)
    change += rewrite_change(line, state, first, state.scratch, length, limit - change)
    if change > limit or not rewrite_fits(line, state.seq, first, state.scratch, length):
        return np.inf
    apply_rewrite(line, state, first, state.scratch, length)
    relist(state.seq, here.peers, first, first + length - 1)
    if rules is not None:
        others_rewritten(line, state, rules, here.tally, first, length)
    return change
