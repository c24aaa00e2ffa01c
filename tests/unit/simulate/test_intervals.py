"""Running means and their intervals, held against sums over everything at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from motorworks.simulate.intervals import Running, student

FIGURES = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=20)


@given(FIGURES)
def test_running_figures_are_those_of_all_values(values: list[float]) -> None:
    """Mean, spread, least and most; the interval is Student's."""
    seen = Running()
    for value in values:
        seen.add(value)
    assert float(seen.mean) == pytest.approx(np.mean(values), abs=1e-9)
    assert (float(seen.least), float(seen.most)) == (min(values), max(values))
    if len(values) > 1:
        spread = np.std(values, ddof=1)
        assert float(seen.spread) == pytest.approx(spread, abs=1e-6)
        reach = t.ppf(0.95, len(values) - 1) * spread / np.sqrt(len(values))
        assert float(seen.half(90.0)) == pytest.approx(reach, abs=1e-6)
    else:
        assert np.isnan(seen.half(90.0))


def test_what_is_not_known_is_left_out_value_by_value() -> None:
    """A vehicle that is not built in a replication says nothing about its lead time."""
    seen = Running()
    for values in ([np.nan, 1.0], [4.0, 3.0], [np.nan, 5.0]):
        seen.add(values)
    assert seen.count.tolist() == [1, 3]
    assert seen.mean.tolist() == [4.0, 3.0]
    assert seen.least.tolist() == [4.0, 1.0]
    assert np.isnan(seen.half(95.0)[0])
    assert seen.half(95.0)[1] == pytest.approx(4.968, abs=1e-3)


def test_one_value_has_an_endless_interval() -> None:
    """Nothing is known of the spread."""
    assert student(1, 95.0) == np.inf
    assert student(2, 95.0) == pytest.approx(12.706, abs=1e-3)
