"""Sheets of orders to be slotted, and of a schedule that there is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from motorworks.case.case import Case, table_of
from motorworks.case.check import check_case
from motorworks.case.month_on_line import Place
from motorworks.case.records.line import Order
from motorworks.errors import CaseError, Problem
from motorworks.io.formats.day_sheets import read_rows
from motorworks.io.problems import in_short
from motorworks.io.text import read_csv

SCHEDULE = "slotted_orders.csv"
"""The table of a result folder that is a schedule."""

_NEEDED = ("order", "line", "day")


def with_orders(case: Case, path: Path | str) -> Case:
    """The case with orders from a sheet of their own, CSV or Excel, in place of its table.

    Columns are those of the table ``orders``.

    Raises
    ------
    CaseError
        With every row that cannot be read, names what the case does not have, or breaks a rule
        between options; the rule and the options are named.
    """
    path = Path(path)
    problems: list[Problem] = []
    rows = read_rows(path, Order, problems)
    if not problems and not rows:
        problems.append(Problem(path.name, "has no orders"))
    if problems:
        raise CaseError(in_short(problems))
    number = [row for row, _ in rows]
    case = case.replace(orders=table_of(Order, [order for _, order in rows]))
    problems = [
        replace(one, file=path.name, row=None if one.row is None else number[one.row - 2])
        for one in check_case(case, as_given=False)
        if one.file == "orders.csv"
    ]
    if problems:
        raise CaseError(in_short(problems))
    return case


def read_schedule(path: Path | str) -> dict[str, Place]:
    """Line, day and shift of orders by name, from a table as ``motorworks slot --out`` writes it.

    Other columns mean nothing here; orders without a day were carried over and are left out.

    Parameters
    ----------
    path
        The sheet, or the folder it stands in.

    Raises
    ------
    CaseError
        With everything that cannot be read, and orders that stand there twice.
    """
    path = Path(path)
    if path.is_dir():
        path = next(
            (one for one in (path / SCHEDULE, path / "tables" / SCHEDULE) if one.is_file()),
            path / SCHEDULE,
        )
    header, rows, problems = read_csv(path, path.name)
    names = [cell.strip().lower() for cell in header]
    if not problems:
        problems = [
            Problem(path.name, "required column is missing", 1, column)
            for column in _NEEDED
            if column not in names
        ]
    if problems:
        raise CaseError(problems)
    found: dict[str, Place] = {}
    for number, row in enumerate(rows, 2):
        _take(
            path.name, number, dict(zip(names, map(str.strip, row), strict=False)), found, problems
        )
    if problems:
        raise CaseError(in_short(problems))
    return found


def _take(
    file: str, number: int, cells: dict[str, str], found: dict[str, Place], problems: list[Problem]
) -> None:
    """Note the slot of a row."""
    order, day, shift = cells.get("order", ""), cells.get("day", ""), cells.get("shift", "")
    if not order or not day:
        return
    if order in found:
        problems.append(Problem(file, "stands twice", number, "order", order))
    try:
        found[order] = (cells.get("line", ""), dt.date.fromisoformat(day), int(shift or 0))
    except ValueError:
        message = "must be a day as 2025-07-15, and a shift a whole number"
        problems.append(Problem(file, message, number, "day", day))


def unknown_orders(schedule: dict[str, Place], orders: Sequence[Order]) -> int:
    """How many orders of a schedule are none of these."""
    return len(set(schedule) - {order.order for order in orders})
