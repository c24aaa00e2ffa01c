"""Two cars change places.

Only the windows that hold one of the two count, and only for rules of which one of the two cars has
the trait. For each such rule two counts of bits give the change.
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.bits import ones, set_bit
from motorworks.engines.jit import inlined
from motorworks.sequence.line import Line
from motorworks.sequence.rules import colours, ratios
from motorworks.sequence.state import State

Ints = NDArray[np.int32]

NONE = np.uint64(0)
ONE = np.uint64(1)


@inlined
def swap_change(line: Line, state: State, i: int, j: int, limit: float) -> float:
    """Change of cost if the cars at positions i < j changed places.

    Ends early, with any number above ``limit``, once it is certain that the change is above it.
    """
    seq = state.seq
    a, b = seq[i], seq[j]
    change: float = line.colour_weight * colour_change(line, seq, i, j)
    if change > limit + line.saves:
        return change
    for word in range(line.rules.shape[1]):
        differ = line.rules[a, word] ^ line.rules[b, word]
        while differ != NONE:
            bit = differ & (~differ + ONE)
            rule = 64 * word + ones(bit - ONE)
            differ ^= bit
            window = line.ratio[rule].window
            to_right = (line.rules[a, word] & bit) != NONE
            count = ratios.carried(state.gain, state.lose, rule, window, i, j, to_right)
            change += line.ratio[rule].weight * count
            if change > limit + line.ratio[rule].rest:
                return change
    return change


@inlined
def colour_change(line: Line, seq: Ints, i: int, j: int) -> int:
    """Change in the number of colour changes if the cars at i < j changed places."""
    a, b = seq[i], seq[j]
    if line.colour[a] == line.colour[b]:
        return 0
    left, right = colours.at(line, seq, i - 1), colours.at(line, seq, j + 1)
    count = colours.seam(line, left, b) - colours.seam(line, left, a)
    count += colours.seam(line, a, right) - colours.seam(line, b, right)
    if j > i + 1:
        after, before = seq[i + 1], seq[j - 1]
        count += colours.seam(line, b, after) - colours.seam(line, a, after)
        count += colours.seam(line, before, a) - colours.seam(line, before, b)
    return count


@inlined
def swap_fits(line: Line, seq: Ints, i: int, j: int) -> bool:
    """Whether no run is too long once the cars at i < j have changed places."""
    if not line.limited or line.colour[seq[i]] == line.colour[seq[j]]:
        return True
    seq[i], seq[j] = seq[j], seq[i]
    fits = colours.fits_at(line, seq, i) and colours.fits_at(line, seq, j)
    seq[i], seq[j] = seq[j], seq[i]
    return fits


@inlined
def apply_swap(line: Line, state: State, i: int, j: int) -> None:
    """Make the cars at positions i < j change places."""
    seq = state.seq
    a, b = seq[i], seq[j]
    seq[i], seq[j] = b, a
    for word in range(line.rules.shape[1]):
        differ = line.rules[a, word] ^ line.rules[b, word]
        while differ != NONE:
            bit = differ & (~differ + ONE)
            rule = 64 * word + ones(bit - ONE)
            differ ^= bit
            window = line.ratio[rule].window
            set_bit(state.present, rule, i, ratios.has(line, b, rule))
            set_bit(state.present, rule, j, ratios.has(line, a, rule))
            ratios.refresh(
                line,
                state.present,
                state.gain,
                state.lose,
                rule,
                i - window + 1,
                min(i, j - window),
            )
            ratios.refresh(
                line, state.present, state.gain, state.lose, rule, max(i + 1, j - window + 1), j
            )
