"""Facility location of the OR-Library as a case."""

import re
from pathlib import Path

import pytest

from motorworks.case.check import check_case
from motorworks.errors import CaseError
from motorworks.io.formats.orlib_cap import read_orlib_cap
from motorworks.plan.solve import solve_plan

# two sites of 10 for 5 and 8; customers of 6 and 4 pay 12 or 6, and 8 or 16 for all of it
SMALL = " 2 2\n 10 5.\n 10 8.\n 6\n 12.0 6.0\n 4\n 8.0 16.0\n"


def written(folder: Path, text: str) -> Path:
    """The text as a file."""
    path = folder / "small.txt"
    path.write_text(text)
    return path


def test_an_instance_is_a_sound_case(tmp_path: Path) -> None:
    """Nothing is wrong with the case, and each lane carries a car at its share of the cost."""
    case = read_orlib_cap(written(tmp_path, SMALL))
    assert check_case(case) == []
    assert case.info.name == "small"
    assert case.table("lane_rates")["freight"].to_list() == [2.0, 1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("text", "least"),
    [
        (SMALL, 25.0),  # the first alone: 5 + 12 + 8, against 30 for the second and 27 for both
        (SMALL.replace(" 10 5.", " 9 5."), 27.0),  # too small alone: both, 5 + 8 + 6 + 8
        (SMALL.replace(" 10 5.", " 0 5."), 30.0),  # nothing there: 8 + 6 + 16
        (SMALL.replace("4\n 8.0 16.0", "0\n 0. 0."), 14.0),  # one customer: the second, 8 + 6
    ],
)  # fmt: skip
def test_the_best_margin_is_minus_the_least_cost(tmp_path: Path, text: str, least: float) -> None:
    """Worked by hand: fixed costs of the sites opened, and the cost of serving all customers."""
    assert solve_plan(read_orlib_cap(written(tmp_path, text))).margin == pytest.approx(-least)


def test_the_word_capacity_takes_the_number_told(tmp_path: Path) -> None:
    """Three large instances leave the capacity open."""
    path = written(tmp_path, SMALL.replace(" 10 ", " capacity "))
    case = read_orlib_cap(path, capacity=20.0)
    assert case.table("plants")["nameplate"].to_list() == [240.0, 240.0]
    with pytest.raises(CaseError, match=re.escape("small.txt row 2 = 'capacity'")):
        read_orlib_cap(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SMALL.replace("12.0", "twelve"), "row 5 = 'twelve': must be a number"),
        (SMALL.replace("12.0", "-12.0"), "row 5 = '-12.0': must be a number, 0 or above"),
        (SMALL.replace(" 2 2", " 2 3"), "ends before the numbers"),
        (SMALL + "7", "goes on after the numbers"),
        (SMALL.replace(" 2 2", " 2.5 2"), "row 1 = '2.5': must be whole"),
    ],
)
def test_what_is_no_instance_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """The file, the row and the word are named."""
    with pytest.raises(CaseError, match=re.escape(said)):
        read_orlib_cap(written(tmp_path, text))
