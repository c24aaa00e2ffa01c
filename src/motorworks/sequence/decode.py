"""From an order of classes to an order of cars, and what is known of it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.sequence.classes import Classes

Ints = NDArray[np.int32]


def cars_of(day: LineDay, classes: Classes, seq: Ints, was: Sequence[int] = ()) -> tuple[int, ...]:
    """Say which car of its class stands at each position of the day.

    A car that is wanted at a position of its class stands there; one that stood at it in the order
    that there was, next; the others in the order as given. Frozen cars are where they were.
    """
    order = [-1] * day.count
    stands = seq[day.before :]
    kinds = classes.of[day.before :]
    wishes = [(car, car) for car in range(day.frozen)]
    wishes += [(car, position) for car, position in enumerate(day.wanted) if car >= day.frozen]
    wishes += [(car, position) for position, car in enumerate(was)]
    placed: set[int] = set()
    for car, position in wishes:
        free = 0 <= position < day.count and order[position] < 0
        if free and car not in placed and kinds[car] == stands[position]:
            order[position] = car
            placed.add(car)
    waiting: dict[int, list[int]] = {}
    for car in range(day.count - 1, -1, -1):
        if car not in placed:
            waiting.setdefault(int(classes.of[day.before + car]), []).append(car)
    for position in range(day.count):
        if order[position] < 0:
            order[position] = waiting[int(seq[day.before + position])].pop()
    return tuple(order)
