"""Lists of unequal length, one for each key, in two flat arrays."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


def lists_of(pairs: Iterable[tuple[int, int]], keys: int) -> tuple[Ints, Ints]:
    """Values by key: those of key k are ``values[start[k]:start[k + 1]]``, in the order given.

    Examples
    --------
    >>> start, values = lists_of([(2, 7), (0, 5), (2, 6)], 3)
    >>> start.tolist(), values.tolist()
    ([0, 1, 1, 3], [5, 7, 6])
    """
    table = np.array(list(pairs), dtype=np.int32).reshape(-1, 2)
    start = np.zeros(keys + 1, dtype=np.int32)
    np.cumsum(np.bincount(table[:, 0], minlength=keys), out=start[1:])
    return start, table[np.argsort(table[:, 0], kind="stable"), 1].copy()
