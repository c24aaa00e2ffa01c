"""Beams, held against the best of all orders, and their limits."""

from collections import Counter

import numpy as np
import pytest

from motorworks.engines.random import stream
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.beam.beam import build
from motorworks.sequence.beam.budget import Budget, OverError
from motorworks.sequence.beam.outlook import outlook_of
from motorworks.sequence.beam.steps import Steps
from motorworks.sequence.classes import classes_of
from tests.all_orders import orders
from tests.unit.sequence.beam.classic import classic_day, steps_for

PLENTY, MANY = 20_000, 10**6


def built(steps: Steps, width: int, most: int = MANY, noise: float = 0.0) -> list[int] | None:
    """The order that a beam of a width comes to."""
    outlook = outlook_of(steps, Budget(float("inf"), None))
    order = build(steps, outlook, width, most, noise, stream(1, "test"), lambda _: None)
    return None if order is None else order.tolist()


def members(steps: Steps) -> dict[int, int]:
    """Cars to be placed of each class."""
    return dict(zip(steps.number.tolist(), steps.members.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(20))
def test_a_beam_that_drops_nothing_finds_the_best_order(seed: int) -> None:
    """As few violations as the best of all orders; and none with one less."""
    day = classic_day(seed, 8, seed % 4, seed % 2, kinds=4)
    steps = steps_for(day)
    assert steps is not None
    order = built(steps, PLENTY)
    assert order is not None
    assert Counter(order) == members(steps)
    marks = [score_order(day, one).mark for one in orders(day)]
    given = classes_of(day).of[day.before + day.frozen :]
    fewest = steps.violations(np.array(order))
    saved = score_order(day, range(day.count)).mark - min(marks)
    assert 2 * (steps.violations(given) - fewest) == saved
    assert built(steps, PLENTY, fewest) is not None
    assert built(steps, PLENTY, fewest - 1) is None


def test_a_narrow_beam_keeps_the_cars_that_there_are() -> None:
    """Whatever is dropped on the way, and whatever chance adds."""
    steps = steps_for(classic_day(9, 40, 3, kinds=5))
    assert steps is not None
    for width, noise in ((1, 0.0), (3, 0.0), (3, 0.5)):
        order = built(steps, width, noise=noise)
        assert order is not None
        assert Counter(order) == members(steps)


def test_a_beam_is_given_up_when_its_work_is_done() -> None:
    """Whoever is told of the work may raise, and that ends it."""
    steps = steps_for(classic_day(9, 40, 3))
    assert steps is not None
    outlook, budget = outlook_of(steps, Budget(float("inf"), None)), Budget(500, None)
    with pytest.raises(OverError):
        build(steps, outlook, 100, MANY, 0.0, stream(1, "test"), budget.spend)
    assert budget.spent >= 500
