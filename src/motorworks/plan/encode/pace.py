"""What plants can build: launch limits, shop capacity, work content, nameplate."""

import numpy as np
import polars as pl

from motorworks.case.calendar import Days, launch_curve, shop_pace, staffed_hours
from motorworks.case.case import Case
from motorworks.case.dates import resolve_when
from motorworks.case.depth import FEEDERS, shops_passed
from motorworks.case.records.programme import Allocation, Ramp
from motorworks.case.steps import places
from motorworks.plan.data import Floats, Pace, Sets


def encode_pace(case: Case, sets: Sets, days: Days) -> Pace:
    """Work out hours, capacities and launch limits from the calendar."""
    table = case.table("shops")
    plant_hours = staffed_hours(case, days)
    pace = shop_pace(case, days, table["shop"])
    shop_plant = places(sets.plants, table["plant"])
    work = _work(case, sets, table)
    limit = _launch_limits(case, sets, days, plant_hours, pace, work)
    rated = np.flatnonzero(~np.isnan(pace[:, 0]))
    factor = work[rated]
    shop_at, allocation_at = np.nonzero(factor)
    hours = plant_hours[shop_plant[rated]]
    return Pace(
        limit=limit,
        shops=[table["shop"][int(number)] for number in rated],
        shop_plant=shop_plant[rated],
        hours=days.by_month(hours),
        capacity=days.by_month(hours * pace[rated]),
        work_shop=shop_at,
        work_allocation=allocation_at,
        work_factor=factor[shop_at, allocation_at],
        nameplate=_nameplates(case, days),
    )


def _work(case: Case, sets: Sets, shops: pl.DataFrame) -> Floats:
    """Work of each allocation in each shop, in standard vehicles; shape (n_shops, A)."""
    given = {
        (row["vehicle"], row["shop"]): row["factor"]
        for row in case.table("work_content").iter_rows(named=True)
    }
    depths = case.table("allocations")["depth"].to_list()
    work = np.zeros((shops.height, sets.n_allocations))
    for number, (shop, plant, kind) in enumerate(shops.select("shop", "plant", "kind").rows()):
        for allocation in range(sets.n_allocations):
            vehicle = sets.vehicles[sets.store_vehicle[allocation]]
            here = sets.plants[sets.store_plant[allocation]] == plant
            if here and kind in shops_passed(depths[allocation]):
                usual = 0.0 if kind in FEEDERS else 1.0
                work[number, allocation] = given.get((vehicle, shop), usual)
    return work


def _launch_limits(
    case: Case, sets: Sets, days: Days, plant_hours: Floats, pace: Floats, work: Floats
) -> Floats:
    """Most cars of each allocation in each month; shape (A, T), inf where nothing limits."""
    ramps = {row.ramp: row for row in case.rows(Ramp)}
    limits = np.zeros((sets.n_allocations, days.months))
    for number, row in enumerate(case.rows(Allocation)):
        start = resolve_when(row.start, case.info.dates)
        end = None if row.end is None else resolve_when(row.end, case.info.dates)
        window = days.inside(start, end)
        weeks = (np.arange(len(days)) - days.number(start)) / 7.0
        curve = np.ones(len(days))
        if row.ramp is not None:
            ramp = ramps[row.ramp]
            after = np.maximum(weeks, 0.0)
            curve = launch_curve(ramp.curve, ramp.t50_weeks, ramp.slope_per_week, after)
        plateau = _plateau(row, pace, work[:, number])
        if plateau is None:
            limits[number] = np.where(days.by_month(window) > 0, np.inf, 0.0)
        else:
            hours = plant_hours[sets.store_plant[number]]
            limits[number] = days.by_month(window * hours * plateau * curve)
    return limits


def _plateau(row: Allocation, pace: Floats, work: Floats) -> Floats | float | None:
    """Full rate of an allocation in vehicles per hour, by day or for all days."""
    if row.plateau_jph is not None:
        return row.plateau_jph
    limiting = (work > 0) & ~np.isnan(pace[:, 0])
    if not limiting.any():
        return None
    slowest: Floats = (pace[limiting] / work[limiting][:, None]).min(axis=0)
    return slowest


def _nameplates(case: Case, days: Days) -> list[tuple[int, int, slice, float]]:
    """Plant, year, months of that year, and the most it may build in them."""
    years = np.array([int(month[:4]) for month in case.info.month_names])
    rows = []
    for plant, most in enumerate(case.table("plants")["nameplate"].to_list()):
        if most is not None:
            for year in np.unique(years):
                at = np.flatnonzero(years == year)
                span = slice(int(at[0]), int(at[-1]) + 1)
                rows.append((plant, int(year), span, most * len(at) / 12.0))
    return rows
