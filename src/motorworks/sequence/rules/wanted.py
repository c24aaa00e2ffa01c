"""Cars that were wanted at a position.

cost = weight of ``changes`` x cars that stand elsewhere

A position is met when a car of the class that stands there was wanted there; which car of a class
stands where is settled at the end, so that each position met gets its car.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.engines.jit import inner
from motorworks.sequence.rules.csr import lists_of

Ints = NDArray[np.int32]
Counts = NDArray[np.int64]


class WantedPlaces(NamedTuple):
    """Classes with a car wanted at each position, and the cost of a car that stands elsewhere.

    ``kind[start[p]:start[p + 1]]`` are those of position p; no starts where nothing is wanted.
    """

    start: Ints
    kind: Ints
    cost: float


def encode(day: LineDay, class_of: Ints) -> WantedPlaces:
    """Arrays of the wanted positions, if they count."""
    weight = day.weight("changes")
    if not weight or not day.wanted:
        return WantedPlaces(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), 0.0)
    places = enumerate(day.wanted)
    pairs = {(p, int(class_of[day.before + car])) for car, p in places if 0 <= p < day.count}
    return WantedPlaces(*lists_of(sorted(pairs), day.count), float(weight))


@inner
def met(rules: WantedPlaces, kind: int, position: int) -> int:
    """Whether a car of the class was wanted there (1 or 0)."""
    for at in range(rules.start[position], rules.start[position + 1]):
        if rules.kind[at] == kind:
            return 1
    return 0


@inner
def met_in(rules: WantedPlaces, kinds: Ints, begin: int, first: int, length: int) -> int:
    """Positions met, of ``length`` from ``first`` on that hold ``kinds[begin:]``."""
    count = 0
    for at in range(length):
        count += met(rules, kinds[begin + at], first + at)
    return count


@inner
def fresh(rules: WantedPlaces, moved: Counts, seq: Ints, h: int) -> None:
    """Count the cars that stand elsewhere, into ``moved[0]``."""
    count = len(rules.start) - 1
    moved[0] = count - met_in(rules, seq, h, 0, count) if count >= 0 else 0


@inner
def swap_change(rules: WantedPlaces, seq: Ints, h: int, i: int, j: int) -> float:
    """Change of cost if the classes at two positions were exchanged."""
    a, b = seq[h + i], seq[h + j]
    now = met(rules, a, i) + met(rules, b, j)
    return rules.cost * (now - met(rules, b, i) - met(rules, a, j))


@inner
def rewrite_change(
    rules: WantedPlaces, seq: Ints, h: int, first: int, new: Ints, length: int
) -> float:
    """Change of cost if the positions from ``first`` on got the classes ``new[:length]``."""
    now = met_in(rules, seq, h + first, first, length)
    return rules.cost * (now - met_in(rules, new, 0, first, length))


@inner
def rewritten(
    rules: WantedPlaces, moved: Counts, held: Ints, seq: Ints, h: int, first: int, length: int
) -> None:
    """Take note that positions which held other classes before have been written anew."""
    moved[0] += met_in(rules, held, h + first, first, length)
    moved[0] -= met_in(rules, seq, h + first, first, length)
