"""Renault's car sequencing instances."""

import logging
from pathlib import Path

import pytest

from motorworks.case.line_day import Objective, Paint, Ratio
from motorworks.errors import CaseError
from motorworks.io.formats.roadef import read_roadef
from tests.small_renault import SHEETS, write_sheets

VEHICLES, RATIOS = "vehicles.txt", "ratios.txt"
LIMIT, OBJECTIVES = "paint_batch_limit.txt", "optimization_objectives.txt"
CARS = SHEETS[VEHICLES].split("\n", 1)[1]
DAY = CARS[CARS.index("2003 38 2") :]


def problems_of(folder: Path) -> list[str]:
    """What the reader complains of, as it is shown."""
    with pytest.raises(CaseError) as refused:
        read_roadef(folder)
    return [str(problem) for problem in refused.value.problems]


def test_an_instance_is_a_day_after_the_day_before(tmp_path: Path) -> None:
    """The first date stands before; ratios, limit and objectives are the day's rules."""
    day = read_roadef(write_sheets(tmp_path / "small"))
    assert (day.name, day.before, day.count) == ("small", 2, 4)
    assert day.cars == ("d1", "d2", "a", "b", "c", "d")
    assert day.traits == ("HP1", "LP1")
    assert day.has[:, 0].tolist() == [True, True, True, False, True, False]
    assert [day.colours[c] for c in day.colour] == ["2", "2", "2", "1", "1", "10"]
    assert day.ratios == (Ratio("HP1", 0, 1, 3), Ratio("LP1", 1, 1, 2, "low"))
    assert day.paint == Paint((2, 2, 2))
    assert day.objectives == (
        Objective("high", 1_000_000), Objective("colour", 1_000), Objective("low", 1)
    )  # fmt: skip


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read_alike(tmp_path: Path, end: str) -> None:
    """Windows and old Macintosh write other line ends."""
    one = read_roadef(write_sheets(tmp_path / "a"))
    other = read_roadef(write_sheets(tmp_path / "b", end=end))
    assert other.cars == one.cars
    assert (other.has == one.has).all()


def test_two_objectives_weigh_as_the_first_two_of_three(tmp_path: Path) -> None:
    """Ratios of low priority are then rules that nobody counts."""
    folder = write_sheets(
        tmp_path, OBJECTIVES, "3;low_priority_level_ratio_constraints;\n", ""
    )  # fmt: skip
    day = read_roadef(folder)
    assert [objective.weight for objective in day.objectives] == [1_000_000, 1_000]
    assert day.ratios[1].priority == "low"
    assert day.weight("low") == 0


def test_cars_stand_in_the_order_of_their_ranks(tmp_path: Path) -> None:
    """The rank says the order, not the row."""
    folder = write_sheets(tmp_path, VEHICLES, "2003 38 2;4;d", "2003 38 2;0;d")
    assert read_roadef(folder).cars[2:] == ("d", "a", "b", "c")


def test_a_name_on_two_cars_is_kept_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One of Renault's own instances has such a name; a car is known by date and rank."""
    with caplog.at_level(logging.WARNING):
        day = read_roadef(write_sheets(tmp_path, VEHICLES, "2;b;1", "2;a;1"))
    assert day.cars[2:] == ("a", "a", "c", "d")
    assert "a stands on more than one car" in caplog.text


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (VEHICLES, "c;1;1;1;", "c;1;2;1;", "row 6, HP1 = '2': must be 0 or 1"),
        (VEHICLES, "c;1;1;1;", "c;;1;1;", "row 6, Paint Color = '': must not be blank"),
        (VEHICLES, "c;1;1;1;", "c;1;1;", "row 6: has 5 cells, but the header has 6"),
        (VEHICLES, "2;3;c", "2;x;c", "row 6, SeqRank = 'x': must be a whole number"),
        (
            VEHICLES, "2;3;c", "2;2;c",
            "row 6, SeqRank = '2': is the car of row 5 again: same Date and SeqRank",
        ),
        (
            VEHICLES, "2003 38 2;4", "2003 38 3;4",
            "row 7, Date = '2003 38 3': is a date too many; two are wanted: the day before and the "
            "day",
        ),
        (
            VEHICLES, DAY, "",
            "row 2, Date = '2003 38 1': is the only date, so that the day to be sequenced is "
            "empty; two are wanted: the day before and the day",
        ),
        (VEHICLES, CARS, "", "vehicles.txt: holds no car"),
        (VEHICLES, "Paint Color", "Colour", "row 1 = 'Colour': column 4 must be 'Paint Color'"),
        (
            VEHICLES, "LP1", "LP2",
            "vehicles.txt row 1, LP1: has no column for the option that ratios.txt names",
        ),
        (
            RATIOS, "1/2;0;LP1;\n", "",
            "vehicles.txt row 1, LP1: is an option that ratios.txt does not name",
        ),
        (
            RATIOS, "1/3", "3/2",
            "row 2, Ratio = '3/2': must be a ratio N/P of whole numbers, N from 0 to P, P from 1",
        ),
        (
            RATIOS, "1/3", "a third",
            "row 2, Ratio = 'a third': must be a ratio N/P of whole numbers, N from 0 to P, P from "
            "1",
        ),
        (RATIOS, "1;HP1", "2;HP1", "row 2, Prio = '2': must be 1 (high priority) or 0 (low)"),
        (RATIOS, "LP1", "HP1", "ratios.txt row 3, Ident = 'HP1': stands in an earlier row too"),
        (
            LIMIT, "2;", "0;",
            "row 2, limitation = '0': must be a whole number of cars, 1 or more",
        ),
        (LIMIT, "2;\n", "", "paint_batch_limit.txt: has no limit below its header"),
        (RATIOS, "1/3;", "0/0;", "P, P from 1"),
        (RATIOS, "1/3;1;HP1;\n1/2;0;LP1;\n", "", "LP1: is an option that ratios.txt does not name"),
        (VEHICLES, ";HP1;LP1;", ";", "has no column for the option that ratios.txt names"),
        (LIMIT, "2;", "2;\n3;", "row 3 = '3': holds more than one limit"),
        (
            OBJECTIVES, "paint_color_batches", "beauty",
            "row 3, objective name = 'beauty': must be one of "
            "high_priority_level_and_easy_to_satisfy_ratio_constraints, "
            "high_priority_level_and_difficult_to_satisfy_ratio_constraints, "
            "low_priority_level_ratio_constraints, paint_color_batches",
        ),
        (OBJECTIVES, "3;low", "2;low", "row 4, rank = '2': ranks must be 1, 2, 3, each once"),
        (
            OBJECTIVES, SHEETS[OBJECTIVES], "",
            "optimization_objectives.txt: is empty; it begins with rank;objective name",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    """File, row, column, value and what is allowed."""
    problems = problems_of(write_sheets(tmp_path, file, old, new))
    assert [problem for problem in problems if problem.endswith(told)]


def test_a_batch_limit_that_no_order_can_keep_is_told(tmp_path: Path) -> None:
    """Three cars of a colour among four: the other parts them into two batches of one at most."""
    folder = write_sheets(tmp_path, VEHICLES, "a;2;1", "a;1;1")
    assert read_roadef(folder).paint == Paint((2, 2, 2))
    (folder / LIMIT).write_text("limitation;\n1;\n")
    assert problems_of(folder) == [
        "paint_batch_limit.txt row 2, limitation = '1': cannot be met: 3 cars of colour 1 in a day "
        "with 1 other car, and so with 2 batches at most"
    ]


def test_missing_sheets_are_all_told_at_once(tmp_path: Path) -> None:
    """Nobody wants to mend one, try again, and hear of the next."""
    folder = write_sheets(tmp_path)
    (folder / RATIOS).unlink()
    (folder / LIMIT).write_bytes(b"limitation;\n\xff;\n")
    (folder / OBJECTIVES).unlink()
    assert problems_of(folder) == [
        "ratios.txt: cannot be read: No such file or directory",
        "paint_batch_limit.txt: is not UTF-8 (line 2, byte 0xff); save it as 'CSV UTF-8'",
        "optimization_objectives.txt: cannot be read: No such file or directory",
    ]


def test_what_is_no_folder_is_told(tmp_path: Path) -> None:
    """A path that leads nowhere."""
    assert problems_of(tmp_path / "none") == [
        f"{tmp_path / 'none'}: is no folder; one with vehicles.txt is wanted"
    ]


@pytest.mark.data
def test_every_public_instance_is_read(data_folder: Path) -> None:
    """Sets A and B: 61 instances."""
    folders = sorted(data_folder.glob("roadef2005/[AB]/*"))
    assert len(folders) == 61
    days = [read_roadef(folder) for folder in folders]
    assert {day.count for day in days} >= {65, 1315}
    assert all(day.before for day in days)


def test_a_sheet_without_cars_is_told_beside_the_rest(tmp_path: Path) -> None:
    """All problems at once."""
    write_sheets(tmp_path, LIMIT, "2;", "0;")
    (tmp_path / VEHICLES).write_text(SHEETS[VEHICLES].split("\n")[0] + "\n")
    told = problems_of(tmp_path)
    assert "vehicles.txt: holds no car" in told
    assert any(one.startswith("paint_batch_limit.txt row 2") for one in told)
