"""What is left of a program without its flows of cars: as a rule a part for each plant.

Prices of cars at plants, from any duals, stand for the flows. Each part at these prices is a
small program: solved as a linear one it completes a limit on the least cost; solved with its
whole columns near to a given plan, it chooses starts, sites and shifts.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, hstack
from scipy.sparse.csgraph import connected_components

from motorworks.engines.lp import highs
from motorworks.engines.lp.model import Floats, Model, Status
from motorworks.errors import EngineError
from motorworks.plan.data import Ints
from motorworks.plan.variables import Variables

_HARD_TO_REPLACE = 0.12
"""Share of its worth that a car more or less than in the plan in parts is taken to cost."""

_GAP = 1e-2
_NODES = 50


@dataclass(frozen=True)
class _Part:
    """Columns and rows of the whole program that a part holds, and its own program."""

    columns: Ints
    program: Model

    def at(self, priced: Floats) -> Model:
        """Its program at these prices."""
        return replace(self.program, cost=priced[self.columns])


class Parts:
    """The parts of one program.

    ``own`` tells the columns that are no flow of cars, ``held`` the rows that only they stand in.
    """

    def __init__(self, model: Model, var: Variables) -> None:
        self.model = model
        flows = (var.ship, var.stock, var.market_stock, var.lost, var.late, var.kept)
        self.own: NDArray[np.bool_] = np.ones(len(model.cost), dtype=np.bool_)
        self.own[np.concatenate([block.ravel() for block in flows])] = False
        shape = model.size[:2]
        matrix = csc_array((model.value, model.index, model.start), shape=shape)
        self.held: NDArray[np.bool_] = np.diff(matrix[:, ~self.own].tocsr().indptr) == 0
        self._turned = matrix.T.tocsr()
        self._make = np.zeros(len(model.cost), dtype=np.bool_)
        self._make[var.make.ravel()] = True
        inner = matrix[:, self.own].tocsr()[self.held]
        self._parts, self._alone = _split(model, inner, self.own, self.held)

    def prices(self, dual: Floats) -> Floats:
        """What columns cost with the worth of what they send to the flows, or take from them."""
        priced: Floats = self.model.cost - self._turned @ np.where(self.held, 0.0, dual)
        return priced

    def least(self, priced: Floats, most: Floats) -> float:
        """Least cost of all parts at these prices, whole columns taken as they come."""
        alone = self._alone
        at = np.where(priced[alone] < 0.0, most[alone], self.model.col_lower[alone])
        total = float(priced[alone] @ np.where(priced[alone] == 0.0, 0.0, at))
        for part in self._parts:
            solved = highs.solve(replace(part.at(priced), integer=None))
            if solved.status is not Status.OPTIMAL:
                return -np.inf
            total += solved.objective
        return total

    def choose(self, priced: Floats, near: Floats) -> Floats:
        """Values of all own columns, NaN for the flows: whole ones whole, cars built near ``near``.

        Raises
        ------
        EngineError
            Where a part finds no choice.
        """
        out = np.where(self.own, near, np.nan)
        worth = _HARD_TO_REPLACE * np.maximum(self.model.cost - priced, 0.0)
        for part in self._parts:
            made = np.flatnonzero(self._make[part.columns])
            at = part.columns[made]
            target = np.clip(near[at], self.model.col_lower[at], self.model.col_upper[at])
            program = _near(part.at(priced), made, target, worth[at])
            solved = highs.solve(program, gap=_GAP, node_limit=_NODES)
            if not solved.feasible:
                msg = "no whole choice was found near to the plan in parts"
                raise EngineError(msg)
            values = solved.x[: len(part.columns)]
            values[made] += target - solved.x[len(part.columns) :]
            out[part.columns] = values
        return out


def _split(
    model: Model, inner: Any, own: NDArray[np.bool_], held: NDArray[np.bool_]
) -> tuple[list[_Part], Ints]:
    """Columns and rows that hang together, and the columns that stand in no row."""
    n_rows, n_columns = inner.shape
    entries = inner.tocoo()
    joined = csc_array(
        (np.ones(entries.nnz), (entries.row, entries.col + n_rows)),
        shape=(n_rows + n_columns, n_rows + n_columns),
    )
    _, label = connected_components(joined, directed=False)
    columns, rows = np.flatnonzero(own), np.flatnonzero(held)
    parts = []
    for number in np.unique(label[:n_rows][np.diff(inner.indptr) > 0]):
        at_row, at_column = label[:n_rows] == number, label[n_rows:] == number
        matrix = inner[at_row].tocsc()[:, at_column]
        row, column = rows[at_row], columns[at_column]
        program = Model(
            cost=model.cost[column],
            col_lower=model.col_lower[column],
            col_upper=model.col_upper[column],
            row_lower=model.row_lower[row],
            row_upper=model.row_upper[row],
            start=matrix.indptr.astype(np.int32),
            index=matrix.indices.astype(np.int32),
            value=matrix.data,
            integer=None if model.integer is None else model.integer[column],
        )
        parts.append(_Part(column, program))
    alone = own.copy()
    for part in parts:
        alone[part.columns] = False
    return parts, np.flatnonzero(alone)


def _near(model: Model, columns: Ints, target: Floats, price: Floats) -> Model:
    """The program with a price on what columns lie above and below a target.

    A column stands for what lies above its target, a new one with the opposite entries for what
    lies below.
    """
    shape = model.size[:2]
    matrix = csc_array((model.value, model.index, model.start), shape=shape)
    moved = matrix[:, columns] @ target
    cost, lower, upper = model.cost.copy(), model.col_lower.copy(), model.col_upper.copy()
    below = Model(
        cost=price - cost[columns],
        col_lower=np.zeros(len(columns)),
        col_upper=target - lower[columns],
        row_lower=model.row_lower - moved,
        row_upper=model.row_upper - moved,
        start=model.start,
        index=model.index,
        value=model.value,
    )
    cost[columns] += price
    lower[columns] = 0.0
    upper[columns] -= target
    full = hstack([matrix, -matrix[:, columns]], format="csc")
    integer = np.zeros(full.shape[1], dtype=np.bool_)
    if model.integer is not None:
        integer[: shape[1]] = model.integer
    return replace(
        below,
        cost=np.concatenate([cost, below.cost]),
        col_lower=np.concatenate([lower, below.col_lower]),
        col_upper=np.concatenate([upper, below.col_upper]),
        start=full.indptr.astype(np.int32),
        index=full.indices.astype(np.int32),
        value=full.data,
        integer=integer,
    )
