"""Tables with a ``start`` column: each row holds until the next; the first also before its start.

The plan, and later stages, read prices, costs, freights and duties through here.
"""

import datetime as dt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from motorworks.case.calendar import Days
from motorworks.case.case import Case
from motorworks.case.dates import months_between
from motorworks.case.reading import filled, rows_of

Floats = NDArray[np.float64]
Rates = dict[str | None, Floats]

_LONG = 2_000
"""Rows from which on a column is worth a query."""


def month_numbers(case: Case, column: pl.Series) -> NDArray[np.int64]:
    """Months as numbers counted from the first month of the horizon; may lie outside it.

    Examples
    --------
    >>> from motorworks.case.info import CaseInfo
    >>> case = Case(CaseInfo(name="a", title="A", start="2024-11", months=3, currency="USD"))
    >>> month_numbers(case, pl.Series(["2024-10", "2025-01"])).tolist()
    [-1, 2]
    """
    if len(column) <= _LONG:
        # plain Python: for the short columns of most tables far quicker than a query
        names = column.to_list()
        known = {month: months_between(case.info.start, month) for month in set(names)}
        return np.array([known[month] for month in names], dtype=np.int64)
    months = column.unique().to_list()
    numbers = [months_between(case.info.start, month) for month in months]
    return np.array(numbers, dtype=np.int64)[places(months, column)]


def places(names: list[str], column: pl.Series) -> NDArray[np.int64]:
    """Position of each value of ``column`` in ``names``; -1 where it is not among them."""
    if len(column) > _LONG:
        codes = column.cast(pl.Enum(names), strict=False).to_physical()
        return filled(codes, -1).astype(np.int64)
    # plain Python: for the short columns of most tables far quicker than a query
    numbers = {name: number for number, name in enumerate(names)}
    return np.array([numbers.get(name, -1) for name in column.to_list()], dtype=np.int64)


def exchange_rates(case: Case) -> Rates:
    """Worth of a unit of each currency in the reporting currency; shape (n_months,) each.

    The reporting currency, and a blank, are worth 1.
    """
    table = case.table("currency_rates")
    names = list(dict.fromkeys(table["currency"].to_list()))
    rates = fill_steps(
        places(names, table["currency"]),
        month_numbers(case, table["start"]),
        np.repeat(table["rate"].to_numpy()[:, None], case.info.months, axis=1),
        len(names),
    )
    known: Rates = dict(zip(names, rates, strict=True))
    return {**known, case.info.currency: np.ones(case.info.months), None: np.ones(case.info.months)}


def fill_steps(
    key: NDArray[np.int64], start: NDArray[np.int64], values: Floats, n_keys: int
) -> Floats:
    """Spread rows over time: ``out[key[r], start[r]:] = values[r, start[r]:]``, later rows last.

    Parameters
    ----------
    key
        Position of each row's key; negative rows are passed over.
    start
        First month (or day) of each row, counted from the start of the horizon.
    values
        What each row says over the whole horizon; shape (n_rows, n_times).
    n_keys
        Number of keys.

    Returns
    -------
    Floats
        Shape (n_keys, n_times); NaN for keys without a row.
    """
    times = values.shape[1]
    order = np.lexsort((start, key))
    order = order[key[order] >= 0]
    keys = key[order]
    first = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    since = np.where(first, 0, np.maximum(start[order], 0))
    inside = np.flatnonzero(since < times)
    # the place in the order of the row that holds: it rises with the start, so the last is largest
    holds = np.full((n_keys, times), -1)
    np.maximum.at(holds, (keys[inside], since[inside]), inside)
    holds = np.maximum.accumulate(holds, axis=1)
    key_at, time = np.nonzero(holds >= 0)
    out = np.full((n_keys, times), np.nan)
    out[key_at, time] = values[order[holds[key_at, time]], time]
    return out


def money(case: Case, table: pl.DataFrame, amount: str, rates: Rates) -> Floats:
    """A money column in the reporting currency over the months; shape (n_rows, n_months)."""
    if table.height == 0:
        return np.zeros((0, case.info.months))
    names = table["currency"].to_list()
    place = {name: place for place, name in enumerate(dict.fromkeys(names))}
    worth = np.stack([rates[name] for name in place])[[place[name] for name in names]]
    return filled(table[amount])[:, None] * worth


def duty_rates(case: Case, days: Days) -> dict[tuple[str, str, str], Floats]:
    """Duty by (importer, exporter, goods), as share of the value; shape (n_months,) each.

    The rate of a month is the mean over its days.
    """
    return _mean_rates(case.table("tariffs"), days)


def preference_rates(case: Case, days: Days) -> dict[str, dict[tuple[str, str, str], Floats]]:
    """Duty under each trade agreement, in the form of :func:`duty_rates`."""
    table = case.table("preferences")
    return {
        regime: _mean_rates(table.filter(table["regime"] == regime), days)
        for regime in dict.fromkeys(table["regime"])
    }


def _mean_rates(table: pl.DataFrame, days: Days) -> dict[tuple[str, str, str], Floats]:
    rows: dict[tuple[str, str, str], list[tuple[dt.date, float]]] = {}
    columns = ("start", "rate_pct", "importer", "exporter", "goods")
    for start, rate, importer, exporter, goods in sorted(
        rows_of(table, *columns), key=lambda row: row[0]
    ):
        step = (dt.date.fromisoformat(start), rate)
        rows.setdefault((importer, exporter, goods), []).append(step)
    rates = {}
    for name, steps in rows.items():
        daily = np.full(len(days), steps[0][1] / 100.0)
        for start, rate in steps[1:]:
            daily[days.span(start, None)] = rate / 100.0
        rates[name] = days.by_month(daily) / days.per_month()
    return rates


def duty_for(
    rates: dict[tuple[str, str, str], Floats], importer: str, exporter: str, drivetrain: str
) -> Floats | None:
    """Duty on a drivetrain between two areas, by month; None where no row speaks of it."""
    own = rates.get((importer, exporter, drivetrain))
    return own if own is not None else rates.get((importer, exporter, "any"))
