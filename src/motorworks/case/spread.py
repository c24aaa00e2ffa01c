"""Whole cars out of shares: largest remainders, and cars handed out one by one over days."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def whole_shares(wanted: Floats, total: int) -> Integers:
    """Whole numbers with a given sum, each near what is wanted (largest remainders).

    Parameters
    ----------
    wanted
        What is wanted of each; scaled to the total. Shape (n,).
    total
        Sum of the numbers.

    Examples
    --------
    >>> whole_shares(np.array([40.0, 28.0, 17.0, 10.0, 5.0]), 7).tolist()
    [3, 2, 1, 1, 0]
    """
    wanted = np.maximum(np.asarray(wanted, dtype=np.float64), 0.0)
    if total <= 0 or wanted.sum() <= 0.0:
        return np.zeros(len(wanted), dtype=np.int64)
    exact = wanted * (total / wanted.sum())
    found: Integers = np.floor(exact + 1e-9).astype(np.int64)
    missing = total - int(found.sum())
    first = np.argsort(-(exact - found), kind="stable")[:missing]
    found[first] += 1
    return found


def spread_over_days(due: Floats, cars: Sequence[int]) -> Integers:
    """Hand cars out day by day, each to whoever is furthest behind.

    Whoever has no car due never gets one, so that nobody gets more than is due to it in the end;
    where the last column of ``due`` is whole and adds up to all cars, everybody gets just that.

    Parameters
    ----------
    due
        Cars that each should have by the end of each day; shape (n, days).
    cars
        Cars of each day.

    Returns
    -------
    Integers
        Cars of each on each day; shape (n, days).

    Examples
    --------
    >>> spread_over_days(np.array([[1.0, 2.0, 3.0], [0.4, 0.7, 1.0]]), [1, 2, 1]).tolist()
    [[1, 1, 1], [0, 1, 0]]
    """
    found = np.zeros(due.shape, dtype=np.int64)
    for day, count in enumerate(cars):
        behind = due[:, day] - found[:, :day].sum(axis=1)
        for _ in range(count):
            first = behind.argmax()
            behind[first] -= 1.0
            found[first, day] += 1
    return found
