"""A day of short windows as states and steps: what the last cars leave to remember.

A window of P cars is judged when its last car is placed, by that car and the P - 1 before it. So
the flags of the last P - 1 cars for every rule are all that an order has to remember: a state, one
number of so many bits. Where windows have 2 to 5 cars there are some thousands.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import Integers
from motorworks.sequence.encode import flags_of
from motorworks.sequence.line import Line
from motorworks.sequence.rules.others import Others

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
States = NDArray[np.uint16]

MOST_BITS = 13
"""Most bits of a state."""

MOST_CLASSES = 100
"""Most classes of cars, each of which is weighed against every other; they are kept as bytes."""

MOST_CELLS = 8_000_000
"""Most pairs of a place and a state, of which some numbers are kept."""


class Steps(NamedTuple):
    """What each class of cars leads to from each state, and what it costs.

    Classes are those of which there are cars to be placed, numbered anew from 0.

    Parameters
    ----------
    begin
        State before the first car that may change.
    after
        (states, classes) state after a car.
    cost
        (rows, states, classes) violations that a car adds: as the first car, the second, and so
        on, by the last row all further ones. Early windows may not count yet.
    end
        (states,) violations of windows that reach out over the end of the day.
    members, number
        (classes,) cars to be placed; the number of the class in the day.
    """

    begin: int
    after: States
    cost: Bytes
    end: Ints
    members: Integers
    number: Ints

    @property
    def cars(self) -> int:
        """Cars to be placed."""
        return int(self.members.sum())

    def violations(self, order: Ints) -> int:
        """Violations of an order of these cars, their classes as numbered in the day."""
        state, total = self.begin, 0
        for place, klass in enumerate(np.searchsorted(self.number, order).tolist()):
            total += int(self.cost[min(place, len(self.cost) - 1), state, klass])
            state = int(self.after[state, klass])
        return total + int(self.end[state])


def steps_of(line: Line, rules: Others, order: Ints) -> Steps | None:
    """States and steps of a day; None where more counts than short ratio rules of one weight.

    Parameters
    ----------
    order
        Classes of all cars; those before the first that may change stay as they are.
    """
    ratio = line.ratio
    if rules.active or line.colour_weight or line.limited or line.end < line.cars:
        return None
    if not len(ratio) or ratio["weight"].min() < ratio["weight"].max():
        return None
    cars, bits = line.cars - line.first, int((ratio["window"] - 1).sum())
    if not cars or bits > MOST_BITS or cars << bits > MOST_CELLS:
        return None
    if len(np.unique(order[line.first :])) > MOST_CLASSES:
        return None
    return _steps(line, order)


def _steps(line: Line, order: Ints) -> Steps:
    first, flags = line.first, flags_of(line.rules, len(line.ratio))
    number, members = np.unique(order[first:], return_counts=True)
    has, classes = flags[number], len(number)
    widths = line.ratio["window"].astype(np.int64) - 1
    states = np.arange(1 << int(widths.sum()))
    counts_from = line.ratio["begin"] + widths - first  # place of the first car that is judged
    rows = 1 + max(0, int(counts_from.max()))
    after = np.zeros((len(states), classes), np.uint16)
    cost = np.zeros((rows, len(states), classes), np.uint8)
    end, begin, shift = np.zeros(len(states), np.int32), 0, 0
    for rule, (ratio, width) in enumerate(zip(line.ratio, widths.tolist(), strict=True)):
        held = (states >> shift) & ((1 << width) - 1)
        seen = (held[:, None] << 1) | has[:, rule]
        over = _over(seen, ratio)
        after |= ((seen & ((1 << width) - 1)) << shift).astype(np.uint16)
        for row in range(rows):
            if row >= counts_from[rule]:
                cost[row] += over.astype(np.uint8)
        for _ in range(max(0, int(ratio["end"] + ratio["window"]) - line.cars)):
            held = held << 1  # a place without a car
            end += _over(held, ratio).astype(np.int32)
            held &= (1 << width) - 1
        past = flags[order[max(0, first - width) : first], rule]
        begin |= int("0" + "".join("1" if flag else "0" for flag in past), 2) << shift
        shift += width
    return Steps(begin, after, cost, end, members.astype(np.int64), number)


def _over(seen: Integers, ratio: NDArray[np.void]) -> Integers:
    """Violations of a window with these flags."""
    over = np.bitwise_count(seen).astype(np.int64) - int(ratio["most"])
    return (over > 0).astype(np.int64) if ratio["once"] else np.maximum(over, 0)
