"""Bands of agreements round the published plan, and agreements that may be ended."""

import numpy as np

from motorworks.case.calendar import Days
from motorworks.case.case import Case
from motorworks.case.records.programme import Agreement
from motorworks.case.steps import Rates
from motorworks.plan.data import Agreements, Floats, Promise, Sets, Stability

Band = tuple[int, float, float]


def encode_agreements(
    case: Case,
    sets: Sets,
    days: Days,
    rates: Rates,
    promises: list[Promise],
    stability: Stability,
) -> Agreements:
    """Read flexibility, ends and fees of the firm agreements."""
    firm = [row for row in case.rows(Agreement) if row.status == "firm"]
    by_name = {row.agreement: row for row in firm}
    ending = [row for row in firm if row.exit_cost is not None]
    exit_of = {row.agreement: place for place, row in enumerate(ending)}
    touches = {row.agreement: _touches(case, row, days) for row in firm}
    bands = _bands(case, sets, firm, touches, stability)
    freed = [_freed(case, by_name[p.agreement], p, days, exit_of) for p in promises]
    shape = (len(ending), sets.n_months)
    worth = [(row.exit_cost or 0.0) * rates[row.currency] for row in ending]
    covers = [touches[row.agreement] for row in ending]
    allowed = [
        np.where(np.arange(sets.n_months) >= max(1, row.notice_months or 0), covered, 0.0)
        for row, covered in zip(ending, covers, strict=True)
    ]
    return Agreements(
        band_agreement=[name for name, *_ in bands],
        band_allocation=np.array([row[1] for row in bands], dtype=np.int64),
        band_month=np.array([row[2] for row in bands], dtype=np.int64),
        band_exit=np.array([exit_of.get(row[0], -1) for row in bands], dtype=np.int64),
        band_least=np.array([row[3] for row in bands], dtype=np.float64),
        band_most=np.array([row[4] for row in bands], dtype=np.float64),
        exits=list(exit_of),
        exit_allocation=np.array(
            [sets.allocation(row.vehicle, row.plant) for row in ending], dtype=np.int64
        ),
        exit_covers=np.array(covers, dtype=np.float64).reshape(shape),
        exit_allowed=np.array(allowed, dtype=np.float64).reshape(shape),
        exit_cost=np.array(worth, dtype=np.float64).reshape(shape),
        promise_exit=np.array([exit_of.get(p.agreement, -1) for p in promises], dtype=np.int64),
        minimum_freed=np.array([row[0] for row in freed]).reshape(-1, sets.n_months),
        maximum_freed=np.array([row[1] for row in freed]).reshape(-1, sets.n_months),
        fee=np.array(
            [
                (by_name[p.agreement].fee or 0.0)
                * rates[by_name[p.agreement].currency][p.months[-1]]
                for p in promises
            ],
            dtype=np.float64,
        ),
    )


def _inside(case: Case, row: Agreement, days: Days) -> Floats:
    """1.0 for the days of the horizon inside an agreement."""
    return days.within(row.start, row.end, case.info.dates)


def _touches(case: Case, row: Agreement, days: Days) -> Floats:
    """1.0 for the months with a day inside an agreement."""
    return np.minimum(days.by_month(_inside(case, row, days)), 1.0)


def _freed(
    case: Case, row: Agreement, promise: Promise, days: Days, exit_of: dict[str, int]
) -> tuple[Floats, Floats]:
    """Part of a year's minimum and maximum that an end in each month takes away."""
    none = np.zeros(days.months)
    if row.agreement not in exit_of:
        return none, none
    inside = days.by_month(_inside(case, row, days) * (days.year == promise.year))
    share = inside[::-1].cumsum()[::-1] / inside.sum()
    return (
        share * promise.minimum if np.isfinite(promise.minimum) else none,
        share * promise.maximum if np.isfinite(promise.maximum) else none,
    )


def _bands(
    case: Case,
    sets: Sets,
    firm: list[Agreement],
    touches: dict[str, Floats],
    stability: Stability,
) -> list[tuple[str, int, int, float, float]]:
    """Agreement, allocation, month, least and most of every month with a band."""
    steps: dict[str, list[Band]] = {}
    for name, ahead, down, up in case.table("flex_bands").rows():
        steps.setdefault(name, []).append((ahead, down, up))
    bands = []
    for row in firm:
        allocation = sets.allocation(row.vehicle, row.plant)
        for place in np.flatnonzero(stability.allocation == allocation):
            month, units = int(stability.month[place]), float(stability.units[place])
            band = _band(row, sorted(steps.get(row.agreement, [])), month)
            if band is not None and touches[row.agreement][month] > 0:
                least, most = units * max(1 - band[0] / 100, 0.0), units * (1 + band[1] / 100)
                bands.append((row.agreement, allocation, month, least, most))
    return bands


def _band(row: Agreement, steps: list[Band], month: int) -> tuple[float, float] | None:
    """How far down and up a month may move, in per cent; None without a limit."""
    if month < (row.freeze_months or 0):
        return 0.0, 0.0
    if not steps:
        return None if row.flex_pct is None else (row.flex_pct, row.flex_pct)
    reached = [(down, up) for ahead, down, up in steps if ahead <= month]
    return reached[-1] if reached else None
