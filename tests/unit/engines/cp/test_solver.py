"""CP-SAT fed from the arrays of a model."""

import numpy as np
import pytest

from motorworks.engines.cp.solver import solve, version
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Model, Status
from motorworks.errors import EngineError


def knapsack(upper: float = 1.0, weight: float = 3.0) -> Model:
    """Cover at least 7 with three things of 3, 4 and 5, as cheaply as can be."""
    lp = Builder()
    take = lp.columns("take", (3,), upper=upper, cost=[4.0, 6.0, 5.0])
    lp.terms(lp.rows("cover", (1,), lower=6.5), take, [weight, 4.0, 5.0])
    lp.add_offset(100.0)
    return lp.model()


def test_the_optimum_is_found_with_its_offset() -> None:
    """3 and 5 for 9, beside the offset of 100; a row of at least 6.5 asks for 7."""
    found = solve(knapsack(), effort=1.0)
    assert found.proven
    assert (found.objective, found.bound) == (109.0, 109.0)
    assert found.x.tolist() == [1, 0, 1]


def test_a_better_point_is_told_when_found() -> None:
    """From a full hint the solver tells objectives that fall, with the bound below them."""
    told: list[tuple[float, float]] = []
    solve(knapsack(), hint=np.ones(3), effort=1.0,
          on_found=lambda value, bound: told.append((value, bound)))  # fmt: skip
    assert told[-1][0] == 109.0
    assert all(bound <= value for value, bound in told)


def test_a_program_without_a_point_is_told() -> None:
    """Nothing covers 7 when nothing may be taken."""
    found = solve(knapsack(upper=0.0))
    assert found.status is Status.INFEASIBLE
    assert found.bound == np.inf
    assert not len(found.x)


@pytest.mark.parametrize("model", [knapsack(upper=np.inf), knapsack(weight=2.5)])
def test_what_is_not_whole_is_refused(model: Model) -> None:
    """Columns without finite bounds and broken coefficients cannot be given to CP-SAT."""
    with pytest.raises(EngineError, match="whole and finite"):
        solve(model)


def test_the_version_is_that_of_the_package() -> None:
    """OR-Tools tells its version without being imported."""
    assert version().startswith("9.")
