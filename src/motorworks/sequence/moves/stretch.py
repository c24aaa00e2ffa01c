"""Moves that write a stretch anew: turn it round, shuffle it, exchange two blocks side by side.

Each writes into ``new`` what would come to stand from ``first`` on, and returns the length; what
it costs and how it is made is that of any stretch (:mod:`motorworks.sequence.moves.rewrite`).
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import inlined, lean
from motorworks.engines.random import Stream, below
from motorworks.sequence.line import Line
from motorworks.sequence.moves import pick
from motorworks.sequence.state import State

Ints = NDArray[np.int32]

MOST_TURNED, MOST_SHUFFLED, MOST_BLOCK, MOST_STRETCH = 30, 6, 12, 200
"""Most cars to turn round and to shuffle, of a block, and between the ends of two runs."""


@inlined
def reverse(seq: Ints, first: int, last: int, new: Ints) -> int:
    """Turn positions ``first`` to ``last`` round."""
    for step in range(last - first + 1):
        new[step] = seq[last - step]
    return last - first + 1


@inlined
def shuffle(seq: Ints, first: int, last: int, new: Ints, rng: Stream) -> int:
    """Shuffle positions ``first`` to ``last`` (R. Durstenfeld, https://doi.org/10.1145/364520.364540)."""
    length = last - first + 1
    for step in range(length):
        new[step] = seq[first + step]
    for step in range(length - 1, 0, -1):
        other = below(rng, step + 1)
        new[step], new[other] = new[other], new[step]
    return length


@inlined
def exchange(seq: Ints, a: int, a_end: int, b: int, b_end: int, new: Ints) -> int:
    """Exchange blocks ``a`` to ``a_end`` and ``b`` to ``b_end``, which comes after it."""
    at = 0
    for position in range(b, b_end + 1):
        new[at] = seq[position]
        at += 1
    for position in range(a_end + 1, b):
        new[at] = seq[position]
        at += 1
    for position in range(a, a_end + 1):
        new[at] = seq[position]
        at += 1
    return at


@lean
def draw_stretch(line: Line, state: State, rng: Stream, kind: int) -> tuple[int, int]:
    """Write a stretch to try into the state's scratch; its first position and its length."""
    seq, new = state.seq, state.scratch
    first = pick.anywhere(line, rng)
    if kind == 14:
        last = min(first + 1 + below(rng, MOST_TURNED), line.end - 1)
        return first, reverse(seq, first, last, new)
    if kind == 15:
        last = min(first + 1 + below(rng, MOST_SHUFFLED), line.end - 1)
        return first, shuffle(seq, first, last, new, rng)
    if kind == 16:
        return first, draw_blocks(line, seq, new, rng, first)
    first = pick.run_begin(line, seq, first)
    if kind == 17:
        return first, reverse(seq, first, pick.run_end(line, seq, first), new)
    return first, draw_runs(line, seq, new, rng, first)


@inlined
def draw_blocks(line: Line, seq: Ints, new: Ints, rng: Stream, first: int) -> int:
    """Exchange two blocks of any length side by side; the length, 0 where they do not fit in."""
    end = first + below(rng, MOST_BLOCK)
    second_end = end + 1 + below(rng, MOST_BLOCK)
    if second_end >= line.end:
        return 0
    return exchange(seq, first, end, end + 1, second_end, new)


@inlined
def draw_runs(line: Line, seq: Ints, new: Ints, rng: Stream, first: int) -> int:
    """Exchange a run of one colour with one of the next three; 0 where that would be too long."""
    end = pick.run_end(line, seq, first)
    second = end + 1
    if second >= line.end:
        return 0
    for _ in range(below(rng, 3)):
        beyond = pick.run_end(line, seq, second) + 1
        if beyond < line.end:
            second = beyond
    second_end = pick.run_end(line, seq, second)
    if second_end - first >= MOST_STRETCH:
        return 0
    return exchange(seq, first, end, second, second_end, new)
