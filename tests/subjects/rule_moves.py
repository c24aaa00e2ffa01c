"""Doors for tests to the kernels that weigh moves by the planner's rules."""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import lean
from motorworks.sequence.rules import others
from motorworks.sequence.rules.others import Others, Tally

Ints = NDArray[np.int32]


@lean
def swap(rules: Others, tally: Tally, seq: Ints, h: int, i: int, j: int) -> float:
    """Change of cost if two classes were exchanged; then exchange them."""
    change = others.swap_change(rules, tally, seq, h, i, j)
    seq[h + i], seq[h + j] = seq[h + j], seq[h + i]
    others.swapped(rules, tally, seq, h, i, j)
    return change


@lean
def rewrite(rules: Others, tally: Tally, seq: Ints, h: int, first: int, new: Ints) -> float:
    """Change of cost if a stretch got other classes; then give it these."""
    change = others.rewrite_change(rules, tally, seq, h, first, new, len(new))
    for at in range(len(new)):
        seq[h + first + at] = new[at]
    others.rewritten(rules, tally, seq, h, first, len(new))
    return change
