"""Bounds given the values of what matters more, worked out by hand."""

import numpy as np

from motorworks.case.line_day import LineDay, Objective, Paint, Ratio
from motorworks.sequence.bounds.alone import single_bounds
from motorworks.sequence.bounds.bounds import InTurn
from motorworks.sequence.bounds.given import bound_given
from motorworks.sequence.bounds.ledger import ledger
from motorworks.sequence.bounds.work import Work
from tests.all_orders import all_scores


def coloured(cars: str, rules: tuple[Ratio, ...], before: str = "") -> LineDay:
    """A day of red and blue cars; a capital has the trait 0, a digit 1 in front the trait 1."""
    every = before + cars
    has = np.array([[letter.isupper(), letter in "xX"] for letter in every])
    colour = np.array([int(letter.lower() == "b") for letter in every])
    return LineDay(
        "day", tuple(every), len(before), ("roof", "hook"), has, ("red", "blue"), colour,
        (Objective("high", 1000), Objective("colour", 1)), ratios=rules, paint=Paint((9, 9)),
    )  # fmt: skip


def test_a_colour_with_many_cars_of_a_trait_is_split() -> None:
    """Four red cars with a roof, 1 in 3, and eight blue ones: R bb R bb R bb R bb, no better."""
    day = coloured("RRRRbbbbbbbb", (Ratio("roof", 0, 1, 3),))
    assert single_bounds(day)["colour"].value == 1
    bound = bound_given(day, "colour", {"high": 0.0, "colour": 9.0}, Work(5.0))
    assert bound is not None
    assert bound.value == 6  # four red runs, and three of blue between them


def test_each_violation_given_may_save_a_run() -> None:
    """With one window allowed to be broken two of the red cars may stand 2 apart, no nearer."""
    day = coloured("RRbbbbbbbb", (Ratio("roof", 0, 1, 2),))
    strict = bound_given(day, "colour", {"high": 0.0, "colour": 9.0}, Work(5.0))
    loose = bound_given(day, "colour", {"high": 1.0, "colour": 9.0}, Work(5.0))
    assert strict is not None
    assert loose is not None
    assert (strict.value, loose.value) == (2, 1)


def test_broken_rules_follow_from_few_changes() -> None:
    """Four red cars with a roof in one run, 1 in 2, have three pairs side by side."""
    day = coloured("RRRRbbbb", (Ratio("roof", 0, 1, 2),), before="bb")
    bound = bound_given(day, "high", {"colour": 1.0, "high": 9.0}, Work(5.0))
    assert bound is not None
    assert bound.value == 3


def test_rules_that_stand_in_each_other_s_way_are_bound_together() -> None:
    """Three cars have a roof, three a hook, 1 in 2 each, so that they alternate.

    Two of those with a roof have a rack, 1 in 5: first and last of six cars that would do, but one
    of these has a hook. Each rule alone can be kept; together one window at least is broken.
    """
    plain, hook = [False, False, False], [False, True, False]
    roof, rack = [True, False, False], [True, False, True]
    has = np.array([plain, plain, plain, plain, rack, rack, roof, hook, hook, hook])
    rules = (Ratio("roof", 0, 1, 2), Ratio("hook", 1, 1, 2), Ratio("rack", 2, 1, 5))
    day = LineDay(
        "day", tuple("abcdefghij"), 4, ("roof", "hook", "rack"), has, ("white",),
        np.zeros(10, np.int64), (Objective("high", 1),), ratios=rules,
    )  # fmt: skip
    assert InTurn(day, 0.0).given({"high": 1.0})["high"].value == 0
    assert InTurn(day, 5.0).given({"high": 1.0})["high"].value == 1
    assert min(score.values["high"] for score in all_scores(day)) == 1


def test_the_ledger_balances() -> None:
    """Excess less unused room is the same for any order: here R r R r after r r, 1 in 2."""
    day = coloured("RrRr", (Ratio("roof", 0, 1, 2),), before="rr")
    (entry,) = ledger(day, {"high": 0.0})
    assert entry.holds
    assert entry.priced
    # 5 windows with room for one car each hold two cars twice; only r r of the day before and
    # R leave one window free, which begins with the last r: beyond the end nothing is counted
    assert entry.unused == 1


def test_what_is_proven_needs_no_effort() -> None:
    """An objective at its bound keeps it, and one that nothing is known of keeps its own."""
    day = coloured("Rb", (Ratio("roof", 0, 1, 2),))
    bounds = InTurn(day, 0.0)
    assert bounds.given({"high": 0.0, "colour": 1.0}) == bounds.alone
