"""Property tests: a linear program with decided columns and rows left out is the same program."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from motorworks.engines.lp import highs
from motorworks.engines.lp.model import Model, Status
from motorworks.engines.lp.reduce import reduce


@st.composite
def programs(draw: st.DrawFn) -> Model:
    """Small programs around a point that keeps all rows, some columns fixed, rows short."""
    n_columns, n_rows = draw(st.integers(2, 6)), draw(st.integers(1, 8))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    matrix = rng.integers(-3, 4, (n_rows, n_columns)) * (rng.random((n_rows, n_columns)) < 0.4)
    point = rng.integers(0, 5, n_columns).astype(np.float64)
    fixed = rng.random(n_columns) < 0.3
    room = np.where(rng.random((2, n_rows)) < 0.3, np.inf, rng.integers(0, 4, (2, n_rows)))
    made = matrix @ point
    columns = [np.flatnonzero(matrix[:, j]) for j in range(n_columns)]
    return Model(
        cost=rng.integers(-5, 6, n_columns).astype(np.float64),
        col_lower=np.where(fixed, point, 0.0),
        col_upper=np.where(fixed, point, point + rng.integers(1, 6, n_columns)),
        row_lower=made - room[0],
        row_upper=made + room[1],
        start=np.concatenate([[0], np.cumsum([len(rows) for rows in columns])]).astype(np.int32),
        index=np.concatenate(columns).astype(np.int32),
        value=np.concatenate([matrix[r, j] for j, r in enumerate(columns)]).astype(np.float64),
        integer=None,
    )


@given(programs())
def test_the_smaller_program_has_the_same_optimum_point_and_proof(model: Model) -> None:
    """Its optimum, grown, keeps every row, costs what the whole costs, and its duals prove that."""
    reduced = reduce(model)
    if not reduced.kept.any() or not reduced.free.any():
        return
    small, whole = highs.solve(reduced.model), highs.solve(model)
    assert small.status is whole.status is Status.OPTIMAL
    x, dual = reduced.grow(small.x, small.dual)
    assert np.isclose(model.cost @ x, whole.objective, atol=1e-6)
    assert np.isclose(_proven(model, dual), whole.objective, atol=1e-6)


def _proven(model: Model, dual: np.ndarray) -> float:
    """The least cost that duals prove: rows and columns at the side that their signs say."""
    matrix = np.zeros(model.size[:2])
    for column in range(matrix.shape[1]):
        span = slice(model.start[column], model.start[column + 1])
        matrix[model.index[span], column] = model.value[span]
    left = model.cost - matrix.T @ dual
    dual, left = np.where(np.abs(dual) < 1e-9, 0.0, dual), np.where(np.abs(left) < 1e-9, 0.0, left)
    rows = np.where(dual > 0, model.row_lower, np.where(dual < 0, model.row_upper, 0.0))
    columns = np.where(left > 0, model.col_lower, np.where(left < 0, model.col_upper, 0.0))
    return float(dual @ rows + left @ columns)
