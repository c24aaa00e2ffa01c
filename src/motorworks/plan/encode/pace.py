"""What plants can build: launch limits, shop capacity, work content, nameplate."""

import numpy as np

from motorworks.case.case import Case
from motorworks.case.steps import places
from motorworks.plan.data import Floats, Launches, Pace, Sets
from motorworks.plan.data.shifts import Shifts
from motorworks.plan.encode.daily import Daily


def encode_pace(case: Case, sets: Sets, daily: Daily, launches: Launches, shifts: Shifts) -> Pace:
    """Work out hours, capacities and launch limits from the calendar."""
    table = case.table("shops")
    days, shop_plant = daily.days, places(sets.plants, table["plant"])
    rated = np.flatnonzero(~np.isnan(daily.pace[:, 0]))
    factor = daily.work[rated]
    shop_at, allocation_at = np.nonzero(factor)
    hours = daily.hours[shop_plant[rated]]
    return Pace(
        limit=_launch_limits(daily, launches, shifts),
        shops=[table["shop"][int(number)] for number in rated],
        shop_plant=shop_plant[rated],
        hours=days.by_month(hours),
        capacity=days.by_month(hours * daily.pace[rated]),
        work_shop=shop_at,
        work_allocation=allocation_at,
        work_factor=factor[shop_at, allocation_at],
        nameplate=_nameplates(case),
    )


def _launch_limits(daily: Daily, launches: Launches, shifts: Shifts) -> Floats:
    """Most cars of each allocation in each month, at the best start and shifts; shape (A, T)."""
    limits = np.zeros((len(daily.runs), daily.days.months))
    for number, run in enumerate(daily.runs):
        limits[number] = run.limit(daily.days, daily.hours[run.plant])
    limits[launches.allocation] = launches.limit.max(axis=1, initial=0.0)
    limits[shifts.limited] = shifts.most
    return limits


def _nameplates(case: Case) -> list[tuple[int, int, slice, float]]:
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
