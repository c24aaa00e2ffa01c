"""What the rules leave to each other, worked out by hand."""

from dataclasses import replace

import numpy as np

from motorworks.case.line_day import LineDay, Objective, Paint, Ratio
from motorworks.sequence.bounds.given import bound_given, known_of
from motorworks.sequence.bounds.work import Work
from tests.all_orders import all_scores


def roofs_in_one_run() -> LineDay:
    """Four red cars, all with a roof, and four blue ones, two with a hook, after two blue ones.

    Of two cars 1 may have a roof, of three 1 a hook.
    """
    plain, roof, hook = [False, False], [True, False], [False, True]
    has = np.array([plain, plain, roof, roof, roof, roof, plain, plain, hook, hook])
    colour = np.array([1, 1, 0, 0, 0, 0, 1, 1, 1, 1])
    rules = (Ratio("roof", 0, 1, 2), Ratio("hook", 1, 1, 3))
    return LineDay(
        "day", tuple("abcdefghij"), 2, ("roof", "hook"), has, ("red", "blue"), colour,
        (Objective("colour", 1000), Objective("high", 1)), ratios=rules, paint=Paint((9, 9)),
    )  # fmt: skip


def test_what_one_rule_is_broken_at_least_is_not_left_to_the_others() -> None:
    """In one run of red the roofs break three windows; of three violations none is the hooks'."""
    asked = known_of(roofs_in_one_run(), "high", {"colour": 1.0, "high": 3.0}, Work(9.0))
    assert asked is not None
    assert [(entry.least, entry.most) for entry in asked.entries] == [(3, 3), (0, 0)]
    assert [entry.alone for entry in asked.entries] == [0, 0]


def test_with_changes_to_spare_nothing_is_pinned() -> None:
    """Red cars one by one between the blue ones keep the roofs apart."""
    asked = known_of(roofs_in_one_run(), "high", {"colour": 9.0, "high": 3.0}, Work(9.0))
    assert asked is not None
    assert [(entry.least, entry.most) for entry in asked.entries] == [(0, 3), (0, 3)]


def test_fewer_violations_than_the_rules_need_cannot_be_asked_for() -> None:
    """Two violations with one change there are not, and the bound says so."""
    day = roofs_in_one_run()
    assert known_of(day, "high", {"colour": 1.0, "high": 2.0}, Work(9.0)) is None
    bound = bound_given(day, "high", {"colour": 1.0, "high": 3.0}, Work(9.0))
    assert bound is not None
    assert (bound.value, bound.how) == (3.0, "what the rules leave to each other")
    scores = all_scores(day)
    assert min(one.values["high"] for one in scores if one.values["colour"] <= 1) == 3


def test_a_rule_that_has_no_window_does_not_hold() -> None:
    """Of nine in a row one may have a hook, full windows only: eight cars have none to keep."""
    day = roofs_in_one_run()
    rules = (Ratio("roof", 0, 1, 2), Ratio("hook", 1, 1, 9, past_ends=False))
    asked = known_of(replace(day, ratios=rules), "high", {"colour": 1.0, "high": 3.0}, Work(9.0))
    assert asked is not None
    assert [(entry.least, entry.most) for entry in asked.entries] == [(3, 3), (0, 0)]
    assert [entry.holds for entry in asked.entries] == [False, False]
