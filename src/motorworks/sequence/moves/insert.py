"""A car leaves its place and goes in elsewhere; the cars between move up by one.

Windows that lie wholly between only shift, so what they count moves with them; the sum changes by
the window at the one end that goes and that at the other end that comes. Each window over one of
the two places takes one car in and lets one go: counts of bits again. The change therefore costs
the same however far the car goes; only making the move takes longer.
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.bits import set_bit, shift_down, shift_up
from motorworks.engines.jit import inlined, lean
from motorworks.sequence.line import Line
from motorworks.sequence.rules import colours, ratios
from motorworks.sequence.state import State

Ints = NDArray[np.int32]


@inlined
def insert_change(line: Line, state: State, i: int, j: int, limit: float) -> float:
    """Change of cost if the car at i went to j, and the cars between moved up by one.

    Ends early, with any number above ``limit``, once it is certain that the change is above it.
    """
    seq = state.seq
    change: float = line.colour_weight * colour_change(line, seq, i, j)
    # windows on both sides and one between may each save what a swap may save at one place
    if change > limit + 3 * line.saves:
        return change
    for rule in range(len(line.ratio)):
        trait = ratios.has(line, seq[i], rule)
        if i < j:
            count = forward(line, state, rule, i, j, trait)
        else:
            count = backward(line, state, rule, j, i, trait)
        change += line.ratio[rule].weight * count
        if change > limit + 3 * line.ratio[rule].rest:
            return change
    return change


@inlined
def forward(line: Line, state: State, rule: int, i: int, j: int, trait: int) -> int:
    """Change in violations of a rule if the car at i went to j > i."""
    window = line.ratio[rule].window
    # over i, not j: the car goes, the next one after the window comes
    count = ratios.replaced(
        state.present, state.gain, state.lose, rule,
        max(i - window + 1, line.ratio[rule].begin), min(i, j - window), window, trait,
    )  # fmt: skip
    if j - window > i:  # between: each is as the next was
        count += ratios.cost_of_window(line, state.present, rule, j - window + 1)
        count -= ratios.cost_of_window(line, state.present, rule, i + 1)
    # over j, not i: its first car goes, the car comes
    return count + ratios.displaced(
        state.present, state.gain, state.lose, rule,
        max(i + 1, j - window + 1), min(j, line.ratio[rule].end), 0, trait,
    )  # fmt: skip


@inlined
def backward(line: Line, state: State, rule: int, i: int, j: int, trait: int) -> int:
    """Change in violations of a rule if the car at j went to i < j."""
    window = line.ratio[rule].window
    # over i, not j: its last car goes, the car comes
    count = ratios.displaced(
        state.present, state.gain, state.lose, rule,
        max(i - window + 1, line.ratio[rule].begin), min(i, j - window), window - 1, trait,
    )  # fmt: skip
    if j - window > i:  # between: each is as the one before was
        count += ratios.cost_of_window(line, state.present, rule, i)
        count -= ratios.cost_of_window(line, state.present, rule, j - window)
    # over j, not i: the car goes, the one before the window comes
    return count + ratios.replaced(
        state.present, state.gain, state.lose, rule,
        max(i + 1, j - window + 1), min(j, line.ratio[rule].end), -1, trait,
    )  # fmt: skip


@inlined
def colour_change(line: Line, seq: Ints, i: int, j: int) -> int:
    """Change in the number of colour changes if the car at i went to j."""
    car = seq[i]
    left, right = colours.at(line, seq, i - 1), colours.at(line, seq, i + 1)
    count = colours.seam(line, left, right)
    count -= colours.seam(line, left, car) + colours.seam(line, car, right)
    before, after = (j, j + 1) if i < j else (j - 1, j)
    left, right = colours.at(line, seq, before), colours.at(line, seq, after)
    count += colours.seam(line, left, car) + colours.seam(line, car, right)
    return count - colours.seam(line, left, right)


@inlined
def insert_fits(line: Line, seq: Ints, i: int, j: int) -> bool:
    """Whether no run is too long once the car at i has gone to j."""
    if not line.limited:
        return True
    joined = i if i < j else min(i + 1, line.cars - 1)
    return colours.fits_moved(line, seq, i, j, j) and colours.fits_moved(line, seq, i, j, joined)


@lean
def shifted(state: State, i: int, j: int) -> None:
    """Write the stretch from the one place to the other into ``state.scratch`` as it would be."""
    first, length = min(i, j), abs(i - j) + 1
    by = 1 if i < j else -1
    for step in range(length):
        position = first + step
        state.scratch[step] = state.seq[i] if position == j else state.seq[position + by]


@lean
def apply_insert(line: Line, state: State, i: int, j: int) -> None:
    """Make the car at i go to j; rows of bits are shifted, and only their ends counted anew."""
    first, last = min(i, j), max(i, j)
    for rule in range(len(line.ratio)):
        trait = ratios.has(line, state.seq[i], rule)
        inner = last - line.ratio[rule].window  # the last window between, if above first
        if i < j:
            shift_down(state.present, rule, first, last)
            shift_down(state.gain, rule, first + 1, inner + 1)
            shift_down(state.lose, rule, first + 1, inner + 1)
        else:
            shift_up(state.present, rule, first, last)
            shift_up(state.gain, rule, first, inner)
            shift_up(state.lose, rule, first, inner)
        set_bit(state.present, rule, j, trait)
        begin = first - line.ratio[rule].window + 1
        ratios.refresh(line, state.present, state.gain, state.lose, rule, begin, first)
        begin = max(first, inner) + 1
        ratios.refresh(line, state.present, state.gain, state.lose, rule, begin, last)
    car, by = state.seq[i], 1 if i < j else -1
    for position in range(i, j, by):
        state.seq[position] = state.seq[position + by]
    state.seq[j] = car
