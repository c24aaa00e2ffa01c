"""Months of orders with their days: what the stage slot makes of a case."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from motorworks.case.case import table_of
from motorworks.case.column import Record
from motorworks.case.month_of_orders import MonthOfOrders
from motorworks.result.slot import SlotResult
from motorworks.result.slot_records import SLOT_RECORDS, OrderShare

SLOTTED_RECORDS: tuple[type[Record], ...] = (*SLOT_RECORDS, OrderShare)
"""The tables of slotted months."""


@dataclass(frozen=True)
class SlottedMonth:
    """Orders of a plant and the day of each.

    Parameters
    ----------
    plant
        Where they are built.
    month
        Orders, slots and limits.
    result
        A slot for each order.
    shares
        How near drawn orders come to take rates and colour mix; empty where orders were given.
    least_miss
        Cars by which any set of orders must miss the take rates.
    conflicts
        Which rates cannot be met together, and by which rules.
    """

    plant: str
    month: MonthOfOrders
    result: SlotResult
    shares: tuple[OrderShare, ...] = ()
    least_miss: float = 0.0
    conflicts: tuple[str, ...] = ()

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """Every table of the month."""
        return {**self.result.tables, OrderShare.TABLE: table_of(OrderShare, self.shares)}


@dataclass(frozen=True)
class SlottedMonths:
    """What was slotted, and the settings of the stage."""

    months: tuple[SlottedMonth, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """Every table over all months."""
        return {
            record.TABLE: pl.concat(
                [table_of(record, []), *(one.tables[record.TABLE] for one in self.months)]
            )
            for record in SLOTTED_RECORDS
        }

    @property
    def stated(self) -> dict[str, Any]:
        """What a run folder says of them beside their tables; without seconds."""
        return {
            "settings": dict(self.settings),
            "months": [
                {"month": one.month.name, "plant": one.plant, "cost": one.result.cost,
                 "bound": one.result.bound, "least_miss": one.least_miss,
                 "conflicts": list(one.conflicts),
                 "searched": {**asdict(one.result.searched), "seconds": 0.0}}
                for one in self.months
            ],
        }  # fmt: skip
