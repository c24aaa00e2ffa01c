"""What the planner's other rules say of a move; compiled once, and called only where there are any.

The moves themselves know ratios and colours alone. Other rules need many arrays, which would make
every kernel larger, and most days have few of them.
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import inner, lean
from motorworks.sequence.line import Line
from motorworks.sequence.rules import others
from motorworks.sequence.rules.others import Others, Tally
from motorworks.sequence.state import State

Ints = NDArray[np.int32]


@lean
def others_of_swap(line: Line, state: State, rules: Others, tally: Tally, i: int, j: int) -> float:
    """Change of cost if the cars at positions i < j changed places."""
    return others.swap_change(
        rules, tally, state.seq, line.before, i - line.before, j - line.before
    )


@inner
def others_of_rewrite(
    line: Line, state: State, rules: Others, tally: Tally, first: int, length: int
) -> float:
    """Change of cost if positions from ``first`` on got the classes in the state's scratch."""
    return others.rewrite_change(
        rules, tally, state.seq, line.before, first - line.before, state.scratch, length
    )


@inner
def others_swapped(line: Line, state: State, rules: Others, tally: Tally, i: int, j: int) -> None:
    """Take note that the cars at positions i < j have changed places."""
    others.swapped(rules, tally, state.seq, line.before, i - line.before, j - line.before)


@inner
def others_rewritten(
    line: Line, state: State, rules: Others, tally: Tally, first: int, length: int
) -> None:
    """Take note that ``length`` positions from ``first`` on have been written anew."""
    others.rewritten(rules, tally, state.seq, line.before, first - line.before, length)
