"""Orders of small days that are mended: what must stay stays, and nothing gets worse."""

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from motorworks.case.line_day import LineDay
from motorworks.errors import InfeasibleError
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.solve import solve_sequence
from tests.small_days import drawn_day
from tests.subjects.line_days import FAMILIES
from tests.subjects.line_days import drawn_day as drawn_with_others

NOTHING = SequenceParams(iterations=0, bound_effort=0)
SHORT = SequenceParams(iterations=5_000, bound_effort=0)


def mended(day: LineDay, kept: int) -> None:
    """Build an order and mend it; the last cars stay, and the score is no worse."""
    try:
        built = solve_sequence(day, NOTHING).order
    except InfeasibleError:
        reject()
    found = solve_sequence(day, SHORT, start=built, kept=kept)
    assert sorted(found.order) == list(range(day.count))
    assert found.order[day.count - kept :] == built[day.count - kept :]
    before, after = score_order(day, built), score_order(day, found.order)
    assert (after.broken, after.mark) <= (before.broken, before.mark + 1e-6)
    assert found.broken == after.broken
    assert found.mark == pytest.approx(after.mark, rel=1e-12)  # summed up in another order


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 30), part=st.floats(0.0, 1.0))
def test_the_last_cars_stay_and_no_order_gets_worse(seed: int, count: int, part: float) -> None:
    """Under ratios, colours and batch limits, from no car that stays to all of them."""
    mended(drawn_day(seed, count, 3), round(part * count))


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(2, 12), part=st.floats(0.0, 1.0))
def test_so_it_is_under_the_planner_s_other_rules(seed: int, count: int, part: float) -> None:
    """All families of rules at once."""
    mended(drawn_with_others(seed, count, 2, FAMILIES), round(part * count))
