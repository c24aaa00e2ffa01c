"""How many cars of each vehicle and market a plant builds in a month of its plan, and on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from motorworks.case.calendar import Days, staffed_hours
from motorworks.case.case import Case
from motorworks.case.dates import add_months, first_day, resolve_when
from motorworks.case.records.programme import Allocation
from motorworks.case.records.sites import Plant
from motorworks.case.spread import Floats, Integers, spread_over_days, whole_shares

Tables = Mapping[str, pl.DataFrame]
_WEEKDAYS = 5


@dataclass(frozen=True)
class Volume:
    """Cars of a vehicle for a market, in a month or on a day."""

    vehicle: str
    market: str
    cars: int


def working_days(case: Case, plant: str) -> list[dt.date]:
    """Days of the horizon on which a plant is staffed."""
    days = Days.of(case.info)
    hours = worked_hours(case, days, plant)
    return [days.first + dt.timedelta(days=int(day)) for day in np.flatnonzero(hours > 0.0)]


def worked_hours(case: Case, days: Days, plant: str) -> Floats:
    """Staffed hours of a plant by day; weekdays of a month without any, as the plan may open it."""
    number = [row.plant for row in case.rows(Plant)].index(plant)
    hours = staffed_hours(case, days)[number]
    idle = days.by_month(hours)[days.month] <= 0.0
    return np.where(idle, (days.weekday < _WEEKDAYS).astype(np.float64), hours)


def day_volumes(case: Case, plan: Tables, plant: str, day: dt.date) -> list[Volume]:
    """Split a month's plan of a plant into whole cars of one day.

    The month's cars are rounded to whole ones by largest remainders, spread over its working days
    by staffed hours (from the vehicle's start to its end), and over markets by what is shipped.
    Over the days of a month the volumes add up to its whole cars.

    Parameters
    ----------
    case
        The resolved case.
    plan
        Result tables of its plan: ``production``, ``shipments`` and, where starts were chosen,
        ``launches``.
    plant
        The plant.
    day
        A working day of the horizon.
    """
    days = Days.of(case.info)
    at = days.number(day)
    month, inside = case.info.month_names[days.month[at]], days.month == days.month[at]
    vehicles, cars = _whole_cars(plan, plant, month)
    hours = worked_hours(case, days, plant)[inside]
    worked = np.array(
        [hours * days_built(case, plan, plant, name, days)[inside] for name in vehicles]
    )
    due = cars[:, None] * _cumulative(worked.reshape(len(vehicles), len(hours)), hours)
    by_day = spread_over_days(due, _per_day(due))
    today = int(np.count_nonzero(inside[:at]))
    found = []
    for number, vehicle in enumerate(vehicles):
        markets, shares = _markets(plan, plant, vehicle, month)
        split = _over_markets(by_day[number], shares)[:, today]
        found += [Volume(vehicle, market, int(n)) for market, n in zip(markets, split, strict=True)]
    return [volume for volume in found if volume.cars]


def month_volumes(plan: Tables, plant: str, month: str) -> list[Volume]:
    """Whole cars of a month of a plant's plan; those of its days add up to them.

    Parameters
    ----------
    plan
        As for :func:`day_volumes`.
    plant, month
        Where, and the month, as 2025-10.
    """
    found = []
    for vehicle, cars in zip(*_whole_cars(plan, plant, month), strict=True):
        markets, shares = _markets(plan, plant, vehicle, month)
        split = whole_shares(shares, int(cars))
        found += [Volume(vehicle, market, int(n)) for market, n in zip(markets, split, strict=True)]
    return [volume for volume in found if volume.cars]


def _whole_cars(plan: Tables, plant: str, month: str) -> tuple[list[str], Integers]:
    """Vehicles that a plant builds in a month, and their cars by largest remainders."""
    built = plan["production"].filter(
        (pl.col("plant") == plant) & (pl.col("month") == month) & (pl.col("units") > 0.0)
    )
    units = built["units"].to_numpy()
    return built["vehicle"].to_list(), whole_shares(units, round(float(units.sum())))


def _per_day(due: Floats) -> list[int]:
    """Cars of each day, from what is due of all by its end."""
    total = np.round(due.sum(axis=0)).astype(np.int64)
    return [int(count) for count in np.diff(total, prepend=0)]


def _cumulative(worked: Floats, hours: Floats) -> Floats:
    """Share of the month's work done by the end of each day; of all hours where a row has none."""
    worked = np.where(worked.sum(axis=1, keepdims=True) > 0.0, worked, hours)
    done = np.cumsum(worked, axis=1)
    share: Floats = done / done[:, -1:]
    return share


def days_built(case: Case, plan: Tables, plant: str, vehicle: str, days: Days) -> Floats:
    """1.0 on days on which a vehicle may be built at a plant; shape (n_days,)."""
    row = next(r for r in case.rows(Allocation) if (r.vehicle, r.plant) == (vehicle, plant))
    runs = days.within(row.start, row.end, case.info.dates)
    if "launches" in plan:
        chosen = plan["launches"].filter(
            (pl.col("vehicle") == vehicle) & (pl.col("plant") == plant)
        )
        for start in chosen["start"].drop_nulls():
            runs = days.inside(first_day(start), None)
    return runs


def _markets(plan: Tables, plant: str, vehicle: str, month: str) -> tuple[list[str], Floats]:
    """Markets that a vehicle leaves a plant for, and how much, in the nearest month from this on.

    Cars built in a month without a sailing leave later; at the end of the horizon the month before
    is taken.
    """
    shipped = plan["shipments"].filter(
        (pl.col("plant") == plant) & (pl.col("vehicle") == vehicle) & (pl.col("units") > 0.0)
    )
    months = sorted(set(shipped["month"]))
    nearest = next((m for m in months if m >= month), months[-1] if months else None)
    if nearest is None:
        lanes = plan["shipments"].filter(
            (pl.col("plant") == plant) & (pl.col("vehicle") == vehicle)
        )
        return sorted(set(lanes["market"]))[:1], np.ones(1)
    by_market = shipped.filter(pl.col("month") == nearest).group_by("market").agg(pl.sum("units"))
    by_market = by_market.sort("market")
    return by_market["market"].to_list(), by_market["units"].to_numpy()


def _over_markets(by_day: Integers, shares: Floats) -> Integers:
    """A vehicle's cars of each day over its markets; shape (markets, days)."""
    total = int(by_day.sum())
    month = whole_shares(shares, total)
    due = month[:, None] * (np.cumsum(by_day) / max(total, 1))
    return spread_over_days(due, [int(count) for count in by_day])


def full_month(case: Case, plan: Tables, vehicle: str, plant: str) -> str:
    """The first month that begins on or after the first day of a vehicle at a plant."""
    start = start_of(case, plan, vehicle, plant)
    month = f"{start:%Y-%m}"
    return month if first_day(month) >= start else add_months(month, 1)


def start_of(case: Case, plan: Tables, vehicle: str, plant: str) -> dt.date:
    """First day of a vehicle at a plant: the one that the plan chose, else the one on record."""
    if "launches" in plan:
        chosen = (
            plan["launches"]
            .filter((pl.col("vehicle") == vehicle) & (pl.col("plant") == plant))["start"]
            .drop_nulls()
        )
        if chosen.len():
            return first_day(str(chosen[0]))
    row = next(r for r in case.rows(Allocation) if (r.vehicle, r.plant) == (vehicle, plant))
    return (
        first_day(case.info.start)
        if row.start is None
        else resolve_when(row.start, case.info.dates)
    )
