"""Conversions: when a plant may stand still, and what of its hours that takes."""

import datetime as dt

import numpy as np

from motorworks.case.case import Case
from motorworks.case.records.choices import Conversion
from motorworks.case.steps import Rates, money, places
from motorworks.plan.data import Bools, Conversions, Floats, Launches, Sets
from motorworks.plan.encode.daily import Daily
from motorworks.plan.encode.launches import first_days, month_places


def encode_conversions(
    case: Case, sets: Sets, daily: Daily, launches: Launches, rates: Rates
) -> Conversions:
    """Read the conversions."""
    rows = case.rows(Conversion)
    table = case.table(Conversion.TABLE)
    months = np.arange(sets.n_months)
    earliest = month_places(case, table["earliest"], 0)[:, None]
    latest = month_places(case, table["latest"], sets.n_months)[:, None]
    may_begin: Bools = (months >= earliest) & (months <= latest)
    window = np.full(len(rows), -1, dtype=np.int64)
    first = np.array([daily.days.number(day) for day in first_days(case)], dtype=np.float64)
    over = first + 7.0 * table["weeks"].to_numpy()[:, None]
    for number, row in enumerate(rows):
        if row.vehicle is None:
            continue
        allocation = sets.allocation(row.vehicle, row.plant)
        chosen = launches.window_of(allocation)
        if chosen is None:
            start = daily.runs[allocation].start
            may_begin[number] &= over[number] <= daily.days.number(start)
        else:
            window[number] = chosen
    return Conversions(
        names=table["conversion"].to_list(),
        plant=places(sets.plants, table["plant"]),
        may_begin=may_begin,
        share=_shares(case, sets, daily, rows, may_begin),
        cost=money(case, table, "cost", rates),
        window=window,
        over_by=np.searchsorted(first, over),
    )


def _shares(
    case: Case, sets: Sets, daily: Daily, rows: list[Conversion], may_begin: Bools
) -> Floats:
    """Share of each month's hours lost by conversion and month of beginning; shape (C, T, T)."""
    days, starts = daily.days, first_days(case)
    share = np.zeros((*may_begin.shape, days.months))
    for number, begin in zip(*np.nonzero(may_begin), strict=True):
        row, start = rows[number], starts[begin]
        hours = daily.hours[sets.plants.index(row.plant)]
        last = start + dt.timedelta(days=np.floor(7.0 * row.weeks - 1.0))
        lost, full = days.by_month(hours * days.inside(start, last)), days.by_month(hours)
        share[number, begin] = np.where(full > 0, lost / np.where(full > 0, full, 1.0), 0.0)
    return share
