"""Days and months as typed on the command line."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from motorworks.case.dates import check_month
from motorworks.errors import CaseError, Problem

T = TypeVar("T", dt.date, str)


def spans_of(texts: Sequence[str]) -> list[tuple[dt.date, dt.date]]:
    """Days as typed, by first and last.

    Examples
    --------
    >>> spans_of(["2025-10-01", "2025-10-06..2025-10-10"])[0][1].isoformat()
    '2025-10-01'

    Raises
    ------
    CaseError
        If one is no day and no span of days.
    """
    message = "must be a day as 2025-10-01, or first..last"
    return _spans(texts, dt.date.fromisoformat, "--days", message)


def months_of(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Months as typed, by first and last.

    Examples
    --------
    >>> months_of(["2025-10", "2026-01..2026-03"])
    [('2025-10', '2025-10'), ('2026-01', '2026-03')]

    Raises
    ------
    CaseError
        If one is no month and no span of months.
    """
    return _spans(texts, check_month, "--month", "must be a month as 2025-10, or first..last")


def _spans(
    texts: Sequence[str], read: Callable[[str], T], option: str, message: str
) -> list[tuple[T, T]]:
    """Ends of each span; all that are none are told at once."""
    spans: list[tuple[T, T]] = []
    problems = []
    for text in texts:
        first, _, last = text.partition("..")
        try:
            span = read(first), read(last or first)
        except ValueError:
            span = None
        if span is None or span[0] > span[1]:
            problems.append(Problem(option, message, value=text))
        else:
            spans.append(span)
    if problems:
        raise CaseError(problems)
    return spans
