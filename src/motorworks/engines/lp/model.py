"""A linear program as arrays, and what solving one gives back."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]


@dataclass(frozen=True)
class Model:
    """Minimise ``cost @ x + offset`` with ``row_lower <= A x <= row_upper`` and column bounds.

    ``A`` is held by columns: the entries of column ``j`` are ``index[start[j]:start[j + 1]]``
    (rows) and ``value`` at the same places. Shapes: cost, col_lower, col_upper (n_columns,),
    row_lower, row_upper (n_rows,), start (n_columns + 1,), index, value (n_nonzeros,),
    integer (n_columns,), true where a column must be whole, or None.
    """

    cost: Floats
    col_lower: Floats
    col_upper: Floats
    row_lower: Floats
    row_upper: Floats
    start: Indices
    index: Indices
    value: Floats
    offset: float = 0.0
    integer: NDArray[np.bool_] | None = None

    def same_limits(self, other: "Model") -> bool:
        """Whether two models differ at most in their costs."""
        names = ("col_lower", "col_upper", "row_lower", "row_upper", "start", "index", "value")
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in names)

    @property
    def size(self) -> tuple[int, int, int]:
        """Rows, columns and nonzeros."""
        return len(self.row_lower), len(self.cost), len(self.value)


class Status(Enum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    LIMIT = "stopped at a limit"


@dataclass(frozen=True)
class Solution:
    """Values and marginal values; ``dual[r]`` is the change of the minimum per unit of row ``r``.

    ``basis`` is the solver's own start information for a model of the same shape.
    """

    status: Status
    objective: float
    bound: float
    x: Floats
    dual: Floats
    reduced: Floats
    iterations: int
    seconds: float
    basis: Any = None
