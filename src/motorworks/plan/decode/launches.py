"""Launches as tables: when production starts and ends, what that allows and costs."""

import numpy as np
import polars as pl

from motorworks.case.dates import add_months
from motorworks.plan.data import Floats, PlanData
from motorworks.plan.decode.frames import frame, names_at
from motorworks.plan.decode.shifts import shift_limits
from motorworks.plan.decode.values import Values


def launch_table(data: PlanData, values: Values) -> pl.DataFrame:
    """The start and end chosen for each launch window, and what they cost."""
    launches, sets = data.launches, data.sets
    begin, finish = starts(values), ends(values)
    first = _month(begin)
    decided = [
        None if month is None else add_months(sets.months[month], -int(lead))
        for month, lead in zip(first, launches.lead, strict=True)
    ]
    return frame(
        "launches",
        {
            "vehicle": names_at(sets.vehicles, sets.store_vehicle[launches.allocation]),
            "plant": names_at(sets.plants, sets.store_plant[launches.allocation]),
            "start": [None if month is None else sets.months[month] for month in first],
            "end": [None if month is None else sets.months[month] for month in _month(finish)],
            "decided": decided,
            "capex": (launches.capex * begin).sum(axis=1),
            "fixed_cost": (launches.fixed * on_windows(data, values)).sum(axis=1),
        },
    )


def launch_parts(data: PlanData, values: Values) -> dict[str, float]:
    """What launches add to the margin."""
    launches = data.launches
    return {
        "programme_fixed": -float((launches.fixed * on_windows(data, values)).sum()),
        "capex": -float((launches.capex * starts(values)).sum()),
    }


def launch_limit(data: PlanData, values: Values) -> Floats:
    """Most of each allocation that start and shifts chosen allow; (A, T), 0 while it is not on."""
    launches = data.launches
    limit = data.pace.limit.copy()
    limit[launches.allocation] = np.einsum("wut,wu->wt", launches.limit, starts(values))
    limit[data.shifts.limited] = shift_limits(data, values)
    limit[launches.allocation] *= on_windows(data, values)
    return limit


def on_windows(data: PlanData, values: Values) -> Floats:
    """``on`` of each launch window, 0 or 1; shape (W, T)."""
    begin, finish = starts(values), ends(values)
    on = np.cumsum(begin, axis=1) - np.cumsum(finish, axis=1) + finish
    return np.where(np.arange(on.shape[1]) <= data.launches.through[:, None], on, 0.0)


def starts(values: Values) -> Floats:
    """1 in the first month of each launch window's production; shape (W, T)."""
    begun: Floats = np.rint(values.launches.begin)
    return begun


def ends(values: Values) -> Floats:
    """1 in the last month of each launch window's production; shape (W, T)."""
    ended: Floats = np.rint(values.launches.finish)
    return ended


def _month(chosen: Floats) -> list[int | None]:
    """The month chosen in each row, if any."""
    return [int(row.argmax()) if row.any() else None for row in chosen]
