"""Which days of a case are put in sequence, and after which."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from motorworks.case.case import Case
from motorworks.case.dates import first_day
from motorworks.case.day_on_line import plant_of, sequenced_lines
from motorworks.case.volumes import Tables, full_month, working_days
from motorworks.errors import CaseError, Problem

Span = tuple[dt.date, dt.date]
"""First and last day."""


@dataclass(frozen=True)
class Wanted:
    """A day on a line: whether it was asked for, and the working day before it, if wanted, too."""

    line: str
    day: dt.date
    asked: bool
    after: dt.date | None


def wanted_days(case: Case, plan: Tables, spans: Sequence[Span]) -> list[Wanted]:
    """List the days of each line in their order: those asked for and those before them.

    Parameters
    ----------
    case, plan
        The resolved case and the result tables of its plan.
    spans
        Days asked for; the first working day of the first full month of what the case is about if
        none are given.

    Raises
    ------
    CaseError
        If there is nothing to sequence, or no working day in a span asked for.
    """
    working = {line: _working(case, plan, line) for line in sequenced_lines(case)}
    _refuse_idle(working, spans)
    return [
        Wanted(line, day, asked, after)
        for line, own in working.items()
        for day, asked, after in _chain(own, _asked(case, plan, line, own, spans))
    ]


def _working(case: Case, plan: Tables, line: str) -> list[dt.date]:
    """Working days of a line in months in which its plant builds."""
    plant = plant_of(case, line)
    built = plan["production"].filter((pl.col("plant") == plant) & (pl.col("units") > 0.0))
    months = set(built["month"])
    return [day for day in working_days(case, plant) if f"{day:%Y-%m}" in months]


def _refuse_idle(working: Mapping[str, Sequence[dt.date]], spans: Sequence[Span]) -> None:
    """Raise where no line works in a span."""
    days = sorted({day for own in working.values() for day in own})
    if spans and not working:
        message = "the case has no sequence rules and no colours, so that any order is as good"
        raise CaseError([Problem("--days", message)])
    problems = []
    for first, last in spans:
        if not any(first <= day <= last for day in days):
            known = f"; days are from {days[0]} to {days[-1]}" if days else ""
            message = f"no line with sequence rules or colours builds then{known}"
            problems.append(Problem("--days", message, value=span_text((first, last))))
    if problems:
        raise CaseError(problems)


def _asked(
    case: Case, plan: Tables, line: str, working: Sequence[dt.date], spans: Sequence[Span]
) -> set[dt.date]:
    """Working days of a line in the spans; one where none are given."""
    if spans or not working:
        return {day for first, last in spans for day in working if first <= day <= last}
    return {_default_day(case, plan, plant_of(case, line), working)}


def _chain(
    working: Sequence[dt.date], asked: Collection[dt.date]
) -> list[tuple[dt.date, bool, dt.date | None]]:
    """Days to sequence in their order: whether asked for, and the day before, if any."""
    number = {day: place for place, day in enumerate(working)}
    ends = {number[day] for day in asked}
    places = ends | {place - 1 for place in ends if place > 0}
    return [
        (working[place], place in ends, working[place - 1] if place - 1 in places else None)
        for place in sorted(places)
    ]


def span_text(span: Span) -> str:
    """A span as it is written.

    Examples
    --------
    >>> span_text((dt.date(2025, 10, 1), dt.date(2025, 10, 2)))
    '2025-10-01..2025-10-02'
    """
    first, last = span
    return first.isoformat() if first == last else f"{first}..{last}"


def _default_day(case: Case, plan: Tables, plant: str, working: Sequence[dt.date]) -> dt.date:
    """First working day of the first full month of the vehicle that the case is about.

    Where it is about none at the plant, or where that is never built, the first working day.
    """
    focus = case.info.focus
    if focus is None or focus.plant != plant:
        return working[0]
    full = first_day(full_month(case, plan, focus.vehicle, plant))
    own = plan["production"].filter(
        (pl.col("vehicle") == focus.vehicle) & (pl.col("plant") == plant) & (pl.col("units") > 0.0)
    )
    months = set(own["month"])
    return next((day for day in working if day >= full and f"{day:%Y-%m}" in months), working[0])
