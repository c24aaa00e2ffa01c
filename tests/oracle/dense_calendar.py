"""Days, hours and rough dates for the dense plan, one day at a time."""

import datetime as dt
import math
from calendar import monthrange
from functools import cache
from typing import Any

from motorworks.case.case import Case

Row = dict[str, Any]


class Calendar:
    """Asks the tables of a case about single days."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._rows = {
            name: list(table.iter_rows(named=True)) for name, table in case.tables.items()
        }
        for slow in ("days_of", "resolve", "hours", "pace"):
            setattr(self, slow, cache(getattr(self, slow)))

    def rows(self, table: str) -> list[Row]:
        """Rows of a table as dictionaries."""
        return self._rows[table]

    def month_number(self, text: str) -> int:
        """Months from the start of the horizon to a month, negative before it."""
        first = self.case.info.start
        return 12 * (int(text[:4]) - int(first[:4])) + int(text[5:7]) - int(first[5:7])

    def days_of(self, t: int) -> list[dt.date]:
        """The days of month t."""
        first = self.case.info.start
        year, month = divmod(int(first[:4]) * 12 + int(first[5:]) - 1 + t, 12)
        return [dt.date(year, month + 1, day + 1) for day in range(monthrange(year, month + 1)[1])]

    def resolve(self, text: str) -> dt.date:
        """The day that a rough date stands for."""
        first, last = _span(text)
        days = (last - first).days
        after = {"early": 0, "mid": days // 2, "late": days}[self.case.info.dates]
        return first + dt.timedelta(after)

    def inside(self, day: dt.date, start: str | None, end: str | None) -> bool:
        """Whether a day lies in a rough window."""
        begun = start is None or self.resolve(start) <= day
        return begun and (end is None or day <= self.resolve(end))

    def share(self, t: int, start: str | None, end: str | None) -> float:
        """Share of a month's days inside a rough window."""
        days = self.days_of(t)
        return sum(self.inside(day, start, end) for day in days) / len(days)

    @staticmethod
    def days_in_year(day: dt.date) -> int:
        """365 or 366."""
        return (dt.date(day.year + 1, 1, 1) - dt.date(day.year, 1, 1)).days

    @staticmethod
    def in_force(rows: list[Row], day: dt.date) -> Row:
        """The row of the last start up to a day; before the first start, the first row."""
        rows = sorted(rows, key=lambda row: str(row["start"]))
        begun = [row for row in rows if dt.date.fromisoformat(row["start"]) <= day]
        return begun[-1] if begun else rows[0]

    def step(self, plant: str, day: dt.date) -> Row | None:
        """The row of the shift calendar in force on a day."""
        steps = [row for row in self.rows("shift_calendar") if row["plant"] == plant]
        return self.in_force(steps, day) if steps else None

    def hours(self, plant: str, day: dt.date, chosen: str | None = None) -> float:
        """Staffed hours of a plant on a day, or those of a pattern chosen, without overtime."""
        step = self.step(plant, day)
        if chosen is not None:
            step = {"pattern": chosen, "overtime_min": 0.0}
        if step is None:
            return 0.0
        pattern = next(r for r in self.rows("shift_patterns") if r["pattern"] == step["pattern"])
        country = next(r["country"] for r in self.rows("plants") if r["plant"] == plant)
        held = [
            row for row in self.rows("closures")
            if (row["plant"] == plant or (row["plant"] is None and row["country"] == country))
            and self.inside(day, row["start"], row["end"])
        ]  # fmt: skip
        extra = any(row["kind"] == "extra" for row in held)
        if day.isoweekday() > pattern["days_per_week"] and not extra:
            return 0.0
        share = min((row["worked_share"] for row in held), default=1.0)
        minutes = pattern["minutes_per_shift"] + step["overtime_min"]
        return float(share * pattern["shifts_per_day"] * minutes / 60)

    def pace(self, shop: str, day: dt.date) -> float:
        """Standard vehicles an hour of a shop with a rate."""
        row = self.in_force([r for r in self.rows("shop_rates") if r["shop"] == shop], day)
        return float(row["jph"] * row["availability_pct"] / 100)

    def curve(self, ramp: str | None, begun: dt.date, day: dt.date) -> float:
        """Share of the full rate on a day after the start."""
        if ramp is None:
            return 1.0
        row = next(row for row in self.rows("ramps") if row["ramp"] == ramp)
        weeks = (day - begun).days / 7
        away = row["slope_per_week"] * (weeks - row["t50_weeks"])
        return {
            "step": 1.0,
            "linear": min(1.0, weeks / (2 * row["t50_weeks"])),
            "logistic": 1 / (1 + math.exp(-away)),
            "gompertz": math.exp(-math.log(2) * math.exp(-away)),
        }[row["curve"]]


def _span(text: str) -> tuple[dt.date, dt.date]:
    if ".." in text:
        left, right = text.split("..")
        return _span(left)[0], _span(right)[1]
    year = int(text[:4])
    if len(text) == 10:
        return dt.date.fromisoformat(text), dt.date.fromisoformat(text)
    if len(text) == 4:
        first, last = 1, 12
    elif text[5] == "Q":
        first, last = 3 * int(text[6]) - 2, 3 * int(text[6])
    elif text[5] == "H":
        first, last = 6 * int(text[6]) - 5, 6 * int(text[6])
    else:
        first = last = int(text[5:])
    return dt.date(year, first, 1), dt.date(year, last, monthrange(year, last)[1])
