"""Fewest colour changes: worked out by hand for each way in which batches can lie."""

import numpy as np
import pytest

from motorworks.case.line_day import LineDay, Paint
from motorworks.sequence.bounds.colours import colour_without_room, least_changes


def painted(
    day: str, most: dict[str, int], before: str = "", *, frozen: int = 0, with_before: bool = False
) -> LineDay:
    """A day whose cars are letters of colours."""
    names = tuple(sorted(most))
    return LineDay(
        "day", tuple(before + day), len(before), (), np.zeros((len(before + day), 0), np.bool_),
        names, np.array([names.index(letter) for letter in before + day]), (), frozen=frozen,
        paint=Paint(tuple(most[name] for name in names), with_before),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "before", "changes"),
    [
        ("rrrbb", "", 1),  # rrr bb
        ("rrrbb", "g", 2),  # g | rrr bb
        ("rrrbb", "b", 1),  # b | bb rrr
        ("rrrrrrbb", "", 2),  # rrr bb rrr
        ("rrrrrrbb", "b", 3),  # b | b rrr b rrr: blue is split and two batches change nothing less
        ("rrrrrrrrrb", "", None),  # three red batches, one blue car between them
        ("", "r", 0),
    ],
)
def test_changes_are_counted_as_by_hand(day: str, before: str, changes: int | None) -> None:
    """Batches of at most 3 red and 5 others: the count of the order written beside each case."""
    given = painted(day, {"b": 5, "g": 5, "r": 3}, before)
    if changes is None:
        assert colour_without_room(given) == "r"
    else:
        assert colour_without_room(given) is None
        assert least_changes(given).value == changes


def test_cars_of_the_day_before_count_for_the_limit_only_where_asked() -> None:
    """Three red cars after two: one batch if counting starts anew, two if it goes on."""
    most = {"b": 9, "r": 3}
    assert least_changes(painted("rrrb", most, "rr")).value == 1
    assert least_changes(painted("rrrb", most, "rr", with_before=True)).value == 2


def test_changes_in_the_frozen_beginning_stay() -> None:
    """With r b r frozen there are two changes, and a third to the blue cars that follow."""
    assert least_changes(painted("rbrbb", {"b": 9, "r": 9}, frozen=3)).value == 3


def test_a_day_without_limits_needs_a_run_of_each_colour() -> None:
    """Three colours change twice, whatever their numbers."""
    day = painted("rrrrrrrrbg", {"b": 9, "g": 9, "r": 9})
    assert least_changes(day).value == 2
