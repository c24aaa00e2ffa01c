"""When plants work and how fast: days, staffed hours, pace, launch curves.

All arrays run over the calendar days of the case's horizon; ``Days.by_month`` sums them up.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from motorworks.case.case import Case
from motorworks.case.dates import Resolve, add_months, first_day, resolve_when
from motorworks.case.info import CaseInfo
from motorworks.case.records.sites import Closure, Plant, ShiftCalendar, ShiftPattern, ShopRate

Floats = NDArray[np.float64]
T = TypeVar("T", ShiftCalendar, ShopRate)


@dataclass(frozen=True)
class Days:
    """The calendar days of a horizon.

    ``month`` and ``year`` give for each day its month (counted from the first) and calendar
    year; ``weekday`` counts from Monday = 0.
    """

    first: dt.date
    month: NDArray[np.int64]
    year: NDArray[np.int64]
    weekday: NDArray[np.int64]
    months: int

    @classmethod
    def of(cls, info: CaseInfo) -> "Days":
        """Lay out the days of a case's horizon."""
        first = first_day(info.start)
        last = first_day(add_months(info.start, info.months))
        days = np.arange(np.datetime64(first), np.datetime64(last))
        month = days.astype("datetime64[M]").astype(np.int64)
        return cls(
            first=first,
            month=month - month[0],
            year=days.astype("datetime64[Y]").astype(np.int64) + 1970,
            weekday=(np.arange(len(days)) + first.weekday()) % 7,
            months=info.months,
        )

    def __len__(self) -> int:
        return len(self.month)

    def number(self, day: dt.date) -> int:
        """Position of a day; negative before the horizon, beyond its length after it."""
        return (day - self.first).days

    def span(self, first: dt.date | None, last: dt.date | None) -> slice:
        """Positions from ``first`` to ``last`` (included) that lie in the horizon."""
        start = 0 if first is None else min(max(self.number(first), 0), len(self))
        stop = len(self) if last is None else min(max(self.number(last) + 1, 0), len(self))
        return slice(start, max(start, stop))

    def inside(self, first: dt.date | None, last: dt.date | None) -> Floats:
        """1.0 for days from ``first`` to ``last``, 0.0 for the rest; shape (n_days,)."""
        mask = np.zeros(len(self))
        mask[self.span(first, last)] = 1.0
        return mask

    def within(self, start: str | None, end: str | None, how: Resolve) -> Floats:
        """The same between two rough dates, resolved as the case says; None for no such end."""
        first = None if start is None else resolve_when(start, how)
        last = None if end is None else resolve_when(end, how)
        return self.inside(first, last)

    def by_month(self, values: Floats) -> Floats:
        """Sum daily values over months; shape (..., n_days) to (..., n_months)."""
        return np.add.reduceat(values, self._month_starts, axis=-1)

    @cached_property
    def _month_starts(self) -> NDArray[np.int64]:
        """Position of the first day of each month."""
        return np.searchsorted(self.month, np.arange(self.months))

    def per_year(self) -> Floats:
        """Days of the calendar year of each day, in the horizon or not; shape (n_days,)."""
        year = self.year
        leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
        return np.where(leap, 366.0, 365.0)

    def per_month(self) -> Floats:
        """Days of each month; shape (n_months,)."""
        return np.bincount(self.month, minlength=self.months).astype(np.float64)


def staffed_hours(case: Case, days: Days) -> Floats:
    """Staffed hours of each plant on each day; shape (n_plants, n_days).

    A plant without a shift calendar has none.
    """
    plants = case.rows(Plant)
    patterns = {row.pattern: row for row in case.rows(ShiftPattern)}
    closures = _closures(case, days)
    hours = np.zeros((len(plants), len(days)))
    calendar = _grouped(case.rows(ShiftCalendar), "plant")
    for number, plant in enumerate(plants):
        share, extra = _worked_share(len(days), plant, closures)
        for row, span in _steps(calendar.get(plant.plant, []), days):
            pattern, weekday = patterns[row.pattern], days.weekday[span]
            hours[number, span] = _hours_in(
                pattern, weekday, share[span], extra[span], row.overtime_min
            )
    return hours


def pattern_hours(case: Case, days: Days, pairs: Iterable[tuple[str, str]]) -> Floats:
    """Hours of plants in patterns held all the time, without overtime; shape (n_pairs, n_days).

    ``pairs`` names a plant and a pattern each.
    """
    wanted = list(pairs)
    if not wanted:
        return np.zeros((0, len(days)))
    patterns = {row.pattern: row for row in case.rows(ShiftPattern)}
    closures = _closures(case, days)
    named = {plant for plant, _ in wanted}
    closed = {
        row.plant: _worked_share(len(days), row, closures)
        for row in case.rows(Plant)
        if row.plant in named
    }
    return np.array(
        [
            _hours_in(patterns[pattern], days.weekday, *closed[plant], 0.0)
            for plant, pattern in wanted
        ]
    )


def shifts_worked(case: Case, days: Days, plant: str) -> tuple[list[ShiftPattern | None], Floats]:
    """Pattern in force at a plant on each day, and the net minutes of each of its shifts.

    Minutes have shape (n_days,) and include planned overtime; 0 on days that are not worked. Times
    the shifts of a day they are the plant's :func:`staffed_hours`.
    """
    own = [row for row in case.rows(ShiftCalendar) if row.plant == plant]
    patterns = {row.pattern: row for row in case.rows(ShiftPattern)}
    numbers = [row.plant for row in case.rows(Plant)]
    hours = staffed_hours(case, days)[numbers.index(plant)]
    found: list[ShiftPattern | None] = [None] * len(days)
    for row, span in _steps(sorted(own, key=lambda row: row.start), days):
        found[span] = [patterns[row.pattern]] * len(found[span])
    shifts = np.array([row.shifts_per_day if row else 0 for row in found], dtype=np.float64)
    minutes: Floats = hours * 60.0 / np.maximum(shifts, 1.0)
    return found, minutes


def planned_patterns(case: Case, days: Days) -> dict[str, list[str]]:
    """Pattern that each plant's shift calendar has in force on the first day of each month.

    A plant without a shift calendar is left out.
    """
    firsts = np.searchsorted(days.month, np.arange(days.months))
    planned = {}
    for plant, rows in _grouped(case.rows(ShiftCalendar), "plant").items():
        number = np.zeros(len(days), dtype=np.int64)
        for place, (_, span) in enumerate(_steps(rows, days)):
            number[span] = place
        planned[plant] = [rows[place].pattern for place in number[firsts]]
    return planned


def _hours_in(
    pattern: ShiftPattern,
    weekday: NDArray[np.int64],
    share: Floats,
    extra: NDArray[np.bool_],
    overtime_min: float,
) -> Floats:
    """Hours of a pattern on days of these weekdays, given a plant's closures and extra days."""
    works = (weekday < pattern.days_per_week) | extra
    minutes = pattern.shifts_per_day * (pattern.minutes_per_shift + overtime_min)
    hours: Floats = works * share * minutes / 60.0
    return hours


def _closures(case: Case, days: Days) -> list[tuple[Closure, slice]]:
    """Each closure with its days."""
    how = case.info.dates
    return [
        (row, days.span(resolve_when(row.start, how), resolve_when(row.end, how)))
        for row in case.rows(Closure)
    ]


def _worked_share(
    n_days: int, plant: Plant, closures: list[tuple[Closure, slice]]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Smallest worked share of the closures that hold, and the days made working days."""
    share = np.ones(n_days)
    extra = np.zeros(n_days, dtype=np.bool_)
    for row, span in closures:
        if plant.plant == row.plant or (row.plant is None and plant.country == row.country):
            share[span] = np.minimum(share[span], row.worked_share)
            if row.kind == "extra":
                extra[span] = True
    return share, extra


def shop_pace(case: Case, days: Days, shops: Iterable[str]) -> Floats:
    """Standard vehicles per staffed hour; shape (n_shops, n_days), NaN for a shop without rate."""
    names = list(shops)
    rates = _grouped(case.rows(ShopRate), "shop")
    pace = np.full((len(names), len(days)), np.nan)
    for number, name in enumerate(names):
        for row, span in _steps(rates.get(name, []), days):
            pace[number, span] = row.jph * row.availability_pct / 100.0
    return pace


def _grouped(rows: list[T], field: str) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for row in sorted(rows, key=lambda row: row.start):
        groups.setdefault(getattr(row, field), []).append(row)
    return groups


def _steps(rows: list[T], days: Days) -> list[tuple[T, slice]]:
    """Each row with the days on which it holds; the first also holds before its start."""
    starts: list[dt.date] = [dt.date.fromisoformat(row.start) for row in rows]
    ends: list[dt.date | None] = [start - dt.timedelta(days=1) for start in starts[1:]]
    firsts: list[dt.date | None] = [None, *starts[1:]]
    return [
        (row, days.span(first, last))
        for row, first, last in zip(rows, firsts, [*ends, None], strict=False)
    ]


Curve = Literal["step", "linear", "logistic", "gompertz"]


def launch_curve(curve: Curve, t50_weeks: float, slope_per_week: float, weeks: Floats) -> Floats:
    """Share of the full rate ``weeks`` after the start of production; same shape as ``weeks``.

    Logistic and Gompertz curves are the usual forms of a ramp-up; ``t50_weeks`` is where each
    passes one half.

    Examples
    --------
    >>> import numpy as np
    >>> launch_curve("linear", 8.0, 0.4, np.array([0.0, 8.0, 16.0, 20.0])).tolist()
    [0.0, 0.5, 1.0, 1.0]
    """
    if curve == "linear":
        return np.clip(weeks / (2.0 * t50_weeks), 0.0, 1.0)
    if curve == "logistic":
        logistic: Floats = 1.0 / (1.0 + np.exp(-slope_per_week * (weeks - t50_weeks)))
        return logistic
    if curve == "gompertz":
        gompertz: Floats = np.exp(-np.log(2.0) * np.exp(-slope_per_week * (weeks - t50_weeks)))
        return gompertz
    return np.ones_like(weeks)
