"""All rules of the planner but ratios and colours, joined: one call for the walk.

The walk asks what a move would change (:func:`swap_change`, :func:`rewrite_change`), makes it in
its sequence, and then tells so (:func:`swapped`, :func:`rewritten`). Positions count from 0 in the
day; ``seq`` holds the class of each car, the ``h`` cars of the day before first.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.engines.jit import jit
from motorworks.sequence.rules import places
from motorworks.sequence.rules.places import PlaceRules
from motorworks.sequence.rules.weights import HARD

Ints = NDArray[np.int32]
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


class Others(NamedTuple):
    """The rules as arrays; ``active`` is false where there are none: leave all calls out then."""

    active: bool
    places: PlaceRules


class Tally(NamedTuple):
    """What an order counts: the sequence it stands for, and violations by rule."""

    held: Ints
    misplaced: Counts


def encode_others(day: LineDay, class_of: Ints, class_count: int) -> Others:
    """Rules of a day as arrays by class; cars of one class are alike in every rule.

    Parameters
    ----------
    day
        The day.
    class_of
        Class of each car, the cars of the day before first.
    class_count
        How many classes there are.
    """
    return Others(bool(day.places), places.encode(day, class_of, class_count))


def fresh_tally(others: Others, seq: Ints, h: int) -> Tally:
    """Count everything in an order from scratch."""
    tally = Tally(seq.copy(), np.zeros(len(others.places.cost), dtype=np.int64))
    recount(others, tally, seq, h)
    return tally


@jit
def recount(others: Others, tally: Tally, seq: Ints, h: int) -> None:
    """Count everything in an order from scratch, into a tally that is there."""
    tally.held[:] = seq
    places.fresh(others.places, tally.misplaced, seq, h)


@jit
def total(others: Others, tally: Tally) -> float:
    """Cost of all these rules: their part of the mark, and the hard ones at their weight."""
    cost = 0.0
    for rule in range(len(tally.misplaced)):
        cost += others.places.cost[rule] * tally.misplaced[rule]
    return cost


@jit
def broken(others: Others, tally: Tally) -> int:
    """Violations of hard rules."""
    count = 0
    for rule in range(len(tally.misplaced)):
        if others.places.cost[rule] == HARD:
            count += tally.misplaced[rule]
    return count


@jit
def swap_change(others: Others, tally: Tally, seq: Ints, h: int, i: int, j: int) -> float:
    """Change of cost if the classes at positions i and j were exchanged."""
    return places.swap_change(others.places, seq, h, i, j)


@jit
def rewrite_change(
    others: Others, tally: Tally, seq: Ints, h: int, first: int, new: Ints, length: int
) -> float:
    """Change of cost if positions from ``first`` on got the classes ``new[:length]``.

    They are a permutation of the classes that stand there.
    """
    return places.rewrite_change(others.places, seq, h, first, new, length)


@jit
def swapped(others: Others, tally: Tally, seq: Ints, h: int, i: int, j: int) -> None:
    """Take note that the classes at positions i and j have been exchanged in ``seq``."""
    places.rewritten(others.places, tally.misplaced, tally.held, seq, h, i, 1)
    places.rewritten(others.places, tally.misplaced, tally.held, seq, h, j, 1)
    tally.held[h + i] = seq[h + i]
    tally.held[h + j] = seq[h + j]


@jit
def rewritten(others: Others, tally: Tally, seq: Ints, h: int, first: int, length: int) -> None:
    """Take note that positions from ``first`` on, ``length`` of them, have been written anew."""
    places.rewritten(others.places, tally.misplaced, tally.held, seq, h, first, length)
    tally.held[h + first : h + first + length] = seq[h + first : h + first + length]
