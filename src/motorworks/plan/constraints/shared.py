"""What several families need."""

from collections.abc import Iterator

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.data import Floats, Ints, PlanData
from motorworks.plan.variables import Variables


def first_month(values: Floats, months: int) -> Floats:
    """Values in the first month, zero after it; shape (n, T)."""
    out = np.zeros((len(values), months))
    out[:, 0] = values
    return out


def arrivals(data: PlanData) -> Iterator[tuple[Ints, int, float]]:
    """Flows of one lag, how many months later they arrive, and the share that arrives then.

    A month's departures arrive in two months: ``1 - part`` after ``lag`` months, ``part`` one
    month later; what arrives after the horizon is left out.
    """
    sets, logistics = data.sets, data.logistics
    for lag, part in sorted(set(zip(logistics.lag, logistics.lag_part, strict=True))):
        lanes = (logistics.lag == lag) & (logistics.lag_part == part)
        flows = np.flatnonzero(lanes[sets.flow_lane])
        for later, share in ((lag, 1.0 - part), (lag + 1, part)):
            if share > 0.0 and later < sets.n_months:
                yield flows, int(later), float(share)


def yard(lp: Builder, name: str, slots: Floats, place: Ints, stock: Indices) -> None:
    """``sum stock[n, t] <= slots[place]`` for places whose slots are limited."""
    limited = np.isfinite(slots)
    rows = lp.rows(name, (int(limited.sum()), stock.shape[1]), upper=slots[limited][:, None])
    row_of_place = np.cumsum(limited) - 1
    standing = np.flatnonzero(limited[place])
    lp.terms(rows[row_of_place[place[standing]]], stock[standing], 1.0)


def shop_work(
    lp: Builder,
    data: PlanData,
    var: Variables,
    rows: Indices,
    shops: Ints | None = None,
    months: Ints | None = None,
) -> None:
    """Add the work of shops with a rate to rows: cars, and components made.

    The rows are (n_shops, T) for all shops, (n, T) for the ``shops`` (n,) given, or (n,) for these
    in the ``months`` (n,) given.
    """
    pace, made = data.pace, data.components
    shops = np.arange(len(pace.shops)) if shops is None else shops
    for at, columns, units, work in (
        (pace.work_shop, var.make, pace.work_allocation, pace.work_factor),
        (made.made_shop, var.get, made.made_source, made.made_work),
    ):
        row, entry = np.nonzero(shops[:, None] == at)
        when = slice(None) if months is None else months[row]
        factor = work[entry] if months is not None else work[entry, None]
        lp.terms(rows[row], columns[units[entry], when], factor)
