"""Holds each stage of a run against the one before it: plan, orders, slots, sequences, minutes.

Car by car and by name, from the tables alone: what the plan builds in a month are its orders; each
order has a day or is carried over; the cars of a day are those that have it; each of them comes
into the plant when it is simulated or is still to come in the end.
"""

import datetime as dt
from collections import Counter

import polars as pl

from motorworks.case.case import Case
from motorworks.case.day_on_line import plant_of
from motorworks.case.records.line import Order
from motorworks.result.days import DaySequence, DaysResult
from motorworks.result.plan import PlanResult
from motorworks.result.simulated_days import SimulatedDays, SimulatedSpan, model_of_span
from motorworks.result.slotted import SlottedMonth, SlottedMonths
from motorworks.result.verify.cars import CAR_RULES, check_cars
from motorworks.result.verify.findings import Ledger, Verification

CHAIN_RULES = ("orders_of_plan", "days_of_slots", "cars_simulated", *CAR_RULES)
"""Every rule that can object to stages that do not fit together."""

_A_CAR = 1.0 + 1e-6


def verify_chain(
    case: Case,
    plan: PlanResult,
    slotted: SlottedMonths | None,
    days: DaysResult,
    simulated: SimulatedDays | None,
) -> Verification:
    """Hold the stages of a run against each other.

    Parameters
    ----------
    case
        The resolved case.
    plan, slotted, days, simulated
        What each stage found; None for a stage that was left out.
    """
    ledger = Ledger()
    for month in slotted.months if slotted else ():
        if month.drawn:
            _orders_of_plan(ledger, plan, month)
    if slotted is not None:
        _days_of_slots(ledger, slotted, days)
    for span in simulated.spans if simulated else ():
        own = _days_of(case, span, days)
        _cars_simulated(ledger, span, own)
        model = model_of_span(
            simulated.described(case) if simulated else case, span.plant, span.first, span.days,
            span.level, own,
        )  # fmt: skip
        check_cars(ledger, span, own, model.day_begins)
    return ledger.close(CHAIN_RULES)


def _orders_of_plan(ledger: Ledger, plan: PlanResult, month: SlottedMonth) -> None:
    """Orders of a vehicle drawn for the months of a plant, against what the plan builds there."""
    first, last = (f"{day:%Y-%m}" for day in month.span)
    built: Counter[str] = Counter()
    months = set()
    rows = plan.table("production").select("vehicle", "plant", "month", "units").iter_rows()
    for vehicle, plant, when, units in rows:
        if plant == month.plant and first <= when <= last:
            built[vehicle] += units
            months.add(when)
    ordered = Counter(order.vehicle for order in month.month.orders)
    for vehicle in sorted({*built, *ordered}):
        ledger.checked["orders_of_plan"] += 1
        # each month is rounded to whole cars by itself
        if abs(ordered[vehicle] - built[vehicle]) > _A_CAR * max(1, len(months)):
            message = (
                f"{ordered[vehicle]} orders of {vehicle} at {month.plant} in {month.month.name}, "
                f"the plan builds {built[vehicle]:.1f}"
            )
            ledger.add("orders_of_plan", f"{vehicle} at {month.plant}", message,
                       ordered[vehicle], built[vehicle])  # fmt: skip


def _days_of_slots(ledger: Ledger, slotted: SlottedMonths, days: DaysResult) -> None:
    """The cars of each day in order are those that were given the day, and what was ordered."""
    given = slotted.days
    for one in days.days:
        ledger.checked["days_of_slots"] += len(one.orders)
        expected = _by_name(given.get((one.line, one.date), ()))
        found = _by_name(one.orders)
        _compare(ledger, one, expected, found)


def _compare(
    ledger: Ledger, one: DaySequence, expected: dict[str, tuple[object, ...]],
    found: dict[str, tuple[object, ...]],
) -> None:  # fmt: skip
    where = f"{one.line}, {one.date}"
    for name in sorted(set(expected) ^ set(found)):
        said = "has no car in order" if name in expected else "was not given this day"
        ledger.add("days_of_slots", where, f"order {name} {said} on {one.date}")
    for name in sorted(set(expected) & set(found)):
        if expected[name] != found[name]:
            message = f"order {name} of {one.date} is not the car that was ordered"
            ledger.add("days_of_slots", where, message)


def _by_name(orders: tuple[Order, ...] | list[Order]) -> dict[str, tuple[object, ...]]:
    return {row.order: (row.vehicle, row.market, row.colour, row.options) for row in orders}


def _days_of(case: Case, span: SimulatedSpan, days: DaysResult) -> list[DaySequence]:
    """Days that a simulation has: of the first line in order of its plant."""
    last = span.first + dt.timedelta(days=span.days - 1)
    own = [
        one
        for one in days.days
        if plant_of(case, one.line) == span.plant and span.first <= one.date <= last
    ]
    return [one for one in own if one.line == own[0].line]


def _cars_simulated(ledger: Ledger, span: SimulatedSpan, days: list[DaySequence]) -> None:
    """Cars planned for each day of a simulation, against those in order for it."""
    counts = Counter({one.date: len(one.orders) for one in days})
    table = span.result.tables["sim_days"].filter(pl.col("planned").is_not_null())
    for day, planned in table.select("day", "planned").iter_rows():
        ledger.checked["cars_simulated"] += 1
        date = span.first + dt.timedelta(days=day - 1)
        if planned != counts[date]:
            message = f"{planned} cars of {date} are simulated, {counts[date]} are in order"
            ledger.add("cars_simulated", f"{span.plant}, {date}", message, planned, counts[date])
