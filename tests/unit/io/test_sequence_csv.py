"""A sequence as a sheet, and back after people changed it."""

from pathlib import Path

import numpy as np
import pytest

from motorworks.case.line_day import LineDay, Objective
from motorworks.errors import CaseError
from motorworks.io.sequence_csv import COLUMNS, csv_of, read_order, sequence_sheet
from motorworks.result.sequence_tables import sequence_tables
from motorworks.result.verify import score_order


def day_of(*cars: str) -> LineDay:
    """Plain cars after two of the day before."""
    count = len(cars) + 2
    return LineDay(
        "demo", ("y", "z", *cars), 2, (), np.zeros((count, 0), dtype=np.bool_), ("red",),
        np.zeros(count, dtype=np.int64), (Objective("high", 1),),
    )  # fmt: skip


DAY = day_of("a", "b", "c", "d")


def written(folder: Path, text: str) -> Path:
    """The text as a file."""
    path = folder / "sequence.csv"
    path.write_text(text)
    return path


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    """Names that stand twice too."""
    day = day_of("a", "b", "a", "a")
    for order in [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)]:
        table = sequence_tables(day, order, score_order(day, order))["sequence"]
        text = csv_of(sequence_sheet(table))
        assert text.splitlines()[0] == ",".join(COLUMNS)
        assert read_order(written(tmp_path, text), day) == order


@pytest.mark.parametrize(
    "text",
    [
        "car\nb\na\nd\nc\n",
        "Car,note\nb,\n\na,first\nd\nc,x\n",
        "position,car\n2,a\n1,b\n4,c\n3,d\n",
        "\ufeffposition,car\r\n1,b\r\n2,a\r\n3, d\r\n4,c\r\n",
    ],
)
def test_names_and_positions_are_enough(tmp_path: Path, text: str) -> None:
    """Positions say the order where there are any, rows elsewhere; other columns mean nothing."""
    assert read_order(written(tmp_path, text), DAY) == (1, 0, 3, 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("car\nb\na\nd\n", ["sequence.csv, car = 'c': stands in no row"]),
        (
            "car\nb\na\nd\nc\nb\n",
            ["sequence.csv row 6, car = 'b': stands in row 2 too"],
        ),
        (
            "car\nb\na\nd\nC1\nz\n",
            ["sequence.csv row 5, car = 'C1': is no car of the day; did you mean 'c'?",
             "sequence.csv row 6, car = 'z': is a car of the day before, whose order is past",
             "sequence.csv, car = 'c': stands in no row"],
        ),
        (
            "position,car\n1,a\n1,b\nx,c\n5,d\n",
            ["sequence.csv row 3, position = '1': stands in row 2 too",
             "sequence.csv row 4, position = 'x': must be a whole number from 1 to 4",
             "sequence.csv row 5, position = '5': must be a whole number from 1 to 4"],
        ),
        ("name\na\n", ["sequence.csv row 1, car: required column is missing"]),
        ("", ["sequence.csv: is empty; write the header at least, or leave the file out"]),
        ("car;x\na;b\n", ["sequence.csv row 1: cells are separated by semicolons; save it as CSV "
                          "with commas"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_row(tmp_path: Path, text: str, told: list[str]) -> None:
    """Unknown cars, cars twice, cars that are missing: all at once."""
    with pytest.raises(CaseError) as refused:
        read_order(written(tmp_path, text), DAY)
    assert [str(problem) for problem in refused.value.problems] == told


def test_many_missing_cars_are_counted(tmp_path: Path) -> None:
    """Nobody reads a thousand lines."""
    day = day_of(*(f"car-{number}" for number in range(100)))
    with pytest.raises(CaseError) as refused:
        read_order(written(tmp_path, "car\ncar-0\n"), day)
    assert len(refused.value.problems) == 51
    assert str(refused.value.problems[-1]) == "sequence.csv, car: and 49 more problems"
