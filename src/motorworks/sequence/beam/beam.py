"""Many beginnings of an order side by side: at each place those go on that promise most.

A beginning is worth its violations, those to come by the outlook, and how far its cars left are off
the mix (beam search as for car sequencing by U. Golle, F. Rothlauf, N. Boysen,
https://doi.org/10.1007/s10479-014-1733-0, with prices instead of single bounds).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.random import Stream, stream
from motorworks.sequence.beam.budget import Budget
from motorworks.sequence.beam.layer import Choices, keep, room_for, salt_of, seen_for, weigh
from motorworks.sequence.beam.outlook import Outlook, outlook_of
from motorworks.sequence.beam.steps import Steps

Ints = NDArray[np.int32]


def widest(steps: Steps) -> int:
    """Most beginnings that may be kept, for the memory that they take."""
    return 20_000_000 // steps.cars


def build(
    steps: Steps,
    outlook: Outlook,
    width: int,
    most: int,
    noise: float,
    rng: Stream,
    on: Callable[[int], None],
) -> Ints | None:
    """Build an order with at most so many violations.

    Parameters
    ----------
    width
        Beginnings that are kept at each place.
    noise
        Violations that chance adds to the worth of each, on average.
    on
        Told after each place how many cars were weighed; raises to give up.

    Returns
    -------
    array or None
        Classes of the cars in their order, as numbered in the day; None where no beginning that was
        kept comes to one.
    """
    cars, classes = steps.cars, len(steps.members)
    rows = width + 1
    kept, then, seen = room_for(rows, classes), room_for(rows, classes), seen_for(rows)
    choices = Choices(np.zeros(rows * classes), np.zeros(rows * classes, np.int32),
                      np.zeros(rows * classes, np.uint8))  # fmt: skip
    came, took = np.zeros((cars, rows), np.int32), np.zeros((cars, rows), np.uint8)
    salt, mix = salt_of(rng, classes), steps.members / cars
    kept.state[0], kept.left[0], count = steps.begin, steps.members, 1
    for place in range(cars):
        cost = steps.cost[min(place, len(steps.cost) - 1)]
        weighed = weigh(
            kept, count, steps.after, cost, outlook.ahead[place + 1], outlook.price, outlook.tight,
            mix, cars - place, most, noise, rng, choices,
        )  # fmt: skip
        count = keep(kept, choices, weighed, width, steps.after, cost, salt, place, seen, then,
                     came[place], took[place])  # fmt: skip
        if not count:
            return None
        kept, then = then, kept
        on(weighed)
    paid = kept.paid[:count] + steps.end[kept.state[:count]]
    best = int(paid.argmin())
    return steps.number[_order(came, took, best)] if paid[best] <= most else None


def warm_up() -> None:
    """Compile, or load, all that beams call: once in a process, and no part of their time."""
    after, cost = np.zeros((2, 2), np.uint16), np.zeros((1, 2, 2), np.uint8)
    two = np.arange(2, dtype=np.int32)
    steps = Steps(0, after, cost, two, np.ones(2, np.int64), two)
    outlook = outlook_of(steps, Budget(None, float("inf")))
    build(steps, outlook, 2, 0, 0.0, stream(0, "warm up"), lambda _: None)


def _order(came: Ints, took: NDArray[np.uint8], row: int) -> Ints:
    """Classes of the cars that lead to a row at the last place."""
    order = np.empty(len(came), np.int32)
    for place in range(len(came) - 1, -1, -1):
        order[place], row = took[place, row], came[place, row]
    return order
