"""Whether two programs are the same, entry by entry."""

import numpy as np
from scipy.sparse import csc_array

from motorworks.engines.lp.model import Model

VECTORS = ("cost", "col_lower", "col_upper", "row_lower", "row_upper")


def differences(one: Model, other: Model) -> list[str]:
    """Say where two programs differ by more than rounding; explicit zeros do not count."""
    if one.size[:2] != other.size[:2]:
        return [f"{one.size[:2]} rows and columns against {other.size[:2]}"]
    found = []
    for name in VECTORS:
        left, right = getattr(one, name), getattr(other, name)
        far = np.flatnonzero(~np.isclose(left, right, rtol=1e-12, atol=1e-12))
        if far.size:
            at = far[0]
            found.append(f"{name}: {far.size} differ, the first at {at}: {left[at]} {right[at]}")
    left, right = _matrix(one), _matrix(other)
    if left.nnz != right.nnz:
        found.append(f"{left.nnz} entries against {right.nnz}")
    elif not (
        np.array_equal(left.indptr, right.indptr)
        and np.array_equal(left.indices, right.indices)
        and np.allclose(left.data, right.data, rtol=1e-12, atol=0.0)
    ):
        found.append("the matrices differ")
    return found


def _matrix(model: Model) -> csc_array:
    rows, columns, _ = model.size
    matrix = csc_array((model.value, model.index, model.start), shape=(rows, columns))
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix
