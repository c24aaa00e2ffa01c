"""Build a linear program from blocks of columns, blocks of rows and terms between them.

A block is an array of indices in the shape of the sets it stands for, so that a constraint family
is written with plain numpy indexing and broadcasting:

>>> lp = Builder()
>>> ship = lp.columns("ship", (2, 3), cost=1.0)     # plants x months
>>> total = lp.rows("demand", (3,), lower=[5.0, 6.0, 7.0])
>>> lp.terms(total[None, :], ship, 1.0)             # sum over plants, per month
>>> lp.model().size
(3, 6, 6)
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import coo_array

from motorworks.engines.lp.model import Floats, Indices, Model


@dataclass(frozen=True)
class Block:
    """A named block of columns or rows with its bounds, and costs for columns.

    ``index`` holds the position of each member in the program, in the shape of the block;
    ``rule`` names the rule that was being written when the block was added.
    """

    name: str
    index: Indices
    lower: ArrayLike
    upper: ArrayLike
    cost: ArrayLike = 0.0
    integer: bool = False
    rule: str = ""


@dataclass(frozen=True)
class Bound:
    """A bound that a rule has put on columns, beside those that the columns came with."""

    rule: str
    side: Literal["lower", "upper"]
    columns: Indices
    value: Floats


class Builder:
    """Collects blocks and terms; nothing is copied until :meth:`model` lays out the arrays.

    ``rule`` is the name of the rule being written; rows and bounds keep it, so that a program can
    say later which rule each of its limits comes from.
    """

    def __init__(self) -> None:
        self.rule = ""
        self.bounds: list[Bound] = []
        self.column_blocks: dict[str, Block] = {}
        self.row_blocks: dict[str, Block] = {}
        self._terms: list[tuple[Any, Any, Any]] = []
        self._offset = 0.0
        self._columns = 0
        self._rows = 0
        self._nonzeros = 0

    def columns(
        self,
        name: str,
        shape: tuple[int, ...],
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        cost: ArrayLike = 0.0,
        integer: bool = False,
    ) -> Indices:
        """Add a block of columns; bounds and cost broadcast to ``shape``."""
        _refuse_twice(name, self.column_blocks)
        index = self._index(self._columns, shape)
        self.column_blocks[name] = Block(name, index, lower, upper, cost, integer, self.rule)
        self._columns += index.size
        return index

    def rows(
        self,
        name: str,
        shape: tuple[int, ...],
        lower: ArrayLike = -np.inf,
        upper: ArrayLike = np.inf,
    ) -> Indices:
        """Add a block of rows; bounds broadcast to ``shape``."""
        _refuse_twice(name, self.row_blocks)
        index = self._index(self._rows, shape)
        self.row_blocks[name] = Block(name, index, lower, upper, rule=self.rule)
        self._rows += index.size
        return index

    def terms(self, rows: ArrayLike, columns: ArrayLike, values: ArrayLike) -> None:
        """Add ``values`` at (rows, columns), all three broadcast; doubles are added up."""
        if not (np.size(rows) and np.size(columns)):
            return  # most rules have nothing to say in most cases
        views = np.broadcast_arrays(rows, columns, values)
        if views[0].size:
            self._terms.append((views[0], views[1], views[2]))
            self._nonzeros += views[0].size

    def add_offset(self, cost: float) -> None:
        """Add a cost that no column decides."""
        self._offset += float(cost)

    def at_least(self, columns: ArrayLike, lower: ArrayLike) -> None:
        """Raise the lower bound of columns to ``lower`` where that is higher; both broadcast."""
        at, bound = np.broadcast_arrays(columns, lower)
        self.bounds.append(Bound(self.rule, "lower", at, bound))

    def at_most(self, columns: ArrayLike, upper: ArrayLike) -> None:
        """Cut the upper bound of columns to ``upper`` where that is lower; both broadcast."""
        at, bound = np.broadcast_arrays(columns, upper)
        self.bounds.append(Bound(self.rule, "upper", at, bound))

    def model(self) -> Model:
        """Lay out the arrays; terms are kept, so the builder may grow and be laid out again."""
        start, index, value = self._matrix()
        columns, rows = self.column_blocks.values(), self.row_blocks.values()
        lower = _fill(columns, "lower", self._columns)
        upper = _fill(columns, "upper", self._columns)
        for bound in self.bounds:
            if bound.side == "lower":
                lower[bound.columns] = np.maximum(lower[bound.columns], bound.value)
            else:
                upper[bound.columns] = np.minimum(upper[bound.columns], bound.value)
        return Model(
            cost=_fill(columns, "cost", self._columns),
            col_lower=lower,
            col_upper=upper,
            row_lower=_fill(rows, "lower", self._rows),
            row_upper=_fill(rows, "upper", self._rows),
            start=start,
            index=index,
            value=value,
            offset=self._offset,
            integer=_fill(columns, "integer", self._columns).astype(np.bool_),
        )

    def _matrix(self) -> tuple[Indices, Indices, Floats]:
        row = np.empty(self._nonzeros, np.int32)
        column = np.empty(self._nonzeros, np.int32)
        value = np.empty(self._nonzeros, np.float64)
        done = 0
        for rows, columns, values in self._terms:
            span = slice(done, done + rows.size)
            row[span].reshape(rows.shape)[...] = rows
            column[span].reshape(rows.shape)[...] = columns
            value[span].reshape(rows.shape)[...] = values
            done = span.stop
        matrix = coo_array((value, (row, column)), shape=(self._rows, self._columns)).tocsc()
        return matrix.indptr, matrix.indices, matrix.data

    @staticmethod
    def _index(first: int, shape: tuple[int, ...]) -> Indices:
        count = math.prod(shape)
        return np.arange(first, first + count, dtype=np.int32).reshape(shape)


def _refuse_twice(name: str, blocks: Collection[str]) -> None:
    if name in blocks:
        msg = f"a block {name!r} stands in the program already"
        raise ValueError(msg)


def _fill(blocks: Any, field: str, count: int) -> Floats:
    out = np.empty(count, np.float64)
    for block in blocks:
        if block.index.size:
            first = block.index.flat[0]
            out[first : first + block.index.size].reshape(block.index.shape)[...] = getattr(
                block, field
            )
    return out
