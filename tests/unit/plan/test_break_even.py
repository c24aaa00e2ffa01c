"""The search for a break-even on functions whose zero is known."""

from collections.abc import Callable

import pytest

from motorworks.case.records.evidence import Fact
from motorworks.plan.break_even import find_break_even
from motorworks.result.ranges import BreakEven


def search(worth: Callable[[float], float], chosen: float, low: float, high: float) -> BreakEven:
    """Follow a function from a chosen value between low and high."""
    fact = Fact(fact_id="f", table="prices", key="*", field="price", status="assumed",
                value=str(chosen), low=str(low), high=str(high))  # fmt: skip
    return find_break_even(fact, "margin", worth(chosen), (worth(low), worth(high)), worth)


def test_a_straight_line_is_followed_to_its_zero() -> None:
    """Falling or rising, the zero is met to a thousandth of the range, or a worth near nothing."""
    falling = search(lambda x: 100 - 4 * x, 10, 5, 40)
    assert falling.break_even == pytest.approx(25, abs=0.1)
    assert falling.inside
    rising = search(lambda x: 4 * x - 100, 40, 10, 50)
    assert rising.break_even == pytest.approx(25, abs=0.1)
    assert rising.inside


def test_a_bent_line_is_followed_to_its_zero() -> None:
    """A margin over a price is made of straight pieces, ever steeper or ever flatter."""
    steeper = search(lambda x: min(100 - x, 220 - 5 * x), 10, 5, 60)
    assert steeper.break_even == pytest.approx(44, rel=0.01)
    flatter = search(lambda x: max(100 - 5 * x, 40 - x), 2, 1, 60)
    assert flatter.break_even == pytest.approx(40, rel=0.01)


def test_a_worth_that_stops_at_zero_breaks_even_where_it_gets_there() -> None:
    """A plan may leave a thing alone, so that its worth never falls below zero."""
    found = search(lambda x: max(100 - 4 * x, 0.0), 10, 5, 40)
    assert found.break_even == pytest.approx(25, abs=0.2)


def test_a_zero_beyond_the_range_is_found_and_said_to_be_outside() -> None:
    """The line through the chosen value and the worse end leads there."""
    found = search(lambda x: 100 - 4 * x, 10, 5, 15)
    assert found.break_even == pytest.approx(25, abs=0.2)
    assert not found.inside


def test_what_never_reaches_zero_has_no_break_even() -> None:
    """Flat, ever better, or already below zero at the chosen value."""
    assert search(lambda x: 100.0, 10, 5, 15).break_even is None
    assert search(lambda x: 100 - 1e-4 * x, 10, 5, 15).break_even is None
    assert search(lambda x: 50 + 50 / (1 + x), 10, 5, 15).break_even is None
    assert search(lambda x: -1 - x, 10, 5, 15).break_even is None


def test_no_search_asks_below_zero() -> None:
    """Prices, duties and volumes are never negative."""
    asked: list[float] = []

    def worth(x: float) -> float:
        asked.append(x)
        return 80 + x

    assert search(worth, 10, 5, 15).break_even is None
    assert min(asked) >= 0


def test_a_value_without_a_plan_counts_as_below_zero() -> None:
    """Where no plan meets all rules there is nothing to earn."""

    def worth(x: float) -> float | None:
        return 100 - x if x < 30 else None

    fact = Fact(fact_id="f", table="prices", key="*", field="price", status="assumed",
                value="10", low="5", high="40")  # fmt: skip
    found = find_break_even(fact, "margin", 90.0, (95.0, -1e9), worth)
    assert found.break_even == pytest.approx(30, rel=0.02)


def test_the_search_asks_seldom() -> None:
    """Each question is a plan to solve: a dozen are enough."""
    asked: list[float] = []

    def worth(x: float) -> float:
        asked.append(x)
        return min(100 - x, 220 - 5 * x)

    search(worth, 10, 5, 60)
    assert len(asked) <= 3 + 12
