"""Months, days and dates that are known only roughly (a quarter, a half-year, a range).

A month is text ``2025-07``, a day ``2025-07-15``; inside the plan, months count from the case's
first month and days from its first day. A rough date such as ``2025-H2`` is resolved to a day as
*early* (its first day), *mid* or *late* (its last day).
"""

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import Literal

Resolve = Literal["early", "mid", "late"]

_MONTH = re.compile(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])\Z")
_QUARTER = re.compile(r"([1-9][0-9]{3})-Q([1-4])\Z")
_HALF = re.compile(r"([1-9][0-9]{3})-H([12])\Z")
_YEAR = re.compile(r"([1-9][0-9]{3})\Z")
_DAY = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}\Z")


def check_month(text: str) -> str:
    """Return ``text`` if it is a month as ``2025-07``; raise ValueError otherwise."""
    if not _MONTH.match(text):
        msg = f"{text!r} is not a month as 2025-07"
        raise ValueError(msg)
    return text


def check_day(text: str) -> str:
    """Return ``text`` if it is a real day as ``2025-07-15``; raise ValueError otherwise."""
    if not _DAY.match(text):
        msg = f"{text!r} is not a day as 2025-07-15"
        raise ValueError(msg)
    dt.date.fromisoformat(text)
    return text


def check_when(text: str) -> str:
    """Return ``text`` if it is a flexible date; raise ValueError otherwise.

    Examples
    --------
    >>> check_when("2025-Q2"), check_when("2025-07..2025-12")
    ('2025-Q2', '2025-07..2025-12')
    """
    span_of(text)
    return text


@lru_cache(maxsize=10_000)  # a case says the same few dates again and again
def span_of(text: str) -> tuple[dt.date, dt.date]:
    """First and last day that a flexible date can mean.

    Examples
    --------
    >>> [str(day) for day in span_of("2025-H2")]
    ['2025-07-01', '2025-12-31']
    """
    if ".." in text:
        left, right = text.split("..", 1)
        first, last = span_of(left)[0], span_of(right)[1]
        if last < first:
            msg = f"{text!r} ends before it starts"
            raise ValueError(msg)
        return first, last
    if match := _MONTH.match(text):
        return _months(int(match[1]), int(match[2]), 1)
    if match := _QUARTER.match(text):
        return _months(int(match[1]), 3 * int(match[2]) - 2, 3)
    if match := _HALF.match(text):
        return _months(int(match[1]), 6 * int(match[2]) - 5, 6)
    if match := _YEAR.match(text):
        return _months(int(match[1]), 1, 12)
    day = dt.date.fromisoformat(check_day(text))
    return day, day


def _months(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    last = month + count - 1
    return dt.date(year, month, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def resolve_when(text: str, how: Resolve) -> dt.date:
    """Turn a flexible date into one day: its first (early), middle (mid) or last (late).

    Examples
    --------
    >>> [str(resolve_when("2025-H2", how)) for how in ("early", "mid", "late")]
    ['2025-07-01', '2025-09-30', '2025-12-31']
    """
    first, last = span_of(text)
    if how == "early":
        return first
    if how == "late":
        return last
    return first + (last - first) // 2


def add_months(month: str, count: int) -> str:
    """Month ``count`` months after ``month`` (before, if negative).

    Examples
    --------
    >>> add_months("2024-11", 3)
    '2025-02'
    """
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def months_between(first: str, last: str) -> int:
    """Number of months from ``first`` to ``last`` (0 when they are the same)."""
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])


@lru_cache(maxsize=16)  # the horizon
def month_list(first: str, count: int) -> tuple[str, ...]:
    """``count`` months from ``first`` on."""
    return tuple(add_months(first, offset) for offset in range(count))


def first_day(month: str) -> dt.date:
    """First calendar day of a month."""
    return dt.date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> dt.date:
    """Last calendar day of a month.

    Examples
    --------
    >>> last_day("2024-02").isoformat()
    '2024-02-29'
    """
    return first_day(add_months(month, 1)) - dt.timedelta(days=1)
