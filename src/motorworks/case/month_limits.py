"""What a line sets to its days: capacity, ramps, quotas of options, batches of paint, even mix."""

from collections.abc import Iterator

import numpy as np

from motorworks.case.case import Case
from motorworks.case.month_horizon import Horizon, ramped, rounded_up
from motorworks.case.month_of_orders import Limit
from motorworks.case.month_traits import Traits
from motorworks.case.records.line import SequenceRule
from motorworks.case.records.products import Colour, Vehicle, WorkContent
from motorworks.case.subjects import Subject

_RANK = {"hard": 3, "high": 2, "low": 1}
"""How much a car over a quota counts, by the priority of the rule behind it."""

_ALMOST = 1e-9


def capacities(case: Case, horizon: Horizon, traits: Traits, *, planned: bool) -> Iterator[Limit]:
    """Work on a line in each slot: its rate times its hours, rounded up.

    Where orders are those of a plan, no slot has less room than its even share of them.
    """
    content = {(row.vehicle, row.shop): row.factor for row in case.rows(WorkContent)}
    for line in dict.fromkeys(slot.line for slot in horizon.slots):
        trait = traits.of(
            f"work on {line}", (content.get((o.vehicle, line), 1.0) for o in traits.orders)
        )
        need = traits.even(trait) if planned else np.zeros(len(horizon.slots))
        for number, slot in enumerate(horizon.slots):
            if slot.line == line and np.isfinite(horizon.capacity[number]):
                most = rounded_up(max(horizon.capacity[number], need[number]))
                yield Limit(line, "capacity", trait, number, number, most=most)


def ramps(case: Case, horizon: Horizon, traits: Traits, *, planned: bool) -> Iterator[Limit]:
    """Cars of a vehicle on each day while its launch curve rises, on all lines together.

    Where orders are those of a plan, the limits let through at least all of them.
    """
    for vehicle in horizon.runs:
        most = ramped(case, horizon, vehicle)
        if not np.isfinite(most).any():
            continue
        trait = traits.of(f"is {vehicle}", (float(o.vehicle == vehicle) for o in traits.orders))
        even = traits.even(trait)
        for end in horizon.ends:
            own = slice(horizon.first_of(end), end + 1)
            room, need = float(most[own].sum()), float(even[own].sum()) if planned else 0.0
            if np.isfinite(room) and traits.total(trait):
                room = rounded_up(max(room, need))
                yield Limit(vehicle, "ramp", trait, own.start, end, most=room)


def quota(most: int, window: int, cars: int) -> int:
    """Most cars of so many in a row that a ratio lets through.

    Examples
    --------
    >>> quota(1, 4, 40), quota(2, 5, 43)
    (10, 18)
    """
    return cars // window * most + min(cars % window, most)


def _ratio_of(row: SequenceRule) -> tuple[int, int] | None:
    """The ratio that a rule on the order of cars comes to, most and window; None for others."""
    if row.kind == "ratio" and row.at_most is not None and row.window is not None:
        return row.at_most, row.window
    if row.kind == "spacing" and row.window is not None:
        return 1, row.window
    if row.kind == "block" and row.at_most is not None:
        return row.at_most, row.at_most + 1
    return None


def quotas(case: Case, horizon: Horizon, traits: Traits) -> Iterator[Limit]:
    """Cars of each slot that a ratio of the sequence lets through."""
    cars = traits.even(traits.of("car", (1.0 for _ in traits.orders)))
    for row in case.rows(SequenceRule):
        ratio = _ratio_of(row)
        if ratio is None or row.weight <= 0.0:
            continue
        trait = traits.subject(Subject.of(row))
        weight = max(1, round(row.weight)) * _RANK[row.priority]
        for number, slot in enumerate(horizon.slots):
            if row.shop in (None, slot.line):
                most = float(quota(*ratio, round(float(cars[number]))))
                yield Limit(row.rule, "option", trait, number, number, most=most, weight=weight)


def batches(case: Case, horizon: Horizon, traits: Traits) -> Iterator[Limit]:
    """Whole paint batches of each colour that has a longest batch, in each slot."""
    rules = [row for row in case.rows(SequenceRule) if row.kind == "batch" and row.at_most]
    longest = {row.colour: row.batch_max for row in case.rows(Colour)}
    for colour in dict.fromkeys(o.colour for o in traits.orders if o.colour is not None):
        trait = traits.of(f"in {colour}", (float(o.colour == colour) for o in traits.orders))
        for number, slot in enumerate(horizon.slots):
            own = [
                row.at_most for row in rules
                if row.colour in (None, colour) and row.shop in (None, slot.line)
            ]  # fmt: skip
            size = min((n for n in (*own, longest.get(colour)) if n), default=1)
            if size > 1:
                yield Limit(colour, "batch", trait, number, number, size=size)


def mixes(case: Case, horizon: Horizon, traits: Traits) -> Iterator[Limit]:
    """Even shares: of all cars in each slot; of vehicles, drivetrains, markets on each day."""
    trait = traits.of("car", (1.0 for _ in traits.orders))
    for number, part in enumerate(traits.even(trait).tolist()):
        yield _share("cars", trait, number, number, part)
    named: dict[str, int] = {}
    for vehicle in horizon.runs:
        flags = (float(o.vehicle == vehicle) for o in traits.orders)
        named[vehicle] = traits.of(f"is {vehicle}", flags)
    drive = {row.vehicle: row.drivetrain for row in case.rows(Vehicle)}
    for name in dict.fromkeys(drive.get(order.vehicle, "") for order in traits.orders):
        flags = (float(drive.get(o.vehicle) == name) for o in traits.orders)
        named[name] = traits.of(f"runs on {name}", flags)
    for market in dict.fromkeys(order.market for order in traits.orders):
        named[market] = traits.market(market)
    for name, trait in named.items():
        even = traits.even(trait)
        for end in horizon.ends:
            first = horizon.first_of(end)
            yield _share(name, trait, first, end, float(even[first : end + 1].sum()))


def _share(name: str, trait: int, first: int, last: int, part: float) -> Limit:
    """An even share, rounded down and up."""
    least, most = np.floor(part + _ALMOST), rounded_up(part)
    return Limit(name, "mix", trait, first, last, least=float(least), most=float(most))
