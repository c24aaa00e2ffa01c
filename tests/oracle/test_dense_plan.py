"""The plan's optimum against a plain dense formulation of the same page, case by case."""

import random

import pytest

from motorworks.case.case import Case, table_of
from motorworks.case.records.programme import Pin
from tests.oracle.dense_plan import Plan, best_margin
from tests.oracle.planned import margin_of
from tests.random_cases import Maker

BATCHES, EACH = 25, 10


def near(dense: float | None) -> object:
    """What equals a dense optimum.

    Where parts of the margin cancel out, rounding is that of the parts: money of 1e5 and more.
    """
    return None if dense is None else pytest.approx(dense, rel=1e-7, abs=1e-2)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_cases_have_the_optimum_of_the_dense_formulation(batch: int) -> None:
    """Builder and dense formulation agree on the margin, and verification finds nothing wrong."""
    for seed in range(1000 + batch * EACH, 1000 + (batch + 1) * EACH):
        case = Maker(seed).case()
        assert margin_of(case) == near(best_margin(case)), f"seed {seed}"


def pinned(case: Case, seed: int) -> Case:
    """The case with one pin: up to twice of what the launch allows in some month must be built."""
    rng = random.Random(seed)
    figures = Plan(case)
    vehicle, plant = rng.choice(list(figures.made))
    month = rng.randrange(figures.count)
    limit = min(figures.limit(vehicle, plant, month), 200.0)
    pin = Pin(vehicle=vehicle, plant=plant, month=figures.months[month],
              minimum=limit * rng.uniform(0, 2), reason="must be")  # fmt: skip
    return case.replace(pins=table_of(Pin, [pin]))


def test_cases_pinned_too_high_have_no_plan_in_either() -> None:
    """Builder and dense formulation agree on which pins cannot be met, and on the rest."""
    impossible = 0
    for seed in range(2000, 2040):
        case = pinned(Maker(seed).case(), seed)
        dense = best_margin(case)
        assert margin_of(case) == near(dense), f"seed {seed}"
        impossible += dense is None
    assert 8 < impossible < 32
