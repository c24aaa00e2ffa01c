"""Rules on single orders: where in the day they stand, and after which others."""

import math
from collections.abc import Sequence

from motorworks.case.case import Case
from motorworks.case.line_day import Link, Places
from motorworks.case.records.line import Order, OrderRule

_HOUR_S = 3_600.0


def places_of(case: Case, orders: Sequence[Order], takt_s: float) -> tuple[Places, ...]:
    """Places that orders of a day must or must not take, those of fixed orders first.

    Rules on orders of another day are left out. A place after the end of the day counts as its
    last place.
    """
    last = len(orders) - 1
    fixed = [
        Places(f"{order.order} stays", (place,), place, place)
        for place, order in enumerate(orders)
        if order.fixed
    ]
    number = _numbers(orders)
    return (*fixed, *(
        _place(row, number[row.order], last, takt_s)
        for row in case.rows(OrderRule)
        if row.kind != "after" and row.order in number
    ))  # fmt: skip


def _numbers(orders: Sequence[Order]) -> dict[str, int]:
    return {order.order: place for place, order in enumerate(orders)}


def _place(row: OrderRule, car: int, end: int, takt_s: float) -> Places:
    first, last = (row.first or 1) - 1, end if row.last is None else row.last - 1
    if row.kind == "not_before":
        # a car at place p enters p takts after the first
        first = math.ceil((row.hours or 0.0) * _HOUR_S / takt_s - 1e-9)
    if row.kind != "forbidden":
        first, last = min(first, end), min(last, end)
    return Places(
        row.rule, (car,), first, last, row.kind == "forbidden", row.priority, int(row.weight)
    )


def links_of(case: Case, orders: Sequence[Order]) -> tuple[Link, ...]:
    """Pairs of orders of a day of which one comes after the other."""
    number = _numbers(orders)
    return tuple(
        Link(row.rule, number[row.other], number[row.order], row.gap or 1, row.priority,
             int(row.weight))
        for row in case.rows(OrderRule)
        if row.kind == "after" and row.order in number and row.other in number
    )  # fmt: skip
