"""Which positions a move tries: any, or such that it has a chance.

Each way draws at random. Like cars are drawn from lists (:mod:`motorworks.sequence.peers`); for a
broken window a few are drawn and then the move is given up, which is quicker than keeping a list.
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.bits import ones, read
from motorworks.engines.jit import inlined
from motorworks.engines.random import Stream, below
from motorworks.sequence.line import Line
from motorworks.sequence.peers import (
    COLOUR,
    HEAVIEST,
    TRAITS,
    Peers,
    like,
    like_in_colour,
)
from motorworks.sequence.rules import colours
from motorworks.sequence.state import State

Ints = NDArray[np.int32]

SPREAD = 16
"""How far apart positions that are called near may be."""

TRIES = 12
"""Draws for a broken window before any position is taken, and for another end of a run."""


@inlined
def anywhere(line: Line, rng: Stream) -> int:
    """Draw any position that may change."""
    return line.first + below(rng, line.end - line.first)


@inlined
def near(line: Line, rng: Stream, position: int, most: int) -> int:
    """Draw another position at most so far away; itself at the ends."""
    step = 1 + below(rng, most)
    other = position + step if below(rng, 2) else position - step
    return other if line.first <= other < line.end else position


@inlined
def at_broken(line: Line, state: State, rng: Stream) -> int:
    """Draw a position in a broken window of a rule; any position where none is found soon."""
    if len(line.ratio) == 0:
        return anywhere(line, rng)
    rule = below(rng, len(line.ratio))
    for _ in range(TRIES):
        start = below(rng, line.cars)
        broken = read(state.lose, rule, start)
        if broken != np.uint64(0):
            bit = broken & (~broken + np.uint64(1))
            position = start + ones(bit - np.uint64(1)) + below(rng, line.ratio[rule].window)
            if line.first <= position < line.end:
                return position
    return anywhere(line, rng)


@inlined
def run_begin(line: Line, seq: Ints, position: int) -> int:
    """First position of the run of one colour through a position, of those that may change."""
    colour = line.colour[seq[position]]
    while position > line.first and line.colour[seq[position - 1]] == colour:
        position -= 1
    return position


@inlined
def run_end(line: Line, seq: Ints, position: int) -> int:
    """Last position of the run of one colour through a position, of those that may change."""
    colour = line.colour[seq[position]]
    while position + 1 < line.end and line.colour[seq[position + 1]] == colour:
        position += 1
    return position


@inlined
def at_seam(line: Line, seq: Ints, rng: Stream) -> int:
    """Draw a car at an end of a run of one colour."""
    position = anywhere(line, rng)
    return run_end(line, seq, position) if below(rng, 2) else run_begin(line, seq, position)


@inlined
def to_join(line: Line, seq: Ints, peers: Peers, rng: Stream, way: int) -> tuple[int, int]:
    """Draw a car beside one of another colour, and one of that colour alike in its traits."""
    i, beside = two_at_seam(line, seq, rng)
    if beside < 0:
        return i, i
    return i, like_in_colour(seq, peers, rng, way, i, line.colour[beside])


@inlined
def two_at_seam(line: Line, seq: Ints, rng: Stream) -> tuple[int, int]:
    """Draw a car at an end of a run, and the class beside it; that is -1 where there is none."""
    i = at_seam(line, seq, rng)
    side = 1 if below(rng, 2) else -1
    for _ in range(2):
        beside = colours.at(line, seq, i + side)
        if colours.seam(line, seq[i], beside):
            return i, beside
        side = -side
    return i, -1


@inlined
def two_ends(line: Line, seq: Ints, peers: Peers, rng: Stream) -> tuple[int, int]:
    """Draw a car beside one of another colour, and one of that beside one of the first's colour.

    In each colour one run gains a car that another loses, until that one is gone. Both cars are
    alike in their traits of the heaviest rules.
    """
    i, beside = two_at_seam(line, seq, rng)
    if beside < 0:
        return i, i
    for _ in range(TRIES):
        j = like_in_colour(seq, peers, rng, HEAVIEST, i, line.colour[beside])
        if beside_colour(line, seq, j, i):
            return i, j
    return i, i


@inlined
def beside_colour(line: Line, seq: Ints, j: int, i: int) -> bool:
    """Whether the car at j stands beside one of the colour of that at i, and not that one."""
    before, after = colours.at(line, seq, j - 1), colours.at(line, seq, j + 1)
    colour = line.colour[seq[i]]
    return (before >= 0 and j - 1 != i and line.colour[before] == colour) or (
        after >= 0 and j + 1 != i and line.colour[after] == colour
    )


@inlined
def two_to_swap(line: Line, state: State, peers: Peers, rng: Stream, kind: int) -> tuple[int, int]:
    """Draw two positions to swap, in the way of a kind of the walk."""
    seq = state.seq
    if kind == 7:
        return to_join(line, seq, peers, rng, HEAVIEST)
    if kind == 8:
        return to_join(line, seq, peers, rng, TRAITS)
    if kind == 9:
        return two_ends(line, seq, peers, rng)
    i = anywhere(line, rng)
    if kind == 0:
        return i, anywhere(line, rng)
    if kind == 1:
        return i, near(line, rng, i, SPREAD)
    if kind == 2:
        return at_broken(line, state, rng), i
    return i, like(seq, peers, rng, COLOUR + kind - 3, i)


@inlined
def one_to_insert(
    line: Line, state: State, peers: Peers, rng: Stream, kind: int
) -> tuple[int, int]:
    """Draw a position, and another for its car to go to, in the way of a kind of the walk."""
    i = anywhere(line, rng)
    if kind == 10:
        return i, anywhere(line, rng)
    if kind == 11:
        return i, near(line, rng, i, SPREAD)
    if kind == 12:
        return i, like(state.seq, peers, rng, COLOUR, i)
    return at_broken(line, state, rng), i
