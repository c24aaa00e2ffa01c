"""What becomes of a planned order, counted pair by pair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motorworks.simulate.order import adherence, changes, last_times

ORDERS = st.lists(st.integers(0, 50), min_size=1, max_size=15, unique=True)


@given(ORDERS)
def test_adherence_is_what_counting_pairs_says(order: list[int]) -> None:
    """In order is who has no later car before it; displaced, who is not at its rank."""
    kept = adherence(np.array(order))
    good = [all(other < car for other in order[:place]) for place, car in enumerate(order)]
    away = [abs(place - sorted(order).index(car)) for place, car in enumerate(order)]
    assert kept.cars == len(order)
    assert kept.in_order_pct == pytest.approx(100.0 * sum(good) / len(order))
    assert kept.mean == pytest.approx(np.mean(away))
    assert (kept.p50, kept.p95) == pytest.approx(tuple(np.percentile(away, (50, 95))))
    assert kept.most == max(away)


def test_a_planned_order_is_kept_in_full() -> None:
    """Gaps do not count: other cars did not come by."""
    kept = adherence(np.array([3, 7, 8, 20]))
    assert (kept.in_order_pct, kept.most) == (100.0, 0.0)


def test_no_car_has_no_share() -> None:
    """Nothing came by."""
    kept = adherence(np.array([], dtype=np.int64))
    assert kept.cars == 0
    assert np.isnan(kept.in_order_pct)


@given(st.lists(st.integers(0, 5), max_size=15))
def test_a_car_that_comes_again_counts_where_it_came_last(order: list[int]) -> None:
    """As in a rework loop."""
    last = last_times(np.array(order, dtype=np.int64)).tolist()
    expected = [car for place, car in enumerate(order) if car not in order[place + 1 :]]
    assert last == expected


def test_changes_are_counted_between_neighbours() -> None:
    """A row of cars has no change before its first."""
    assert changes(np.array([], dtype=np.int64)) == 0
    assert changes(np.array([2])) == 0
    assert changes(np.array([2, 2, 1, 2, 2, 0])) == 3
