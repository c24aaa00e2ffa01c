"""What an order costs: each rule of a day worked out by hand, and Renault's own marks."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motorworks.case.line_day import (
    InARow,
    Levelled,
    LineDay,
    Link,
    Objective,
    Paint,
    Places,
    Ratio,
    Stretch,
    WorkStation,
)
from motorworks.io.formats.roadef import read_roadef
from motorworks.result.sequence_score import Score
from motorworks.result.verify import score_order

ALL = (
    Objective("high", 100_000), Objective("low", 10_000), Objective("colour", 1_000),
    Objective("changes", 100), Objective("overload", 10), Objective("levelling", 1),
)  # fmt: skip


def day_of(flags: str, colours: str = "", before: int = 0, **rules: Any) -> LineDay:
    """A day of cars that have the trait where ``flags`` has an x."""
    colours = colours or "r" * len(flags)
    names = sorted(set(colours))
    return LineDay(
        name="demo",
        cars=tuple(f"car-{number}" for number in range(len(flags))),
        before=before,
        traits=("x",),
        has=np.array([[flag == "x"] for flag in flags]),
        colours=tuple(names),
        colour=np.array([names.index(one) for one in colours]),
        objectives=ALL,
        **rules,
    )


def found_in(score: Score) -> list[tuple[int, int, float, float, float]]:
    """Where rules are broken and what that counts."""
    return [(b.first, b.last, b.found, b.allowed, b.cost) for b in score.violations]


def as_given(day: LineDay) -> Score:
    """Score of the order as given."""
    return score_order(day, range(day.count))


@pytest.mark.parametrize(
    ("flags", "rule", "found"),
    [
        # inside the day; the windows from the third car on hold one only
        ("xx.x", Ratio("r", 0, 1, 2), [(0, 1, 2, 1, 1)]),
        # every window of three that touches the day, from two cars before it to its last car
        ("x|xx.x", Ratio("r", 0, 1, 3), [(-1, 1, 3, 1, 2), (0, 2, 2, 1, 1), (1, 3, 2, 1, 1)]),
        # cars of the day before alone count nothing, however many they are
        ("xx|...", Ratio("r", 0, 1, 2), []),
        # a window that begins before all known cars has only those that are there
        ("xx|x", Ratio("r", 0, 0, 4), [(-2, 1, 3, 0, 3), (-1, 2, 2, 0, 2), (0, 3, 1, 0, 1)]),
        # once: a window counts one
        ("xxx", Ratio("r", 0, 1, 3, counting="once"), [(0, 2, 3, 1, 1), (1, 3, 2, 1, 1)]),
        # within the ends: full windows inside the day alone
        ("x|xxx", Ratio("r", 0, 1, 3, past_ends=False), [(0, 2, 3, 1, 2)]),
        ("xx", Ratio("r", 0, 0, 3, past_ends=False), []),
        # weights
        ("xxx", Ratio("r", 0, 1, 2, weight=5), [(0, 1, 2, 1, 5), (1, 2, 2, 1, 5)]),
    ],
)
def test_a_ratio_counts_what_its_windows_have_too_much(
    flags: str, rule: Ratio, found: list[tuple[int, ...]]
) -> None:
    """The bar parts the day before from the day."""
    before = max(flags.find("|"), 0)
    score = as_given(day_of(flags.replace("|", ""), before=before, ratios=(rule,)))
    assert found_in(score) == found
    assert score.values["high"] == sum(one[4] for one in found)


def test_priorities_count_in_their_objectives_and_hard_ones_apart() -> None:
    """Weights belong to soft rules alone."""
    ratios = tuple(Ratio(p, 0, 1, 2, p, weight=3) for p in ("high", "low", "hard"))
    score = as_given(day_of("xx", ratios=ratios))
    assert (score.values["high"], score.values["low"], score.broken) == (3, 3, 1)
    assert score.mark == 3 * 100_000 + 3 * 10_000


def test_colours_change_against_the_car_before_too() -> None:
    """Changes inside the day before do not count, nor anything after the last car."""
    assert as_given(day_of("......", "rbgbbr", before=2)).values["colour"] == 3
    assert as_given(day_of("......", "rbgbbr")).values["colour"] == 4
    assert as_given(day_of(".....", "rbbbb", before=2)).values["colour"] == 0


@pytest.mark.parametrize(
    ("with_before", "most", "broken"), [(False, 3, 0), (False, 2, 1), (True, 3, 1), (True, 2, 2)]
)
def test_a_batch_counts_the_cars_beyond_its_limit(
    with_before: bool, most: int, broken: int
) -> None:
    """A run that goes on from the day before starts anew, unless the rule says otherwise."""
    day = day_of("......", "brrrrb", before=2, paint=Paint((9, most), with_before))
    score = as_given(day)
    assert score.broken == broken
    assert [(b.first, b.last, b.cars) for b in score.batches] == [
        (-1, 2, 4) if with_before else (0, 2, 3), (3, 3, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("flags", "found"),
    [
        ("x.xx.xxx.", [(0, 0, 1, 3, 2), (2, 3, 2, 3, 1)]),
        ("xx|x.x", []),  # goes on from the day before; the last may go on tomorrow
        ("x|x.x", [(-1, 0, 2, 3, 1)]),
        ("x|..", []),  # ended with the day before
        ("x", []),
    ],
)
def test_a_row_counts_the_cars_it_lacks(flags: str, found: list[tuple[int, ...]]) -> None:
    """At least three in a row."""
    before = max(flags.find("|"), 0)
    day = day_of(flags.replace("|", ""), before=before, in_a_row=(InARow("r", 0, 3),))
    assert found_in(as_given(day)) == found


def test_cars_elsewhere_than_in_their_places_count_one_each() -> None:
    """A fixed place, places not to be taken, and a place not before."""
    day = day_of(
        "....", before=1,
        places=(Places("here", (0,), 1, 1), Places("not", (1, 2), 0, 1, forbidden=True),
                Places("late", (1,), 2, 9, priority="low", weight=4)),
    )  # fmt: skip
    assert as_given(day).broken == 2
    assert as_given(day).values["low"] == 4
    assert score_order(day, [2, 0, 1]).broken == 1
    assert found_in(score_order(day, [2, 0, 1])) == [(0, 0, 1, 0, 1)]


def test_a_stretch_counts_cars_too_few_and_too_many() -> None:
    """Positions of the day, the ends included."""
    day = day_of("xx.x", before=1, stretches=(
        Stretch("few", 0, 1, 2, 2, 3), Stretch("many", 0, 0, 2, 0, 1),
        Stretch("fits", 0, 0, 0, 1, 1),
    ))  # fmt: skip
    assert found_in(as_given(day)) == [(1, 2, 1, 2, 1), (0, 2, 2, 1, 1)]


@pytest.mark.parametrize(("gap", "order", "lacking"), [
    (1, [0, 1, 2], 0), (2, [0, 2, 1], 0), (2, [0, 1, 2], 1), (1, [1, 0, 2], 2), (2, [1, 2, 0], 4),
])  # fmt: skip
def test_a_link_counts_the_positions_that_lack(
    gap: int, order: Sequence[int], lacking: int
) -> None:
    """The first car as given at least so many places before the second."""
    score = score_order(day_of("...", links=(Link("l", 0, 1, gap),)), order)
    assert score.broken == lacking


def test_levelling_adds_squares_of_what_is_ahead_or_behind() -> None:
    """Use 3, 0, 1, 0 is 1 a car: ahead by 2, 1, 1, 0, so 4 + 1 + 1; twice that with weight 2."""
    day = day_of("x....", before=1, levelled=(Levelled("l", (3.0, 0.0, 1.0, 0.0), 2.0),))
    assert as_given(day).values["levelling"] == 12.0
    # 0, 3, 0, 1: behind by 1, ahead by 1, even, even
    assert score_order(day, [1, 0, 3, 2]).values["levelling"] == 2 * (1 + 1)


def test_overload_is_what_does_not_fit_the_station() -> None:
    """Takt 60, length 80: the worker drifts from car to car, and starts each day where he stood."""
    times = (90.0, 75.0, 60.0, 100.0)
    day = day_of("....", before=1, stations=(WorkStation("s", times, 80.0, 2.0),))
    # the car of the day before leaves 20 behind: 20 + 75 is 15 over, 20 behind; 80 fits, 20
    # behind; 120 is 40 over
    score = as_given(day)
    assert found_in(score) == [(0, 0, 95, 80, 30), (2, 2, 120, 80, 80)]
    assert score.values["overload"] == 110


def test_frozen_cars_stay_and_wanted_places_are_kept() -> None:
    """Frozen is hard; each car elsewhere than wanted counts one."""
    day = day_of("....", frozen=2, wanted=(0, 1, 3, 2))
    assert as_given(day).broken == 0
    assert as_given(day).values["changes"] == 2
    assert score_order(day, [0, 2, 1, 3]).broken == 1
    assert score_order(day, [0, 1, 3, 2]).mark == 0


@pytest.mark.parametrize("order", [[0, 1], [0, 1, 1], [0, 1, 3], [-1, 0, 1], [0, 1, 2, 3]])
def test_what_is_no_order_of_the_day_is_refused(order: list[int]) -> None:
    """Each car once."""
    with pytest.raises(ValueError, match="each of 0 to 2 once"):
        score_order(day_of("..."), order)


@pytest.mark.data
def test_orders_as_given_have_the_marks_of_renaults_validator(data_folder: Path) -> None:
    """All six official marks that are published with the instances."""
    folder = data_folder / "roadef2005"
    with (folder / "check_marks.csv").open(encoding="utf-8") as file:
        official = {row["instance"]: float(row["mark"]) for row in csv.DictReader(file)}
    days = {name: read_roadef(folder / name) for name in official}
    assert {name: as_given(day).mark for name, day in days.items()} == official
    assert len(official) == 6
