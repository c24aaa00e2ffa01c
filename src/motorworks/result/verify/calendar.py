"""Days, staffed hours and pace, worked out day by day."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.dates import add_months, first_day, resolve_when
from motorworks.case.records.sites import (
    Closure,
    Plant,
    ShiftCalendar,
    ShiftPattern,
    ShopRate,
)

K = TypeVar("K")
R = TypeVar("R", bound=Record)
V = TypeVar("V")
Days = dict[dt.date, float]


def days_of(month: str) -> list[dt.date]:
    """The calendar days of a month."""
    first, following = first_day(month), first_day(add_months(month, 1))
    return [first + dt.timedelta(days=n) for n in range((following - first).days)]


class Steps(Generic[V]):
    """Values that hold from a month or day until the next; the first also holds before it.

    Examples
    --------
    >>> freight = Steps([("2025-07", 900.0), ("2025-01", 800.0)])
    >>> [freight.at(month) for month in ("2024-05", "2025-06", "2025-07")]
    [800.0, 800.0, 900.0]
    """

    def __init__(self, rows: Iterable[tuple[str, V]]) -> None:
        ordered = sorted(rows, key=lambda row: row[0])
        self._starts = [start for start, _ in ordered]
        self._values = [value for _, value in ordered]

    def at(self, when: str) -> V:
        """The value in force; ISO text sorts as dates do."""
        return self._values[max(0, bisect_right(self._starts, when) - 1)]


def steps_by(
    rows: Iterable[R], key: Callable[[R], K], step: Callable[[R], tuple[str, V]]
) -> dict[K, Steps[V]]:
    """Rows with a start, gathered by key, in force from one start to the next."""
    gathered: dict[K, list[tuple[str, V]]] = {}
    for row in rows:
        gathered.setdefault(key(row), []).append(step(row))
    return {name: Steps(found) for name, found in gathered.items()}


def mean_of(steps: Steps[float], days: list[dt.date]) -> float:
    """Mean over days of what is in force."""
    return sum(steps.at(day.isoformat()) for day in days) / len(days)


class Staffing:
    """Hours of the plants day by day: pattern, weekday, closures, overtime."""

    def __init__(self, case: Case) -> None:
        self.patterns = {row.pattern: row for row in case.rows(ShiftPattern)}
        self._calendar = steps_by(
            case.rows(ShiftCalendar), lambda r: r.plant, lambda r: (r.start, r)
        )
        self._closed = {plant.plant: _closed(case, plant) for plant in case.rows(Plant)}

    def pattern_on(self, plant: str, day: dt.date) -> str | None:
        """Pattern that the calendar has in force on a day; None for a plant without rows."""
        steps = self._calendar.get(plant)
        return steps.at(day.isoformat()).pattern if steps else None

    def by_calendar(self, plant: str, days: Iterable[dt.date]) -> Days:
        """Hours with the pattern and overtime of the calendar; none for a plant without rows."""
        steps = self._calendar.get(plant)
        if steps is None:
            return dict.fromkeys(days, 0.0)
        hours: Days = {}
        for day in days:
            row = steps.at(day.isoformat())
            hours[day] = self._hours(plant, day, row.pattern, row.overtime_min)
        return hours

    def in_pattern(self, plant: str, pattern: str, days: Iterable[dt.date]) -> Days:
        """Hours with one pattern in force and no overtime."""
        return {day: self._hours(plant, day, pattern, 0.0) for day in days}

    def _hours(self, plant: str, day: dt.date, name: str, overtime_min: float) -> float:
        pattern = self.patterns[name]
        share, extra = self._closed[plant]
        if day.isoweekday() > pattern.days_per_week and day not in extra:
            return 0.0
        minutes = pattern.shifts_per_day * (pattern.minutes_per_shift + overtime_min)
        return share.get(day, 1.0) * minutes / 60


def _closed(case: Case, plant: Plant) -> tuple[Days, set[dt.date]]:
    """Smallest worked share by day, and the days that are extra working days."""
    share: Days = {}
    extra: set[dt.date] = set()
    for row in case.rows(Closure):
        holds = row.plant == plant.plant if row.plant else row.country == plant.country
        if not holds:
            continue
        day = resolve_when(row.start, case.info.dates)
        last = resolve_when(row.end, case.info.dates)
        while day <= last:
            share[day] = min(share.get(day, 1.0), row.worked_share)
            if row.kind == "extra":
                extra.add(day)
            day += dt.timedelta(days=1)
    return share, extra


def paces(case: Case, days: list[dt.date]) -> dict[str, Days]:
    """Standard vehicles an hour of every shop that has a rate, on every day."""
    rates: dict[str, list[tuple[str, float]]] = {}
    for row in case.rows(ShopRate):
        pace = row.jph * row.availability_pct / 100
        rates.setdefault(row.shop, []).append((row.start, pace))
    result: dict[str, Days] = {}
    for shop, rows in rates.items():
        steps = Steps(rows)
        result[shop] = {day: steps.at(day.isoformat()) for day in days}
    return result


def days_inside(days: Iterable[dt.date], start: dt.date | None, end: dt.date | None) -> int:
    """How many of the days lie from start to end, both included; blank is open."""
    first, last = start or dt.date.min, end or dt.date.max
    return sum(first <= day <= last for day in days)
