"""A stretch of the order is written anew: what reversals, shuffles and block moves share.

``new[:length]`` holds the classes that come to stand at positions from ``first`` on, a permutation
of those that stand there. The change is counted window by window over the stretch and one window
before it: steps as many as its cars and one window, for each rule of which anything moves.
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.bits import has_bit, ones_from, set_bit
from motorworks.engines.jit import lean
from motorworks.sequence.line import Line
from motorworks.sequence.rules import colours, ratios
from motorworks.sequence.state import State

Ints = NDArray[np.int32]


@lean
def rewrite_change(
    line: Line, state: State, first: int, new: Ints, length: int, limit: float
) -> float:
    """Change of cost if positions from ``first`` on got the classes ``new[:length]``.

    Ends early, with any number above ``limit``, once it is certain that the change is above it.
    """
    seq = state.seq
    change: float = line.colour_weight * colours.rewrite_changes(line, seq, first, new, length)
    for rule in range(len(line.ratio)):
        change += line.ratio[rule].weight * rule_change(line, state, rule, first, new, length)
        # each car of the stretch is in as many windows as one is long
        if change > limit + length * line.ratio[rule].rest:
            return change
    return change


@lean
def rule_change(line: Line, state: State, rule: int, first: int, new: Ints, length: int) -> int:
    """Change in violations of one rule."""
    start, end = 0, length
    while start < end and ratios.has(line, new[start], rule) == has_bit(
        state.present, rule, first + start
    ):
        start += 1
    while start < end and ratios.has(line, new[end - 1], rule) == has_bit(
        state.present, rule, first + end - 1
    ):
        end -= 1
    if start == end:
        return 0
    window, most, once = line.ratio[rule].window, line.ratio[rule].most, line.ratio[rule].once
    begin = max(first + start - window + 1, line.ratio[rule].begin)
    last = min(first + end - 1, line.ratio[rule].end)
    count = ones_from(state.present, rule, begin, window)
    more = 0  # cars with the trait that the window has more than it had
    for step in range(max(start, begin - first), min(end, begin + window - first)):
        more += ratios.has(line, new[step], rule) - has_bit(state.present, rule, first + step)
    total = 0
    for at in range(begin, last + 1):
        if more != 0:
            if once:
                total += (count + more > most) - (count > most)
            else:
                total += max(count + more - most, 0) - max(count - most, 0)
        count += has_bit(state.present, rule, at + window) - has_bit(state.present, rule, at)
        out, into = at - first, at + window - first
        if start <= out < end:
            more -= ratios.has(line, new[out], rule) - has_bit(state.present, rule, at)
        if start <= into < end:
            more += ratios.has(line, new[into], rule) - has_bit(state.present, rule, at + window)
    return total


@lean
def rewrite_fits(line: Line, seq: Ints, first: int, new: Ints, length: int) -> bool:
    """Whether no run is too long once positions from ``first`` on have ``new[:length]``."""
    return not line.limited or colours.rewritten_fits(line, seq, first, new, length)


@lean
def apply_rewrite(line: Line, state: State, first: int, new: Ints, length: int) -> None:
    """Write the classes ``new[:length]`` at positions from ``first`` on."""
    seq = state.seq
    for rule in range(len(line.ratio)):
        low, high = length, -1
        for step in range(length):
            trait = ratios.has(line, new[step], rule)
            if trait != has_bit(state.present, rule, first + step):
                set_bit(state.present, rule, first + step, trait)
                low, high = min(low, step), step
        if high >= 0:
            begin = first + low - line.ratio[rule].window + 1
            ratios.refresh(line, state.present, state.gain, state.lose, rule, begin, first + high)
    for step in range(length):
        seq[first + step] = new[step]
