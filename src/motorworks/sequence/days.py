"""Days of a case in sequence: which days, their orders, and each after the day before it."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import polars as pl

from motorworks.case.case import Case
from motorworks.case.dates import first_day
from motorworks.case.day_on_line import day_on_line, plant_of, sequenced_lines
from motorworks.case.records.line import Order
from motorworks.case.volumes import Tables, full_month, working_days
from motorworks.errors import CaseError, Problem
from motorworks.result.days import DaySequence, DaysResult
from motorworks.result.order_records import DrawnShare
from motorworks.result.sequence import SequenceResult
from motorworks.sequence.draw import DrawnDay, draw_day
from motorworks.sequence.settings import SequenceSettings
from motorworks.sequence.solve import solve_sequence

Progress = Callable[[int, int], None]
Span = tuple[dt.date, dt.date]
"""First and last day."""


def sequence_days(
    case: Case,
    plan: Tables,
    spans: Sequence[Span] = (),
    *,
    slotted: Mapping[tuple[str, dt.date], Sequence[Order]] | None = None,
    progress: Progress = lambda done, count: None,
) -> DaysResult:
    """Sequence the orders of days, each after the day before it; drawn from a plan, or slotted.

    Parameters
    ----------
    case
        The resolved case; its lines are those that sequence rules or colours speak of.
    plan
        Result tables of its plan.
    spans
        Days asked for, by first and last; the first working day of the first full month of what
        the case is about if none are given.
    slotted
        Orders of each line and day, as the stage slot gives them; drawn from the plan when None.
    progress
        Called with the number of days done and their count.

    Raises
    ------
    CaseError
        If there is nothing to sequence, no working day in a span asked for, or a group of options
        of which some car may have none.
    """
    settings = SequenceSettings(**case.info.sequence)
    working = {line: _working(case, plan, line) for line in sequenced_lines(case)}
    _refuse_idle(working, spans)
    wanted = [
        (line, day, asked, after)
        for line, own in working.items()
        for day, asked, after in _chain(own, _asked(case, plan, line, own, spans))
    ]
    found: dict[tuple[str, dt.date | None], DaySequence] = {}
    for done, (line, day, asked, after) in enumerate(wanted):
        progress(done, len(wanted))
        if slotted is None:
            drawn = draw_day(case, plan, plant_of(case, line), day, settings.seed)
        else:
            drawn = DrawnDay(tuple(slotted.get((line, day), ())), ())
        if drawn.orders:  # a month of less than a car has empty days
            yesterday = found.get((line, after))
            found[line, day] = _sequenced(case, line, day, drawn, yesterday, settings, asked=asked)
    return DaysResult(tuple(found.values()), settings.model_dump(mode="json"))


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


def _sequenced(
    case: Case,
    line: str,
    day: dt.date,
    drawn: DrawnDay,
    yesterday: DaySequence | None,
    settings: SequenceSettings,
    *,
    asked: bool,
) -> DaySequence:
    """Sequence a day that was drawn."""
    before: list[Order] = yesterday.built if yesterday else []
    laid = day_on_line(case, line, day, drawn.orders, before, settings.ranked)
    result = solve_sequence(laid, settings.search)
    shares = tuple(
        DrawnShare(day=laid.name, line=line, vehicle=one.vehicle, kind=one.kind, name=one.name,
                   cars=one.cars, wanted=one.wanted, drawn=one.drawn)
        for one in drawn.shares
    )  # fmt: skip
    after = yesterday.day.name if yesterday else None
    return DaySequence(line, day, asked, after, drawn.orders, shares, laid, _on(line, result))


def _on(line: str, result: SequenceResult) -> SequenceResult:
    """The result with the line's name in its tables."""
    named = pl.lit(line).alias("line")
    tables = {name: table.with_columns(named) for name, table in result.tables.items()}
    return replace(result, tables=tables)
