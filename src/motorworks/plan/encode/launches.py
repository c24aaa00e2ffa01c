"""Launch windows: when an allocation may start and end, and what each start allows and costs."""

import datetime as dt

import numpy as np
import polars as pl

from motorworks.case.case import Case
from motorworks.case.dates import first_day, months_between
from motorworks.case.reading import filled, rows_of
from motorworks.case.records.choices import LaunchWindow
from motorworks.case.steps import Rates, money
from motorworks.plan.data import Bools, Floats, Ints, Launches, Sets
from motorworks.plan.encode.daily import Daily, Run


def encode_launches(case: Case, sets: Sets, daily: Daily, rates: Rates) -> Launches:
    """Read the launch windows."""
    rows = case.rows(LaunchWindow)
    table = case.table(LaunchWindow.TABLE)
    at = [sets.allocation(row.vehicle, row.plant) for row in rows]
    allocation = np.array(at, dtype=np.int64)
    runs = [daily.runs[number] for number in at]
    lead = filled(case.table("allocations")["lead_months"]).astype(np.int64)
    lead = lead[allocation]
    months, last = sets.n_months, sets.n_months - 1
    end = np.array([_end_month(case, run) for run in runs], dtype=np.int64)
    may_begin = _may_begin(case, table, lead, end)
    may_finish = _may_finish(case, table)
    reaches = month_places(case, table["latest"], months)
    end_latest = month_places(case, table["end_latest"], months)
    shifted = set(case.table("shift_options")["plant"]) | set(case.table("workforces")["plant"])
    return Launches(
        allocation=allocation,
        may_begin=may_begin,
        may_finish=may_finish,
        must_begin=~table["optional"].to_numpy().astype(np.bool_) & (reaches <= last),
        must_finish=(end_latest >= 0) & (end_latest <= last),
        min_run=np.maximum(table["min_run_months"].to_numpy(), 1).astype(np.int64),
        through=np.minimum(end, last),
        limit=_limits(case, daily, runs, may_begin),
        least=filled(table["min_per_month"]),
        fixed=money(case, table, "fixed_cost", rates),
        lead=lead,
        capex=_capex(case, allocation, lead, rates),
        shifted=np.array([row.plant in shifted for row in rows], dtype=np.bool_),
        given=_given(daily, allocation),
    )


def month_places(case: Case, column: pl.Series, blank: int) -> Ints:
    """Months as numbers from the first of the horizon; ``blank`` where none is given."""
    return np.array(
        [blank if month is None else months_between(case.info.start, month) for month in column],
        dtype=np.int64,
    )


def _end_month(case: Case, run: Run) -> int:
    """Month of the end of production; beyond the horizon where there is none."""
    if run.end is None:
        return 10**6
    return months_between(case.info.start, f"{run.end:%Y-%m}")


def _may_begin(case: Case, table: pl.DataFrame, lead: Ints, end: Ints) -> Bools:
    """Months of ``W[a]``; shape (W, T)."""
    months = np.arange(case.info.months)
    earliest = month_places(case, table["earliest"], 0)[:, None]
    latest = month_places(case, table["latest"], case.info.months)[:, None]
    run = table["min_run_months"].to_numpy()[:, None]
    may: Bools = (months >= earliest) & (months <= latest) & (months >= lead[:, None])
    in_time = (end[:, None] >= case.info.months) | (months + run - 1 <= end[:, None])
    may &= (months <= end[:, None]) & in_time
    return may


def _may_finish(case: Case, table: pl.DataFrame) -> Bools:
    """Months of ``V[a]``; shape (W, T)."""
    months = np.arange(case.info.months)
    first = month_places(case, table["end_earliest"], 0)[:, None]
    last = month_places(case, table["end_latest"], case.info.months)[:, None]
    ends = rows_of(table, "end_earliest", "end_latest")
    stated = np.array([row != (None, None) for row in ends], dtype=np.bool_)
    may: Bools = stated[:, None] & (months >= first) & (months <= last)
    return may


def _limits(case: Case, daily: Daily, runs: list[Run], may_begin: Bools) -> Floats:
    """Most cars by window, start and month, with the hours of the shift calendar."""
    limit = np.zeros((*may_begin.shape, may_begin.shape[1]))
    starts = first_days(case)
    for window, start in zip(*np.nonzero(may_begin), strict=True):
        run = runs[window]
        limit[window, start] = run.limit(daily.days, daily.hours[run.plant], starts[start])
    return limit


def first_days(case: Case) -> list[dt.date]:
    """First day of each month of the horizon."""
    return [first_day(month) for month in case.info.month_names]


def _capex(case: Case, allocation: Ints, lead: Ints, rates: Rates) -> Floats:
    """Investment by start, at the rate of the month of the decision; shape (W, T)."""
    amounts = money(case, case.table("allocations"), "capex", rates)[allocation]
    return decided_at(amounts, lead)


def decided_at(amounts: Floats, lead: Ints) -> Floats:
    """Amounts (n, T) as they are ``lead`` (n,) months earlier, when the decision falls."""
    decided = np.maximum(np.arange(amounts.shape[1]) - lead[:, None], 0)
    earlier: Floats = np.take_along_axis(amounts, decided, axis=1)
    return earlier


def _given(daily: Daily, windows: Ints) -> Floats:
    """1 in months that touch the dates of an allocation without a launch window; (A, T)."""
    given = np.zeros((len(daily.runs), daily.days.months))
    for number, run in enumerate(daily.runs):
        given[number] = daily.days.by_month(daily.days.inside(run.start, run.end)) > 0
    given[windows] = 0.0
    return given
