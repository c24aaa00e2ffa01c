"""Recomputes the outcome of the stage slot from the month of orders and the slots alone.

Written from the definitions in :mod:`motorworks.case.month_of_orders`; nothing is shared with the
stage.
"""

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import polars as pl

from motorworks.case.month_of_orders import Limit, MonthOfOrders
from motorworks.result.slot import SlotResult
from motorworks.result.verify.findings import Ledger, Verification

SLOT_RULES = (
    "each_order_once", "settled", "open_slots", "capacity", "ramp", "part", "parts_of_cost", "cost",
    "slot_bound", "slotted_orders", "slot_days", "slot_limits", "late_orders", "slot_costs",
    "slot_progress",
)  # fmt: skip
"""Every rule that can object to a slotted month."""

_NONE = -1
_EXACT, _RELATIVE = 1e-6, 1e-9
_LISTED = 5
_COSTS = ("late", "early", "left_out", "changed", "option", "batch", "mix", "sailing")
_HARD = ("capacity", "ramp", "part")
_REASONS = (
    *_HARD, "option", "batch", "mix", "sailing", "fixed", "frozen", "no open day", "due before",
)  # fmt: skip


def verify_slot(month: MonthOfOrders, result: SlotResult) -> Verification:
    """Hold a result against the month, by the written definitions alone.

    Every order has one slot or none; fixed orders and those on frozen days stand where they must,
    and no other comes to a frozen day; hard limits hold; each part of the cost, the cost and every
    table say what follows from the slots; no bound lies above the cost.
    """
    ledger = Ledger()
    if _slots_are_known(ledger, month, result):
        _settled(ledger, month, result)
        used = _used(month, result)
        _hard_limits(ledger, month, result, used)
        parts = _parts(month, result, used)
        _cost(ledger, month, result, parts)
        for name, rows in _expected(month, result, used, parts).items():
            _table(ledger, name, result.tables, rows)
        _late_orders(ledger, month, result)
        _progress(ledger, result)
    return ledger.close(SLOT_RULES)


def _slots_are_known(ledger: Ledger, month: MonthOfOrders, result: SlotResult) -> bool:
    ledger.checked["each_order_once"] += len(month.orders)
    if len(result.slot_of) != len(month.orders):
        message = f"{len(result.slot_of)} slots for {len(month.orders)} orders"
        ledger.add("each_order_once", month.name, message)
        return False
    wrong = [slot for slot in result.slot_of if not _NONE <= slot < len(month.slots)]
    if wrong:
        ledger.add("each_order_once", month.name, f"there is no slot {wrong[0]}")
    return not wrong


def _must(month: MonthOfOrders, order: int) -> int:
    """Slot that an order has to have, if any."""
    if month.fixed[order] != _NONE:
        return month.fixed[order]
    before = month.before[order]
    return before if before != _NONE and month.slots[before].frozen else _NONE


def _settled(ledger: Ledger, month: MonthOfOrders, result: SlotResult) -> None:
    """Settled orders stand where they must, others in slots that are open to them."""
    for order, slot in enumerate(result.slot_of):
        name, must = month.orders[order].order, _must(month, order)
        if must != _NONE:
            ledger.checked["settled"] += 1
            if slot != must:
                ledger.add("settled", name, f"{name} must stand in {month.slots[must]}")
        elif slot != _NONE:
            ledger.checked["open_slots"] += 1
            if month.slots[slot].frozen:
                ledger.add("open_slots", name, f"{name} is new on {month.slots[slot]}, frozen")
            elif not month.open[order, slot]:
                ledger.add("open_slots", name, f"{name} may not be built on {month.slots[slot]}")


def _used(month: MonthOfOrders, result: SlotResult) -> list[float]:
    """What the slots of each limit hold, counted order by order."""
    in_slot: dict[int, list[int]] = {}
    for order, slot in enumerate(result.slot_of):
        in_slot.setdefault(slot, []).append(order)
    held = [
        {
            trait: math.fsum(month.has[in_slot.get(slot, []), trait].tolist())
            for trait in range(len(month.traits))
        }
        for slot in range(len(month.slots))
    ]
    return [
        math.fsum(held[slot][one.trait] for slot in range(one.first, one.last + 1))
        for one in month.limits
    ]


def _hard_limits(
    ledger: Ledger, month: MonthOfOrders, result: SlotResult, used: list[float]
) -> None:
    must = [_must(month, order) for order in range(len(month.orders))]
    for limit, some in zip(month.limits, used, strict=True):
        if limit.kind not in _HARD:
            continue
        ledger.checked[limit.kind] += 1
        if some <= limit.most + _EXACT:
            continue
        settled = math.fsum(
            float(month.has[order, limit.trait])
            for order, slot in enumerate(must)
            if limit.first <= slot <= limit.last
        )
        if some > settled + _EXACT:
            where = f"{limit.name} by {month.slots[limit.last]}"
            message = f"{where}: {some:g} are used, {limit.most:g} may be"
            ledger.add(limit.kind, where, message, some, limit.most)


def _days(month: MonthOfOrders, order: int, slot: int) -> int:
    """Days late; below 0 days early."""
    due = month.due[order]
    if due is None:
        return 0
    if slot != _NONE:
        return (month.slots[slot].date - due).days
    last = max(one.date for one in month.slots)
    return (last + dt.timedelta(days=1) - due).days


def _parts(month: MonthOfOrders, result: SlotResult, used: list[float]) -> dict[str, float]:
    """What there is of each thing that costs."""
    parts = dict.fromkeys(_COSTS, 0.0)
    for order, slot in enumerate(result.slot_of):
        days, counts_as = _days(month, order, slot), 10 - month.orders[order].priority
        if days > 0:
            parts["late"] += days * counts_as
        elif slot != _NONE:
            parts["early"] -= days
        if slot == _NONE:
            parts["left_out"] += counts_as
        if month.before[order] != _NONE and month.before[order] != slot:
            parts["changed"] += 1
    for limit, some in zip(month.limits, used, strict=True):
        if limit.kind in parts:
            parts[limit.kind] += limit.weight * _missed(limit, some)
    return parts


def _missed(limit: Limit, some: float) -> float:
    """What lacks or is too much; of paint batches, what the last one lacks to be whole."""
    if limit.size:
        return math.ceil(some / limit.size) * limit.size - some
    if some > limit.most:
        return some - limit.most
    return limit.least - some if some < limit.least else 0.0


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _EXACT + _RELATIVE * abs(other)


def _cost(
    ledger: Ledger, month: MonthOfOrders, result: SlotResult, parts: Mapping[str, float]
) -> None:
    for name, count in parts.items():
        ledger.checked["parts_of_cost"] += 1
        said = dict(result.parts).get(name)  # type: ignore[call-overload]
        if said is None or not _near(said, count):
            message = f"{name} counts {count:g}, the result says {said}"
            ledger.add("parts_of_cost", name, message, said, count)
    cost = math.fsum(count * getattr(month.weights, name) for name, count in parts.items())
    ledger.checked["cost"] += 1
    if not _near(result.cost, cost):
        message = f"the schedule costs {cost:g}, the result says {result.cost:g}"
        ledger.add("cost", month.name, message, result.cost, cost)
    ledger.checked["slot_bound"] += 1
    if result.bound > cost + _EXACT + _RELATIVE * cost:
        message = f"the bound {result.bound:g} lies above the cost {cost:g}"
        ledger.add("slot_bound", month.name, message, result.bound, cost)


Rows = list[dict[str, Any]]


def _expected(
    month: MonthOfOrders, result: SlotResult, used: list[float], parts: Mapping[str, float]
) -> dict[str, Rows]:
    """What tables have to say."""
    return {
        "slotted_orders": [_order_row(month, order, at) for order, at in enumerate(result.slot_of)],
        "slot_days": [
            {"line": slot.line, "day": slot.date.isoformat(), "shift": slot.shift,
             "frozen": slot.frozen, "cars": result.slot_of.count(number)}
            for number, slot in enumerate(month.slots)
        ],
        "slot_limits": [
            {"number": number, "limit": one.name, "kind": one.kind, "used": some,
             "first": month.slots[one.first].date.isoformat(),
             "last": month.slots[one.last].date.isoformat(), "least": one.least,
             "most": None if math.isinf(one.most) else one.most,
             "size": one.size or None, "missed": _missed(one, some)}
            for number, (one, some) in enumerate(zip(month.limits, used, strict=True), 1)
        ],
        "slot_costs": [
            {"part": name, "counted": count, "weight": float(getattr(month.weights, name)),
             "cost": count * getattr(month.weights, name)}
            for name, count in parts.items()
        ],
        "late_orders": [
            {"given": order + 1, "order": month.orders[order].order,
             "days_late": max(_days(month, order, at), 0)}
            for order, at in enumerate(result.slot_of)
            if at == _NONE or _days(month, order, at) > 0
        ],
    }  # fmt: skip


def _order_row(month: MonthOfOrders, number: int, at: int) -> dict[str, Any]:
    order, slot = month.orders[number], None if at == _NONE else month.slots[at]
    days, due = _days(month, number, at), month.due[number]
    return {
        "given": number + 1, "order": order.order, "vehicle": order.vehicle,
        "market": order.market, "colour": order.colour, "options": order.options,
        "priority": order.priority, "line": slot.line if slot else None,
        "day": slot.date.isoformat() if slot else None,
        "shift": slot.shift if slot and slot.shift else None,
        "due": due.isoformat() if due else None, "days_late": max(days, 0),
        "days_early": max(-days, 0) if slot else 0, "settled": _must(month, number) != _NONE,
        "changed": month.before[number] not in (_NONE, at),
    }  # fmt: skip


def _table(ledger: Ledger, name: str, tables: Mapping[str, pl.DataFrame], rows: Rows) -> None:
    """A table against what it has to say, in its order; columns not expected mean nothing here."""
    if name not in tables:
        ledger.add(name, name, f"the table {name} is missing")
        return
    found = tables[name].to_dicts()
    ledger.checked[name] += len(rows)
    if len(found) != len(rows):
        ledger.add(name, name, f"{name} has {len(found)} rows; there must be {len(rows)}")
        return
    wrong = [text for pair in zip(found, rows, strict=True) for text in _differences(*pair)]
    for text in wrong[:_LISTED]:
        ledger.add(name, name, f"{name}: {text}")
    if len(wrong) > _LISTED:
        ledger.add(name, name, f"{name}: and {len(wrong) - _LISTED} more")


def _differences(found: dict[str, Any], wanted: dict[str, Any]) -> Iterator[str]:
    for column, value in wanted.items():
        said = found.get(column)
        same = (
            _near(said, value)
            if isinstance(value, float) and isinstance(said, float)
            else said == value
        )
        if not same:
            row = wanted.get("order") or wanted.get("limit") or wanted.get("part", "")
            yield f"{row} {column} is {said}, must be {value}".strip()


def _late_orders(ledger: Ledger, month: MonthOfOrders, result: SlotResult) -> None:
    """What held late orders is a limit that there is, and that covers a day in time."""
    names: dict[str, set[str]] = {}
    for limit in month.limits:
        names.setdefault(limit.kind, set()).add(limit.name)
    table = result.tables.get("late_orders")
    for row in () if table is None else table.iter_rows(named=True):
        kind, limit = row["held_by"], row["limit"]
        if kind not in _REASONS or (limit is not None and limit not in names.get(kind, set())):
            message = f"{row['order']} cannot be held by {kind} {limit or ''}".strip()
            ledger.add("late_orders", row["order"], message)


def _progress(ledger: Ledger, result: SlotResult) -> None:
    """Each schedule that is told of is better than the one before, the last no better than this."""
    table = result.tables.get("slot_progress")
    costs = [] if table is None else table["cost"].to_list()
    ledger.checked["slot_progress"] += len(costs)
    falls = all(later < before for before, later in pairwise(costs))
    if not falls or (costs and costs[-1] < result.cost - _EXACT - _RELATIVE * result.cost):
        ledger.add("slot_progress", "slot_progress", "costs do not fall to that of the schedule")
