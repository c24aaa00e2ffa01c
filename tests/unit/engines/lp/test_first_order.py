"""First-order steps on linear programs with known optima."""

import numpy as np
import pytest

from motorworks.engines.lp import highs
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.first_order import approach
from motorworks.engines.lp.model import Floats, Model


def transport(seed: int) -> Model:
    """Ship from six plants with limits to nine markets that want all their cars, at least cost."""
    rng = np.random.default_rng(seed)
    lp = Builder()
    ship = lp.columns("ship", (6, 9), upper=40.0, cost=rng.uniform(1, 9, (6, 9)))
    lp.terms(lp.rows("made", (6,), upper=100.0)[:, None], ship, 1.0)
    wanted = rng.uniform(20, 60, 9)
    lp.terms(lp.rows("wanted", (9,), lower=wanted, upper=wanted)[None, :], ship, 1.0)
    return lp.model()


@pytest.mark.parametrize("seed", range(5))
def test_the_point_and_the_duals_come_near_to_those_of_the_simplex(seed: int) -> None:
    """Cost and rows within a thousandth, and the duals prove a limit as near."""
    model = transport(seed)
    best = highs.solve(model).objective

    def near(x: Floats, dual: Floats) -> bool:
        return abs(model.cost @ x / best - 1) < 1e-4 and abs(limit(model, dual) / best - 1) < 1e-4

    reached = approach(model, near, iteration_limit=50_000)
    assert reached.content
    assert reached.x.min() >= 0.0
    assert reached.x.max() <= 40.0


def limit(model: Model, dual: Floats) -> float:
    """The least cost that duals prove where all columns have bounds."""
    dense = np.zeros((len(model.row_lower), len(model.cost)))
    for column, (first, last) in enumerate(zip(model.start[:-1], model.start[1:], strict=True)):
        dense[model.index[first:last], column] = model.value[first:last]
    reduced = model.cost - dual @ dense
    rows = np.where(dual > 0, model.row_lower, model.row_upper)
    return float(
        np.where(dual == 0, 0.0, dual * np.where(dual == 0, 0.0, rows)).sum()
        + np.where(reduced < 0, reduced * model.col_upper, reduced * model.col_lower).sum()
    )


def test_a_start_at_the_optimum_is_kept() -> None:
    """From the point and the duals of the simplex there is nothing left to do."""
    model = transport(7)
    best = highs.solve(model)
    reached = approach(model, lambda x, dual: True, start=(best.x, best.dual), judge_every=64)
    assert reached.iterations == 64
    assert reached.x == pytest.approx(best.x, abs=1e-6)


def test_limits_on_iterations_and_time_end_the_search() -> None:
    """A judge who is never content gets the last point."""
    model = transport(1)
    assert approach(model, lambda x, dual: False, iteration_limit=640).iterations == 640
    stopped = approach(model, lambda x, dual: False, time_limit_s=0.0)
    assert not stopped.content
    assert stopped.iterations == 320


def test_the_same_program_takes_the_same_steps() -> None:
    """Nothing is drawn at random that a second run would draw otherwise."""
    first, second = (approach(transport(3), lambda x, d: False, iteration_limit=640) for _ in "12")
    assert first.x.tolist() == second.x.tolist()
