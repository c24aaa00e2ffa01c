"""The outcome of the stage slot for a month of orders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from motorworks.case.month_of_orders import LEFT_OUT, CostName, MonthOfOrders
from motorworks.case.records.line import Order


@dataclass(frozen=True)
class Slotted:
    """How a schedule was found.

    ``engine`` is ``exact`` where the program of whole numbers was solved, else ``walk``;
    ``stopped`` says why the search ended: ``proven``, ``iterations``, ``time``, ``nodes`` or
    ``interrupted``. ``moves`` were weighed, ``accepted`` of them made.
    """

    seed: int
    moves: int
    accepted: int
    nodes: int
    seconds: float
    stopped: str
    engine: str
    version: str


@dataclass(frozen=True)
class SlotResult:
    """A slot for each order of a month.

    Parameters
    ----------
    slot_of
        Slot of each order, ``LEFT_OUT`` where it has none.
    cost
        What the schedule costs, as defined by
        :class:`~motorworks.case.month_of_orders.MonthOfOrders`.
    parts
        What there is of each thing that costs, before its weight: days, orders, cars.
    bound
        No schedule costs less.
    searched
        How it was found.
    tables
        Declared in :mod:`motorworks.result.slot_records`.
    settings
        The resolved settings of the stage.
    """

    slot_of: tuple[int, ...]
    cost: float
    parts: Mapping[CostName, float]
    bound: float
    searched: Slotted
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def proven(self) -> bool:
        """Whether no schedule is better."""
        return self.cost <= self.bound + 1e-6

    @property
    def gap(self) -> float:
        """Most by which another schedule may be better, as a share of the cost."""
        return 0.0 if self.proven else (self.cost - self.bound) / self.cost

    def orders_of(self, month: MonthOfOrders, slot: int) -> tuple[Order, ...]:
        """Orders of a slot, in the order in which they came: what a day's sequence is made of."""
        return tuple(
            order for order, at in zip(month.orders, self.slot_of, strict=True) if at == slot
        )

    def carried_over(self, month: MonthOfOrders) -> tuple[Order, ...]:
        """Orders without a slot."""
        return self.orders_of(month, LEFT_OUT)
