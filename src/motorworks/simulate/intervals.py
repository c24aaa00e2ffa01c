"""Means over replications, kept as running sums, and their confidence intervals."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]


def student(count: int, confidence_pct: float) -> float:
    """Factor of Student's t for a two-sided interval from ``count`` values; infinite for one.

    Examples
    --------
    >>> round(student(10, 95.0), 3)
    2.262
    """
    if count < 2:
        return math.inf
    return float(stdtrit(count - 1, 0.5 + confidence_pct / 200.0))


class Running:
    """Count, mean, spread, least and most of arrays that come one by one; NaN is left out.

    The sums are updated as B. P. Welford does (https://doi.org/10.1080/00401706.1962.10490022), so
    that memory does not grow and nothing cancels out.

    Examples
    --------
    >>> seen = Running()
    >>> for values in ([1.0, 5.0], [3.0, float("nan")]):
    ...     seen.add(values)
    >>> seen.mean.tolist(), seen.count.tolist()
    ([2.0, 5.0], [2, 1])
    """

    def __init__(self) -> None:
        self._seen = False
        self.count = np.zeros(0, dtype=np.int64)
        self._mean = self._squares = self._least = self._most = np.zeros(0)

    def add(self, values: ArrayLike) -> None:
        """Take in the values of one more replication, of the same shape each time."""
        array = np.asarray(values, dtype=np.float64)
        if not self._seen:
            self._begin(array.shape)
        there = np.isfinite(array)
        self.count += there
        step = np.where(there, array, 0.0) - np.where(there, self._mean, 0.0)
        self._mean += step / np.maximum(self.count, 1)
        self._squares += step * np.where(there, array - self._mean, 0.0)
        self._least = np.asarray(np.fmin(self._least, array))
        self._most = np.asarray(np.fmax(self._most, array))

    def _begin(self, shape: tuple[int, ...]) -> None:
        self._seen = True
        self.count = np.zeros(shape, dtype=np.int64)
        self._mean, self._squares = np.zeros(shape), np.zeros(shape)
        self._least, self._most = np.full(shape, np.nan), np.full(shape, np.nan)

    @property
    def mean(self) -> Floats:
        """Mean; NaN where nothing was seen."""
        return np.where(self.count > 0, self._mean, np.nan)

    @property
    def least(self) -> Floats:
        """Least value seen."""
        return self._least

    @property
    def most(self) -> Floats:
        """Greatest value seen."""
        return self._most

    @property
    def spread(self) -> Floats:
        """Standard deviation; NaN for fewer than two values."""
        inner = np.sqrt(self._squares / np.maximum(self.count - 1, 1))
        return np.where(self.count > 1, inner, np.nan)

    def half(self, confidence_pct: float) -> Floats:
        """Half-width of the confidence interval of the mean; NaN for fewer than two values."""
        shape = self.count.shape
        factors = [student(int(n), confidence_pct) for n in self.count.ravel()]
        factor = np.reshape(np.where(np.isfinite(factors), factors, np.nan), shape)
        return np.asarray(factor * self.spread / np.sqrt(np.maximum(self.count, 1)))
