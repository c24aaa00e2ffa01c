"""Orders of a case's plant, laid out over its days: when they are due, where they may stand.

What each kind of limit means is said with :class:`~motorworks.case.month_of_orders.Limit`. The
tables of a case are turned into them in :mod:`motorworks.case.month_limits` (capacity, ramps,
options, paint, mix), :mod:`motorworks.case.month_supply` and :mod:`motorworks.case.month_sailings`.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from motorworks.case.case import Case
from motorworks.case.month_horizon import Horizon, horizon_of, open_slots
from motorworks.case.month_limits import batches, capacities, mixes, quotas, ramps
from motorworks.case.month_of_orders import LEFT_OUT, Flags, MonthOfOrders, Weights
from motorworks.case.month_sailings import sailings
from motorworks.case.month_supply import arrivals, components
from motorworks.case.month_traits import Traits
from motorworks.case.records.line import Order
from motorworks.case.records.trade import Lane
from motorworks.case.volumes import Tables

Place = tuple[str, dt.date, int]
"""Line, day and shift (0 for a whole day)."""


def month_on_plant(
    case: Case,
    plan: Tables | None,
    plant: str,
    span: tuple[dt.date, dt.date],
    orders: Sequence[Order],
    *,
    yesterday: Mapping[str, Place] | None = None,
    freeze_days: int = 0,
    by_shift: bool = False,
    planned: bool = False,
    weights: Weights | None = None,
) -> MonthOfOrders:
    """Lay out orders over the working days of a plant.

    Parameters
    ----------
    case
        The resolved case.
    plan
        Result tables of its plan, from which starts that were chosen and stores of components are
        read; None for none.
    plant, span
        Where, and the first and last day.
    orders
        The orders, as they came.
    yesterday
        Slot of orders, by name, in the schedule that there is.
    freeze_days
        Working days from the first that stay as in that schedule.
    by_shift
        Whether slots are shifts, not days.
    planned
        Whether the orders are those of the plan, which no day has too little capacity for.
    weights
        What a unit of each cost is; as they stand when None.
    """
    held = yesterday or {}
    horizon = horizon_of(
        case, plan, plant, span, (order.vehicle for order in orders),
        freeze_days=freeze_days if held else 0, by_shift=by_shift,
    )  # fmt: skip
    due = due_days(orders, transit_days(case, plant))
    traits = Traits(case, horizon, orders, due)
    limits = [
        *capacities(case, horizon, traits, planned=planned),
        *ramps(case, horizon, traits, planned=planned),
        *quotas(case, horizon, traits),
        *components(case, plan, horizon, traits, planned=planned),
        *arrivals(case, horizon, traits),
        *batches(case, horizon, traits),
        *mixes(case, horizon, traits),
        *sailings(case, horizon, traits),
    ]
    opened = _open(orders, horizon)
    return MonthOfOrders(
        name=f"{plant} {span[0]}..{span[1]}",
        slots=horizon.slots,
        orders=tuple(orders),
        due=due,
        fixed=_fixed(orders, horizon, opened),
        before=_before(orders, horizon, held),
        open=opened,
        traits=traits.names,
        has=traits.table,
        limits=tuple(limits),
        weights=weights or Weights(),
    )


def transit_days(case: Case, plant: str) -> dict[str, int]:
    """Days from a plant to each market, by the quickest lane."""
    found: dict[str, int] = {}
    for lane in case.rows(Lane):
        if lane.plant == plant:
            days = int(np.ceil(lane.transit_days))
            found[lane.market] = min(days, found.get(lane.market, days))
    return found


def due_days(orders: Sequence[Order], way: Mapping[str, int]) -> tuple[dt.date | None, ...]:
    """Last day on which each order is built in time: its promised day less the way to its market.

    Parameters
    ----------
    orders
        The orders; None for one that is not promised.
    way
        Days to each market.
    """
    return tuple(
        None
        if order.promised is None
        else dt.date.fromisoformat(order.promised) - dt.timedelta(days=way.get(order.market, 0))
        for order in orders
    )


def _open(orders: Sequence[Order], horizon: Horizon) -> Flags:
    """Whether each order may have each slot."""
    vehicles = list(horizon.runs)
    place = {name: number for number, name in enumerate(vehicles)}
    rows = [place[order.vehicle] for order in orders]
    found = open_slots(horizon, vehicles)[rows].reshape(len(orders), len(horizon.slots))
    dates = np.array([slot.date.isoformat() for slot in horizon.slots])
    for number, order in enumerate(orders):
        if order.not_before is not None:
            found[number] &= dates >= order.not_before
    return found


def _fixed(orders: Sequence[Order], horizon: Horizon, opened: Flags) -> tuple[int, ...]:
    """Slot of the day that each order is fixed to; where there are several, the emptiest."""
    by_day: dict[str, list[int]] = {}
    for number, slot in enumerate(horizon.slots):
        by_day.setdefault(slot.date.isoformat(), []).append(number)
    taken: Counter[int] = Counter()
    found = []
    for row, order in enumerate(orders):
        slots = by_day.get(order.build_day or "", [])
        fitting = [slot for slot in slots if opened[row, slot]] or slots
        best = min(fitting, key=lambda slot: taken[slot], default=LEFT_OUT)
        taken[best] += 1
        found.append(best)
    return tuple(found)


def _before(
    orders: Sequence[Order], horizon: Horizon, held: Mapping[str, Place]
) -> tuple[int, ...]:
    """Slot of each order in yesterday's schedule; that of the day where only that is known."""
    number = {(slot.line, slot.date, slot.shift): n for n, slot in enumerate(horizon.slots)}
    found = []
    for order in orders:
        line, date, shift = held.get(order.order, ("", dt.date.min, 0))
        found.append(number.get((line, date, shift), number.get((line, date, 0), LEFT_OUT)))
    return tuple(found)
