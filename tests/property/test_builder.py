"""The builder against plain sums: whatever the shapes, terms land where numpy says."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Model

VALUES = st.integers(-9, 9).map(float)


def dense(model: Model) -> np.ndarray:
    """The matrix of a program as rows of columns."""
    rows, columns, _ = model.size
    matrix = np.zeros((rows, columns))
    for column in range(columns):
        for at in range(model.start[column], model.start[column + 1]):
            matrix[model.index[at], column] += model.value[at]
    return matrix


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_broadcast_terms_are_the_dense_sum(data: st.DataObject) -> None:
    """Any number of calls, any shapes that broadcast, places named more than once or never."""
    lp = Builder()
    blocks = data.draw(st.lists(hnp.array_shapes(max_dims=3, max_side=4), min_size=1, max_size=3))
    columns = [lp.columns(f"c{n}", shape) for n, shape in enumerate(blocks)]
    rows = [lp.rows(f"r{n}", shape) for n, shape in enumerate(blocks)]
    expected = np.zeros((rows[-1].max() + 1, columns[-1].max() + 1))
    for _ in range(data.draw(st.integers(0, 4))):
        shapes = data.draw(hnp.mutually_broadcastable_shapes(num_shapes=3, max_dims=3, max_side=4))
        some_rows, some_columns = (
            data.draw(hnp.arrays(np.int32, shape, elements=st.sampled_from(pool.ravel().tolist())))
            for shape, pool in zip(
                shapes.input_shapes[:2],
                (data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(columns))),
                strict=True,
            )
        )
        values = data.draw(hnp.arrays(np.float64, shapes.input_shapes[2], elements=VALUES))
        lp.terms(some_rows, some_columns, values)
        at = np.broadcast_arrays(some_rows, some_columns, values)
        np.add.at(expected, (at[0], at[1]), at[2])
    assert np.array_equal(dense(lp.model()), expected)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_bounds_end_as_the_tightest_said(data: st.DataObject) -> None:
    """The order in which bounds are said does not matter; each column keeps the tightest."""
    shape = data.draw(hnp.array_shapes(max_dims=2, max_side=5))
    said = data.draw(st.lists(hnp.arrays(np.float64, shape, elements=VALUES), max_size=4))
    one, other = Builder(), Builder()
    for lp, order in ((one, said), (other, said[::-1])):
        x = lp.columns("x", shape, lower=-5.0, upper=5.0)
        for bound in order:
            lp.at_most(x, bound)
            lp.at_least(x, bound - 10.0)
    uppers = np.minimum.reduce([np.full(shape, 5.0), *said])
    lowers = np.maximum.reduce([np.full(shape, -5.0), *(bound - 10.0 for bound in said)])
    for lp in (one, other):
        assert np.array_equal(lp.model().col_upper.reshape(shape), uppers)
        assert np.array_equal(lp.model().col_lower.reshape(shape), lowers)
