"""Orders and limits as flat arrays: what the kernels read and never change.

Orders that are left out stand in one more slot, the last, which no limit covers. A kernel that is
handed a :class:`Month` takes it apart once for each call, not for each move.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

LIMIT = np.dtype(
    [
        ("first", np.int32),
        ("last", np.int32),
        ("least", np.float64),
        ("most", np.float64),
        ("weight", np.float64),
        ("hard", np.int32),
        ("size", np.float64),
    ]
)
"""A limit: its slots, what they may hold together, cost of a unit missed, whether it binds; where
``size`` is not 0, a unit missed is one that the last batch of that size lacks."""


class Month(NamedTuple):
    """The orders, where each may stand at what cost, and the limits.

    Parameters
    ----------
    profile
        (orders,) orders of one profile cost alike in each slot.
    own
        (profiles, slots + 1) cost of an order by itself; infinite where it may not stand.
    start, trait, amount
        Traits of order o and how much of each: entries ``start[o]`` to ``start[o + 1]``, by trait.
    limit
        (limits,) :data:`LIMIT`.
    limits_start, limits_of
        Limits of trait t in slot s: entries ``limits_start[t * (slots + 1) + s]`` on.
    free
        Orders that are not settled.
    by_due
        The same, by the day on which they are due.
    place
        (orders,) place of each in ``by_due``; -1 where it is settled.
    """

    profile: Ints
    own: Floats
    start: Ints
    trait: Ints
    amount: Floats
    limit: NDArray[Any]
    limits_start: Ints
    limits_of: Ints
    free: Ints
    by_due: Ints
    place: Ints

    @property
    def slots(self) -> int:
        """Slots, without the one for orders left out."""
        return int(self.own.shape[1]) - 1

    @property
    def orders(self) -> int:
        """Orders, settled ones included."""
        return len(self.profile)
