"""A stretch of the order is written anew: what reversals, shuffles and block moves share.

``new[:length]`` holds the classes that come to stand at positions from ``first`` on, a permutation
of those that stand there. Their traits are laid out as bits beside those that stand there now; a
rule whose bits are the same is passed over. For the others each window from one window before the
stretch on is looked at: where it would hold one car with the trait more or less than now, its
change is known from the state's bits, and only where it would be more its cars are counted.
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.bits import ALL, has_bit, ones, ones_from
from motorworks.engines.jit import inlined, lean
from motorworks.sequence.line import Line
from motorworks.sequence.rules import colours, ratios
from motorworks.sequence.state import State

Ints = NDArray[np.int32]

NONE = np.uint64(0)
ONE = np.uint64(1)


@lean
def rewrite_change(
    line: Line, state: State, first: int, new: Ints, length: int, limit: float
) -> float:
    """Change of cost if positions from ``first`` on got the classes ``new[:length]``.

    Ends early, with any number above ``limit``, once it is certain that the change is above it.
    """
    changes = colours.rewrite_changes(line, state.seq, first, new, length)
    change: float = line.colour_weight * changes
    # each car of the stretch is in as many windows as one is long
    if change > limit + length * line.saves:
        return change
    lay_out(line, state, first, new, length)
    for rule in range(len(line.ratio)):
        change += line.ratio[rule].weight * rule_change(line, state, rule, first, length)
        if change > limit + length * line.ratio[rule].rest:
            return change
    return change


@inlined
def lay_out(line: Line, state: State, first: int, new: Ints, length: int) -> None:
    """Write the traits of the stretch as it would be into ``state.trial``."""
    word, end = first >> 6, (first + length - 1) >> 6
    head = ~(ALL << np.uint64(first & 63))
    tail = ~(ALL >> np.uint64(63 - ((first + length - 1) & 63)))
    for rule in range(len(line.ratio)):
        for place in range(word, end + 1):
            kept = NONE
            if place == word:
                kept |= head
            if place == end:
                kept |= tail
            state.trial[rule, place] = state.present[rule, place] & kept
    for step in range(length):
        place, mask = (first + step) >> 6, ONE << np.uint64((first + step) & 63)
        for block in range(line.rules.shape[1]):
            traits = line.rules[new[step], block]
            while traits != NONE:
                bit = traits & (~traits + ONE)
                traits ^= bit
                state.trial[64 * block + ones(bit - ONE), place] |= mask


@inlined
def first_changed(state: State, rule: int, first: int, last: int) -> int:
    """First position of a stretch where a rule's trait comes or goes; beyond ``last`` if none."""
    for word in range(first >> 6, (last >> 6) + 1):
        differ = state.trial[rule, word] ^ state.present[rule, word]
        if differ != NONE:
            return 64 * word + ones((differ & (~differ + ONE)) - ONE)
    return last + 1


@inlined
def more_at(state: State, rule: int, position: int) -> int:
    """1 where a car with the trait comes to a position, -1 where one goes, else 0."""
    return has_bit(state.trial, rule, position) - has_bit(state.present, rule, position)


@inlined
def rule_change(line: Line, state: State, rule: int, first: int, length: int) -> int:
    """Change in violations of one rule; the stretch has been laid out."""
    last = first + length - 1
    low = first_changed(state, rule, first, last)
    if low > last:
        return 0
    window = line.ratio[rule].window
    begin, end = max(low - window + 1, line.ratio[rule].begin), min(last, line.ratio[rule].end)
    more = 0  # cars with the trait that the window would have more than it has
    for position in range(max(low, begin), min(last + 1, begin + window)):
        more += more_at(state, rule, position)
    total = 0
    for at in range(begin, end + 1):
        if more == 1:
            total += has_bit(state.gain, rule, at)
        elif more == -1:
            total -= has_bit(state.lose, rule, at)
        elif more != 0:
            total += recounted(line, state, rule, at, more)
        if low <= at <= last:
            more -= more_at(state, rule, at)
        if low <= at + window <= last:
            more += more_at(state, rule, at + window)
    return total


@inlined
def recounted(line: Line, state: State, rule: int, begin: int, more: int) -> int:
    """Change of a window that gets several cars with the trait more, or fewer."""
    window, most = line.ratio[rule].window, line.ratio[rule].most
    over: int = ones_from(state.present, rule, begin, window) - most
    if line.ratio[rule].once:
        return int(over + more > 0) - int(over > 0)
    return max(over + more, 0) - max(over, 0)


@lean
def rewrite_fits(line: Line, seq: Ints, first: int, new: Ints, length: int) -> bool:
    """Whether no run is too long once positions from ``first`` on have ``new[:length]``."""
    return not line.limited or colours.rewritten_fits(line, seq, first, new, length)


@lean
def apply_rewrite(line: Line, state: State, first: int, new: Ints, length: int) -> None:
    """Write ``new[:length]`` at positions from ``first`` on; its change was told just before."""
    last = first + length - 1
    for rule in range(len(line.ratio)):
        low = first_changed(state, rule, first, last)
        if low > last:
            continue
        for word in range(first >> 6, (last >> 6) + 1):
            state.present[rule, word] = state.trial[rule, word]
        begin = low - line.ratio[rule].window + 1
        ratios.refresh(line, state.present, state.gain, state.lose, rule, begin, last)
    for step in range(length):
        state.seq[first + step] = new[step]
