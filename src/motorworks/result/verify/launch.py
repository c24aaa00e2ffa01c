"""Work content, launch limits, shop capacity: what a plant can build."""

import datetime as dt
import math

import numpy as np

from motorworks.case.records.products import WorkContent
from motorworks.case.records.programme import Allocation, Ramp
from motorworks.case.records.sites import Shop
from motorworks.result.verify.calendar import Days
from motorworks.result.verify.chosen import Chosen
from motorworks.result.verify.findings import Array
from motorworks.result.verify.given import Given

_NO_WORK = {"engine", "foundry", "battery"}
_FINAL = {"final", "eol", "rework", "line"}
_PASSED = {"SKD": _FINAL | {"chassis"}, "DKD": _FINAL}


class Limits:
    """Work by allocation and shop, launch limits and capacity by month, for the choices made.

    ``launch`` is ``None`` in months without a limit and holds extra hours, ``curve_limit`` does
    not; ``hours`` and ``capacity`` are there for shops that have a rate.
    """

    def __init__(self, given: Given, chosen: Chosen) -> None:
        self._given = given
        self._chosen = chosen
        self._rows = {(w.vehicle, w.shop): w.factor for w in given.case.rows(WorkContent)}
        self._ramps = {ramp.ramp: ramp for ramp in given.case.rows(Ramp)}
        self.shops_at: dict[str, list[str]] = {plant: [] for plant in given.plants}
        for shop in given.shops.values():
            self.shops_at[shop.plant].append(shop.shop)
        self.work = {
            (*key, shop): self._work(row, given.shops[shop])
            for key, row in given.allocations.items()
            for shop in self.shops_at[row.plant]
        }
        self.curve_limit = {key: self._launch(row) for key, row in given.allocations.items()}
        self.launch = {key: self._with_extra(row) for key, row in given.allocations.items()}
        self.hours: dict[str, Array] = {}
        self.capacity: dict[str, Array] = {}
        for name, pace in given.paces.items():
            plant = given.shops[name].plant
            hours = chosen.hours[plant]
            self.hours[name] = np.array([sum(hours[d] for d in month) for month in given.days])
            self.capacity[name] = np.array(
                [sum(hours[d] * pace[d] for d in month) for month in given.days]
            )
            if plant in chosen.extra:
                mean = [sum(pace[d] for d in month) / len(month) for month in given.days]
                self.hours[name] += chosen.extra[plant]
                self.capacity[name] += chosen.extra[plant] * mean

    def _work(self, row: Allocation, shop: Shop) -> float:
        """Standard vehicles of work, 0 in shops that a kit does not pass."""
        if row.depth == "CKD" and shop.kind == "press":
            return 0.0
        if row.depth in _PASSED and shop.kind not in _PASSED[row.depth]:
            return 0.0
        plain = 0.0 if shop.kind in _NO_WORK else 1.0
        return self._rows.get((row.vehicle, shop.shop), plain)

    def _launch(self, row: Allocation) -> list[float | None]:
        """Cars that the curve of an allocation allows in each month, without extra hours."""
        key = (row.vehicle, row.plant)
        start, end = self._chosen.first[key], self._given.day(row.end)
        ramp = self._ramps[row.ramp] if row.ramp else None
        hours, rates = self._chosen.hours[row.plant], self._rates(row)
        limits: list[float | None] = []
        for t, month in enumerate(self._given.days):
            total: float | None = 0.0
            for day in month if self._chosen.on[key][t] else ():
                if start is None or day < start or (end is not None and day > end):
                    continue
                rate = plateau(row, rates, day)
                if rate is None or total is None:
                    total = None
                    continue
                share = curve(ramp, (day - start).days / 7)
                total += hours[day] * rate * share
            limits.append(total)
        return limits

    def _with_extra(self, row: Allocation) -> list[float | None]:
        """The same with extra hours, at the full rate, in months in which it runs."""
        key = (row.vehicle, row.plant)
        limits = list(self.curve_limit[key])
        if row.plant not in self._chosen.more:
            return limits
        shops = self._rates(row)
        for t, month in enumerate(self._given.days):
            limit, more = limits[t], self._chosen.more[row.plant][t]
            if limit is not None and more and self._chosen.on[key][t]:
                rates = [plateau(row, shops, day) or 0.0 for day in month]
                limits[t] = float(limit + sum(rates) / len(rates) * more)
        return limits

    def _rates(self, row: Allocation) -> list[tuple[Days, float]]:
        """Pace by day, and work, of the shops that hold an allocation back."""
        work = {shop: self.work[row.vehicle, row.plant, shop] for shop in self.shops_at[row.plant]}
        paces = self._given.paces
        return [(paces[shop], most) for shop, most in work.items() if shop in paces and most > 0]


def plateau(row: Allocation, rates: list[tuple[Days, float]], day: dt.date) -> float | None:
    """Full rate of an allocation on a day: its own, or that of the tightest shop."""
    if row.plateau_jph is not None:
        return row.plateau_jph
    return min([pace[day] / work for pace, work in rates], default=None)


def curve(ramp: Ramp | None, weeks: float) -> float:
    """Share of the full rate, ``weeks`` after the start of production.

    Examples
    --------
    >>> linear = Ramp(ramp="slow", curve="linear", t50_weeks=10)
    >>> curve(linear, 5), curve(linear, 30), curve(None, 0)
    (0.25, 1.0, 1.0)
    """
    if ramp is None or ramp.curve == "step":
        return 1.0
    if ramp.curve == "linear":
        return min(1.0, weeks / (2 * ramp.t50_weeks))
    fall = math.exp(min(700.0, -ramp.slope_per_week * (weeks - ramp.t50_weeks)))
    if ramp.curve == "logistic":
        return 1 / (1 + fall)
    return math.exp(-math.log(2) * fall)
