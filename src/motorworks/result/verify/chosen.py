"""What the plan chose, read from its tables: starts, sites, standstills, patterns, ends."""

import datetime as dt

import numpy as np

from motorworks.case.dates import first_day
from motorworks.result.verify.calendar import Days
from motorworks.result.verify.findings import Array
from motorworks.result.verify.given import Given, Pair
from motorworks.result.verify.options import Options
from motorworks.result.verify.said import Said


class Chosen:
    """The choices stated, as numbers of months; what is no month of the horizon reads as none.

    ``first`` is the first day of production of every allocation (None: never), ``on`` whether it
    runs, by month; ``up`` whether a site is open; ``hours`` the hours of every plant by day in
    the patterns chosen, ``extra`` its hours beyond them by month, and ``more`` those that lengthen
    a launch; ``pattern`` the pattern of each staffed plant by month.
    """

    def __init__(self, given: Given, options: Options, said: Said) -> None:
        self._given, self._options, self._said = given, options, said
        self.start = {key: self._month("launches", "start", *key) for key in options.launches}
        self.end = {key: self._month("launches", "end", *key) for key in options.launches}
        self.halts = {
            name: self._month("conversions", "start", name) for name in options.conversions
        }
        self.exits = {name: self._month("exits", "exit", name) for name in options.exits}
        sites = said.series("sites", "up")
        self.up = {name: [bool(up >= 0.5) for up in sites[(name,)]] for name in options.sites}
        self.first: dict[Pair, dt.date | None] = {}
        self.on: dict[Pair, list[bool]] = {}
        for key in given.allocations:
            self._running(key)
        self.pattern: dict[str, list[str | None]] = {}
        self.hours: dict[str, Days] = dict(given.hours)
        self.extra: dict[str, Array] = {}
        self.more: dict[str, Array] = {}
        for plant in options.staffed:
            self._staffed(plant)

    def plant_up(self, plant: str, month: int) -> bool:
        """Whether a plant is open: always, unless it is a site of its own."""
        site = self._options.plant_sites.get(plant)
        return site is None or self.up[site.site][month]

    def shop_up(self, shop: str, month: int) -> bool:
        """Whether neither a shop nor its plant is a site that is closed."""
        plant = self._given.shops[shop].plant
        return all(
            self.up[name][month]
            for name, row in self._options.sites.items()
            if row.plant == plant and row.shop in {None, shop}
        )

    def standstill(self, plant: str) -> Array:
        """Share of a plant's hours that conversions take, by month; the largest counts."""
        shares = [
            self.taken(name)
            for name, row in self._options.conversions.items()
            if row.plant == plant
        ]
        return np.max(shares, axis=0) if shares else np.zeros(self._given.count)

    def taken(self, conversion: str) -> Array:
        """Share of the calendar's hours in the days of a conversion, by month."""
        given, start = self._given, self.halts[conversion]
        share = np.zeros(given.count)
        if start is None:
            return share
        row = self._options.conversions[conversion]
        hours = given.hours[row.plant]
        begin, days = given.days[start][0], 7 * row.weeks
        for t, month in enumerate(given.days):
            total = sum(hours[day] for day in month)
            inside = sum(hours[day] for day in month if 0 <= (day - begin).days <= days - 1 + 1e-9)
            share[t] = inside / total if total > 0 else 0.0
        return share

    def _month(self, table: str, column: str, *key: str) -> int | None:
        row = self._said.sheets[table].row(*key)
        return self._given.place.get(row[column]) if row else None

    def _running(self, key: Pair) -> None:
        """First day and months of an allocation."""
        given, row = self._given, self._given.allocations[key]
        last = given.day(row.end)
        if key not in self._options.launches:
            first = given.day(row.start)
            self.first[key] = first
            self.on[key] = [
                any(first <= day and (last is None or day <= last) for day in month)
                for month in given.days
                if first is not None
            ]
            return
        start, end = self.start[key], self.end[key]
        self.first[key] = None if start is None else first_day(given.months[start])
        self.on[key] = [
            start is not None
            and start <= t
            and (end is None or t <= end)
            and (last is None or given.days[t][0] <= last)
            for t in range(given.count)
        ]

    def _staffed(self, plant: str) -> None:
        """Patterns, hours and extra hours of a plant with options or a workforce."""
        given, row = self._given, (plant,)
        figures = {
            name: self._said.series("shifts", name)[row]
            for name in ("overtime", "weekend", "plus", "minus")
        }
        self.more[plant] = figures["overtime"] + figures["weekend"] + figures["plus"]
        self.extra[plant] = self.more[plant] - figures["minus"]
        sheet = self._said.sheets["shifts"]
        stated = sheet.columns["pattern"][sheet.place[row]]
        self.pattern[plant] = [name if name in given.staffing.patterns else None for name in stated]
        if plant not in self._options.patterns:
            return
        hours: Days = {}
        for t, days in enumerate(given.days):
            name = self.pattern[plant][t]
            if name is None:
                hours.update(dict.fromkeys(days, 0.0))
            else:
                hours.update(given.staffing.in_pattern(plant, name, days))
        self.hours[plant] = hours
