"""What is to come, held against all orders of any cars; the bound against the best order."""

from itertools import product

import numpy as np
import pytest

from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.beam import outlook as outlook_module
from motorworks.sequence.beam.budget import Budget, OverError
from motorworks.sequence.beam.outlook import HEATS, outlook_of, work_of_outlook
from tests.all_orders import orders
from tests.unit.sequence.beam.classic import classic_day, steps_for

ENDLESS = float("inf")


@pytest.mark.parametrize("seed", range(12))
def test_what_is_to_come_is_the_sum_over_all_orders(seed: int) -> None:
    """Of the likelihoods of violations and prices of every order of as many cars of any class."""
    steps = steps_for(classic_day(seed, 6, seed % 3))
    assert steps is not None
    found, heat = outlook_of(steps, Budget(ENDLESS, None)), HEATS[-1]
    bills = [
        steps.violations(steps.number[list(order)]) + found.price[list(order)].sum()
        for order in product(range(len(steps.members)), repeat=steps.cars)
    ]
    softened = -heat * np.logaddexp.reduce(-np.array(bills) / heat)
    assert found.ahead[0, steps.begin] == pytest.approx(softened, abs=1e-4)
    assert found.ahead[-1].tolist() == pytest.approx(steps.end.tolist(), abs=1e-5)
    assert found.bound == pytest.approx(min(bills) - found.price @ steps.members, abs=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_no_order_has_fewer_violations_than_the_bound(seed: int) -> None:
    """The Lagrangian bound holds for every order of the cars that there are."""
    day = classic_day(seed + 50, 7, seed % 4)
    steps = steps_for(day)
    assert steps is not None
    found = outlook_of(steps, Budget(ENDLESS, None))
    fewest = min(score_order(day, order).mark for order in orders(day)) / 2
    assert found.bound <= fewest + 1e-9


def test_prices_take_as_many_cars_of_each_class_as_there_are() -> None:
    """On average over the likely orders; the slope of what is made least is what they lack."""
    steps = steps_for(classic_day(9, 30, 2))
    assert steps is not None
    fit = outlook_module._Fit(steps, steps.cars, Budget(ENDLESS, None))
    fit.heat = HEATS[-1]
    price = outlook_of(steps, Budget(ENDLESS, None)).price / fit.heat
    value, slope = fit(price)
    assert np.abs(slope).max() < 0.1
    rng = np.random.default_rng(1)
    for _ in range(5):
        to = rng.normal(size=len(price)) * 0.05
        there, slope_there = fit(price + to)
        assert there - value == pytest.approx((slope + slope_there) @ to / 2, abs=1e-3)


def test_a_budget_that_is_too_small_ends_it() -> None:
    """Work is counted look by look, never above what was announced."""
    steps = steps_for(classic_day(9, 30, 2))
    assert steps is not None
    budget = Budget(ENDLESS, None)
    outlook_of(steps, budget)
    assert 0 < budget.spent <= work_of_outlook(steps)
    with pytest.raises(OverError):
        outlook_of(steps, Budget(budget.spent // 2, None))
