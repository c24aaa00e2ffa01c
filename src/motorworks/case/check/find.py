"""Small tools that the rules share: rows with their numbers, look-ups, dates, problems."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from motorworks.case.case import Case
from motorworks.case.dates import Resolve, add_months, first_day, resolve_when
from motorworks.case.depth import FEEDERS
from motorworks.errors import Problem

Row = dict[str, Any]
Rule = Callable[[Case], list[Problem]]
Window = tuple[dt.date, dt.date]

# Shops that no car must pass: feeders, stores, and repair.
ASIDE = FEEDERS | {"pbs", "rework"}


def rows(case: Case, table: str) -> Iterator[tuple[int, Row]]:
    """Rows of a table, each with the number a spreadsheet shows (the header is row 1)."""
    return enumerate(case.table(table).iter_rows(named=True), start=2)


def lookup(case: Case, table: str, column: str) -> dict[str, Row]:
    """Rows by the value of one column; the first row wins."""
    found: dict[str, Row] = {}
    for _, row in rows(case, table):
        found.setdefault(row[column], row)
    return found


def pairs(case: Case, table: str, left: str, right: str) -> set[tuple[str, str]]:
    """All pairs of values of two columns of a table."""
    frame = case.table(table)
    return set(zip(frame[left].to_list(), frame[right].to_list(), strict=True))


def groups(
    numbered: Iterable[tuple[int, Row]], *columns: str
) -> dict[tuple[Any, ...], list[tuple[int, Row]]]:
    """Numbered rows gathered by the values of some columns."""
    found: dict[tuple[Any, ...], list[tuple[int, Row]]] = {}
    for number, row in numbered:
        found.setdefault(tuple(row[column] for column in columns), []).append((number, row))
    return found


def written(value: object) -> str | None:
    """A value as a person would write it in a file.

    Examples
    --------
    >>> written(45.0), written(True), written(None)
    ('45', 'yes', None)
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def problem(
    table: str, number: int | None, column: str | None, value: object, message: str
) -> Problem:
    """A problem in a cell of a table."""
    return Problem(f"{table}.csv", message, row=number, column=column, value=written(value))


def plain(amount: float) -> str:
    """A figure for a sentence, without needless digits.

    Examples
    --------
    >>> plain(172800.0), plain(99.5)
    ('172,800', '99.5')
    """
    text = f"{amount:,.2f}"
    return text.rstrip("0").rstrip(".")


@lru_cache(maxsize=4096)
def day_of(text: str | None, how: Resolve) -> dt.date | None:
    """The day a rough date resolves to; ``None`` where it is blank or no date."""
    if text is None:
        return None
    try:
        return resolve_when(text, how)
    except ValueError:
        return None


def window(case: Case, row: Row) -> Window:
    """First and last day of a row with ``start`` and ``end``; open where one is blank."""
    how = case.info.dates
    start, end = day_of(row["start"], how), day_of(row["end"], how)
    return start or dt.date.min, end or dt.date.max


def production_windows(case: Case) -> dict[tuple[str, str], Window]:
    """First and last day of each allocation, from the earliest start where it is chosen."""
    earliest = {
        (row["vehicle"], row["plant"]): row["earliest"] for _, row in rows(case, "launch_windows")
    }
    found: dict[tuple[str, str], Window] = {}
    for _, row in rows(case, "allocations"):
        pair = (row["vehicle"], row["plant"])
        start, end = window(case, row)
        found[pair] = (first_day(earliest[pair]) if earliest.get(pair) else start, end)
    return found


def horizon(case: Case) -> Window:
    """First and last day of the horizon."""
    after = first_day(add_months(case.info.start, case.info.months))
    return first_day(case.info.start), after - dt.timedelta(days=1)


def area(countries: dict[str, Row], row: Row | None) -> str | None:
    """Customs area of a plant or market; ``None`` where the country is unknown."""
    country = countries.get(row["country"]) if row is not None else None
    return None if country is None else country["customs_area"]
