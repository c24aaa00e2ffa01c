"""The front of colour changes against violations: all points on small days, true ones on others."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.line_day import LineDay, Link, Objective, Paint, Ratio
from motorworks.errors import CaseError
from motorworks.result.verify import score_order
from motorworks.sequence.front import Front, colour_front
from motorworks.sequence.params import SequenceParams

QUICK = SequenceParams(iterations=20_000, bound_effort=0)


@st.composite
def small_days(draw: st.DrawFn) -> LineDay:
    """Days of up to six cars after up to two, with ratios of all kinds."""
    before, count = draw(st.integers(0, 2)), draw(st.integers(2, 6))
    total = before + count
    rows = st.lists(st.booleans(), min_size=2, max_size=2)
    has = np.array(draw(st.lists(rows, min_size=total, max_size=total)), dtype=np.bool_)
    colour = draw(st.lists(st.integers(0, 2), min_size=total, max_size=total))
    ratios = tuple(
        Ratio(
            f"r{trait}", trait, draw(st.integers(0, 2)), draw(st.integers(3, 4)),
            draw(st.sampled_from(["high", "low"])), draw(st.integers(1, 2)),
            draw(st.sampled_from(["excess", "once"])), draw(st.booleans()),
        )
        for trait in range(2)
    )  # fmt: skip
    objectives = (Objective("high", 10), Objective("colour", 3), Objective("low", 1))
    return LineDay(
        "day", tuple(f"c{n}" for n in range(total)), before, ("x", "y"), has, ("a", "b", "c"),
        np.array(colour, dtype=np.int64), objectives, ratios=ratios,
        paint=draw(st.sampled_from([None, Paint((6, 6, 3)), Paint((6, 6, 3), with_before=True)])),
    )  # fmt: skip


def by_hand(day: LineDay) -> list[tuple[float, float]]:
    """The front by trying every order."""
    points = set()
    for order in permutations(range(day.count)):
        score = score_order(day, order)
        colour = score.values["colour"]
        if not score.broken:
            points.add((colour, score.mark - day.weight("colour") * colour))
    return sorted(
        p for p in points
        if not any(q != p and q[0] <= p[0] and q[1] <= p[1] for q in points)
    )  # fmt: skip


def as_scored(day: LineDay, front: Front) -> list[tuple[float, float]]:
    """The points of a front, each as its order is scored by the written rules."""
    scored = []
    for point in front.points:
        score = score_order(day, point.order)
        colour = score.values["colour"]
        scored.append((colour, score.mark - day.weight("colour") * colour))
        assert (point.colour, point.rest) == scored[-1]
        assert point.broken == score.broken
    return scored


@settings(max_examples=40, deadline=None)
@given(small_days())
def test_the_front_of_a_small_day_is_whole(day: LineDay) -> None:
    """It has the points that trying every order finds, and each order scores as told."""
    due = by_hand(day)
    if due:
        front = colour_front(day)
        assert front.whole
        assert as_scored(day, front) == due


def test_searches_find_the_corners_of_the_front() -> None:
    """With a link, which labels do not know, weights find all points on the hull of the front."""
    has = np.array([[True], [True], [True], [False], [False], [False]])
    day = LineDay(
        "day", tuple("abcdef"), 0, ("x",), has, ("red", "blue"), np.array([0, 0, 0, 1, 1, 1]),
        (Objective("high", 100), Objective("colour", 1)),
        ratios=(Ratio("x", 0, 1, 2, past_ends=False),), links=(Link("l", 0, 1),),
    )  # fmt: skip
    front = colour_front(day, QUICK)
    assert not front.whole
    assert as_scored(day, front) == by_hand(day) == [(1, 200), (2, 100), (4, 0)]


def test_a_front_needs_two_objectives() -> None:
    """Without colour, or with nothing else, there is nothing to weigh."""
    day = LineDay(
        "day", ("a",), 0, (), np.zeros((1, 0), dtype=np.bool_), ("red",),
        np.zeros(1, dtype=np.int64), (Objective("colour", 1),),
    )  # fmt: skip
    for objectives in (day.objectives, (Objective("high", 1),)):
        with pytest.raises(CaseError, match="needs the objective colour"):
            colour_front(replace(day, objectives=objectives))
