"""What one step of the planner's rules costs, by which the search sets its temperatures."""

from typing import Any

import numpy as np
import pytest

from motorworks.case.line_day import (
    InARow,
    Levelled,
    LineDay,
    Objective,
    Places,
    WorkStation,
)
from motorworks.sequence.classes import classes_of
from motorworks.sequence.rules.others import encode_others
from motorworks.sequence.rules.units import unit_costs


def units(**rules: Any) -> set[float]:
    """Unit costs of a day of four cars, two of them with a towbar."""
    has = np.array([[True], [True], [False], [False]])
    objectives = (
        Objective("high", 100),
        Objective("overload", 2),
        Objective("levelling", 8),
        Objective("changes", 5),
    )
    colour = np.zeros(4, dtype=np.int64)
    day = LineDay(
        "units", tuple("abcd"), 0, ("towbar",), has, ("red",), colour, objectives, **rules
    )
    classes = classes_of(day)
    return unit_costs(encode_others(day, classes.of, len(classes.example)))


def test_no_rules_have_no_units() -> None:
    """A day of ratios and colours alone sets its temperatures by these."""
    assert units() == set()


def test_hard_rules_are_left_out() -> None:
    """Their cost says nothing of what the soft ones need."""
    rules = (Places("late", (0,), 3, 3), Places("early", (1,), 0, 1, priority="high", weight=3))
    assert units(places=rules, in_a_row=(InARow("row", 0, 2),)) == {300.0, 100.0}


def test_uses_and_times_count_by_how_much_cars_differ() -> None:
    """Uses of 0 and 4 lie 2 from their mean, squared and times 8; times 10 s, times 2."""
    levelled = (Levelled("battery", (4.0, 4.0, 0.0, 0.0)),)
    assert units(levelled=levelled) == {32.0}
    found = units(stations=(WorkStation("roof", (50.0, 50.0, 70.0, 70.0), 90.0),))
    assert list(found) == pytest.approx([20.0])


def test_cars_wanted_somewhere_have_the_weight_of_a_change() -> None:
    """One car elsewhere costs the weight of the objective."""
    assert units(wanted=(0, 1, 2, 3)) == {5.0}
