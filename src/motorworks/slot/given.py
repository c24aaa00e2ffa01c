"""Orders of one's own: which plant builds them, and which belong to a span of days."""

import datetime as dt
from collections.abc import Mapping, Sequence

from motorworks.case.case import Case
from motorworks.case.month_of_orders import LEFT_OUT, MonthOfOrders
from motorworks.case.month_on_line import Place, due_days, transit_days
from motorworks.case.records.line import Order
from motorworks.case.records.programme import Allocation
from motorworks.errors import CaseError, Problem

Span = tuple[dt.date, dt.date]
"""First and last day."""

_TABLE = "orders"


def orders_by_plant(case: Case, plants: Sequence[str]) -> dict[str, list[Order]]:
    """Orders in the case's own table by plant; of several that build a vehicle, the first.

    Raises
    ------
    CaseError
        With every vehicle that is ordered and that none of the plants builds.
    """
    made = {(row.vehicle, row.plant) for row in case.rows(Allocation) if row.plant in plants}
    home = {v: next(p for p in plants if (v, p) in made) for v in {v for v, _ in made}}
    found: dict[str, list[Order]] = {plant: [] for plant in plants}
    strangers: dict[str, list[Order]] = {}
    for order in case.rows(Order):
        if order.vehicle in home:
            found[home[order.vehicle]].append(order)
        else:
            strangers.setdefault(order.vehicle, []).append(order)
    if strangers:
        raise CaseError(
            [
                Problem(
                    _TABLE, f"is not built by {', '.join(plants)}: {len(own)} orders, first "
                    f"{own[0].order}", column="vehicle", value=vehicle,
                )
                for vehicle, own in strangers.items()
            ]
        )  # fmt: skip
    return found


def due_months(case: Case, plant: str, orders: Sequence[Order]) -> list[str]:
    """Months of the case's horizon from the first to the last in which orders are due."""
    due = {f"{day:%Y-%m}" for day in due_days(orders, transit_days(case, plant)) if day is not None}
    return [month for month in case.info.month_names if due and min(due) <= month <= max(due)]


def in_span(
    orders: Sequence[Order], span: Span, yesterday: Mapping[str, Place] | None
) -> list[Order]:
    """Orders to be slotted: without those fixed to other days, or built before the first day."""
    first, last = span[0].isoformat(), span[1].isoformat()
    built = {name for name, place in (yesterday or {}).items() if place[1] < span[0]}
    return [
        order for order in orders
        if order.order not in built and first <= (order.build_day or first) <= last
    ]  # fmt: skip


def refuse_closed_days(month: MonthOfOrders) -> None:
    """Refuse orders fixed to days on which they cannot be built.

    Raises
    ------
    CaseError
        With every such order and its day.
    """
    problems = []
    for number, (order, slot) in enumerate(zip(month.orders, month.fixed, strict=True)):
        if order.build_day is None:
            continue
        if slot == LEFT_OUT:
            why = "is not a working day of the plant"
        elif not month.open[number, slot]:
            why = f"is no day on which {order.vehicle} is built, or lies before not_before"
        else:
            continue
        problems.append(
            Problem(_TABLE, f"order {order.order} is fixed to a day that {why}",
                    column="build_day", value=order.build_day)
        )  # fmt: skip
    if problems:
        raise CaseError(problems)
