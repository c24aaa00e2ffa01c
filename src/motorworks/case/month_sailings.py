"""Batches that sailings wait for: how many cars for a market are to be built by when."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.case.case import Case
from motorworks.case.dates import first_day, last_day
from motorworks.case.month_horizon import Horizon
from motorworks.case.month_of_orders import Floats, Limit
from motorworks.case.month_traits import Traits
from motorworks.case.records.trade import Lane, Sailing
from motorworks.case.volumes import worked_hours

_ALMOST = 1e-9


@dataclass(frozen=True)
class Service:
    """Ships of a month to a market, and cars on each."""

    often: int
    space: float


def sailings(case: Case, horizon: Horizon, traits: Traits) -> Iterator[Limit]:
    """Batches that sailings wait for: the even share of its market's cars up to when it closes.

    The j-th of n in a month closes when j / n of the month's hours are worked; the last one closes
    after its last day, and is not limited. A batch is no larger than the space on the ships. Only
    markets that nothing but ships go to have such limits.
    """
    months = np.array(horizon.months)
    for market in dict.fromkeys(order.market for order in traits.orders):
        trait = traits.market(market)
        even, before = traits.even(trait), 0.0
        for month in dict.fromkeys(horizon.months):
            own = np.flatnonzero(months == month)
            cars = float(even[own].sum())
            service = _service(case, horizon.plant, market, month)
            if service is not None and cars > 0.0:
                closing = _closing(case, horizon, month, service.often)
                yield from _ships(market, trait, horizon, own, even, before, closing, service.space)
            before += cars


def _ships(
    market: str, trait: int, horizon: Horizon, own: NDArray[np.int64], even: Floats, before: float,
    closing: Sequence[dt.date], space: float,
) -> Iterator[Limit]:  # fmt: skip
    """A limit for each ship of a month that closes in the span, but for the last."""
    month, one = horizon.months[own[0]], len(set(horizon.months)) == 1
    gone = sum(day < horizon.slots[own[0]].date for day in closing)
    for ship, day in enumerate(closing[gone:], gone + 1):
        last = max(slot for slot in own.tolist() if horizon.slots[slot].date <= day)
        due = min(float(even[own[0] : last + 1].sum()), space * (ship - gone))
        name = f"{market} sailing {ship}" if one else f"{market} sailing {ship} of {month}"
        least = float(np.floor(before + due + _ALMOST))
        yield Limit(name, "sailing", trait, 0, last, least=least)


def _closing(case: Case, horizon: Horizon, month: str, often: int) -> list[dt.date]:
    """Days on which the sailings of a month close, all but the last."""
    first = first_day(month)
    inside = horizon.days.span(first, last_day(month))
    done = np.cumsum(worked_hours(case, horizon.days, horizon.plant)[inside])
    found = []
    for ship in range(1, often):
        day = int(np.searchsorted(done, done[-1] * ship / often + _ALMOST)) - 1
        found += [first + dt.timedelta(days=day)] if day >= 0 else []
    return found


def _service(case: Case, plant: str, market: str, month: str) -> Service | None:
    """Sailings of a month to a market; None where something else goes there, or nothing."""
    lanes = [row.lane for row in case.rows(Lane) if (row.plant, row.market) == (plant, market)]
    latest: dict[str, Sailing] = {}
    for row in sorted(case.rows(Sailing), key=lambda row: row.start):
        if row.start <= month and row.lane in lanes:
            latest[row.lane] = row
    if not lanes or len(latest) < len(lanes):
        return None
    often = int(max(row.sailings_per_month for row in latest.values()))
    total = sum(row.sailings_per_month * row.allotment_ceu for row in latest.values())
    return Service(often, total / max(often, 1))
