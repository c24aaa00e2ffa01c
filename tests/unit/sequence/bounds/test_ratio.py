"""The least that one ratio rule counts, by hand and by the two methods against each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motorworks.case.line_day import LineDay, Objective, Places, Ratio
from motorworks.sequence.bounds.known import fixed_cars
from motorworks.sequence.bounds.ratio import (
    FREE,
    Cells,
    cells_of,
    least_broken,
    least_excess,
    least_windows,
)


def roofs(flags: str, before: int = 0, **more: object) -> LineDay:
    """A day with a 1 for each car with a roof; the first ones are of the day before."""
    has = np.array([[flag == "1"] for flag in flags])
    return LineDay(
        "day", tuple(flags), before, ("roof",), has, ("white",), np.zeros(len(flags), np.int64),
        (Objective("high", 1),), **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("flags", "before", "most", "window", "excess"),
    [
        ("110", 0, 1, 2, 0),  # 1 0 1
        ("111", 0, 1, 2, 2),  # both pairs
        ("1110", 0, 1, 2, 1),  # 1 1 0 1
        ("1110", 1, 1, 2, 1),  # 1 | 0 1 1 or 1 | 1 0 1
        ("1100", 2, 1, 2, 0),  # the pair of the day before counts for the day before
        ("11000", 2, 1, 3, 1),  # window of both and the first car of the day
    ],
)
def test_excess_is_as_by_hand(flags: str, before: int, most: int, window: int, excess: int) -> None:
    """The order written beside each case has the excess, and none has less."""
    day = roofs(flags, before)
    rule = Ratio("roof", 0, most, window)
    assert least_broken(day, rule, fixed_cars(day)).value == excess


def test_cars_that_are_fixed_are_known() -> None:
    """Two cars with a roof fixed side by side break 1 in 2 once, wherever the third stands."""
    day = roofs("111000", places=(Places("first", (0,), 2, 2), Places("second", (1,), 3, 3)))
    row = cells_of(day, Ratio("roof", 0, 1, 2), fixed_cars(day))
    assert row.cells.tolist() == [FREE, FREE, 1, 1, FREE, FREE, 0]
    assert row.many == 1
    assert least_excess(row) == 1


def test_the_second_place_that_claims_a_position_is_left_out() -> None:
    """A position is known to hold the car of the first rule that says so, frozen cars before."""
    rules = (Places("a", (2,), 0, 0), Places("b", (3,), 1, 1), Places("c", (2,), 1, 1))
    assert fixed_cars(roofs("1100", places=rules, frozen=1)).tolist() == [0, 3, -1, -1]


@given(
    cells=st.lists(st.sampled_from([FREE, FREE, FREE, 0, 1]), min_size=1, max_size=9),
    share=st.floats(0, 1),
    rule=st.sampled_from([(1, 2), (1, 3), (2, 3), (2, 4), (3, 4)]),
)
def test_both_countings_agree_on_what_can_be_kept(
    cells: list[int], share: float, rule: tuple[int, int]
) -> None:
    """Excess is 0 where no window must be broken; else each broken window has 1 to P - N."""
    free = cells.count(FREE)
    row = Cells(np.array(cells, np.int8), int(share * free), *rule)
    excess, windows = least_excess(row), least_windows(row)
    assert windows is not None
    assert (excess == 0) == (windows == 0)
    assert windows <= excess <= windows * (rule[1] - rule[0]) or excess > windows


def test_a_table_too_large_is_not_made() -> None:
    """Long windows counted once are bound by their excess instead."""
    row = Cells(np.full(60, FREE, np.int8), many=50, most=2, window=30)
    assert least_windows(row) is None
    day = roofs("1" * 50 + "0" * 10)
    rule = Ratio("roof", 0, 2, 30, counting="once", past_ends=False)
    bound = least_broken(day, rule, fixed_cars(day)).value
    assert bound == -(-least_excess(row) // 28) > 0
