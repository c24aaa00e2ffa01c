"""Simple bounds of work, levelling and wanted places, against all orders of small days."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.line_day import Levelled, LineDay, Objective, WorkStation
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.bounds.alone import single_bounds
from motorworks.sequence.bounds.others import level_alone

TIMES = st.lists(st.sampled_from([20.0, 50.0, 60.0, 70.0, 100.0]), min_size=6, max_size=6)


def plain(count: int, before: int, **rules: object) -> LineDay:
    """A day with all the other objectives."""
    cars = count + before
    objectives = (Objective("overload", 1), Objective("levelling", 1), Objective("changes", 1))
    return LineDay(
        "day", tuple(map(str, range(cars))), before, (), np.zeros((cars, 0), np.bool_), ("white",),
        np.zeros(cars, np.int64), objectives, **rules,  # type: ignore[arg-type]
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(times=TIMES, length=st.sampled_from([60.0, 80.0, 110.0]),
       use=st.lists(st.sampled_from([0.0, 2.0, 4.0, 1.5]), min_size=4, max_size=4),
       wanted=st.lists(st.integers(0, 5), min_size=4, max_size=4))  # fmt: skip
def test_no_order_is_below_the_simple_bounds(
    times: list[float], length: float, use: list[float], wanted: list[int]
) -> None:
    """Of all 24 orders of four cars after two none has less."""
    day = plain(
        4, 2, stations=(WorkStation("seats", tuple(times), length, weight=2.0),),
        levelled=(Levelled("battery", tuple(use), weight=3.0),), wanted=tuple(wanted),
    )  # fmt: skip
    bounds = single_bounds(day)
    scores = [score_order(day, order) for order in permutations(range(4))]
    for name, bound in bounds.items():
        assert bound.value <= min(score.values[name] for score in scores) + 1e-9


def test_work_that_cannot_fit_is_counted() -> None:
    """Three cars of 100 s at 60 s a takt and 80 s of reach: 20 s each, and 40 s behind in all."""
    day = plain(3, 0, stations=(WorkStation("seats", (100.0,) * 3, 80.0),))
    # each car has 20 s more than the reach; of 3 x 80 s then 180 s are done, and 20 s may remain
    assert single_bounds(day)["overload"].value == pytest.approx(60.0 + 40.0)


def test_two_that_want_one_place_leave_one_elsewhere() -> None:
    """Three cars that want two places: at least one is moved."""
    assert single_bounds(plain(3, 0, wanted=(0, 1, 1)))["changes"].value == 1


def test_level_use_is_exact_for_one_trait() -> None:
    """Two of four cars: the best is 0 1 1 0 with 0.25 + 0 + 0.25, or alike."""
    assert level_alone(Levelled("roof", (1.0, 1.0, 0.0, 0.0))) == pytest.approx(0.5)
    assert level_alone(Levelled("weight", (1.0, 2.5, 0.0, 0.0))) == 0.0
