"""Days and months as typed on the command line."""

import datetime as dt
from collections.abc import Sequence

from motorworks.errors import CaseError, Problem


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
    spans, problems = [], []
    for text in texts:
        first, _, last = text.partition("..")
        try:
            span = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
        except ValueError:
            span = None
        if span is None or span[0] > span[1]:
            message = "must be a day as 2025-10-01, or first..last"
            problems.append(Problem("--days", message, value=text))
        else:
            spans.append(span)
    if problems:
        raise CaseError(problems)
    return spans


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
    from motorworks.case.dates import check_month

    spans, problems = [], []
    for text in texts:
        first, _, last = text.partition("..")
        last = last or first
        try:
            span = check_month(first), check_month(last)
        except ValueError:
            span = None
        if span is not None and span[0] <= span[1]:
            spans.append(span)
        else:
            message = "must be a month as 2025-10, or first..last"
            problems.append(Problem("--month", message, value=text))
    if problems:
        raise CaseError(problems)
    return spans
