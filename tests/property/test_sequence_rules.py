"""What a move changes, as the search works it out, is what the written rules say of both orders."""

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.classes import classes_of
from motorworks.sequence.rules import others
from motorworks.sequence.rules.weights import HARD
from tests.subjects.line_days import FAMILIES, Family, drawn_day
from tests.subjects.rule_moves import rewrite, swap

Ints = NDArray[np.int32]

MIXES = st.lists(st.sampled_from(FAMILIES), min_size=1, unique=True).map(tuple)


def classes_in(day: LineDay) -> Ints:
    """Classes of the stage; a car each where cars were wanted somewhere, to score by car."""
    if day.wanted:
        return np.arange(len(day.cars), dtype=np.int32)
    return classes_of(day).of


def near(value: float, cost: float) -> Any:
    """A value, as near as double precision allows beside a cost with hard rules in it."""
    return pytest.approx(value, abs=1e-6 + 1e-14 * cost)


def written(day: LineDay, order: list[int]) -> float:
    """Cost of an order by the written rules, hard ones at their weight in the search."""
    score = score_order(day, order)
    return score.mark + HARD * score.broken


def moved(dice: Random, order: list[int]) -> tuple[int, list[int]]:
    """A stretch of an order, and the same cars in another order: turned, shifted or shuffled."""
    first, last = sorted((dice.randrange(len(order)), dice.randrange(len(order))))
    part = order[first : last + 1]
    kind = dice.randrange(4)
    if kind == 0:
        part.reverse()
    elif kind == 1:
        part = [*part[1:], part[0]]
    elif kind == 2:
        part = [part[-1], *part[:-1]]
    else:
        dice.shuffle(part)
    return first, part


def check_walk(seed: int, count: int, before: int, families: tuple[Family, ...]) -> None:
    """Make random moves; each time compare change, total and tally with the written rules."""
    day, dice = drawn_day(seed, count, before, families), Random(seed)
    kinds = classes_in(day)
    rules = others.encode_others(day, kinds, int(kinds.max()) + 1)
    order = dice.sample(range(count), count)
    seq = np.concatenate([kinds[:before], kinds[before:][order]]).astype(np.int32)
    tally = others.fresh_tally(rules, seq, before)
    cost = written(day, order)
    for _ in range(8):
        assert others.total(rules, tally) == near(cost, cost)
        assert others.broken(rules, tally) == score_order(day, order).broken
        if dice.random() < 0.5:
            i, j = dice.randrange(count), dice.randrange(count)
            change = swap(rules, tally, seq, before, i, j)
            order[i], order[j] = order[j], order[i]
        else:
            first, part = moved(dice, order)
            new = kinds[before:][part]
            change = rewrite(rules, tally, seq, before, first, new)
            order[first : first + len(part)] = part
        after = written(day, order)
        assert change == near(after - cost, cost + after)
        cost = after
        for kept, counted in zip(tally, others.fresh_tally(rules, seq, before), strict=True):
            compare(kept, counted)


def compare(kept: object, counted: object) -> None:
    """Tallies say the same; room for scratch may hold anything."""
    if isinstance(kept, np.ndarray):
        np.testing.assert_allclose(kept, counted, atol=1e-9)
    elif hasattr(kept, "_asdict"):
        for name, array in kept._asdict().items():
            if name != "moved":
                compare(array, getattr(counted, name))


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(2, 14), before=st.integers(0, 4))
def test_changes_by_moves_agree_with_the_written_rule(
    family: Family, seed: int, count: int, before: int
) -> None:
    """Each family alone: change of a move, total and tally, over random moves on random days."""
    check_walk(seed, count, before, (family,))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(2, 14), before=st.integers(0, 4), mix=MIXES)
def test_changes_by_moves_agree_with_mixed_rules(
    seed: int, count: int, before: int, mix: tuple[Family, ...]
) -> None:
    """Any mix of families: the cost is the sum, and none disturbs another."""
    check_walk(seed, count, before, mix)


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(120, 200))
def test_changes_by_moves_agree_on_longer_days(seed: int, count: int) -> None:
    """Days of several blocks of positions: sums over blocks, and drift that runs far."""
    check_walk(seed, count, 3, FAMILIES)
