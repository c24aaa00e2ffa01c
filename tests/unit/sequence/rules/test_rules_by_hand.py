"""Each rule of the planner's in a small order whose cost can be worked out on paper."""

from typing import Any

import numpy as np
import pytest

from motorworks.case.line_day import (
    InARow,
    Levelled,
    LineDay,
    Link,
    Objective,
    Places,
    Stretch,
    WorkStation,
)
from motorworks.sequence.classes import classes_of
from motorworks.sequence.rules import others
from motorworks.sequence.rules.others import Others, Tally
from motorworks.sequence.rules.weights import HARD
from tests.subjects.rule_moves import Ints, rewrite, swap

OBJECTIVES = (
    Objective("high", 100),
    Objective("overload", 2),
    Objective("levelling", 9),
    Objective("changes", 5),
)


def day_of(cars: str, before: int = 0, **rules: Any) -> LineDay:
    """A day whose cars have the trait where the text has an x; takt 60 s."""
    has = np.array([[car == "x"] for car in cars], dtype=bool).reshape(-1, 1)
    colour = np.zeros(len(cars), dtype=np.int64)
    return LineDay(
        "by hand", tuple(cars), before, ("x",), has, ("red",), colour, OBJECTIVES, **rules
    )


def counted(day: LineDay) -> tuple[Others, Tally, Ints]:
    """Rules, tally and classes of a day in the order as given."""
    classes = classes_of(day)
    rules = others.encode_others(day, classes.of, len(classes.example))
    return rules, others.fresh_tally(rules, classes.of, day.before), classes.of.copy()


def cost(day: LineDay) -> float:
    """Cost of the order as given."""
    rules, tally, _ = counted(day)
    return float(others.total(rules, tally))


def test_a_day_without_rules_is_not_active() -> None:
    """The walk leaves all calls out: nothing is counted, and nothing costs time."""
    assert not counted(day_of("x.x"))[0].active


def test_a_rule_whose_objective_does_not_count_is_left_out() -> None:
    """Low priority is no objective of these days."""
    assert not counted(day_of("x.x", in_a_row=(InARow("row", 0, 2, "low"),)))[0].active


@pytest.mark.parametrize(
    ("cars", "before", "lacking"),
    [
        (".x.xx.xxx.", 0, 2 + 1),
        (".x.", 0, 2),
        ("..x", 0, 0),  # the last run may go on tomorrow
        ("x.", 1, 0),  # a run that ended with the day before is past
        ("xx.", 1, 1),  # one that goes on counts its cars there
        ("xxxxx.", 0, 0),
    ],
)
def test_short_runs_count_the_cars_they_lack(cars: str, before: int, lacking: int) -> None:
    """At least three in a row, with the ends of the day as defined."""
    day = day_of(cars, before, in_a_row=(InARow("row", 0, 3, "high", 4),))
    assert cost(day) == 100 * 4 * lacking


def test_joining_two_runs_is_worth_what_both_lacked() -> None:
    """xx.x. lacks 1 and 2 of three; xxx.. lacks none."""
    rules, tally, seq = counted(day_of("xx.x.", in_a_row=(InARow("row", 0, 3),)))
    assert others.total(rules, tally) == 300
    assert swap(rules, tally, seq, 0, 2, 3) == -300
    assert others.total(rules, tally) == 0


def test_a_car_before_its_time_breaks_a_hard_rule() -> None:
    """Car 1 must not come before the fourth position; taken there, nothing is broken."""
    day = day_of("....x", places=(Places("late part", (1,), 3, 4),))
    rules, tally, seq = counted(day)
    assert others.broken(rules, tally) == 1
    assert others.total(rules, tally) == HARD
    assert rewrite(rules, tally, seq, 0, 1, seq[[2, 3, 1]]) == -HARD
    assert others.broken(rules, tally) == 0


def test_a_forbidden_place_counts_each_car_that_stands_there() -> None:
    """Two of three cars stand in the second half."""
    rule = Places("not late", (0, 2, 3), 2, 3, forbidden=True, priority="high", weight=3)
    assert cost(day_of("....", places=(rule,))) == 2 * 3 * 100


@pytest.mark.parametrize(("least", "most", "amiss"), [(0, 1, 1), (3, 3, 1), (1, 2, 0), (5, 9, 3)])
def test_a_stretch_counts_cars_too_few_or_too_many(least: int, most: int, amiss: int) -> None:
    """Two cars with the trait stand at the second to fourth position."""
    assert cost(day_of("xxx.x", stretches=(Stretch("hour", 0, 1, 3, least, most),))) == 100 * amiss


def test_an_exchange_within_a_stretch_changes_nothing() -> None:
    """Only what crosses the end of a stretch counts."""
    rule = Stretch("hour", 0, 0, 2, 0, 0)
    rules, tally, seq = counted(day_of("x...", stretches=(rule,)))
    assert swap(rules, tally, seq, 0, 0, 2) == 0
    assert swap(rules, tally, seq, 0, 2, 3) == -100


def test_a_link_lacks_the_positions_to_its_gap() -> None:
    """The car that should be three before the other stands two behind it: five are lacking."""
    day = day_of(".....", links=(Link("pair", 4, 2, gap=3, priority="high"),))
    rules, tally, seq = counted(day)
    assert others.total(rules, tally) == 500
    assert swap(rules, tally, seq, 0, 2, 4) == -400  # two before: one is lacking
    assert swap(rules, tally, seq, 0, 2, 0) == -100


def test_batteries_spread_over_the_day_cost_least() -> None:
    """Two of six cars have a battery.

    In front they are ahead of even by 2/3, 4/3, 3/3, 2/3, 1/3 and 0: squares 34/9. At the second
    and fifth position they are never more than 1/3 off: squares 4/9.
    """
    day = day_of("xx....", levelled=(Levelled("battery", (1, 1, 0, 0, 0, 0)),))
    rules, tally, seq = counted(day)
    assert others.total(rules, tally) == pytest.approx(34)
    assert swap(rules, tally, seq, 0, 0, 4) == pytest.approx(-30)
    assert others.total(rules, tally) == pytest.approx(4)


def test_overload_is_the_work_that_no_worker_gets_done() -> None:
    """Takt 60 s, length 90 s, work 80, 80 and 40 s.

    Behind by 20 s the second car needs until 100 s: 10 s too many. With the short work between
    the long ones the worker is back in time.
    """
    day = day_of("...", stations=(WorkStation("roof", (80, 80, 40), 90, weight=3),))
    rules, tally, seq = counted(day)
    assert others.total(rules, tally) == pytest.approx(10 * 3 * 2)
    assert swap(rules, tally, seq, 0, 1, 2) == pytest.approx(-60)


def test_overload_of_the_day_before_is_past_but_not_how_far_it_left_the_worker_behind() -> None:
    """Work of 200 s before the day leaves 30 s behind, and 10 s too many for 70 s of work."""
    station = WorkStation("roof", (200, 70), 90)
    assert cost(day_of("..", 1, stations=(station,))) == pytest.approx(10 * 2)


def test_cars_of_one_class_are_wanted_at_each_others_places() -> None:
    """Two like cars are wanted crosswise, which changes nothing; the third stands elsewhere."""
    day = day_of("xx..", wanted=(1, 0, 0, 3))
    assert cost(day) == 5 * 1
