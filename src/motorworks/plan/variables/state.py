"""Something that is on or off month by month, written in the columns that switch it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.data import Bools, Floats, Ints


@dataclass(frozen=True)
class State:
    """``state[t] = given[t] + sum of value x column over the entries of month t``.

    ``given`` (T,); ``month``, ``column``, ``value`` have one entry per term.
    """

    given: Floats
    month: Ints
    column: Indices
    value: Floats

    def add(self, lp: Builder, rows: Indices, factor: ArrayLike = 1.0) -> None:
        """Add ``factor[t] x state[t]`` without its given part to ``rows`` (T,), by month."""
        scale = np.broadcast_to(np.asarray(factor, dtype=np.float64), self.given.shape)
        lp.terms(rows[self.month], self.column, self.value * scale[self.month])

    def only(self, months: Ints) -> "State":
        """The same in some months, numbered anew in their order."""
        place = np.full(len(self.given), -1)
        place[months] = np.arange(len(months))
        kept = place[self.month] >= 0
        return State(
            self.given[months], place[self.month[kept]], self.column[kept], self.value[kept]
        )

    def at(self, x: Floats) -> Floats:
        """The state where the columns have these values; shape (T,)."""
        state = self.given.copy()
        np.add.at(state, self.month, self.value * x[self.column])
        return state


def fixed_state(given: Floats) -> State:
    """A state that nothing switches."""
    none = np.zeros(0, dtype=np.int64)
    return State(given, none, none.astype(np.int32), np.zeros(0))


def switched_state(
    given: Floats,
    on: Indices,
    may_on: Bools,
    off: Indices,
    may_off: Bools,
    through: int,
) -> State:
    """``given + sum_{u<=t} on[u] - sum_{u<t} off[u]`` up to month ``through``, 0 after it.

    All arrays have shape (T,); columns outside ``may_on`` and ``may_off`` are left out.
    """
    later = np.arange(len(given))
    on_month, on_at = np.nonzero((later[:, None] >= later) & may_on & (later <= through)[:, None])
    off_month, off_at = np.nonzero((later[:, None] > later) & may_off & (later <= through)[:, None])
    return State(
        given=np.where(later <= through, given, 0.0),
        month=np.concatenate([on_month, off_month]),
        column=np.concatenate([on[on_at], off[off_at]]),
        value=np.concatenate([np.ones(len(on_at)), -np.ones(len(off_at))]),
    )
