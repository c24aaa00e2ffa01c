"""What launch limits and capacities are worked out from: hours, pace and work, day by day."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from motorworks.case.calendar import Days, launch_curve, shop_pace, staffed_hours
from motorworks.case.case import Case
from motorworks.case.dates import resolve_when
from motorworks.case.depth import FEEDERS, shops_passed
from motorworks.case.reading import rows_of
from motorworks.case.records.programme import Allocation, Ramp
from motorworks.plan.data import Floats, Sets


@dataclass(frozen=True)
class Run:
    """How fast an allocation may be built: its dates, its launch curve, its full rate.

    ``plateau`` is in vehicles an hour, for all days or by day; None where nothing limits it.
    """

    plant: int
    start: dt.date
    end: dt.date | None
    ramp: Ramp | None
    plateau: Floats | float | None

    def limit(self, days: Days, hours: Floats, start: dt.date | None = None) -> Floats:
        """Most cars in each month with these hours a day, from ``start`` on if given; (T,).

        ``hours x plateau x curve`` summed over the days from start to end; inf where nothing
        limits it in a month that the run touches.
        """
        since = self.start if start is None else start
        window = days.inside(since, self.end)
        if self.plateau is None:
            return np.where(days.by_month(window) > 0, np.inf, 0.0)
        curve = np.ones(len(days))
        if self.ramp is not None:
            weeks = np.maximum((np.arange(len(days)) - days.number(since)) / 7.0, 0.0)
            ramp = self.ramp
            curve = launch_curve(ramp.curve, ramp.t50_weeks, ramp.slope_per_week, weeks)
        return days.by_month(window * hours * self.plateau * curve)


@dataclass(frozen=True)
class Daily:
    """The calendar by day.

    ``hours`` (n_plants, n_days) of the shift calendar; ``pace`` (n_shops, n_days), NaN for a
    shop without a rate; ``work`` (n_shops, A) in standard vehicles; ``runs`` one per allocation.
    Shops are all rows of the table, not only those with a rate.
    """

    days: Days
    hours: Floats
    pace: Floats
    work: Floats
    runs: list[Run]


def encode_daily(case: Case, sets: Sets) -> Daily:
    """Lay out the calendar, the pace of shops and the dates of allocations by day."""
    days = Days.of(case.info)
    shops = case.table("shops")
    pace = shop_pace(case, days, shops["shop"])
    work = _work(case, sets, shops)
    return Daily(days, staffed_hours(case, days), pace, work, _runs(case, sets, pace, work))


def _work(case: Case, sets: Sets, shops: pl.DataFrame) -> Floats:
    """Work of each allocation in each shop, in standard vehicles; shape (n_shops, A)."""
    given = {
        (row["vehicle"], row["shop"]): row["factor"]
        for row in case.table("work_content").iter_rows(named=True)
    }
    depths = case.table("allocations")["depth"].to_list()
    work = np.zeros((shops.height, sets.n_allocations))
    for number, (shop, plant, kind) in enumerate(rows_of(shops, "shop", "plant", "kind")):
        for allocation in range(sets.n_allocations):
            vehicle = sets.vehicles[sets.store_vehicle[allocation]]
            here = sets.plants[sets.store_plant[allocation]] == plant
            if here and kind in shops_passed(depths[allocation]):
                usual = 0.0 if kind in FEEDERS else 1.0
                work[number, allocation] = given.get((vehicle, shop), usual)
    return work


def _runs(case: Case, sets: Sets, pace: Floats, work: Floats) -> list[Run]:
    ramps = {row.ramp: row for row in case.rows(Ramp)}
    how = case.info.dates
    return [
        Run(
            plant=int(sets.store_plant[number]),
            start=resolve_when(row.start, how),
            end=None if row.end is None else resolve_when(row.end, how),
            ramp=None if row.ramp is None else ramps[row.ramp],
            plateau=_plateau(row, pace, work[:, number]),
        )
        for number, row in enumerate(case.rows(Allocation))
    ]


def _plateau(row: Allocation, pace: Floats, work: Floats) -> Floats | float | None:
    """Full rate of an allocation in vehicles per hour, by day or for all days."""
    if row.plateau_jph is not None:
        return row.plateau_jph
    limiting = (work > 0) & ~np.isnan(pace[:, 0])
    if not limiting.any():
        return None
    slowest: Floats = (pace[limiting] / work[limiting][:, None]).min(axis=0)
    return slowest
