"""Classic car sequencing instances."""

from pathlib import Path

import pytest

from motorworks.case.line_day import Objective, Ratio
from motorworks.errors import CaseError
from motorworks.io.formats.csplib import read_csplib

SMALL = "4 2 3\n1 2\n2 3\n0 1 1 0\n1 2 0 1\n2 1 1 1\n"


def written(folder: Path, text: str) -> Path:
    """The text as a file."""
    path = folder / "small.txt"
    path.write_text(text)
    return path


def test_an_instance_is_a_day_without_a_day_before(tmp_path: Path) -> None:
    """Cars of a class are alike; windows count once and inside the day only."""
    day = read_csplib(written(tmp_path, SMALL))
    assert (day.name, day.before, day.count) == ("small", 0, 4)
    assert day.vehicles == ("class-0", "class-1", "class-1", "class-2")
    assert day.has.tolist() == [[True, False], [False, True], [False, True], [True, True]]
    assert day.ratios == (
        Ratio("option-1", 0, 1, 2, counting="once", past_ends=False),
        Ratio("option-2", 1, 2, 3, counting="once", past_ends=False),
    )
    assert day.objectives == (Objective("high", 1),)
    assert len(day.colours) == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("4 2 3", "5 2 3", "row 1: announces 5 cars, but the classes hold 4"),
        ("4 2 3", "4 2 4", "row 1: announces 4 classes, but 3 follow"),
        ("4 2 3", "4 2", "row 1 = '4 2': must hold three numbers: cars, options and classes"),
        ("4 2 3", "4 2.5 3", "row 1 = '2.5': must be a whole number, 0 or above"),
        ("4 2 3", "0 2 3", "row 1 = '0': holds no car: the day is empty"),
        ("4 2 3", "999999999 2 3", "row 1 = '999999999': must be at most 100,000 cars"),
        ("1 2\n", "3 2\n", "row 3 = '3/2': is no window for a ratio: it must be 1 or more, and hold"
         " its cars"),
        ("1 2\n", "1\n", "row 2: holds 1 numbers for 2 options"),
        ("0 1 1 0", "0 1 2 0", "row 4 = '2': must be 0 or 1"),
        ("0 1 1 0", "0 1 1", "row 4: has 3 numbers; 4 are wanted: index, cars, flags"),
        ("1 2 0 1", "0 2 0 1", "row 5 = '0': is the index of an earlier class"),
        (SMALL[6:], "", "must begin with three rows: cars, options and classes; cars of a window; "
         "windows"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_row(tmp_path: Path, old: str, new: str, told: str) -> None:
    """File, row, value and what is allowed."""
    assert old in SMALL
    with pytest.raises(CaseError) as refused:
        read_csplib(written(tmp_path, SMALL.replace(old, new, 1)))
    assert [str(one) for one in refused.value.problems if str(one).endswith(told)]


@pytest.mark.parametrize("first", ["4 2", "4 x 3", "0 2 3"])
def test_a_wrong_first_row_hides_no_other(tmp_path: Path, first: str) -> None:
    """All problems at once."""
    text = SMALL.replace("4 2 3", first, 1).replace("0 1 1 0", "0 1 2 0", 1)
    with pytest.raises(CaseError) as refused:
        read_csplib(written(tmp_path, text))
    assert [one.row for one in refused.value.problems] == [1, 4]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A path that leads nowhere."""
    with pytest.raises(CaseError, match="cannot be read: No such file"):
        read_csplib(tmp_path / "none.txt")


@pytest.mark.data
def test_every_public_instance_is_read(data_folder: Path) -> None:
    """The classic nine, seventy random ones and fifteen larger ones."""
    days = [read_csplib(path) for path in sorted(data_folder.glob("csplib/*/*.txt"))]
    assert len(days) == 94
    assert {day.count for day in days} == {100, 200, 300, 400}
