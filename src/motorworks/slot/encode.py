"""From a month of orders to flat arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from motorworks.case.month_of_orders import LEFT_OUT, MonthOfOrders
from motorworks.slot.month import LIMIT, Floats, Ints, Month

_NEVER = np.iinfo(np.int64).max


def encode(month: MonthOfOrders) -> Month:
    """Lay out what the search reads."""
    settled = np.array(month.settled, dtype=np.int32)
    due = np.array(
        [_NEVER if day is None else day.toordinal() for day in month.due], dtype=np.int64
    )
    own, profile = _own_costs(month, settled, due)
    has = csr_array(month.has)
    has.sort_indices()
    free = np.flatnonzero(settled == LEFT_OUT).astype(np.int32)
    by_due = free[np.argsort(due[free], kind="stable")]
    place = np.full(len(settled), -1, dtype=np.int32)
    place[by_due] = np.arange(len(by_due))
    starts, members = _limits_by_slot(month)
    return Month(
        profile=profile,
        own=own,
        start=has.indptr.astype(np.int32),
        trait=has.indices.astype(np.int32),
        amount=has.data.astype(np.float64),
        limit=_limits(month, settled),
        limits_start=starts,
        limits_of=members,
        free=free,
        by_due=by_due,
        place=place,
    )


def _own_costs(month: MonthOfOrders, settled: Ints, due: NDArray[np.int64]) -> tuple[Floats, Ints]:
    """Cost of each profile in each slot, and the profile of each order."""
    weights, before = month.weights, np.array(month.before, dtype=np.int32)
    factor = np.array([month.factor(order) for order in range(len(settled))], dtype=np.int64)
    keys, opened = np.unique(month.open, axis=0, return_inverse=True)
    rows = np.column_stack([due, factor, before, settled, opened.reshape(-1)])
    rows, profile = np.unique(rows, axis=0, return_inverse=True)
    due, factor, before, settled, opened = rows.T
    dates = np.array([slot.date.toordinal() for slot in month.slots] + [month.after.toordinal()])
    given = (due < _NEVER)[:, None]
    days = np.where(given, dates - np.where(given, due[:, None], 0), 0)
    own = weights.late * factor[:, None] * np.maximum(days, 0.0)
    early = weights.early * np.maximum(-days, 0.0)
    early[:, -1] = 0.0
    own += early
    own[:, -1] += weights.left_out * factor
    slots = np.append(np.arange(len(month.slots)), len(month.slots))
    own += weights.changed * ((before[:, None] != LEFT_OUT) & (slots != before[:, None]))
    frozen = np.array([slot.frozen for slot in month.slots], dtype=np.bool_)
    may = np.column_stack([keys[opened] & ~frozen, np.ones(len(rows), dtype=np.bool_)])
    at = settled[:, None]
    own[np.where(at == LEFT_OUT, ~may, slots != at)] = np.inf
    return own, profile.reshape(-1).astype(np.int32)


def _limits(month: MonthOfOrders, settled: Ints) -> NDArray[Any]:
    """The limits as records; settled orders raise a hard one to what they use."""
    table = np.zeros(len(month.limits), dtype=LIMIT)
    for row, limit in zip(table, month.limits, strict=True):
        row["first"], row["last"] = limit.first, limit.last
        row["least"], row["most"], row["hard"] = limit.least, limit.most, limit.hard
        if limit.hard:
            there = (settled >= limit.first) & (settled <= limit.last)
            row["most"] = max(limit.most, month.has[there, limit.trait].sum())
        else:
            row["weight"] = month.weights.of(limit.kind) * limit.weight
            row["size"] = limit.size
    return table


def _limits_by_slot(month: MonthOfOrders) -> tuple[Ints, Ints]:
    """Limits of each trait in each slot that counts for something, as lists one after another."""
    slots = len(month.slots) + 1
    lists: list[list[int]] = [[] for _ in range(len(month.traits) * slots)]
    for number, limit in enumerate(month.limits):
        if limit.hard or month.weights.of(limit.kind) * limit.weight > 0:
            for slot in range(limit.first, limit.last + 1):
                lists[limit.trait * slots + slot].append(number)
    starts = np.cumsum([0, *map(len, lists)]).astype(np.int32)
    return starts, np.array([one for own in lists for one in own], dtype=np.int32)
