"""Mixed integer programs: solved, bounded, stopped, started, and fixed."""

import os
import signal
import threading
from itertools import product

import numpy as np
import pytest

from motorworks.engines.lp import highs
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Model, Status, fix_integers, with_row
from motorworks.engines.lp.watched import Progress


def knapsack(values: np.ndarray, weights: np.ndarray, room: float) -> Model:
    """Take whole things of the largest value that fit."""
    lp = Builder()
    take = lp.columns("take", values.shape, upper=1.0, cost=-values, integer=True)
    lp.terms(lp.rows("room", (1,), upper=room), take, weights)
    return lp.model()


def hard(size: int = 60, seed: int = 5) -> Model:
    """A market split: feasible only by luck, so that the search goes on for long."""
    random = np.random.default_rng(seed)
    lp = Builder()
    pick = lp.columns("pick", (size,), upper=1.0, integer=True)
    weights = random.integers(0, 100, (6, size)).astype(float)
    over = lp.columns("over", (6,), cost=1.0)
    under = lp.columns("under", (6,), cost=1.0)
    half = np.floor(weights.sum(axis=1) / 2.0)
    rows = lp.rows("split", (6,), lower=half, upper=half)
    lp.terms(rows[:, None], pick[None, :], weights)
    lp.terms(rows, over, -1.0)
    lp.terms(rows, under, 1.0)
    return lp.model()


@pytest.mark.parametrize("seed", range(10))
def test_a_knapsack_is_packed_as_by_trying_everything(seed: int) -> None:
    """The optimum and its bound are those of brute force."""
    random = np.random.default_rng(seed)
    values, weights = random.uniform(1, 9, 8), random.uniform(1, 9, 8)
    best = max(
        values @ picked
        for picked in (np.array(choice) for choice in product((0, 1), repeat=8))
        if weights @ picked <= 15.0
    )
    found = highs.solve(knapsack(values, weights, 15.0), gap=0.0)
    assert found.status is Status.OPTIMAL
    assert found.whole
    assert found.objective == pytest.approx(-best)
    assert found.bound == pytest.approx(-best)


def test_a_search_that_is_cut_short_keeps_its_best_and_a_bound() -> None:
    """With a limit on nodes the point is feasible and not better than the bound."""
    found = highs.solve(hard(), gap=0.0, node_limit=1)
    assert found.status is Status.LIMIT
    assert found.feasible
    assert found.bound <= found.objective


def test_the_same_node_limit_gives_the_same_plan() -> None:
    """Limits on nodes, unlike those on time, repeat."""
    first, second = (highs.solve(hard(), gap=0.0, node_limit=200) for _ in range(2))
    assert first.x.tolist() == second.x.tolist()


def test_a_start_is_taken_up() -> None:
    """A search that may not branch returns a start that is better than what it finds alone."""
    model = hard()
    good = highs.solve(model, gap=0.0, node_limit=1000)
    short = highs.solve(model, gap=0.0, node_limit=1)
    again = highs.solve(model, gap=0.0, node_limit=1, start=good.x)
    assert good.objective < short.objective
    assert again.objective <= good.objective + 1e-6


def test_an_onlooker_sees_best_and_bound_close_in() -> None:
    """Progress is told with a bound that never passes the best."""
    seen: list[Progress] = []
    highs.solve(hard(), gap=0.0, time_limit_s=1.0, on_progress=seen.append)
    assert seen
    assert all(step.bound <= step.best + 1e-6 for step in seen)


def test_ctrl_c_ends_the_search_with_the_best_so_far() -> None:
    """The solver stops, the best point stays, and no interrupt is left over."""
    reached = threading.Event()

    def look(step: Progress) -> None:
        if np.isfinite(step.best):
            reached.set()

    def press() -> None:
        reached.wait()
        os.kill(os.getpid(), signal.SIGINT)

    pressed = threading.Thread(target=press)
    pressed.start()
    found = highs.solve(hard(), gap=0.0, time_limit_s=60.0, on_progress=look)
    pressed.join()
    assert found.status is Status.LIMIT
    assert found.feasible
    assert found.seconds < 60.0


def test_integers_fixed_leave_a_linear_program_with_marginal_values() -> None:
    """Two sites of 10 at a cost of 50 each: with both open, one more car costs 1."""
    lp = Builder()
    up = lp.columns("up", (2,), upper=1.0, cost=50.0, integer=True)
    ship = lp.columns("ship", (2,), cost=[1.0, 3.0])
    lp.terms(lp.rows("wanted", (1,), lower=15.0), ship, 1.0)
    room = lp.rows("room", (2,), upper=0.0)
    lp.terms(room, ship, 1.0)
    lp.terms(room, up, -10.0)
    whole = highs.solve(lp.model(), gap=0.0)
    assert whole.objective == pytest.approx(100 + 10 + 15)
    fixed = highs.solve(fix_integers(lp.model(), whole.x), ranging=True)
    assert fixed.objective == pytest.approx(125)
    # room at the cheap site saves 2 for each of the 5 that the other one makes
    assert fixed.dual[room[0]] == pytest.approx(-2)
    assert fixed.row_until is not None
    assert fixed.row_until[room[0]] == pytest.approx(5)


def test_a_row_added_is_kept() -> None:
    """The program with one more row keeps it, and all others."""
    model = knapsack(np.array([3.0, 4.0]), np.array([1.0, 1.0]), 2.0)
    held = with_row(model, np.array([0.0, 1.0]), -np.inf, 0.0)
    assert held.size == (2, 2, 3)
    assert highs.solve(held, gap=0.0).objective == pytest.approx(-3)


def test_a_lot_that_equals_its_room_is_found() -> None:
    """The least lot of 120 just fits the space of 100 and 20 more: HiGHS 1.14.0 ships nothing."""
    lp = Builder()
    shipped = lp.columns("shipped", (1,), cost=-4900.0)
    spot = lp.columns("spot", (1,), upper=20.0, cost=50.0)
    sails = lp.columns("sails", (1,), upper=1.0, integer=True)
    room = lp.rows("room", (1,), upper=100.0)
    lp.terms(room, shipped, 1.0)
    lp.terms(room, spot, -1.0)
    least, most = lp.rows("least", (1,), lower=0.0), lp.rows("most", (1,), upper=0.0)
    lp.terms(least, shipped, 1.0)
    lp.terms(least, sails, -120.0)
    lp.terms(most, shipped, 1.0)
    lp.terms(most, sails, -1000.0)
    assert highs.solve(lp.model(), gap=0.0).objective == pytest.approx(-587_000)
