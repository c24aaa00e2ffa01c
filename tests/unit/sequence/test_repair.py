"""A broken sequence repaired: what happened is kept to, and nothing is changed without need."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.day_part import part_of
from motorworks.case.line_day import (
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
from motorworks.errors import CaseError, InfeasibleError
from motorworks.result.verify import score_order, verify_sequence
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.repair import Disturbance, cars_moved, closed_up, repair, repaired_day

QUICK = SequenceParams(iterations=50_000, bound_effort=0)


def day_of(colours: str, heavy: str, **rules: object) -> LineDay:
    """A day of one car for each letter: its colour, and whether it is heavy (x)."""
    names = tuple(sorted(set(colours)))
    return LineDay(
        "day", tuple(f"c{n + 1}" for n in range(len(colours))), 0, ("heavy",),
        np.array([[mark == "x"] for mark in heavy]), names,
        np.array([names.index(colour) for colour in colours], dtype=np.int64),
        (Objective("high", 100), Objective("colour", 1)),
        **{"ratios": (Ratio("heavy", 0, 1, 2),), **rules},
    )  # fmt: skip


def test_a_car_that_drops_out_is_no_change() -> None:
    """The cars behind it move up, and that is all."""
    day = day_of("aaabbb", "x-x-x-")
    fewest = repair(day, range(6), Disturbance(dropped=(1,)), QUICK)[0]
    assert fewest.order == (0, 2, 3, 4, 5)
    assert (fewest.changes, fewest.moved, fewest.values["high"]) == (0, 0, 1.0)


def test_a_late_car_comes_when_its_parts_are_there() -> None:
    """It stands at its first position, the cars between move up, one car was moved."""
    day = day_of("aaaaaa", "------")
    fewest = repair(day, range(6), Disturbance(now=1, late=((2, 4),)), QUICK)[0]
    assert fewest.order == (0, 1, 3, 4, 2, 5)
    assert (fewest.changes, fewest.moved) == (0, 1)


def test_cars_of_a_colour_that_is_down_come_as_soon_as_it_is_up() -> None:
    """In their order, before those that stood behind the stretch."""
    day = day_of("abababab", "--------")
    base = closed_up(day, range(8), Disturbance(colour_down=((1, 0, 3),)))
    assert base == (0, 2, 4, 6, 1, 3, 5, 7)


def test_an_added_car_comes_as_soon_as_it_may() -> None:
    """It is put in at its first position and the cars from there move back."""
    day = day_of("aaaa", "----")
    answer = repair(day, [0, 1, 3], Disturbance(added=((2, 1),)), QUICK)[0]
    assert answer.order == (0, 2, 1, 3)


def test_the_best_repair_removes_what_the_fewest_changes_leave() -> None:
    """One car dropped brings heavy cars together; three repairs, marks falling, changes rising."""
    day = day_of("aaaaaaaa", "x-x-x-x-")
    answers = repair(day, range(8), Disturbance(now=1, dropped=(1,)), QUICK)
    fewest, middle, best = answers
    assert [one.name for one in answers] == ["fewest", "middle", "best"]
    assert fewest.mark == 100.0
    assert best.mark == 0.0
    assert fewest.mark >= middle.mark >= best.mark
    assert fewest.changes <= middle.changes <= best.changes


def test_hard_rules_are_kept_by_the_repair_with_the_fewest_changes() -> None:
    """Batches of at most two: closing up would make three, one change of places mends it."""
    day = day_of("aabaab", "------", paint=Paint((2, 2)))
    answers = repair(day, range(6), Disturbance(dropped=(2,)), QUICK)
    assert all(one.broken == 0 for one in answers)
    assert answers[0].changes == 2


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[LineDay, list[int], Disturbance]:
    """Days of six cars, an order of them, and something that happens."""
    letters = st.text("ab", min_size=6, max_size=6)
    rules = {"paint": Paint((2, 2))} if draw(st.booleans()) else {}
    day = day_of(draw(letters), draw(st.text("x-", min_size=6, max_size=6)), **rules)
    high = draw(st.sampled_from([100, 1_000_000]))
    day = replace(day, objectives=(Objective("high", high), Objective("colour", 1)))
    order = list(draw(st.permutations(range(6))))
    now = draw(st.integers(0, 2))
    late = draw(st.sampled_from(order[now:]))
    gone = draw(st.sampled_from([(), tuple(car for car in order[now:] if car != late)[:1]]))
    names = len(day.colours)
    down = draw(st.sampled_from([(), ((names - 1, now, now + 1),)]))
    what = Disturbance(now, gone, ((late, draw(st.integers(0, 4))),), (), down)
    return day, order, what


@settings(max_examples=40, deadline=None)
@given(disturbed())
def test_no_order_of_a_small_day_repairs_it_better(
    given_: tuple[LineDay, list[int], Disturbance],
) -> None:
    """Fewest: of orders that keep batches, and other hard rules as well as may be, the fewest.

    Best: none of them has a lower mark. What is told is so.
    """
    day, order, what = given_
    today = repaired_day(day, closed_up(day, order, what), what)
    scores = []
    for rest in permutations(range(what.now, today.count)):
        new = (*range(what.now), *rest)
        score = score_order(today, new)
        changes = sum(car != place for place, car in enumerate(new))
        if all(one.rule != "paint batch" for one in score.violations):
            scores.append((score.broken, changes, score.mark))
    if not scores:
        with pytest.raises(InfeasibleError):
            repair(day, order, what, QUICK)
        return
    answers = repair(day, order, what, QUICK)
    least = min(broken for broken, _, _ in scores)
    feasible = [(changes, mark) for broken, changes, mark in scores if broken == least]
    assert {one.broken for one in answers} == {least}
    assert answers[0].changes == min(changes for changes, _ in feasible)
    assert answers[2].mark == min(mark for _, mark in feasible)
    for one in answers:
        assert one.order[: what.now] == tuple(order[: what.now])
        assert set(one.order) == set(range(6)) - set(what.dropped)
        alone = part_of(day, one.order)
        assert score_order(alone, range(alone.count)).mark == one.mark
        if one.result is not None:
            weighed = replace(today, objectives=tuple(
                Objective(proof.name, proof.weight) for proof in one.result.proofs
            ))  # fmt: skip
            assert verify_sequence(weighed, one.result).clean


def test_a_gain_in_the_mark_is_worth_no_change_to_the_fewest() -> None:
    """Two changes keep the hard rules; four would take a million from the mark: not made."""
    day = replace(
        day_of("aaabaab", "xxx----", ratios=(Ratio("heavy", 0, 1, 2),), paint=Paint((3, 3))),
        objectives=(Objective("high", 1_000_000), Objective("colour", 1)),
    )
    what = Disturbance(late=((1, 2),), colour_down=((1, 3, 5),))
    fewest = repair(day, [0, 5, 2, 4, 3, 1, 6], what, QUICK)[0]
    assert (fewest.broken, fewest.changes, fewest.mark) == (0, 2, 1_000_003.0)


def test_rules_go_with_their_cars() -> None:
    """The mark of an order is the mark of the day that has its cars in this order."""
    day = day_of(
        "abab", "x-x-", places=(Places("p", (1, 3), 1, 3, priority="high"),),
        links=(Link("l", 3, 0, priority="high"),), levelled=(Levelled("v", (1.0, 0.0, 2.0, 0.5)),),
        stations=(WorkStation("s", (70.0, 50.0, 90.0, 40.0), 80.0),),
        stretches=(Stretch("t", 0, 1, 2, 0, 0),),
    )  # fmt: skip
    day = replace(day, objectives=(Objective("high", 5), Objective("levelling", 1),
                                   Objective("overload", 3)))  # fmt: skip
    for order in permutations(range(4)):
        alone = part_of(day, order)
        assert score_order(alone, range(4)).mark == pytest.approx(score_order(day, order).mark)


def test_rules_of_cars_that_are_gone_are_gone() -> None:
    """Links and places of a dropped car are dropped, positions beyond the end become the end."""
    day = day_of("abab", "x-x-", places=(Places("p", (1,), 1, 1), Places("q", (0, 1), 3, 3)),
                 links=(Link("l", 1, 0),), stretches=(Stretch("t", 0, 3, 3, 0, 0),))  # fmt: skip
    part = part_of(day, [0, 2, 3])
    assert part.places == (Places("q", (0,), 2, 2),)
    assert part.links == part.stretches == ()


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (Disturbance(now=9), "9 cars cannot be on the line already: the order has 4"),
        (Disturbance(now=2, dropped=(0,)), "c1 is on the line already"),
        (Disturbance(now=2, late=((1, 3),)), "c2 is not among the cars to come"),
        (Disturbance(dropped=(1,), late=((1, 2),)), "c2 drops out"),
        (Disturbance(late=((1, 4),)), "position 5 is not one of the 4"),
        (Disturbance(added=((1, 0),)), "c2 stands in the order already"),
        (Disturbance(colour_down=((0, 3, 1),)), "not 4-2"),
    ],
)
def test_what_cannot_have_happened_is_refused(what: Disturbance, words: str) -> None:
    """Each contradiction is told with the car or the colour."""
    with pytest.raises(CaseError, match=words):
        repair(day_of("abab", "----"), range(4), what, QUICK)


def test_cars_moved_are_those_outside_the_longest_common_order() -> None:
    """A swap of far places moves two, a shift of all by one moves one."""
    assert cars_moved(range(5), [4, 1, 2, 3, 0]) == 2
    assert cars_moved(range(5), [4, 0, 1, 2, 3]) == 1
    assert cars_moved([0, 1, 2], [2, 0]) == 1
