"""From slots of orders to result tables: what each order, day and limit comes to."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from motorworks.case.case import table_of
from motorworks.case.month_of_orders import LEFT_OUT, CostName, Floats, MonthOfOrders
from motorworks.result.slot_records import (
    SLOT_RECORDS,
    LateOrder,
    SlotCost,
    SlotDay,
    SlotLimit,
    SlotProgress,
    SlottedOrder,
)
from motorworks.slot.held import Held


def used_of(month: MonthOfOrders, at: Sequence[int]) -> Floats:
    """What the slots of each limit hold together; shape (limits,)."""
    slots = np.array(at, dtype=np.int64)
    held = np.zeros((len(month.slots) + 1, len(month.traits)))
    np.add.at(held, slots, month.has)  # those left out stand in the last row
    ends = np.concatenate([np.zeros((1, held.shape[1])), np.cumsum(held[:-1], axis=0)])
    found: Floats = np.array(
        [ends[one.last + 1, one.trait] - ends[one.first, one.trait] for one in month.limits]
    )
    return found


def days_late(month: MonthOfOrders, order: int, slot: int) -> int:
    """Days late, below 0 days early; 0 where any day is as good."""
    due = month.due[order]
    day = month.after if slot == LEFT_OUT else month.slots[slot].date
    return 0 if due is None else (day - due).days


def parts_of(month: MonthOfOrders, at: Sequence[int], used: Floats) -> dict[CostName, float]:
    """What there is of each thing that costs, before its weight."""
    parts: dict[CostName, float] = dict.fromkeys(
        ("late", "early", "left_out", "changed", "option", "batch", "mix", "sailing"), 0.0
    )
    for order, slot in enumerate(at):
        days, factor = days_late(month, order, slot), month.factor(order)
        parts["late"] += factor * max(days, 0)
        parts["early"] += max(-days, 0) if slot != LEFT_OUT else 0
        parts["left_out"] += factor * (slot == LEFT_OUT)
        parts["changed"] += month.before[order] not in (LEFT_OUT, slot)
    for limit, some in zip(month.limits, used.tolist(), strict=True):
        if not limit.hard:
            name: CostName = limit.kind  # type: ignore[assignment]
            parts[name] += limit.weight * float(limit.missed(some))
    return parts


def tables_of(
    month: MonthOfOrders,
    at: Sequence[int],
    parts: Mapping[CostName, float],
    held: Mapping[int, Held],
    progress: Sequence[tuple[int, float]],
) -> dict[str, pl.DataFrame]:
    """Every table of a slotted month."""
    used = used_of(month, at)
    best = dict(progress)
    rows = {
        SlottedOrder: _orders(month, at),
        SlotDay: _days(month, at),
        SlotLimit: _limits(month, used),
        LateOrder: _late(month, at, held),
        SlotCost: _costs(month, parts),
        SlotProgress: (
            SlotProgress(month=month.name, moves=moves, cost=cost) for moves, cost in best.items()
        ),
    }
    return {record.TABLE: table_of(record, rows[record]) for record in SLOT_RECORDS}


def _orders(month: MonthOfOrders, at: Sequence[int]) -> Iterator[SlottedOrder]:
    settled = month.settled
    for number, (order, slot) in enumerate(zip(month.orders, at, strict=True)):
        here, days = None if slot == LEFT_OUT else month.slots[slot], days_late(month, number, slot)
        yield SlottedOrder.model_construct(
            month=month.name, given=number + 1, order=order.order, vehicle=order.vehicle,
            market=order.market, colour=order.colour, options=order.options,
            priority=order.priority, line=here.line if here else None,
            day=_text(here.date if here else None), shift=(here.shift if here else 0) or None,
            due=_text(month.due[number]), days_late=max(days, 0),
            days_early=max(-days, 0) if here else 0, settled=settled[number] != LEFT_OUT,
            changed=month.before[number] not in (LEFT_OUT, slot),
        )  # fmt: skip


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _days(month: MonthOfOrders, at: Sequence[int]) -> Iterator[SlotDay]:
    cars = np.bincount(np.array(at, dtype=np.int64) + 1, minlength=len(month.slots) + 1)[1:]
    for slot, count in zip(month.slots, cars.tolist(), strict=True):
        yield SlotDay(
            month=month.name, line=slot.line, day=slot.date.isoformat(), shift=slot.shift,
            frozen=slot.frozen, cars=count,
        )  # fmt: skip


def _limits(month: MonthOfOrders, used: Floats) -> Iterator[SlotLimit]:
    for number, (limit, some) in enumerate(zip(month.limits, used.tolist(), strict=True), 1):
        first, last = month.slots[limit.first], month.slots[limit.last]
        yield SlotLimit.model_construct(
            month=month.name, number=number, limit=limit.name, kind=limit.kind, line=last.line,
            first=first.date.isoformat(), last=last.date.isoformat(), shift=last.shift, used=some,
            least=limit.least, most=limit.most if np.isfinite(limit.most) else None,
            size=limit.size or None, missed=limit.missed(some),
        )  # fmt: skip


def _late(month: MonthOfOrders, at: Sequence[int], held: Mapping[int, Held]) -> Iterator[LateOrder]:
    for number, why in held.items():
        order, slot = month.orders[number], at[number]
        day = None if slot == LEFT_OUT else month.slots[slot].date
        yield LateOrder(
            month=month.name, given=number + 1, order=order.order, vehicle=order.vehicle,
            market=order.market, priority=order.priority, due=_text(month.due[number]),
            day=_text(day), days_late=max(days_late(month, number, slot), 0), held_by=why.kind,
            limit=why.limit, reason=why.reason,
        )  # fmt: skip


def _costs(month: MonthOfOrders, parts: Mapping[CostName, float]) -> Iterator[SlotCost]:
    for part, counted in parts.items():
        weight = float(getattr(month.weights, part))
        yield SlotCost(
            month=month.name, part=part, counted=counted, weight=weight, cost=counted * weight
        )
