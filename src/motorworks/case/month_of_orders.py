"""Orders, and the days of a month or quarter on which they may be built.

This is what the stage *slot* is given, wherever the orders come from: drawn from the plan of a
case, or a list of one's own. A *slot* is a day of a line, or a shift of one. Every order is given
one slot, or is left out: carried over to what comes after.

Days are counted as a calendar does: what is due on Friday and built on Monday is three days late.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from motorworks.case.records.line import Order
from motorworks.case.wording import counted

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

LEFT_OUT = -1
"""In place of a slot: none."""

RANKS = 10
"""An order of priority p counts as ``RANKS`` - p orders: 9 for the first rank, 1 for the last."""

LimitKind = Literal["capacity", "ramp", "part", "option", "batch", "mix", "sailing"]
"""What a limit stands for. Capacity, ramps and parts are hard; others cost what is missed."""

HARD: tuple[LimitKind, ...] = ("capacity", "ramp", "part")

CostName = Literal["late", "early", "left_out", "changed", "option", "batch", "mix", "sailing"]
"""What costs: days late and early, orders left out or moved, and limits by kind."""


@dataclass(frozen=True)
class Weights:
    """What one unit costs, each from 0 on.

    Parameters
    ----------
    late
        A day on which an order is built after it is due, times the order's factor.
    early
        A day on which it is built before it is due.
    left_out
        An order without a slot, times its factor, on top of its days late.
    changed
        An order whose slot is not that of yesterday's schedule.
    option
        A car over the quota of an option.
    batch
        A car that the last paint batch of a colour lacks to be whole.
    mix
        A car that a slot has too few or too many of a vehicle, market or drivetrain.
    sailing
        A car that a market's batch lacks when its sailing closes.
    """

    late: int = 10
    early: int = 1
    left_out: int = 1_000
    changed: int = 20
    option: int = 30
    batch: int = 1
    mix: int = 5
    sailing: int = 40

    def of(self, kind: LimitKind) -> int:
        """Cost of a unit by which a soft limit is missed."""
        soft = {"option": self.option, "batch": self.batch, "mix": self.mix}
        return {**soft, "sailing": self.sailing}[kind]


@dataclass(frozen=True)
class Slot:
    """A day of a line, or with ``shift`` (from 1) a shift of one.

    In a frozen slot stand just the orders that yesterday's schedule has there.
    """

    line: str
    date: dt.date
    shift: int = 0
    frozen: bool = False

    def __str__(self) -> str:
        shift = f" shift {self.shift}" if self.shift else ""
        return f"{self.line} {self.date}{shift}"


@dataclass(frozen=True)
class Limit:
    """Of a trait, ``least`` to ``most`` in the slots ``first`` to ``last`` together.

    What is counted is the sum of the trait over all orders there: 1 an order with an option, or
    what it uses of a part. A soft limit costs ``weight`` times that of its kind for each unit too
    few or too many. A hard one has no ``least``, and its ``most`` is kept; where orders whose slot
    is settled (fixed or frozen) exceed it by themselves, it lets no other order in.

    - ``capacity``: one slot, and the work of each order there.
    - ``ramp``: the slots of a day; the most is what the launch curve of a vehicle allows.
    - ``part``: from the first slot to one; the most is what has come in by then.
    - ``option``: one slot; the most is what the ratio of a sequence lets through.
    - ``batch``: one slot; cars of a colour come in batches of ``size``, and what is missed is what
      the last one lacks to be whole. Neither least nor most counts.
    - ``mix``: one slot, or those of a day; an even share, rounded down and up.
    - ``sailing``: from the first slot to the last before a ship closes; the least is what its
      market's batch needs.
    """

    name: str
    kind: LimitKind
    trait: int
    first: int
    last: int
    least: float = 0.0
    most: float = np.inf
    weight: int = 1
    size: int = 0

    def missed(self, used: float) -> float:
        """How far the slots of a limit are off where they hold so much.

        Examples
        --------
        >>> blue = Limit("blue", "batch", 0, 0, 0, size=8)
        >>> [blue.missed(cars) for cars in (0.0, 5.0, 8.0, 17.0)]
        [0.0, 3.0, 0.0, 7.0]
        """
        if self.size:
            return -used % self.size
        return max(self.least - used, used - self.most, 0.0)

    @property
    def hard(self) -> bool:
        """Whether it must be kept."""
        return self.kind in HARD


@dataclass(frozen=True)
class MonthOfOrders:
    """Orders and slots, what limits them, and what costs.

    The cost of a schedule is the sum over orders of their days late and early, of being left out
    and of being moved, and over soft limits of what is missed, each times its weight. An order
    that is left out is as late as if it were built on the day after the last slot.

    Parameters
    ----------
    name
        What it is called.
    slots
        By date, shift, line.
    orders
        In the order in which they came.
    due
        Last day on which each is built in time; None: any day is as good.
    fixed
        Slot that each must have, or ``LEFT_OUT`` where it is free.
    before
        Slot of each in yesterday's schedule, or ``LEFT_OUT`` where it had none: such an order
        counts no change.
    open
        (orders, slots) whether an order may have a slot: its line builds the vehicle, and it is
        not too early for it. Does not matter for settled orders.
    traits, has
        Names of what limits speak of, and (orders, traits) how much of it each order is.
    limits
        See :class:`Limit`.
    weights
        See :class:`Weights`.
    """

    name: str
    slots: tuple[Slot, ...]
    orders: tuple[Order, ...]
    due: tuple[dt.date | None, ...]
    fixed: tuple[int, ...]
    before: tuple[int, ...]
    open: Flags
    traits: tuple[str, ...]
    has: Floats
    limits: tuple[Limit, ...]
    weights: Weights = Weights()

    @property
    def settled(self) -> tuple[int, ...]:
        """Slot of each order that cannot move: fixed, or standing in a frozen slot."""
        return tuple(
            fixed
            if fixed != LEFT_OUT
            else (before if before != LEFT_OUT and self.slots[before].frozen else LEFT_OUT)
            for fixed, before in zip(self.fixed, self.before, strict=True)
        )

    @property
    def after(self) -> dt.date:
        """The day after the last slot: that of orders left out."""
        return max(slot.date for slot in self.slots) + dt.timedelta(days=1)

    def factor(self, order: int) -> int:
        """How many orders an order counts as when it is late or left out."""
        return RANKS - self.orders[order].priority

    def __str__(self) -> str:
        days = len({slot.date for slot in self.slots})
        kinds: Mapping[str, None] = dict.fromkeys(limit.kind for limit in self.limits)
        return (
            f"{self.name}: {counted(len(self.orders), 'order')}, "
            f"{counted(len(self.slots), 'slot')} on {counted(days, 'day')}, "
            f"{counted(len(self.limits), 'limit')} ({', '.join(kinds) or 'none'})"
        )
