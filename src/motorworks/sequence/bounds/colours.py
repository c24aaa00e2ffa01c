"""The fewest colour changes that any order can have, by counting batches.

A colour of m cars in batches of at most L needs ceil(m / L) batches. No two neighbouring batches
have one colour, so where one colour needs more than all the others together plus one, others are
split to stand between its batches; each car can stand between two of them, and no more.
"""

from dataclasses import dataclass

import numpy as np

from motorworks.case.line_day import Integers, LineDay
from motorworks.sequence.bounds.bound import Bound


@dataclass(frozen=True)
class Batches:
    """What counting needs to know of the cars that are still to be placed.

    ``cars[colour]`` of them are to come after a car of colour ``last`` (-1: after none), in
    batches of at most ``most[colour]``; a first batch of the colour ``last`` may have ``room``
    cars. ``changes`` stand already in what is frozen.
    """

    cars: Integers
    most: Integers
    last: int
    room: int
    changes: int = 0


def batches_of(day: LineDay) -> Batches:
    """What is left to be counted of a day, after its frozen beginning."""
    count = len(day.colours)
    inside = day.colour[day.before :]
    most = np.full(count, max(1, day.count)) if day.paint is None else np.array(day.paint.most)
    start = 0 if day.paint is not None and day.paint.with_before else day.before
    end = day.before + min(day.frozen, day.count)
    last = int(day.colour[end - 1]) if end else -1
    run = 0
    while end - run > start and day.colour[end - run - 1] == last:
        run += 1
    begun = day.colour[max(0, day.before - 1) : end]
    room = max(0, int(most[last]) - run) if last >= 0 else 0
    return Batches(
        cars=np.bincount(inside[min(day.frozen, day.count) :], minlength=count),
        most=most, last=last, room=room, changes=int((np.diff(begun) != 0).sum()),
    )  # fmt: skip


def least_changes(day: LineDay) -> Bound:
    """Fewest colour changes in any order that keeps the batch limits.

    Exact as far as colours go: some order has as few. Where no order keeps the limits, the count
    is what the limits ask for in any case.
    """
    left = batches_of(day)
    ways = _ways(left)
    if not ways:
        needed = -(-left.cars // left.most)
        return Bound(left.changes + max(0, int(needed.sum()) - 1), "counting of batches")
    return Bound(left.changes + min(ways), "counting of batches")


def colour_without_room(day: LineDay) -> str | None:
    """Name of a colour whose batches no other cars are left to stand between; None if none.

    Then no order keeps the batch limits.

    Examples
    --------
    >>> from motorworks.case.line_day import Paint
    >>> red, blue = [0] * 5, [1]
    >>> day = LineDay("d", tuple("abcdef"), 0, (), np.zeros((6, 0), np.bool_), ("red", "blue"),
    ...               np.array(red + blue), (), paint=Paint((2, 9)))
    >>> colour_without_room(day)
    'red'
    """
    left = batches_of(day)
    if _ways(left):
        return None
    short = -(-left.cars // left.most) - (left.cars.sum() - left.cars)
    return day.colours[int(short.argmax())]


def _ways(left: Batches) -> list[int]:
    """Fewest changes where the first batch changes the colour, and where it goes on in it."""
    needed = -(-left.cars // left.most)
    ways = [_fewest(needed, left.cars, left.last)]
    if left.last >= 0 and left.cars[left.last] and left.room:
        # one car may go on in the colour before, or as many as there is room for: the others of
        # its colour then make at least and at most so many batches
        rest, at_most = left.cars.copy(), left.cars.copy()
        rest[left.last] = max(0, rest[left.last] - left.room)
        at_most[left.last] -= 1
        ways.append(_fewest(-(-rest // left.most), at_most, left.last))
    return [way for way in ways if way is not None]


def _fewest(needed: Integers, at_most: Integers, last: int) -> int | None:
    """Fewest changes where the first batch has another colour than the car before, if any.

    Of each colour there are ``needed`` to ``at_most`` batches. Those of one colour have others
    between them, so at least one fewer; as many where the colour may not begin.
    """
    between = np.maximum(needed - 1, 0)
    if last >= 0:
        between[last] = needed[last]
    if (between > at_most.sum() - at_most).any():
        return None
    total = max(int(needed.sum()), int((needed + between).max(initial=0)))
    return total if last >= 0 else max(0, total - 1)
