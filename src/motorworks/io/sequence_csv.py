"""A sequence as a sheet: written for people and programs, read back after people changed it."""

import csv
import io
from collections.abc import Collection, Sequence
from pathlib import Path

import polars as pl

from motorworks.case.cells import text_of
from motorworks.case.line_day import LineDay
from motorworks.case.wording import did_you_mean
from motorworks.errors import CaseError, Problem
from motorworks.io.problems import in_short
from motorworks.io.text import read_csv

COLUMNS = ("position", "car", "vehicle", "colour", "options", "given", "broken")
"""Columns of the sheet."""

_HINTS = 5


def sequence_sheet(table: pl.DataFrame) -> pl.DataFrame:
    """Columns of the result table ``sequence`` that say something to a planner."""
    return table.rename({"traits": "options"}).select(COLUMNS)


def csv_of(table: pl.DataFrame) -> str:
    """A table as CSV below its header, each number in its shortest form."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    cells = [text_of(column).fill_null("").to_list() for column in table]
    writer.writerows(zip(*cells, strict=True))
    return stream.getvalue()


def read_order(path: Path | str, day: LineDay, without: Collection[int] = ()) -> tuple[int, ...]:
    """Numbers of the cars of a day in the order of a sheet.

    ``car`` must stand there; where there is a ``position``, it says the order, else the rows do.
    Cars whose name stands twice are told apart by ``given``, their place in the order as given.
    Other columns mean nothing here. Cars whose numbers stand in ``without`` need no row.

    Raises
    ------
    CaseError
        With every row whose car is unknown or stands there before, and every car that is missing.
    """
    path = Path(path)
    header, rows, problems = read_csv(path, path.name)
    names = [cell.strip().lower() for cell in header]
    if not problems and "car" not in names:
        problems = [Problem(path.name, "required column is missing", 1, "car")]
    if problems:
        raise CaseError(problems)
    reading = _Reading(path.name, day, names)
    for number, row in enumerate(rows, 2):
        if any(cell.strip() for cell in row):
            reading.take(number, [*(cell.strip() for cell in row), *[""] * len(names)])
    reading.missing(without)
    if reading.problems:
        raise CaseError(in_short(reading.problems))
    return reading.order()


class _Reading:
    """Cars of a sheet, row by row, and what is wrong with them."""

    def __init__(self, file: str, day: LineDay, names: Sequence[str]) -> None:
        self.problems: list[Problem] = []
        self._file, self._day, self._names = file, day, names
        self._numbers: dict[str, list[int]] = {}
        for number in range(day.count):
            self._numbers.setdefault(day.cars[day.before + number], []).append(number)
        self._past = set(day.cars[: day.before])
        self._row_of: dict[int, int] = {}
        self._at: dict[int, int] = {}
        self._positions: dict[int, int] = {}

    def take(self, row: int, cells: Sequence[str]) -> None:
        """Note the car of a row, and the position that the row gives it."""
        name = cells[self._names.index("car")]
        number = self._number(name, row, self._cell("given", cells))
        position = self._position(row, cells)
        if number is not None:
            self._row_of[number] = row
            self._at[number] = position

    def _number(self, name: str, row: int, given: str) -> int | None:
        alike = self._numbers.get(name, [])
        free = [number for number in alike if number not in self._row_of]
        meant = [number for number in free if str(number + 1) == given]
        if meant or free:
            return (meant or free)[0]
        if alike:
            message = f"stands in row {self._row_of[alike[-1]]} too"
        elif name in self._past:
            message = "is a car of the day before, whose order is past"
        else:
            # a hint takes long, and who has the wrong sheet needs few of them
            few = len(self.problems) < _HINTS
            message = f"is no car of the day{did_you_mean(name, self._numbers) if few else ''}"
        self._say(message, row, "car", name)
        return None

    def _position(self, row: int, cells: Sequence[str]) -> int:
        if "position" not in self._names:
            return row
        text = self._cell("position", cells)
        position = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        if not 1 <= position <= self._day.count:
            self._say(f"must be a whole number from 1 to {self._day.count}", row, "position", text)
        elif position in self._positions:
            message = f"stands in row {self._positions[position]} too"
            self._say(message, row, "position", text)
        else:
            self._positions[position] = row
        return position

    def _cell(self, column: str, cells: Sequence[str]) -> str:
        return cells[self._names.index(column)] if column in self._names else ""

    def _say(self, message: str, row: int | None, column: str, value: str) -> None:
        self.problems.append(Problem(self._file, message, row, column, value))

    def missing(self, without: Collection[int]) -> None:
        """Complain of cars that no row has, but for those that need none."""
        for number in range(self._day.count):
            if number not in self._row_of and number not in without:
                name = self._day.cars[self._day.before + number]
                self._say("stands in no row", None, "car", name)

    def order(self) -> tuple[int, ...]:
        """Numbers of the cars, by position."""
        return tuple(sorted(self._at, key=self._at.__getitem__))
