"""States and steps count what the written rules count, on days that they can tell."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.line_day import Objective, Paint, Places, Ratio
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.classes import classes_of
from tests.unit.sequence.beam.classic import classic_day, steps_for


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), cars=st.integers(3, 9), before=st.integers(0, 5))
def test_steps_count_as_the_written_rules_do(seed: int, cars: int, before: int) -> None:
    """Two orders differ by the same violations; what is frozen counts in both."""
    frozen = seed % 3
    day = classic_day(seed, cars, before, frozen)
    steps, classes = steps_for(day), classes_of(day)
    assert steps is not None
    rng = np.random.default_rng(seed)
    counted = []
    for _ in range(3):
        order = [*range(frozen), *(frozen + rng.permutation(cars - frozen)).tolist()]
        late = classes.of[before + np.array(order[frozen:])]
        counted.append(score_order(day, order).mark / 2 - steps.violations(late))
    assert len(set(counted)) == 1
    assert counted[0] >= 0
    assert counted[0] == 0 or frozen


@pytest.mark.parametrize(
    "change",
    [
        {"objectives": (Objective("high", 2), Objective("colour", 1)), "colours": ("red", "blue")},
        {"paint": Paint((1,))},
        {"places": (Places("first", (0,), 0, 0),)},
        {"ratios": (Ratio("A", 0, 1, 2), Ratio("B", 0, 2, 3, weight=2))},
        {"ratios": (Ratio("A", 0, 1, 15),)},
        {"ratios": ()},
    ],
)
def test_days_with_more_than_short_ratios_of_one_weight_have_no_steps(
    change: dict[str, object],
) -> None:
    """Colours, batch limits, places, two weights, a wide window, or nothing at all."""
    day = replace(classic_day(4, 18), **change)  # type: ignore[arg-type]
    assert steps_for(day) is None


def test_early_windows_count_from_where_they_lie_inside_the_day() -> None:
    """A window of three without a day before is judged at its third car, not at the second."""
    rule = Ratio("A", 0, 1, 3, past_ends=False)
    traits, has = ("a", "b", "c"), np.ones((3, 3), np.bool_)
    day = replace(classic_day(1, 3), has=has, traits=traits, ratios=(rule,))
    steps = steps_for(day)
    assert steps is not None
    assert steps.cost[:, -1, 0].tolist() == [0, 0, 2]
    assert steps.violations(np.zeros(3, np.int32)) == 2
