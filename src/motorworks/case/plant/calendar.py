"""When the shops of a plant are open: shifts from their start, less breaks, and overtime."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from motorworks.case.calendar import Days, shifts_worked
from motorworks.case.case import Case
from motorworks.case.plant_model import Calendar
from motorworks.case.records.plant import Break, ShiftTime
from motorworks.errors import CaseError, Problem

FIRST_SHIFT_MIN = 420.0
"""Start of the first shift where ``shift_times`` has no row for it: 07:00."""

_DAY_MIN = 1_440.0


@dataclass(frozen=True)
class Shift:
    """A shift on a day of the span: times in minutes from midnight of the first day."""

    day: int
    number: int
    of: int
    start: float | None
    net: float
    overtime: float


def days_of(case: Case, first: dt.date, count: int) -> tuple[Days, int]:
    """The days of the case, and the place of ``first`` among them.

    Raises
    ------
    CaseError
        If some of the days lie outside the horizon of the case.
    """
    days = Days.of(case.info)
    start = days.number(first)
    if start < 0 or start + count > len(days):
        last = days.first + dt.timedelta(days=len(days) - 1)
        message = f"{count} days from {first} are not all in the horizon, {days.first} to {last}"
        raise CaseError([Problem("case.toml", message, column="start", value=str(first))])
    return days, start


def shifts_of(case: Case, plant: str, first: dt.date, count: int) -> list[Shift]:
    """Shifts that a plant works on ``count`` days from ``first`` on; none without a calendar."""
    days, begin = days_of(case, first, count)
    patterns, minutes = shifts_worked(case, days, plant)
    times = {(row.pattern, row.shift): row for row in case.rows(ShiftTime)}
    found = []
    for day in range(count):
        pattern, net = patterns[begin + day], float(minutes[begin + day])
        if pattern is None or net <= 0.0:
            continue
        for number in range(1, pattern.shifts_per_day + 1):
            time = times.get((pattern.pattern, number))
            start = FIRST_SHIFT_MIN if number == 1 else None
            if time is not None and time.start_min is not None:
                start = time.start_min
            left = pattern.overtime_max_min - max(0.0, net - pattern.minutes_per_shift)
            found.append(Shift(
                day, number, pattern.shifts_per_day,
                None if start is None else day * _DAY_MIN + start,
                net, min(time.overtime_min, max(left, 0.0)) if time else 0.0,
            ))  # fmt: skip
    return found


def calendar_of(
    case: Case, plant: str, shop: str, shifts: Sequence[Shift], plan: Sequence[int] = ()
) -> Calendar:
    """Open spans of a shop; overtime only where the plan counts the cars of each day.

    Raises
    ------
    CaseError
        If a shift with its breaks is not over when the next one begins.
    """
    spans: list[tuple[float, float]] = []
    overtime: list[float] = []
    count: list[int] = []
    marked: list[bool] = []
    for number, shift in enumerate(shifts):
        before = spans[-1][1] if spans else 0.0
        start = before if shift.start is None else shift.start
        if start < before - 1e-9:
            raise CaseError([_overlap(shop, shift, before - start)])
        own = _open(start, shift.net, _breaks(case, plant, shop, shift.number))
        following = shifts[number + 1].start if number + 1 < len(shifts) else None
        room = np.inf if following is None else following - own[-1][1]
        if number + 1 < len(shifts) and following is None:
            room = 0.0
        more = max(0.0, min(shift.overtime, room)) if plan else 0.0
        spans += own
        overtime += [0.0] * (len(own) - 1) + [more]
        goal = round(plan[shift.day] * shift.number / shift.of) if plan else 0
        count += [goal] * len(own)
        marked += [True] + [False] * (len(own) - 1)
    return Calendar(
        shop, np.array(spans, dtype=np.float64).reshape(-1, 2), np.array(overtime),
        np.array(count, dtype=np.int64), np.array(marked, dtype=np.bool_),
    )  # fmt: skip


def day_begins_of(
    days: int, shifts: Sequence[Shift], calendars: Iterable[Calendar]
) -> tuple[float, ...]:
    """Minutes at which days begin: with the first shift, or where nothing is open any more.

    The last one is that at which the last day ends.
    """
    opened = np.concatenate([np.zeros((0, 2)), *(one.open for one in calendars)])
    over = np.concatenate([np.zeros(0), *(one.overtime for one in calendars)])
    first = {shift.day: shift.start for shift in reversed(shifts)}
    begins = [0.0]
    for day in range(1, days + 1):
        start = first.get(day)
        midnight = day * _DAY_MIN
        before = opened[:, 0] < midnight
        closed = float((opened[before, 1] + over[before]).max(initial=0.0))
        begins.append(max(midnight, closed) if start is None else start)
    return tuple(begins)


def _breaks(case: Case, plant: str, shop: str, shift: int) -> list[tuple[float, float]]:
    """Start and length of the breaks of a shop in a shift: its own, else those of the plant."""
    rows = [row for row in case.rows(Break) if row.plant == plant]
    own = [row for row in rows if row.shop == shop] or [row for row in rows if row.shop is None]
    return sorted((r.after_min, r.minutes) for r in own if r.shift in (None, shift))


def _open(
    start: float, net: float, breaks: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Spans of work that add up to ``net`` minutes round the breaks."""
    spans, at, left = [], start, net
    for after, minutes in breaks:
        length = min(start + after - at, left)
        if left - length <= 1e-9:
            break
        if length > 0.0:
            spans.append((at, at + length))
        at, left = max(at, start + after) + minutes, left - max(length, 0.0)
    return [*spans, (at, at + left)]


def _overlap(shop: str, shift: Shift, minutes: float) -> Problem:
    message = (
        f"shift {shift.number} begins {minutes:g} min before {shop} is through with the one before "
        "and its breaks; begin it later, or shorten the breaks"
    )
    return Problem("shift_times.csv", message, column="start_min")
