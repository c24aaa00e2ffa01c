"""The cars of a span: those of sequenced days, or drawn evenly from a mix or allocations."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from motorworks.case.calendar import launch_curve
from motorworks.case.case import Case
from motorworks.case.dates import resolve_when
from motorworks.case.plant.car_types import ANY, CarType, Demands, type_of
from motorworks.case.plant_model import Cars
from motorworks.case.records.line import Order
from motorworks.case.records.products import Colour, ColourMix, TakeRate
from motorworks.case.records.programme import Allocation, Ramp

_NO_COLOUR = ""


class PlannedDay(Protocol):
    """A day with its cars in the order in which they are to be built."""

    @property
    def date(self) -> dt.date:
        """The day."""
        ...

    @property
    def built(self) -> Sequence[Order]:
        """Its cars in order."""
        ...


@dataclass(frozen=True)
class Mixed:
    """Cars with the names that their types and colours count."""

    types: tuple[CarType, ...]
    colours: tuple[str, ...]
    cars: Cars


def cars_of_days(days: Sequence[PlannedDay], first: dt.date, demands: Demands) -> Mixed:
    """Cars of sequenced days, all released at once."""
    orders = [(one.date, order) for one in days for order in one.built]
    types = [type_of(row.vehicle, (row.options or "").split(), demands) for _, row in orders]
    colours = [row.colour or _NO_COLOUR for _, row in orders]
    day = [(date - first).days for date, _ in orders]
    return _mixed(types, colours, day, tuple(row.order for _, row in orders))


def drawn_cars(
    case: Case,
    plant: str,
    first: dt.date,
    counts: Sequence[int],
    demands: Demands,
    *,
    mix: Mapping[str, float] | None = None,
) -> Mixed:
    """Cars as even as whole cars allow: vehicles, options and colours by their shares.

    Vehicles come by ``mix``, or alike if none is given: those that are allocated on the day, fewer
    of one whose launch is not over or that has a plateau. Colours come in batches as long as
    ``colours`` allows, vehicles each in turn.
    """
    shares = _Shares(case, plant, mix)
    even, options, paint = _Even(), _Options(case, demands), _Colours(case)
    types: list[CarType] = []
    colours: list[str] = []
    days: list[int] = []
    for day, count in enumerate(counts):
        weights = shares.on(first + dt.timedelta(days=day))
        for _ in range(count):
            vehicle = even.take(weights)
            types.append(type_of(vehicle, options.of(vehicle), demands))
            colours.append(paint.of(vehicle))
        days += [day] * count
    return _mixed(types, colours, days, ())


def _mixed(
    types: Sequence[CarType], colours: Sequence[str], days: Sequence[int], names: tuple[str, ...]
) -> Mixed:
    kinds, paints = sorted(set(types)), sorted(set(colours)) or [_NO_COLOUR]
    kind = {name: number for number, name in enumerate(kinds)}
    paint = {name: number for number, name in enumerate(paints)}
    cars = Cars(
        np.array([kind[name] for name in types], dtype=np.int64),
        np.array([paint[name] for name in colours], dtype=np.int64), np.zeros(len(days)),
        np.array(days, dtype=np.int64), names,
    )  # fmt: skip
    return Mixed(tuple(kinds), tuple(paints), cars)


class _Even:
    """Takes the name that is furthest behind its share, the first of those alike."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}

    def take(self, weights: Mapping[str, float]) -> str:
        total = sum(weights.values())
        for name, weight in weights.items():
            self._due[name] = self._due.get(name, 0.0) + weight / total
        taken = max(weights, key=lambda name: self._due[name])
        self._due[taken] -= 1.0
        return taken


class _Options:
    """Gives the cars of each vehicle its options by their shares, as evenly as they go."""

    def __init__(self, case: Case, demands: Demands) -> None:
        self._own: dict[str, dict[str, float]] = {}
        for row in case.rows(TakeRate):
            if row.market is None and (row.vehicle, row.option) in demands.options:
                self._own.setdefault(row.vehicle, {})[row.option] = row.share_pct / 100.0
        self._due: dict[tuple[str, str], float] = {}

    def of(self, vehicle: str) -> list[str]:
        found = []
        for option, share in self._own.get(vehicle, {}).items():
            due = self._due.get((vehicle, option), 0.5) + share
            if due >= 1.0 - 1e-9:
                found.append(option)
                due -= 1.0
            self._due[vehicle, option] = due
        return found


class _Colours:
    """Gives colours in batches by the mean of the mixes, each of a vehicle that comes in it."""

    def __init__(self, case: Case) -> None:
        self._most = {row.colour: row.batch_max or 1 for row in case.rows(Colour)}
        self._mix: dict[str, dict[str, float]] = {}
        for row in case.rows(ColourMix):
            if row.share_pct > 0.0:
                self._mix.setdefault(row.vehicle, {})[row.colour] = row.share_pct
        self._due: dict[str, float] = {}
        self._now, self._left = "", 0

    def of(self, vehicle: str) -> str:
        mix = self._mix.get(vehicle)
        if mix is None:
            return _NO_COLOUR
        total = sum(mix.values())
        for colour, share in mix.items():
            self._due[colour] = self._due.get(colour, 0.0) + share / total
        if self._left == 0 or self._now not in mix:
            self._now = max(mix, key=lambda colour: self._due[colour] / self._most.get(colour, 1))
            self._left = self._most.get(self._now, 1)
        self._left -= 1
        self._due[self._now] -= 1.0
        return self._now


class _Shares:
    """What share of a plant's cars each vehicle has on a day."""

    def __init__(self, case: Case, plant: str, mix: Mapping[str, float] | None) -> None:
        how = case.info.dates
        self._mix = mix
        ramps = {row.ramp: row for row in case.rows(Ramp)}
        self._own = [
            (row.vehicle, resolve_when(row.start, how),
             resolve_when(row.end, how) if row.end else dt.date.max, ramps.get(row.ramp or ""))
            for row in case.rows(Allocation) if row.plant == plant
        ]  # fmt: skip

    def on(self, day: dt.date) -> Mapping[str, float]:
        if self._mix is not None:
            return {name: units for name, units in self._mix.items() if units > 0.0} or {ANY: 1.0}
        weights = {
            name: _launched(ramp, (day - start).days / 7.0)
            for name, start, end, ramp in self._own if start <= day <= end
        }  # fmt: skip
        return weights or {name: 1.0 for name, *_ in self._own} or {ANY: 1.0}


def _launched(ramp: Ramp | None, weeks: float) -> float:
    """Share of the full rate so many weeks after the start."""
    if ramp is None:
        return 1.0
    at = np.array([weeks])
    share = float(launch_curve(ramp.curve, ramp.t50_weeks, ramp.slope_per_week, at)[0])
    return max(share, 1e-6)


def counts_by_day(total: float, hours: Sequence[float]) -> tuple[int, ...]:
    """Cars of each day when a total is spread over worked hours, in whole cars.

    Examples
    --------
    >>> counts_by_day(10, [8.0, 0.0, 8.0, 4.0])
    (4, 0, 4, 2)
    """
    whole = math.fsum(hours)
    if whole <= 0.0:
        return tuple(0 for _ in hours)
    until = [round(total * part / whole) for part in np.cumsum(hours)]
    return tuple(int(b - a) for a, b in zip([0, *until[:-1]], until, strict=True))
