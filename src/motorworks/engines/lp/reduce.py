"""Leave out of a linear program what is decided already: fixed columns, and rows of one column.

First-order steps come near sooner without them: such rows spoil the scaling and say no more than
a limit on their column does. Points and duals of the smaller program are those of the whole one.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from motorworks.engines.lp.model import Floats, Model

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Reduced:
    """A smaller program, and the way back to the whole one.

    ``free`` tells the columns of the whole program that are left, ``kept`` the rows; ``values``
    are those of fixed columns. ``single`` are the rows of one free column, ``at`` that column,
    ``factor`` its entry; ``lower`` and ``upper`` tell whether they say a column's tightest limit.
    """

    model: Model
    whole: Model
    free: Flags
    kept: Flags
    values: Floats
    turned: Any
    single: Ints
    at: Ints
    factor: Floats
    lower: Flags
    upper: Flags

    def shrink(self, x: Floats, dual: Floats) -> tuple[Floats, Floats]:
        """A point and duals of the whole program as those of the smaller one."""
        return x[self.free], dual[self.kept]

    def grow(self, x: Floats, dual: Floats) -> tuple[Floats, Floats]:
        """A point and duals of the smaller program as those of the whole one.

        A row of one column bears what its column gains by a unit more, where it is its limit.
        """
        out, duals = self.values.copy(), np.zeros(len(self.kept))
        out[self.free] = x
        duals[self.kept] = dual
        reduced = (self.whole.cost - self.turned @ duals)[self.at]
        bears = (self.upper & (reduced < 0.0)) | (self.lower & (reduced > 0.0))
        duals[self.single[bears]] = (reduced / self.factor)[bears]
        return out, duals


def reduce(model: Model) -> Reduced:
    """Leave out fixed columns, rows without free columns, and rows of one free column.

    What is left out is not checked: a fixed column may break such a row.

    Examples
    --------
    >>> from motorworks.engines.lp.builder import Builder
    >>> lp = Builder()
    >>> x = lp.columns("x", (3,), cost=1.0, lower=[0.0, 0.0, 4.0], upper=[9.0, 9.0, 4.0])
    >>> lp.terms(lp.rows("most", (1,), upper=5.0), x[:1], 1.0)
    >>> lp.terms(lp.rows("need", (1,), lower=6.0), x, 1.0)
    >>> small = reduce(lp.model()).model
    >>> small.col_upper.tolist(), small.row_lower.tolist()
    ([5.0, 9.0], [2.0])
    """
    free = model.col_lower < model.col_upper
    values = np.where(free, 0.0, model.col_lower)
    matrix = csc_array((model.value, model.index, model.start), shape=model.size[:2])
    moved = matrix @ values
    least, most = model.row_lower - moved, model.row_upper - moved
    left = matrix[:, free].tocsr()
    count = np.diff(left.indptr)
    kept, single = count > 1, np.flatnonzero(count == 1)
    at = left.indices[left.indptr[single]].astype(np.int64)
    factor = left.data[left.indptr[single]]
    ends = least[single] / factor, most[single] / factor
    lower, upper = model.col_lower[free].copy(), model.col_upper[free].copy()
    low, high = np.where(factor > 0.0, *ends), np.where(factor > 0.0, *ends[::-1])
    np.maximum.at(lower, at, low)
    np.minimum.at(upper, at, high)
    upper = np.maximum(upper, lower)
    rest = left[kept].tocsc()
    small = replace(
        model, cost=model.cost[free], col_lower=lower, col_upper=upper, row_lower=least[kept],
        row_upper=most[kept], start=rest.indptr.astype(np.int32),
        index=rest.indices.astype(np.int32), value=rest.data,
        integer=None if model.integer is None else model.integer[free],
    )  # fmt: skip
    return Reduced(
        small, model, free, kept, values, matrix.T.tocsr(), single, np.flatnonzero(free)[at],
        factor, _first(low, lower, model.col_lower[free], at),
        _first(high, upper, model.col_upper[free], at),
    )  # fmt: skip


def _first(said: Floats, tightest: Floats, before: Floats, at: Ints) -> Flags:
    """Rows that say their column's limit and were not said it before; one for each column."""
    says = (said == tightest[at]) & (tightest != before)[at]
    rows = np.flatnonzero(says)
    _, first = np.unique(at[rows], return_index=True)
    out = np.zeros(len(at), dtype=np.bool_)
    out[rows[first]] = True
    return out
