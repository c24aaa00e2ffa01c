"""Where the search stands: an order of classes and what its rules count. Changed in place."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.bits import words_for
from motorworks.engines.jit import lean
from motorworks.sequence.line import Line
from motorworks.sequence.rules import colours, ratios

Ints = NDArray[np.int32]
Words = NDArray[np.uint64]


class State(NamedTuple):
    """An order, and rows of bits that say at once what a move would change.

    Parameters
    ----------
    seq
        (cars,) class of each car, those of the day before first.
    present
        (rules, words) whether the car at a position has the trait of a rule.
    gain
        (rules, words) whether one car with the trait more in the window that begins there would
        cost one more.
    lose
        (rules, words) whether one less would cost one less.
    trial
        (rules, words) ``present`` as it would be after a move, in the words of its stretch.
    scratch
        (cars,) room for a stretch that is being rewritten.
    """

    seq: Ints
    present: Words
    gain: Words
    lose: Words
    trial: Words
    scratch: Ints


def new_state(line: Line, seq: Ints) -> State:
    """Count everything in an order of classes, the cars of the day before first."""
    widest = int(line.ratio["window"].max(initial=1))
    rows = np.zeros((len(line.ratio), words_for(line.cars + widest + 64)), dtype=np.uint64)
    state = State(seq.copy(), rows, rows.copy(), rows.copy(), rows.copy(), np.zeros_like(seq))
    recount(line, state)
    return state


@lean
def recount(line: Line, state: State) -> None:
    """Count everything anew in the order ``state.seq``."""
    for rule in range(len(line.ratio)):
        ratios.recount(line, state.present, state.gain, state.lose, state.seq, rule)


@lean
def total(line: Line, state: State) -> float:
    """Cost of the order, counted from scratch."""
    cost = line.colour_weight * colours.changes(line, state.seq)
    for rule in range(len(line.ratio)):
        cost += line.ratio[rule].weight * ratios.violations(line, state.present, rule)
    return cost
