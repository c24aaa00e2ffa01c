"""A linear program as arrays, and what solving one gives back."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, vstack

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

    @property
    def has_integers(self) -> bool:
        """Whether some column must be whole."""
        return self.integer is not None and bool(self.integer.any())

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

    ``basis`` is the solver's own start information for a model of the same shape. A mixed integer
    program has no marginal values (``dual`` and ``reduced`` are empty): see :func:`fix_integers`.
    ``feasible`` says whether ``x`` meets all rows, ``whole`` that the program had
    integers. ``row_until`` and ``column_until`` are the upper limits up to which the marginal
    values hold, where they were asked for. ``engine`` names what found it.
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
    feasible: bool = True
    whole: bool = False
    nodes: int = 0
    row_until: Floats | None = None
    column_until: Floats | None = None
    engine: str = "HiGHS"


def fix_integers(model: Model, x: Floats, free: Indices | None = None) -> Model:
    """The program that is left when the integers stand at their values in ``x``.

    It is a linear one, unless some columns are named to stay ``free``.

    Examples
    --------
    >>> from motorworks.engines.lp.builder import Builder
    >>> lp = Builder()
    >>> n = lp.columns("n", (2,), upper=5.0, integer=True)
    >>> fixed = fix_integers(lp.model(), np.array([2.0000001, 0.0]))
    >>> fixed.col_lower.tolist(), fixed.col_upper.tolist(), fixed.has_integers
    ([2.0, 0.0], [2.0, 0.0], False)
    """
    if model.integer is None or not model.has_integers:
        return model
    fixed, left = model.integer.copy(), np.zeros(len(x), dtype=np.bool_)
    if free is not None:
        left[free] = fixed[free]
        fixed[free] = False
    whole = np.round(x)
    return replace(
        model,
        col_lower=np.where(fixed, whole, model.col_lower),
        col_upper=np.where(fixed, whole, model.col_upper),
        integer=left if left.any() else None,
    )


def with_row(model: Model, weights: Floats, lower: float, upper: float) -> Model:
    """The program with one more row: ``lower <= weights @ x <= upper``."""
    return with_rows(model, csr_array(weights[None, :]), lower, upper)


def with_rows(model: Model, more: csr_array, lower: float, upper: float) -> Model:
    """The program with more rows: ``lower <= more @ x <= upper``, ``more`` as wide as it."""
    rows, columns, _ = model.size
    held = csc_array((model.value, model.index, model.start), shape=(rows, columns))
    matrix = vstack([held, more], format="csc")
    count = more.shape[0]
    return replace(
        model,
        row_lower=np.append(model.row_lower, np.full(count, lower)),
        row_upper=np.append(model.row_upper, np.full(count, upper)),
        start=matrix.indptr.astype(np.int32),
        index=matrix.indices.astype(np.int32),
        value=matrix.data,
    )
