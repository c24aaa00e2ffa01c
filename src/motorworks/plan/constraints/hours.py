"""What choices leave of a shop's capacity and of a launch limit: one place for both."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.data import Floats, Ints, PlanData
from motorworks.plan.data.shifts import LaunchLine
from motorworks.plan.variables.shifts import ShiftVariables


@dataclass(frozen=True)
class ShopSide:
    """Right-hand side of ``shop_capacity``: what the hours chosen allow each shop.

    ``constant[s, t]`` (n_shops, T) and, for each term n, ``factor[n, t] x columns[n, t]`` in shop
    ``shop[n]``. Built from values in place of columns, it is what the choices made allow.
    """

    constant: Floats
    shop: Ints
    columns: NDArray[Any]
    factor: Floats

    def subtract(self, lp: Builder, rows: Indices, share: ArrayLike = 1.0) -> None:
        """Add ``-share x terms`` to rows (n_shops, T); the constant is left to their bounds."""
        part = np.broadcast_to(np.asarray(share, dtype=np.float64), rows.shape)
        lp.terms(rows[self.shop], self.columns, -part[self.shop] * self.factor)

    def total(self) -> Floats:
        """The amount, where the columns are values; shape (n_shops, T)."""
        total = self.constant.copy()
        np.add.at(total, self.shop, self.factor * self.columns)
        return total


def shop_side(data: PlanData, shifts: ShiftVariables) -> ShopSide:
    """``capacity[s,t]``, or ``sum_k capacity[s,k,t] pattern[k,t]``, ``+ pace'[s,t] x extra[t]``.

    ``extra = overtime + weekend + plus - minus``.
    """
    given = data.shifts
    constant = data.pace.capacity.copy()
    constant[given.shop] = 0.0
    hours = (shifts.overtime, shifts.weekend, shifts.plus, shifts.minus)
    signs = (1.0, 1.0, 1.0, -1.0)
    return ShopSide(
        constant=constant,
        shop=np.concatenate([given.shop, *[given.extra_shop] * 4]),
        columns=np.concatenate(
            [shifts.pattern[given.shop_option], *[part[given.extra_plant] for part in hours]]
        ),
        factor=np.concatenate([given.shop_capacity, *[sign * given.extra_pace for sign in signs]]),
    )


def shop_most(data: PlanData) -> Floats:
    """Largest right-hand side of ``shop_capacity`` under any choice of hours; (n_shops, T)."""
    given = data.shifts
    most = data.pace.capacity.copy()
    most[given.shop] = 0.0
    np.maximum.at(most, given.shop, given.shop_capacity)
    extra = (given.overtime_most + given.weekend_most)[given.extra_plant]
    np.add.at(most, given.extra_shop, given.extra_pace * extra[:, None])
    return most


def add_line(
    lp: Builder, row: Indices, line: LaunchLine, begin: Indices, pattern: Indices, factor: float
) -> None:
    """Add ``factor`` times the terms of a launch line to ``row`` (T,); not its constant."""
    lp.terms(row, pattern[line.options], factor * line.by_option)
    if line.window is not None:
        start, month = np.nonzero(line.by_start)
        lp.terms(row[month], begin[line.window, start], factor * line.by_start[start, month])


def line_total(line: LaunchLine, begin: Floats, pattern: Floats) -> Floats:
    """The amount of a launch line for the choices made; shape (T,)."""
    total: Floats = line.constant + (line.by_option * pattern[line.options]).sum(axis=0)
    if line.window is not None:
        total += begin[line.window] @ line.by_start
    return total
