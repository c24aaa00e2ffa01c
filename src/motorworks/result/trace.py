"""One car along the whole chain, from the facts behind it to its minutes in the plant."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase

import polars as pl

from motorworks.case.case import Case
from motorworks.case.column import key_of
from motorworks.case.records.evidence import Fact
from motorworks.case.records.programme import Agreement
from motorworks.case.records.sites import Shop
from motorworks.case.tables import TABLES
from motorworks.errors import CaseError, Problem
from motorworks.result.days import DaySequence, DaysResult
from motorworks.result.plan import PlanResult
from motorworks.result.simulated_days import SimulatedDays
from motorworks.result.slotted import SlottedMonths

Rows = Sequence[tuple[str, str]]

_SINCE = ("start",)
"""Key columns of the day from which something holds."""


@dataclass(frozen=True)
class Step:
    """One link of the chain: what it is called, and what is known there, by label and text."""

    title: str
    rows: Rows


@dataclass(frozen=True)
class Trace:
    """A car along the chain, from its facts to its minutes."""

    order: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class _Car:
    """What is known of a car, wherever it was first met."""

    order: str
    vehicle: str
    market: str
    colour: str
    options: tuple[str, ...]
    plant: str
    date: dt.date | None

    @property
    def month(self) -> str:
        """Month in which it is built."""
        return "" if self.date is None else f"{self.date:%Y-%m}"


def trace_car(
    case: Case,
    plan: PlanResult,
    order: str,
    *,
    slotted: SlottedMonths | None = None,
    days: DaysResult | None = None,
    simulated: SimulatedDays | None = None,
) -> Trace:
    """Follow a car through a run.

    Parameters
    ----------
    case
        The resolved case.
    plan, slotted, days, simulated
        What each stage found; None for a stage that was left out.
    order
        Its order number.

    Raises
    ------
    CaseError
        If the run has no such order.
    """
    place = _place_in(days, order)
    row = _slotted_row(slotted, order)
    car = _car(case, order, place, row, slotted)
    if car is None:
        raise CaseError([Problem("VEHICLE", _unknown(order, slotted, days), value=order)])
    steps = [
        Step("Order", _order(car, row)),
        Step("Plan", _plan(plan, car)),
        Step("Agreement", _agreements(case, plan, car)),
        Step("Day", _day(row, slotted)),
        Step("Sequence", [] if place is None else _sequence(*place)),
        Step("Minutes, in the first replication", _minutes(simulated, order)),
        Step("Facts behind it", _facts(case, car)),
    ]
    return Trace(order, tuple(step for step in steps if step.rows))


def orders_of(slotted: SlottedMonths | None, days: DaysResult | None) -> list[str]:
    """Order numbers that can be followed, in the order in which the cars are built."""
    found = [order.order for one in (days.days if days else ()) for order in one.built]
    waiting = [order.order for one in (slotted.months if slotted else ())
               for order in one.month.orders]  # fmt: skip
    return list(dict.fromkeys([*found, *waiting]))


def _unknown(order: str, slotted: SlottedMonths | None, days: DaysResult | None) -> str:
    known = orders_of(slotted, days)
    if not known:
        return "this run has no orders: it has a plan alone"
    near = get_close_matches(order, known, n=3) or known[:3]
    return f"this run has no such order; for example {', '.join(near)}"


def _place_in(days: DaysResult | None, order: str) -> tuple[DaySequence, int] | None:
    """The day of a car, and its place in it from 0."""
    for one in days.days if days else ():
        for place, built in enumerate(one.built):
            if built.order == order:
                return one, place
    return None


def _slotted_row(slotted: SlottedMonths | None, order: str) -> Mapping[str, object] | None:
    for one in slotted.months if slotted else ():
        found = one.result.tables["slotted_orders"].filter(pl.col("order") == order).to_dicts()
        if found:
            return {**found[0], "plant": one.plant}
    return None


def _car(
    case: Case,
    order: str,
    place: tuple[DaySequence, int] | None,
    row: Mapping[str, object] | None,
    slotted: SlottedMonths | None,
) -> _Car | None:
    if place is not None:
        one, at = place
        built = one.built[at]
        plant = next(shop.plant for shop in case.rows(Shop) if shop.shop == one.line)
        return _Car(order, built.vehicle, built.market or "", built.colour or "",
                    tuple((built.options or "").split()), plant, one.date)  # fmt: skip
    if row is None or slotted is None:
        return None
    day = row["day"]
    date = dt.date.fromisoformat(str(day)) if day else None
    words = {name: str(row[name] or "") for name in ("vehicle", "market", "colour", "options")}
    return _Car(order, words["vehicle"], words["market"], words["colour"],
                tuple(words["options"].split()), str(row["plant"]), date)  # fmt: skip


def _facts(case: Case, car: _Car) -> Rows:
    """Chosen facts that speak of this vehicle, plant, market, agreement or line."""
    known = {
        "vehicle": {car.vehicle},
        "plant": {car.plant},
        "market": {car.market},
        "option": set(car.options),
        "colour": {car.colour},
        "shop": {row.shop for row in case.rows(Shop) if row.plant == car.plant},
        "agreement": {row.agreement for row in _bound_by(case, car)},
        "month": {car.month},
        "year": {car.month[:4]},
    }
    return [
        (fact.fact_id, _told(fact))
        for fact in case.rows(Fact)
        if fact.chosen and fact.table in TABLES and _speaks_of(fact, known, car.date)
    ]


def _told(fact: Fact) -> str:
    figure = "" if fact.value is None else f" = {fact.value} {fact.unit or ''}".rstrip()
    return f"{fact.table} {fact.key}, {fact.field}{figure} ({_origin(fact)})"


def _origin(fact: Fact) -> str:
    return f"{fact.status}, {fact.source_id}" if fact.source_id else fact.status


def _speaks_of(fact: Fact, known: Mapping[str, set[str]], date: dt.date | None) -> bool:
    """Whether every part of its key fits the car, and one names its vehicle, line or agreement."""
    names, parts = key_of(TABLES[fact.table]), fact.key.split("|")
    named = False
    for name, part in zip(names, parts, strict=False):
        if part == "*":
            continue
        if name in _SINCE:
            if date is not None and part > date.isoformat():
                return False
        elif not any(fnmatchcase(value, part) for value in known.get(name, ())):
            return False
        named |= name not in ("month", "year", *_SINCE)
    return named


def _bound_by(case: Case, car: _Car) -> list[Agreement]:
    return [row for row in case.rows(Agreement)
            if row.vehicle == car.vehicle and row.plant == car.plant]  # fmt: skip


def _agreements(case: Case, plan: PlanResult, car: _Car) -> Rows:
    rows = []
    for one in _bound_by(case, car):
        lines = plan.table("agreements").filter(pl.col("agreement") == one.agreement)
        rows.append((one.agreement, f"{one.name}, {one.status}, from {one.start}"))
        rows += [
            (str(line["year"]), _agreed(line))
            for line in lines.to_dicts()
            if not car.month or str(line["year"]) == car.month[:4]
        ]
    return rows


def _agreed(line: Mapping[str, object]) -> str:
    bounds = [f"{name} {_number(line[name])}" for name in ("minimum", "maximum")
              if line[name] is not None]  # fmt: skip
    return f"{_number(line['units'])} planned; {', '.join(bounds) or 'no bounds'}"


def _plan(plan: PlanResult, car: _Car) -> Rows:
    """Cells of the plan that it is one of."""
    here = (pl.col("vehicle") == car.vehicle) & (pl.col("plant") == car.plant)
    rows = []
    for row in plan.table("production").filter(here & (pl.col("month") == car.month)).to_dicts():
        label = f"{car.vehicle} at {car.plant}, {car.month}"
        rows.append((label, f"{_number(row['units'])} built, at most {_number(row['limit'])}"))
    to_market = here & (pl.col("month") == car.month) & (pl.col("market") == car.market)
    landed = plan.table("landed").filter(to_market & (pl.col("units") > 0.0))
    return rows + [
        (
            f"lane {row['lane']}",
            f"{_number(row['units'])} shipped that month, margin {_number(row['margin'])} each",
        )
        for row in landed.to_dicts()
    ]


def _order(car: _Car, row: Mapping[str, object] | None) -> Rows:
    rows = [
        ("order", car.order), ("vehicle", car.vehicle), ("market", car.market or "–"),
        ("colour", car.colour or "–"), ("options", ", ".join(car.options) or "none"),
    ]  # fmt: skip
    if row is not None:
        rows.append(("priority", str(row["priority"])))
        if row["due"]:
            rows.append(("due", str(row["due"])))
    return rows


def _day(row: Mapping[str, object] | None, slotted: SlottedMonths | None) -> Rows:
    if row is None:
        return []
    if not row["day"]:
        rows = [("day", "none: carried over")]
    else:
        shift = f", shift {row['shift']}" if row["shift"] else ""
        rows = [("day", f"{row['day']} on {row['line']}{shift}")]
    if row["days_early"]:
        rows.append(("early", f"{row['days_early']} days before it is due"))
    if row["days_late"]:
        rows.append(("late", f"{row['days_late']} days"))
        rows += list(_held(slotted, str(row["order"])))
    return rows


def _held(slotted: SlottedMonths | None, order: str) -> Iterator[tuple[str, str]]:
    for one in slotted.months if slotted else ():
        late = one.result.tables["late_orders"].filter(pl.col("order") == order)
        for reason in late["reason"]:
            yield "held by", str(reason)


def _sequence(one: DaySequence, place: int) -> Rows:
    """Its place in the day's order, its neighbours, its paint batch and rules broken round it."""
    position = place + 1
    rows = [("place", f"{position} of {len(one.built)} on {one.date}, {one.line}")]
    for label, at in (("behind", place - 1), ("ahead of", place + 1)):
        if 0 <= at < len(one.built):
            near = one.built[at]
            rows.append((label, f"{near.order}, {near.vehicle} {near.colour or ''}".rstrip()))
    inside = (pl.col("first") <= position) & (pl.col("last") >= position)
    for batch in one.result.tables["batches"].filter(inside).to_dicts():
        number = position - int(batch["first"]) + 1
        most = f", at most {batch['most']}" if batch["most"] else ""
        rows.append(("paint batch", f"{number} of {batch['cars']} {batch['colour']}{most}"))
    broken = one.result.tables["violations"].filter(inside & (pl.col("cost") > 0.0)).to_dicts()
    if not broken:
        return [*rows, ("rules broken", "none round it")]
    return rows + [
        (
            "rule broken",
            f"{found['rule']} at places {found['first']} to {found['last']}: "
            f"{found['found']:g}, allowed {found['allowed']:g}",
        )
        for found in broken
    ]


def _minutes(simulated: SimulatedDays | None, order: str) -> Rows:
    """When it was in each shop, by the clock of the first replication."""
    rows = []
    for span in simulated.spans if simulated else ():
        cars = span.result.tables["sim_cars"].filter(pl.col("order") == order).sort("entered")
        begin = dt.datetime.combine(span.first, dt.time())
        for row in cars.to_dicts():
            left = "still inside at the end" if row["left"] is None else (
                f"{'out of the plant' if row['out'] else 'left'} "
                f"{_clock(begin, row['left'])}, after {row['left'] - row['entered']:,.0f} min"
            )  # fmt: skip
            rows.append((row["shop"], f"in {_clock(begin, row['entered'])}, {left}"))
    return rows


def _clock(begin: dt.datetime, minute: float) -> str:
    return f"{begin + dt.timedelta(minutes=minute):%Y-%m-%d %H:%M}"


def _number(value: object) -> str:
    return "–" if value is None else f"{float(str(value)):,.1f}".removesuffix(".0")
