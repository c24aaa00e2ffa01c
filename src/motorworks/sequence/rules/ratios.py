"""Ratio rules: at most so many cars with a trait in any window, counted by bits.

cost of rule r = weight(r) x sum over windows of max(0, cars with the trait - most)

or, where a window counts once, the windows with too many. For each rule there are three rows of
bits: ``present`` (the car has the trait), and, by the beginning of a window, ``gain`` (one more
would cost one more) and ``lose`` (one less would cost one less). A car that enters or leaves a
window changes its cost by 0 or 1, so the change of a move is a count of bits: 64 windows at a time,
whatever their length and wherever the cars stand.
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.bits import has_bit, lowest, ones, ones_from, read
from motorworks.engines.jit import inlined, lean
from motorworks.sequence.line import Line

Ints = NDArray[np.int32]
Words = NDArray[np.uint64]

NONE = np.uint64(0)
ONE = np.uint64(1)


@inlined
def has(line: Line, kind: int, rule: int) -> int:
    """Whether cars of a class have the trait of a rule (1 or 0)."""
    return has_bit(line.rules, kind, rule)


@inlined
def cost_of_window(line: Line, present: Words, rule: int, begin: int) -> int:
    """What the window that begins there counts."""
    over: int = ones_from(present, rule, begin, line.ratio[rule].window) - line.ratio[rule].most
    if line.ratio[rule].once:
        return 1 if over > 0 else 0
    return max(over, 0)


@lean
def violations(line: Line, present: Words, rule: int) -> int:
    """Violations of a rule, counted from scratch."""
    total = 0
    for begin in range(line.ratio[rule].begin, line.ratio[rule].end + 1):
        total += cost_of_window(line, present, rule, begin)
    return total


@lean
def recount(line: Line, present: Words, gain: Words, lose: Words, seq: Ints, rule: int) -> None:
    """Write the three rows of a rule anew for a whole order."""
    present[rule, :] = NONE
    gain[rule, :] = NONE
    lose[rule, :] = NONE
    for position in range(len(seq)):
        if has(line, seq[position], rule):
            present[rule, position >> 6] |= ONE << np.uint64(position & 63)
    refresh(line, present, gain, lose, rule, line.ratio[rule].begin, line.ratio[rule].end)


@lean
def refresh(
    line: Line, present: Words, gain: Words, lose: Words, rule: int, first: int, last: int
) -> None:
    """Work out ``gain`` and ``lose`` of the windows that begin at ``first`` to ``last``."""
    first, last = max(first, line.ratio[rule].begin), min(last, line.ratio[rule].end)
    if first > last:
        return
    window, most, once = line.ratio[rule].window, line.ratio[rule].most, line.ratio[rule].once
    count = ones_from(present, rule, first, window)
    word = first >> 6
    dear, cheap = gain[rule, word], lose[rule, word]
    for begin in range(first, last + 1):
        if begin >> 6 != word:
            gain[rule, word], lose[rule, word] = dear, cheap
            word = begin >> 6
            dear, cheap = gain[rule, word], lose[rule, word]
        shift = np.uint64(begin & 63)
        costs = count == most if once else count >= most
        saves = count == most + 1 if once else count > most
        dear = (dear & ~(ONE << shift)) | (np.uint64(costs) << shift)
        cheap = (cheap & ~(ONE << shift)) | (np.uint64(saves) << shift)
        count += has_bit(present, rule, begin + window) - has_bit(present, rule, begin)
    gain[rule, word], lose[rule, word] = dear, cheap


@inlined
def entering(gain: Words, lose: Words, rule: int, first: int, last: int, enters: bool) -> int:
    """Change when a car with the trait enters (or leaves) windows beginning first to last."""
    if enters:
        return ones_from(gain, rule, first, last - first + 1)
    return -ones_from(lose, rule, first, last - first + 1)


@inlined
def carried(
    gain: Words, lose: Words, rule: int, window: int, i: int, j: int, to_right: bool
) -> int:
    """Change when the trait goes from position i to j > i (``to_right``), or from j to i."""
    near = max(i - window + 1, 0)  # windows with i but not j
    near_end = min(i, j - window)
    far = max(j - window + 1, i + 1)  # windows with j but not i
    count: int = entering(gain, lose, rule, near, near_end, not to_right)
    count += entering(gain, lose, rule, far, j, to_right)
    return count


@inlined
def replaced(
    present: Words, gain: Words, lose: Words, rule: int, first: int, last: int, by: int, out: int
) -> int:
    """Change when windows beginning first to last take one car in and let one go.

    The car at ``begin + by`` is taken in by the window at ``begin``; ``out`` says whether the car
    that goes, the same one for all windows, has the trait (1 or 0).
    """
    total = 0
    for begin in range(first, last + 1, 64):
        some = lowest(min(64, last - begin + 1))
        coming = read(present, rule, begin + by)
        if out:
            total -= ones(read(lose, rule, begin) & ~coming & some)
        else:
            total += ones(read(gain, rule, begin) & coming & some)
    return total


@inlined
def displaced(
    present: Words, gain: Words, lose: Words, rule: int, first: int, last: int, by: int, into: int
) -> int:
    """Change when windows beginning first to last let one car go and take one in.

    The car at ``begin + by`` goes out of the window at ``begin``; ``into`` says whether the car
    that comes, the same one for all windows, has the trait (1 or 0).
    """
    total = 0
    for begin in range(first, last + 1, 64):
        some = lowest(min(64, last - begin + 1))
        going = read(present, rule, begin + by)
        if into:
            total += ones(read(gain, rule, begin) & ~going & some)
        else:
            total -= ones(read(lose, rule, begin) & going & some)
    return total
