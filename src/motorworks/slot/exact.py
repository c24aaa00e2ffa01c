"""The exact program of a small month: whole numbers of alike orders in slots.

With x(c, s) orders of class c in slot s, and a slot more for those left out::

    minimise    sum own(c, s) x(c, s) + sum weight(l) (lack(l) + excess(l))
    subject to  sum over s of x(c, s) = orders of c
                least(l) - lack(l) <= sum amount(c, l) x(c, s) <= most(l) + excess(l),
                over the slots s of l

where a hard limit has neither lack nor excess; of batches of a size, a whole number b(l) with
sum x(c, s) + lack(l) = size(l) b(l). It is solved by branch and bound with HiGHS.
"""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.highs import solve
from motorworks.engines.lp.model import Floats, Indices, Solution
from motorworks.engines.lp.watched import OnProgress
from motorworks.slot.month import Ints, Month


class Alike(NamedTuple):
    """Orders that nothing can tell apart: class of each, one of each class, and their number."""

    of: Ints
    example: Ints
    size: Ints


def alike(month: Month) -> Alike:
    """Group orders of one profile with the same traits."""
    keys = [
        (int(month.profile[o]), month.trait[a:b].tobytes(), month.amount[a:b].tobytes())
        for o, (a, b) in enumerate(zip(month.start[:-1], month.start[1:], strict=True))
    ]
    number: dict[tuple[int, bytes, bytes], int] = {}
    of = np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int32)
    _, example, count = np.unique(of, return_index=True, return_counts=True)
    return Alike(of, example.astype(np.int32), count.astype(np.int32))


class Solved(NamedTuple):
    """The best schedule of the program, what no schedule costs less than, and how it ended."""

    at: Ints
    bound: float
    nodes: int
    optimal: bool


def solve_exact(
    month: Month,
    classes: Alike,
    start: Ints,
    *,
    node_limit: int,
    time_limit_s: float | None = None,
    on_progress: OnProgress | None = None,
) -> Solved:
    """Solve the program from a schedule on, until it is proven or the nodes are used up."""
    lp = Builder()
    x = _columns(lp, month, classes)
    _limits(lp, month, classes, x)
    first = np.full(lp.model().size[1], np.nan)
    first[x] = _counts(month, classes, start)
    found = solve(
        lp.model(), start=first, node_limit=node_limit, time_limit_s=time_limit_s,
        gap=0.0, on_progress=on_progress,
    )  # fmt: skip
    usable = found.feasible and len(found.x) > 0
    at = _orders(month, classes, found.x[x]) if usable else start
    return Solved(at, found.bound, found.nodes, _optimal(found))


def _optimal(found: Solution) -> bool:
    return found.feasible and found.objective - found.bound <= 1e-6 * max(1.0, found.objective)


def _columns(lp: Builder, month: Month, classes: Alike) -> Indices:
    """Orders of each class in each slot; none where one may not stand."""
    own = month.own[month.profile[classes.example]]
    may, count = np.isfinite(own), classes.size[:, None]
    x = lp.columns(
        "x", own.shape, upper=np.where(may, count, 0), cost=np.where(may, own, 0.0), integer=True
    )
    once = lp.rows("once", (len(count),), lower=classes.size, upper=classes.size)
    lp.terms(once[:, None], x, 1.0)
    return x


def _limits(lp: Builder, month: Month, classes: Alike, x: Indices) -> None:
    """A row for each limit, with what it lacks and what it has too much."""
    limit = month.limit
    soft = np.flatnonzero(limit["hard"] == 0)
    paint = limit["size"] > 0.0
    most = np.where(paint, 0.0, limit["most"])
    rows = lp.rows("limits", (len(limit),), lower=limit["least"], upper=most)
    cost = limit["weight"][soft]
    lp.terms(rows[soft], lp.columns("lack", (len(soft),), cost=cost), 1.0)
    over = soft[~paint[soft]]
    excess = lp.columns("excess", (len(over),), cost=limit["weight"][over])
    lp.terms(rows[over], excess, -1.0)
    batch = np.flatnonzero(paint)
    count = lp.columns("batches", (len(batch),), integer=True)
    lp.terms(rows[batch], count, -limit["size"][batch])
    slots = month.own.shape[1]
    trait = np.full(len(limit), -1)
    cells = np.repeat(np.arange(len(month.limits_start) - 1), np.diff(month.limits_start))
    trait[month.limits_of] = cells // slots
    shape = (month.orders, (len(month.limits_start) - 1) // slots)
    has = csr_array((month.amount, month.trait, month.start), shape=shape)[classes.example].tocsc()
    for number in np.flatnonzero(trait >= 0):
        row, own = limit[number], slice(*has.indptr[trait[number] : trait[number] + 2])
        span = slice(row["first"], row["last"] + 1)
        lp.terms(rows[number], x[has.indices[own], span], has.data[own][:, None])


def _counts(month: Month, classes: Alike, at: Ints) -> Floats:
    """Orders of each class in each slot of a schedule."""
    slots = month.own.shape[1]
    cells = classes.of.astype(np.int64) * slots + at
    counts = np.bincount(cells, minlength=len(classes.size) * slots).reshape(-1, slots)
    return counts.astype(np.float64)


def _orders(month: Month, classes: Alike, x: Floats) -> Ints:
    """Slots of orders from whole numbers of classes; those of a class in their order."""
    at = np.zeros(month.orders, dtype=np.int32)
    for number, row in enumerate(np.round(x).astype(np.int64)):
        at[classes.of == number] = np.repeat(np.arange(len(row)), row)
    return at
