"""Which positions a move tries: any, or such that it has a chance.

Each way draws at random; where it asks for a property (the same colour, a broken window), it draws
a few times and gives up, which is quicker than keeping lists of cars up to date.
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.bits import ones, read
from motorworks.engines.jit import inlined
from motorworks.engines.random import Stream, below
from motorworks.sequence.line import Line
from motorworks.sequence.state import State

Ints = NDArray[np.int32]

SPREAD = 16
"""How far apart positions that are called near may be."""

TRIES = 12
"""Draws for a car with a wanted property before a move is given up."""


@inlined
def anywhere(line: Line, rng: Stream) -> int:
    """Draw any position that may change."""
    return line.first + below(rng, line.cars - line.first)


@inlined
def near(line: Line, rng: Stream, position: int, most: int) -> int:
    """Draw another position at most so far away; itself at the ends."""
    step = 1 + below(rng, most)
    other = position + step if below(rng, 2) else position - step
    return other if line.first <= other < line.cars else position


@inlined
def same_colour(line: Line, seq: Ints, rng: Stream, position: int) -> int:
    """Draw a car of the same colour and another class; the position itself where none is found."""
    kind = seq[position]
    for _ in range(TRIES):
        other = anywhere(line, rng)
        if seq[other] != kind and line.colour[seq[other]] == line.colour[kind]:
            return other
    return position


@inlined
def same_group(line: Line, seq: Ints, rng: Stream, position: int) -> int:
    """Draw a car alike in what matters most, and of another class; else the position itself."""
    kind = seq[position]
    for _ in range(TRIES):
        other = anywhere(line, rng)
        if seq[other] != kind and line.group[seq[other]] == line.group[kind]:
            return other
    return position


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
            if line.first <= position < line.cars:
                return position
    return anywhere(line, rng)


@inlined
def run_begin(line: Line, seq: Ints, position: int) -> int:
    """First position of the run of one colour through a position."""
    colour = line.colour[seq[position]]
    while position > line.first and line.colour[seq[position - 1]] == colour:
        position -= 1
    return position


@inlined
def run_end(line: Line, seq: Ints, position: int) -> int:
    """Last position of the run of one colour through a position."""
    colour = line.colour[seq[position]]
    while position + 1 < line.cars and line.colour[seq[position + 1]] == colour:
        position += 1
    return position


@inlined
def at_seam(line: Line, seq: Ints, rng: Stream) -> int:
    """Draw a car at an end of a run of one colour."""
    position = anywhere(line, rng)
    return run_end(line, seq, position) if below(rng, 2) else run_begin(line, seq, position)


@inlined
def two_to_swap(line: Line, state: State, rng: Stream, kind: int) -> tuple[int, int]:
    """Draw two positions to swap, in the way of a kind of the walk."""
    seq = state.seq
    i = anywhere(line, rng)
    if kind == 0:
        return i, anywhere(line, rng)
    if kind == 1:
        return i, near(line, rng, i, SPREAD)
    if kind == 2:
        return i, same_colour(line, seq, rng, i)
    if kind == 3:
        return i, same_group(line, seq, rng, i)
    if kind == 4:
        return at_broken(line, state, rng), i
    i = at_seam(line, seq, rng)
    return i, same_group(line, seq, rng, i)


@inlined
def one_to_insert(line: Line, state: State, rng: Stream, kind: int) -> tuple[int, int]:
    """Draw a position, and another for its car to go to, in the way of a kind of the walk."""
    i = anywhere(line, rng)
    if kind == 6:
        return i, anywhere(line, rng)
    if kind == 7:
        return i, near(line, rng, i, SPREAD)
    if kind == 8:
        return i, same_colour(line, state.seq, rng, i)
    return at_broken(line, state, rng), i
