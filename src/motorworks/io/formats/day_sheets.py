"""Sheets of orders and of rules as typed rows with their numbers, and every problem in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from motorworks.case.column import Record, columns_of
from motorworks.case.parse import parse_record
from motorworks.case.records.line import OrderRule, SequenceRule
from motorworks.case.wording import did_you_mean
from motorworks.errors import Problem
from motorworks.io.excel_cells import Book
from motorworks.io.formats.day_records import RULE_RECORDS, DayObjective
from motorworks.io.text import read_csv

Cells = Sequence[str | None]
R = TypeVar("R", bound=Record)

_STRANGE = ("shop", "component", "part", "hours")
"""Columns of the case's tables that mean nothing without the rest of a case."""
_CASE_ONLY = ("not_before",)
"""Kinds of them likewise: without a line's takt an hour is no place."""


@dataclass(frozen=True)
class Rules:
    """Rows of the rules with their numbers, by record."""

    general: Sequence[tuple[int, SequenceRule]] = ()
    single: Sequence[tuple[int, OrderRule]] = ()
    objectives: Sequence[tuple[int, DayObjective]] = ()


def cells_of(path: Path) -> tuple[Cells, list[Cells], list[Problem]]:
    """Header, rows and problems of a sheet."""
    if path.suffix.lower() == ".xlsx":
        book = Book(path)
        rows = book.cells(book.names[0]) if book.names else []
        empty = [] if rows else [Problem(path.name, "its first sheet is empty")]
        return (rows or [[]])[0], list(rows[1:]), [*book.problems, *empty]
    header, lines, problems = read_csv(path, path.name)
    return header, list(lines), problems


def read_rows(path: Path, record: type[R], problems: list[Problem]) -> list[tuple[int, R]]:
    """Rows of a sheet of one record with their numbers; problems are added to those there are."""
    header, rows, found = cells_of(path)
    if found:
        problems += found
        return []
    return _typed(record, header, rows, path.name, problems)


def _typed(
    record: type[R], header: Cells, rows: Sequence[Cells], file: str, problems: list[Problem]
) -> list[tuple[int, R]]:
    """Sound rows as records with their numbers; none where there was any problem."""
    table, numbers, found = parse_record(record, header, rows, file)
    problems += found
    if found:
        return []
    return [
        (number, record(**row))
        for number, row in zip(numbers, table.iter_rows(named=True), strict=True)
    ]


def _kinds(record: type[Record]) -> tuple[str, ...]:
    return next(column.choices for column in columns_of(record) if column.name == "kind")


def read_rules(path: Path, problems: list[Problem]) -> Rules:
    """Rows of each record by their kind; columns of other records must be blank in them."""
    header, rows, found = cells_of(path)
    problems += found
    titles = [(cell or "").strip() for cell in header]
    if found or not _right_header(path.name, titles, problems):
        return Rules()
    place = titles.index("kind")
    kinds = [kind for record in RULE_RECORDS for kind in _kinds(record) if kind not in _CASE_ONLY]
    for number, row in enumerate(rows, 2):
        kind = (row[place] or "").strip() if place < len(row) else ""
        if any((cell or "").strip() for cell in row) and kind not in kinds:
            message = f"must be one of {', '.join(kinds)}{did_you_mean(kind, kinds)}"
            problems.append(Problem(path.name, message, number, "kind", kind))

    def of(record: type[R]) -> list[tuple[int, R]]:
        return _of_kind(path.name, record, titles, rows, problems)

    return Rules(of(SequenceRule), of(OrderRule), of(DayObjective))


def _right_header(file: str, titles: Sequence[str], problems: list[Problem]) -> bool:
    allowed = dict.fromkeys(
        column.name for record in RULE_RECORDS for column in columns_of(record)
        if column.name not in _STRANGE
    )  # fmt: skip
    before = len(problems)
    for title in dict.fromkeys(titles):
        if title and title not in allowed:
            hint = did_you_mean(title, allowed)
            message = f"unknown column; allowed are {', '.join(allowed)}{hint}"
            problems.append(Problem(file, message, 1, title))
        if title and titles.count(title) > 1:
            problems.append(Problem(file, "column stands twice", 1, title))
    problems += [
        Problem(file, "required column is missing", 1, column)
        for column in ("rule", "kind")
        if column not in titles
    ]
    return len(problems) == before


def _of_kind(
    file: str,
    record: type[R],
    titles: Sequence[str],
    rows: Sequence[Cells],
    problems: list[Problem],
) -> list[tuple[int, R]]:
    """Rows of a record; those of others stay as blank rows, so that numbers stay."""
    kinds, place = _kinds(record), titles.index("kind")
    own = {column.name for column in columns_of(record)}
    lines: list[Cells] = []
    for number, row in enumerate(rows, 2):
        if (row[place] or "").strip() not in kinds if place < len(row) else True:
            lines.append([None] * len(titles))
            continue
        for title, cell in zip(titles, row, strict=False):
            if title and title not in own and (cell or "").strip():
                message = f"a rule of kind {(row[place] or '').strip()} does not use it"
                problems.append(
                    Problem(file, f"{message}; leave it blank", number, title, cell)
                )  # fmt: skip
        kept = [
            cell if not title or title in own else None
            for title, cell in zip(titles, row, strict=False)
        ]
        lines.append([*kept, *row[len(titles) :]])
    if not any(any(line) for line in lines):
        return []
    shown = [title if title in own else "" for title in titles]
    return _typed(record, shown, lines, file, problems)
