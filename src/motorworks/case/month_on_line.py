"""Days of a case's plant, and orders on them: capacity, quotas, parts, mix and sailings.

What each kind of limit means is said with :class:`~motorworks.case.month_of_orders.Limit`; here the
tables of a case are turned into them:

- **capacity** of a line on a day: its rate times its staffed hours, in standard vehicles, rounded
  up; a car counts as its work content there. No day has less than its share of the work of the
  plan, which knows of shifts and overtime that were chosen.
- **option**: rules of kind ratio, spacing and block in ``sequence_rules``. A ratio of H in N lets
  H through in every N cars of a day, and of the rest as many as are left, at most H.
- **part**: components whose sources all have a monthly capacity. They come in evenly over the hours
  worked; the month's are at least what its orders need, as stock was built up for them.
- **mix**: even shares of a day in all cars, in each vehicle on the days on which it is built, each
  market and each drivetrain.
- **sailing**: a lane with n sailings a month closes for the j-th when j / n of the hours are
  worked; by then the market's cars of these hours are to be built, at most what has been allotted.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from motorworks.case.calendar import Days, shop_pace
from motorworks.case.case import Case
from motorworks.case.month_of_orders import (
    LEFT_OUT,
    Flags,
    Floats,
    Limit,
    MonthOfOrders,
    Slot,
    Weights,
)
from motorworks.case.records.line import Order, SequenceRule
from motorworks.case.records.products import Vehicle, WorkContent
from motorworks.case.records.programme import Allocation
from motorworks.case.records.sites import Shop
from motorworks.case.records.supply import ComponentSource, ComponentUse
from motorworks.case.records.trade import Lane, Sailing
from motorworks.case.subjects import Subject, Uses
from motorworks.case.volumes import Tables, days_built, worked_hours

Place = tuple[str, dt.date, int]
"""Line, day and shift (0 for a whole day)."""

_RANK = {"hard": 3, "high": 2, "low": 1}
"""How much a car over a quota counts, by the priority of the rule behind it."""

ALMOST = 1e-9


@dataclass(frozen=True)
class Horizon:
    """Working days of a plant and its lines, and the share of all work that each slot takes."""

    plant: str
    days: Days
    slots: tuple[Slot, ...]
    capacity: Floats
    share: Floats


def month_on_plant(
    case: Case,
    plan: Tables | None,
    plant: str,
    span: tuple[dt.date, dt.date],
    orders: Sequence[Order],
    *,
    yesterday: Mapping[str, Place] | None = None,
    freeze_days: int = 0,
    planned: bool = False,
    weights: Weights | None = None,
) -> MonthOfOrders:
    """Lay out orders over the working days of a plant.

    Parameters
    ----------
    case
        The resolved case.
    plan
        Result tables of its plan, from which starts that were chosen are read; None for none.
    plant, span
        Where, and the first and last day.
    orders
        The orders, as they came.
    yesterday
        Slot of orders, by name, in the schedule that there is.
    freeze_days
        Working days from the first that stay as in that schedule.
    planned
        Whether the orders are those of the plan, which no day has too little capacity for.
    weights
        What a unit of each cost is; as they stand when None.
    """
    held = yesterday or {}
    horizon = _horizon(case, plant, span, freeze_days if held else 0)
    number = {(slot.line, slot.date, slot.shift): n for n, slot in enumerate(horizon.slots)}
    traits = _Traits(case, orders)
    runs = _runs(case, plan, horizon, {order.vehicle for order in orders})
    limits = [
        *_capacities(case, horizon, traits, planned=planned),
        *_quotas(case, horizon, traits),
        *_parts(case, horizon, traits),
        *_mixes(case, horizon, traits, runs),
        *_sailings(case, horizon, traits),
    ]
    return MonthOfOrders(
        name=f"{plant} {span[0]}..{span[1]}",
        slots=horizon.slots,
        orders=tuple(orders),
        due=tuple(_due(order, transit_days(case, plant)) for order in orders),
        fixed=tuple(_fixed(order, horizon.slots) for order in orders),
        before=tuple(number.get(held.get(order.order, ("", span[0], 0)), LEFT_OUT)
                     for order in orders),
        open=_open(orders, horizon.slots, runs),
        traits=traits.names,
        has=traits.table,
        limits=tuple(limits),
        weights=weights or Weights(),
    )  # fmt: skip


def _horizon(case: Case, plant: str, span: tuple[dt.date, dt.date], freeze_days: int) -> Horizon:
    """Slots of the lines of a plant on its working days, and what each can build."""
    days = Days.of(case.info)
    inside = np.zeros(len(days), dtype=np.bool_)
    inside[days.span(*span)] = True
    hours = worked_hours(case, days, plant)
    worked = np.flatnonzero(inside & (hours > 0.0))
    dates = [days.first + dt.timedelta(days=int(day)) for day in worked]
    lines = lines_of(case, plant)
    pace = shop_pace(case, days, lines)[:, worked]
    able = np.where(np.isnan(pace), np.inf, pace) * hours[worked]
    slots = [
        Slot(line, date, frozen=place < freeze_days)
        for place, date in enumerate(dates)
        for line in lines
    ]
    even = np.where(np.isfinite(able), able, hours[worked]).T.reshape(-1)
    return Horizon(plant, days, tuple(slots), able.T.reshape(-1), even / max(even.sum(), ALMOST))


def lines_of(case: Case, plant: str) -> list[str]:
    """Lines of a plant, by name."""
    return sorted(row.shop for row in case.rows(Shop) if row.plant == plant and row.kind == "line")


class _Traits:
    """What limits speak of, as columns that are made when they are first asked for."""

    def __init__(self, case: Case, orders: Sequence[Order]) -> None:
        self.orders = orders
        self._uses = Uses(case)
        self._number: dict[str, int] = {}
        self._columns: list[Floats] = []

    def of(self, name: str, amounts: Iterable[float]) -> int:
        """Number of the trait of that name."""
        if name not in self._number:
            self._number[name] = len(self._number)
            self._columns.append(np.fromiter(amounts, np.float64, len(self.orders)))
        return self._number[name]

    def subject(self, subject: Subject) -> int:
        """The trait of orders that have all that a rule names."""
        flags = (float(self._uses.amount(subject, order) > 0.0) for order in self.orders)
        return self.of(f"has {subject}", flags)

    def total(self, trait: int) -> float:
        """Sum over all orders."""
        return float(self._columns[trait].sum())

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(self._number)

    @property
    def table(self) -> Floats:
        """How much of each trait each order is; shape (orders, traits)."""
        if not self._columns:
            return np.zeros((len(self.orders), 0))
        return np.column_stack(self._columns)


def _capacities(case: Case, horizon: Horizon, traits: _Traits, *, planned: bool) -> Iterator[Limit]:
    content = {(row.vehicle, row.shop): row.factor for row in case.rows(WorkContent)}
    for line in dict.fromkeys(slot.line for slot in horizon.slots):
        trait = traits.of(
            f"work on {line}", (content.get((o.vehicle, line), 1.0) for o in traits.orders)
        )
        for number, slot in enumerate(horizon.slots):
            if slot.line == line and np.isfinite(horizon.capacity[number]):
                need = traits.total(trait) * horizon.share[number] if planned else 0.0
                most = float(np.ceil(max(horizon.capacity[number], need) - ALMOST))
                yield Limit(line, "capacity", trait, number, number, most=most)


def quota(most: int, window: int, cars: int) -> int:
    """Most cars of so many in a row that a ratio lets through.

    Examples
    --------
    >>> quota(1, 4, 40), quota(2, 5, 43)
    (10, 18)
    """
    return cars // window * most + min(cars % window, most)


def ratio_of(row: SequenceRule) -> tuple[int, int] | None:
    """The ratio that a rule on the order of cars comes to, most and window; None for others."""
    if row.kind == "ratio" and row.at_most is not None and row.window is not None:
        return row.at_most, row.window
    if row.kind == "spacing" and row.window is not None:
        return 1, row.window
    if row.kind == "block" and row.at_most is not None:
        return row.at_most, row.at_most + 1
    return None


def _quotas(case: Case, horizon: Horizon, traits: _Traits) -> Iterator[Limit]:
    for row in case.rows(SequenceRule):
        ratio = ratio_of(row)
        if ratio is None or row.weight <= 0.0:
            continue
        trait = traits.subject(Subject.of(row))
        for number, slot in enumerate(horizon.slots):
            if row.shop in (None, slot.line):
                cars = round(len(traits.orders) * float(horizon.share[number]))
                weight = max(1, round(row.weight)) * _RANK[row.priority]
                most = float(quota(*ratio, cars))
                yield Limit(row.rule, "option", trait, number, number, most=most, weight=weight)


def _parts(case: Case, horizon: Horizon, traits: _Traits) -> Iterator[Limit]:
    days = horizon.days
    for name, sources in _limited_sources(case, horizon.plant).items():
        use = {row.vehicle: row.quantity for row in case.rows(ComponentUse)
               if row.component == name}  # fmt: skip
        need = sum(use.get(order.vehicle, 0.0) for order in traits.orders)
        if need <= 0.0:
            continue
        trait = traits.of(f"uses {name}", (use.get(o.vehicle, 0.0) for o in traits.orders))
        months = {f"{slot.date:%Y-%m}" for slot in horizon.slots}
        monthly = max((
            sum(row.capacity or 0.0 for row in sources
                if days.within(row.start, row.end, case.info.dates)[
                    days.number(dt.date.fromisoformat(f"{month}-15"))] > 0.0)
            for month in months
        ), default=0.0)  # fmt: skip
        come = max(monthly * len(months), need) * np.cumsum(horizon.share)
        for number in range(len(horizon.slots)):
            most = float(np.ceil(come[number] - ALMOST))
            yield Limit(name, "part", trait, 0, number, most=most)


def _limited_sources(case: Case, plant: str) -> dict[str, list[ComponentSource]]:
    """Sources of the components of which no source at a plant is without a monthly capacity."""
    found: dict[str, list[ComponentSource]] = {}
    for row in case.rows(ComponentSource):
        if row.plant == plant:
            found.setdefault(row.component, []).append(row)
    return {
        name: rows for name, rows in found.items() if all(row.capacity is not None for row in rows)
    }


def _mixes(
    case: Case, horizon: Horizon, traits: _Traits, runs: Mapping[str, Flags]
) -> Iterator[Limit]:
    share = horizon.share
    yield from _mix("cars", traits.of("car", (1.0 for _ in traits.orders)), traits, share)
    for vehicle, days in runs.items():
        trait = traits.of(f"is {vehicle}", (float(o.vehicle == vehicle) for o in traits.orders))
        own = share * days
        yield from _mix(vehicle, trait, traits, own / max(own.sum(), ALMOST))
    drive = {row.vehicle: row.drivetrain for row in case.rows(Vehicle)}
    for name in dict.fromkeys(drive.get(order.vehicle, "") for order in traits.orders):
        trait = traits.of(f"runs on {name}", (float(drive.get(o.vehicle) == name)
                                              for o in traits.orders))  # fmt: skip
        yield from _mix(name, trait, traits, share)
    for market in dict.fromkeys(order.market for order in traits.orders):
        yield from _mix(market, _market(traits, market), traits, share)


def _market(traits: _Traits, market: str) -> int:
    return traits.of(f"for {market}", (float(o.market == market) for o in traits.orders))


def _mix(name: str, trait: int, traits: _Traits, share: Floats) -> Iterator[Limit]:
    """An even share on each day, rounded down and up."""
    for number, part in enumerate((traits.total(trait) * share).tolist()):
        least, most = np.floor(part + ALMOST), np.ceil(part - ALMOST)
        yield Limit(name, "mix", trait, number, number, least=float(least), most=float(most))


def _sailings(case: Case, horizon: Horizon, traits: _Traits) -> Iterator[Limit]:
    """Batches that sailings within a month wait for; the last one of a month waits for all."""
    months = {f"{slot.date:%Y-%m}" for slot in horizon.slots}
    if len(months) != 1:
        return
    done, month = np.cumsum(horizon.share), months.pop()
    for market, (often, space) in _services(case, horizon.plant, month).items():
        trait = _market(traits, market)
        cars = traits.total(trait)
        for ship in range(1, often):
            last = int(np.searchsorted(done, ship / often + ALMOST)) - 1
            if last >= 0 and cars:
                least = float(np.floor(min(cars * done[last], space * ship) + ALMOST))
                yield Limit(f"{market} sailing {ship}", "sailing", trait, 0, last, least=least)


def _services(case: Case, plant: str, month: str) -> dict[str, tuple[int, float]]:
    """Sailings of a month to each market, and cars on each; only where nothing else goes there."""
    lanes: dict[str, list[Lane]] = {}
    for lane in case.rows(Lane):
        if lane.plant == plant:
            lanes.setdefault(lane.market, []).append(lane)
    latest: dict[str, Sailing] = {}
    for row in sorted(case.rows(Sailing), key=lambda row: row.start):
        if row.start <= month:
            latest[row.lane] = row
    found = {}
    for market, own in lanes.items():
        served = [latest[lane.lane] for lane in own if lane.lane in latest]
        if len(served) == len(own):
            often = int(max(row.sailings_per_month for row in served))
            total = sum(row.sailings_per_month * row.allotment_ceu for row in served)
            found[market] = (often, total / max(often, 1))
    return found


def transit_days(case: Case, plant: str) -> dict[str, int]:
    """Days from a plant to each market, by the quickest lane."""
    found: dict[str, int] = {}
    for lane in case.rows(Lane):
        if lane.plant == plant:
            days = int(np.ceil(lane.transit_days))
            found[lane.market] = min(days, found.get(lane.market, days))
    return found


def _due(order: Order, transit: Mapping[str, int]) -> dt.date | None:
    """Last day on which an order is built in time: its promised day less the way to its market."""
    if order.promised is None:
        return None
    way = dt.timedelta(days=transit.get(order.market, 0))
    return dt.date.fromisoformat(order.promised) - way


def _fixed(order: Order, slots: Sequence[Slot]) -> int:
    """Slot of the day that an order is fixed to."""
    if order.build_day is None:
        return LEFT_OUT
    day = dt.date.fromisoformat(order.build_day)
    return next((n for n, slot in enumerate(slots) if slot.date == day), LEFT_OUT)


def _runs(
    case: Case, plan: Tables | None, horizon: Horizon, vehicles: Iterable[str]
) -> dict[str, Flags]:
    """Slots in which a vehicle may be built: from its start to its end, on a line that takes it."""
    made = {row.vehicle for row in case.rows(Allocation) if row.plant == horizon.plant}
    shops = {row.shop: row for row in case.rows(Shop)}
    cars = {row.vehicle: row for row in case.rows(Vehicle)}
    at = [horizon.days.number(slot.date) for slot in horizon.slots]
    found = {}
    for vehicle in sorted(vehicles):
        runs = np.zeros(len(horizon.days))
        if vehicle in made:
            runs = days_built(case, plan or {}, horizon.plant, vehicle, horizon.days)
        fits = {line: _fits(shops[line], cars[vehicle]) for line in lines_of(case, horizon.plant)}
        found[vehicle] = (runs[at] > 0.0) & np.array(
            [fits[slot.line] for slot in horizon.slots], dtype=np.bool_
        )
    return found


def _fits(line: Shop, vehicle: Vehicle) -> bool:
    """Whether a line takes a vehicle's drivetrain and mass."""
    drives = (line.drivetrains or vehicle.drivetrain).split()
    most, mass = line.mass_max_kg, vehicle.mass_kg
    return vehicle.drivetrain in drives and (most is None or mass is None or mass <= most)


def _open(orders: Sequence[Order], slots: Sequence[Slot], runs: Mapping[str, Flags]) -> Flags:
    """Whether each order may have each slot."""
    found = np.array([runs[order.vehicle] for order in orders], dtype=np.bool_)
    found = found.reshape(len(orders), len(slots))
    dates = np.array([slot.date.isoformat() for slot in slots])
    for number, order in enumerate(orders):
        if order.not_before is not None:
            found[number] &= dates >= order.not_before
    return found
