"""The least that one ratio rule can count, whatever stands in the way of the others.

For one rule alone a day is a row of cells, each with a car that has the trait or without. With
S(p) the cars with the trait among the first p cells, the least excess is the linear program

    min  sum_s v(s)    v(s) >= S(s + P) - S(s) - N,  v >= 0
         0 <= S(p + 1) - S(p) <= 1,  S(n) = number of cars with the trait.

All its rows are differences of two S, so that its matrix is that of a network, its corners are
whole, and its optimum is the least excess itself, attained by some order. A. Benoist gives a
method of his own for the same value (European Journal of Operational Research 191(3), 957-971).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import Integers, LineDay, Ratio
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.highs import solve
from motorworks.engines.lp.model import Status
from motorworks.sequence.bounds.bound import Bound

FREE = -1

_TABLE = 50_000_000
"""Entries looked at, at most, to count broken windows exactly."""


@dataclass(frozen=True)
class Cells:
    """A row of cells for one rule: 1 and 0 where it is known whether the car has the trait.

    ``many`` of the free cells (-1) are to be filled. Every window of ``window`` cells in a row
    counts what it holds above ``most``.
    """

    cells: NDArray[np.int8]
    many: int
    most: int
    window: int

    @property
    def windows(self) -> int:
        """How many windows there are."""
        return max(0, len(self.cells) - self.window + 1)


def cells_of(day: LineDay, ratio: Ratio, fixed: Integers) -> Cells:
    """What one rule sees of a day: the end of the day before, the day, nothing after it."""
    has = day.has[:, ratio.trait]
    reach = min(day.before, ratio.window - 1) if ratio.past_ends else 0
    beyond = ratio.window - 1 if ratio.past_ends else 0
    inside = np.full(day.count, FREE, np.int8)
    at = fixed >= 0
    inside[at] = has[day.before + fixed[at]]
    past = has[day.before - reach : day.before].astype(np.int8)
    cells = np.concatenate([past, inside, np.zeros(beyond, np.int8)])
    many = int(has[day.before :].sum()) - int((inside == 1).sum())
    return Cells(cells, many, ratio.most, ratio.window)


def least_broken(day: LineDay, ratio: Ratio, fixed: Integers) -> Bound:
    """Least that a rule counts in any order, its weight left out."""
    row = cells_of(day, ratio, fixed)
    if ratio.counting == "excess":
        return Bound(least_excess(row), "linear programs of single rules")
    once = least_windows(row)
    if once is not None:
        return Bound(once, "dynamic programming over windows of single rules")
    most = max(1, min(ratio.window - ratio.most, int((row.cells == 1).sum()) + row.many))
    return Bound(-(-least_excess(row) // most), "linear programs of single rules")


def least_excess(row: Cells) -> int:
    """Least sum over all windows of the cars too many in each.

    Examples
    --------
    >>> least_excess(Cells(np.full(5, FREE, np.int8), many=4, most=1, window=2))
    2
    """
    known = np.where(row.cells == 1, 1, 0)
    if not row.windows:
        return 0
    if row.many <= _free_of_charge(row):
        sums = np.convolve(known, np.ones(row.window, np.int64), "valid")
        return int(np.maximum(sums - row.most, 0).sum())
    lp = Builder()
    count = len(row.cells)
    total = known.sum() + row.many
    first = np.where(np.arange(count + 1) == 0, 0.0, np.inf)
    sums = lp.columns("sum", (count + 1,), upper=first)
    steps = lp.rows("step", (count,), lower=row.cells == 1, upper=row.cells != 0)
    lp.terms(steps, sums[1:], 1.0)
    lp.terms(steps, sums[:-1], -1.0)
    lp.terms(lp.rows("all", (1,), lower=total, upper=total), sums[-1:], 1.0)
    over = lp.columns("over", (row.windows,), cost=1.0)
    windows = lp.rows("window", (row.windows,), lower=-row.most)
    lp.terms(windows, over, 1.0)
    lp.terms(windows, sums[row.window :], -1.0)
    lp.terms(windows, sums[: row.windows], 1.0)
    found = solve(lp.model())
    return round(found.objective) if found.status is Status.OPTIMAL else 0


def least_windows(row: Cells) -> int | None:
    """Least number of broken windows; None where the table for it would be too large.

    Dynamic programming from cell to cell over the last ``window - 1`` cells, as bits, and the
    cars placed so far.

    Examples
    --------
    >>> least_windows(Cells(np.full(5, FREE, np.int8), many=4, most=1, window=3))
    3
    """
    if row.window > 20 or len(row.cells) * (row.many + 1) << (row.window - 1) > _TABLE:
        return None
    bits = row.window - 1
    size = 1 << bits
    states = np.arange(size)
    ones = np.array([int(state).bit_count() for state in states])
    never = len(row.cells) + 1
    least = np.full((row.many + 1, size), never, np.int64)
    least[0, 0] = 0
    for cell, flag in enumerate(row.cells):
        full = cell >= bits
        after = np.full_like(least, never)
        for put in (0, 1):
            if flag not in (FREE, put):
                continue
            cost = (ones + put > row.most).astype(np.int64) if full else np.zeros(size, np.int64)
            reached = least + cost
            into = ((states << 1) | put) & (size - 1)
            if flag == FREE and put == 1:
                reached = np.vstack([np.full((1, size), never), reached[:-1]])
            np.minimum.at(after.T, into, reached.T)
        least = after
    best = int(least[row.many].min())
    return best if best < never else 0


def _free_of_charge(row: Cells) -> int:
    """Most cars that can be placed without any excess more than the known ones make.

    Each as early as it can be; that is best, for an earlier car is in no window that a later one
    could have avoided. Only where all known cars stand before the free cells (else -1).
    """
    free = np.flatnonzero(row.cells == FREE)
    if not len(free):
        return 0
    if (row.cells[free[0] :] == 1).any():
        return -1
    placed = list(np.flatnonzero(row.cells == 1))
    known = len(placed)
    for cell in free:
        if row.most and (len(placed) < row.most or placed[-row.most] <= cell - row.window):
            placed.append(cell)
    return len(placed) - known
