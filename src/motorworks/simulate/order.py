"""How far an order of cars is the planned one, in the words of the painted body store."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Adherence:
    """What became of the planned order at a point.

    ``in_order_pct``: share of cars that no car planned later went before. Displacement is how many
    places a car is from where it would be had the same cars come by in the planned order.
    """

    cars: int
    in_order_pct: float
    mean: float
    p50: float
    p95: float
    most: float


def last_times(order: Integers) -> Integers:
    """Each car once, where it came by for the last time: a car in a rework loop comes more often.

    Examples
    --------
    >>> last_times(np.array([1, 2, 1, 3])).tolist()
    [2, 1, 3]
    """
    _, places = np.unique(order[::-1], return_index=True)
    return order[np.sort(len(order) - 1 - places)]


def adherence(order: Integers) -> Adherence:
    """Hold an order of distinct cars against the order of their numbers, which is the planned one.

    Examples
    --------
    >>> adherence(np.array([2, 1, 3, 4])).in_order_pct
    75.0
    """
    if not len(order):
        nan = float("nan")
        return Adherence(0, nan, nan, nan, nan, nan)
    planned = np.empty(len(order), dtype=np.int64)
    planned[np.argsort(order)] = np.arange(len(order))
    away = np.abs(np.arange(len(order)) - planned)
    kept = order == np.maximum.accumulate(order)
    p50, p95 = np.percentile(away, (50, 95))
    return Adherence(
        len(order), 100.0 * float(kept.mean()), float(away.mean()), float(p50), float(p95),
        float(away.max()),
    )  # fmt: skip


def changes(values: Integers) -> int:
    """How often a value differs from the one before it.

    Examples
    --------
    >>> changes(np.array([1, 1, 2, 1]))
    2
    """
    return int(np.count_nonzero(values[1:] != values[:-1]))
