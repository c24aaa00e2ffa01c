"""The builder of linear programs lays out what it was told, and nothing else."""

import numpy as np
import pytest

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Model


def dense(model: Model) -> np.ndarray:
    """The matrix of a program as rows of columns."""
    rows, columns, _ = model.size
    matrix = np.zeros((rows, columns))
    for column in range(columns):
        for at in range(model.start[column], model.start[column + 1]):
            matrix[model.index[at], column] += model.value[at]
    return matrix


def test_blocks_are_numbered_in_the_order_of_adding() -> None:
    """Columns and rows count on from block to block, each block row by row."""
    lp = Builder()
    assert lp.columns("a", (2,)).tolist() == [0, 1]
    assert lp.columns("b", (2, 3)).tolist() == [[2, 3, 4], [5, 6, 7]]
    assert lp.rows("r", (1, 2)).tolist() == [[0, 1]]
    assert lp.rows("s", (1,)).tolist() == [2]
    assert lp.model().size == (3, 8, 0)


def test_bounds_and_costs_broadcast_to_their_block() -> None:
    """A scalar, a row or a column of figures fills the block."""
    lp = Builder()
    lp.columns("a", (2, 2), lower=[[1.0], [2.0]], upper=[8.0, 9.0], cost=5.0)
    lp.rows("r", (2,), lower=-3.0, upper=[3.0, 4.0])
    model = lp.model()
    assert model.col_lower.tolist() == [1, 1, 2, 2]
    assert model.col_upper.tolist() == [8, 9, 8, 9]
    assert model.cost.tolist() == [5, 5, 5, 5]
    assert (model.row_lower.tolist(), model.row_upper.tolist()) == ([-3, -3], [3, 4])


def test_columns_are_from_zero_on_and_rows_free_unless_said() -> None:
    """Defaults are those of a plan: nothing below zero, no rule without a bound."""
    lp = Builder()
    lp.columns("a", (1,))
    lp.rows("r", (1,))
    model = lp.model()
    assert (model.col_lower[0], model.col_upper[0], model.cost[0]) == (0, np.inf, 0)
    assert (model.row_lower[0], model.row_upper[0]) == (-np.inf, np.inf)


def test_terms_stand_at_their_rows_and_columns() -> None:
    """A sum over plants by month is one call with broadcasting."""
    lp = Builder()
    made = lp.columns("made", (2, 3))
    total = lp.rows("total", (3,))
    lp.terms(total[None, :], made, [[1.0], [2.0]])
    expected = np.hstack([np.eye(3), 2 * np.eye(3)])
    assert dense(lp.model()).tolist() == expected.tolist()


def test_terms_on_the_same_place_are_added_up() -> None:
    """The same row and column may be named twice, in one call or in two."""
    lp = Builder()
    x = lp.columns("x", (1,))
    row = lp.rows("r", (1,))
    lp.terms(row, x[[0, 0]], [1.0, 2.0])
    lp.terms(row, x, 4.0)
    model = lp.model()
    assert model.size == (1, 1, 1)
    assert model.value.tolist() == [7]


def test_terms_without_members_add_nothing() -> None:
    """An empty set needs no special case."""
    lp = Builder()
    x = lp.columns("x", (0, 4))
    lp.terms(lp.rows("r", (0, 4)), x, 1.0)
    assert lp.model().size == (0, 0, 0)


def test_terms_that_do_not_fit_together_are_refused() -> None:
    """Shapes that cannot broadcast are an error at the call that is wrong."""
    lp = Builder()
    with pytest.raises(ValueError, match="shape mismatch"):
        lp.terms(lp.rows("r", (2,)), lp.columns("x", (3,)), 1.0)


def test_bounds_only_ever_get_tighter() -> None:
    """A later, looser bound changes nothing."""
    lp = Builder()
    x = lp.columns("x", (3,), lower=1.0, upper=10.0)
    lp.at_most(x[:2], [4.0, 20.0])
    lp.at_most(x[0], 7.0)
    lp.at_least(x, [0.0, 2.0, 3.0])
    model = lp.model()
    assert model.col_upper.tolist() == [4, 10, 10]
    assert model.col_lower.tolist() == [1, 2, 3]


def test_a_program_can_grow_after_it_was_laid_out() -> None:
    """What was laid out stays as it was; the next layout has the new rows too."""
    lp = Builder()
    x = lp.columns("x", (2,))
    lp.terms(lp.rows("r", (1,), lower=1.0), x, 1.0)
    first = lp.model()
    lp.terms(lp.rows("s", (1,), upper=5.0), x[:1], 3.0)
    assert first.size == (1, 2, 2)
    assert dense(lp.model()).tolist() == [[1, 1], [3, 0]]


def test_a_block_is_not_added_twice_under_one_name() -> None:
    """The first would lose its bounds without a word."""
    lp = Builder()
    lp.rows("limit", (2,), upper=1.0)
    lp.columns("make", (2,))
    with pytest.raises(ValueError, match="'limit' stands in the program already"):
        lp.rows("limit", (1,), upper=1.0)
    with pytest.raises(ValueError, match="'make' stands in the program already"):
        lp.columns("make", (1,))


def test_rows_and_bounds_keep_the_rule_they_come_from() -> None:
    """What is written while a rule has its turn carries its name."""
    lp = Builder()
    make = lp.columns("make", (2,))
    lp.rule = "launch"
    lp.at_most(make, [1.0, 2.0])
    lp.rows("limit", (1,), upper=1.0)
    assert [(bound.rule, bound.side) for bound in lp.bounds] == [("launch", "upper")]
    assert (lp.row_blocks["limit"].rule, lp.column_blocks["make"].rule) == ("launch", "")
