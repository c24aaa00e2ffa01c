"""What the solver gives back, and what it refuses."""

import pickle

import numpy as np
import pytest

from motorworks.engines.lp import highs
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Model, Status
from motorworks.errors import EngineError


def knapsack() -> Model:
    """Worth 3 and 2 a unit, at most 4 together, at most 3 of the first: 3 x 3 + 1 x 2 = 11."""
    lp = Builder()
    x = lp.columns("x", (2,), upper=[3.0, np.inf], cost=[-3.0, -2.0])
    lp.terms(lp.rows("room", (1,), upper=4.0), x, 1.0)
    return lp.model()


def hard(seed: int = 0) -> Model:
    """A dense program that takes the simplex many iterations."""
    rng = np.random.default_rng(seed)
    lp = Builder()
    x = lp.columns("x", (60,), cost=rng.uniform(1, 2, 60))
    rows = lp.rows("cover", (40,), lower=rng.uniform(5, 9, 40))
    lp.terms(rows[:, None], x[None, :], rng.uniform(0, 1, (40, 60)))
    return lp.model()


def test_an_optimum_has_values_and_worths() -> None:
    """One more unit of room is worth 2; one more of the first would be worth 1 more than that."""
    solution = highs.solve(knapsack())
    assert solution.status is Status.OPTIMAL
    assert solution.objective == pytest.approx(-11)
    assert solution.bound == solution.objective
    assert solution.x == pytest.approx([3, 1])
    assert solution.dual == pytest.approx([-2])
    assert solution.reduced == pytest.approx([-1, 0])


def test_the_offset_counts_towards_the_objective() -> None:
    """A constant part of the objective is not forgotten."""
    model = knapsack()
    moved = Model(**{**vars(model), "offset": 100.0})
    assert highs.solve(moved).objective == pytest.approx(89)


def test_rules_that_exclude_each_other_are_infeasible() -> None:
    """At least 5 where at most 4 are possible; no basis is handed on."""
    model = knapsack()
    tight = Model(**{**vars(model), "row_lower": np.array([5.0])})
    solution = highs.solve(tight)
    assert solution.status is Status.INFEASIBLE
    assert solution.basis is None
    assert solution.bound == -np.inf


def test_endless_gain_is_told_from_no_solution() -> None:
    """Presolve alone says 'unbounded or infeasible'; the status must say which."""
    lp = Builder()
    x = lp.columns("x", (2,), cost=-1.0)
    lp.terms(lp.rows("r", (1,), upper=1.0), x[:1], 1.0)
    assert highs.solve(lp.model()).status is Status.UNBOUNDED
    lp.terms(lp.rows("never", (1,), upper=-1.0), x[:1], 1.0)
    assert highs.solve(lp.model()).status is Status.INFEASIBLE


def test_a_program_without_rows_or_columns_is_solved() -> None:
    """Bounds alone decide where there are no rows; an empty program is worth nothing."""
    lp = Builder()
    lp.columns("x", (2,), lower=1.0, upper=2.0, cost=[1.0, -1.0])
    assert highs.solve(lp.model()).objective == pytest.approx(-1)
    assert highs.solve(Builder().model()).objective == 0


def test_a_limit_stops_the_solver_and_says_so() -> None:
    """Iterations and time are limits of their own; neither result claims to be optimal."""
    full = highs.solve(hard())
    assert full.iterations > 10
    for stopped in (highs.solve(hard(), iteration_limit=3), highs.solve(hard(), time_limit_s=0.0)):
        assert stopped.status is Status.LIMIT
        assert stopped.bound == -np.inf
        assert stopped.basis is None


def test_a_basis_saves_iterations() -> None:
    """From the optimal basis of the same program there is nothing left to do."""
    first = highs.solve(hard())
    again = highs.solve(hard(), basis=first.basis)
    assert again.iterations < first.iterations
    assert again.objective == pytest.approx(first.objective)


def test_a_basis_is_the_same_in_another_process() -> None:
    """Sent and received it starts a program at the same point: the optimum, to the last digit."""
    first = highs.solve(hard())
    sent = pickle.loads(pickle.dumps(first.basis))
    assert sent.col_status == first.basis.col_status
    assert sent.row_status == first.basis.row_status
    assert (sent.valid, sent.alien) == (first.basis.valid, first.basis.alien)
    again = highs.solve(hard(), basis=sent)
    assert again.iterations == 0
    assert again.x.tolist() == highs.solve(hard(), basis=first.basis).x.tolist()


def test_a_basis_of_another_shape_is_refused() -> None:
    """A start that does not fit is an error, not silently forgotten."""
    with pytest.raises(EngineError, match="basis"):
        highs.solve(hard(), basis=highs.solve(knapsack()).basis)


@pytest.mark.parametrize("limit", [-1, "many"])
def test_an_option_the_solver_does_not_take_is_refused(limit: object) -> None:
    """HiGHS would go on with its default; the return code is looked at."""
    with pytest.raises((EngineError, TypeError)):
        highs.solve(knapsack(), iteration_limit=limit)  # type: ignore[arg-type]


def test_a_model_with_a_hole_is_refused() -> None:
    """A row number beyond the rows never reaches the simplex."""
    model = knapsack()
    broken = Model(**{**vars(model), "index": np.array([0, 7], dtype=np.int32)})
    with pytest.raises(EngineError, match="model"):
        highs.solve(broken)


def test_the_same_program_gives_the_same_bytes() -> None:
    """Two solves of one program end on the same vertex, bit for bit."""
    one, two = highs.solve(hard()), highs.solve(hard())
    assert one.x.tobytes() == two.x.tobytes()
    assert one.dual.tobytes() == two.dual.tobytes()
