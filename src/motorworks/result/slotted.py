"""Months of orders with their days: what the stage slot makes of a case."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from motorworks.case.case import Case, table_of
from motorworks.case.column import Record
from motorworks.case.month_of_orders import LEFT_OUT, MonthOfOrders, Weights
from motorworks.case.month_on_line import month_on_plant, transit_days
from motorworks.case.records.line import Order
from motorworks.case.volumes import Tables
from motorworks.result.slot import SlotResult, Slotted
from motorworks.result.slot_records import SLOT_RECORDS, OrderShare

SLOTTED_RECORDS: tuple[type[Record], ...] = (*SLOT_RECORDS, OrderShare)
"""The tables of slotted months."""


@dataclass(frozen=True)
class SlottedMonth:
    """Orders of a plant and the day of each.

    Parameters
    ----------
    plant, span
        Where they are built, and the first and last day.
    drawn
        Whether the orders were drawn from the plan.
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
    span: tuple[dt.date, dt.date]
    drawn: bool
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
    def spans(self) -> list[tuple[dt.date, dt.date]]:
        """First and last day of the months, each stretch once."""
        return sorted({one.span for one in self.months})

    @property
    def days(self) -> dict[tuple[str, dt.date], tuple[Order, ...]]:
        """Orders of each line and day, those of its shifts one after another: what is sequenced."""
        found: dict[tuple[str, dt.date], tuple[Order, ...]] = {}
        for one in self.months:
            for number, slot in enumerate(one.month.slots):
                orders = one.result.orders_of(one.month, number)
                found[slot.line, slot.date] = found.get((slot.line, slot.date), ()) + orders
        return found

    @property
    def stated(self) -> dict[str, Any]:
        """What a run folder says of them beside their tables; without seconds."""
        return {
            "settings": dict(self.settings),
            "months": [
                {"month": one.month.name, "plant": one.plant, "drawn": one.drawn,
                 "first": one.span[0].isoformat(), "last": one.span[1].isoformat(),
                 "cost": one.result.cost,
                 "bound": one.result.bound, "least_miss": one.least_miss,
                 "conflicts": list(one.conflicts),
                 "searched": {**asdict(one.result.searched), "seconds": 0.0}}
                for one in self.months
            ],
        }  # fmt: skip


def read_slotted(
    case: Case, plan: Tables, tables: Mapping[str, pl.DataFrame], stated: Mapping[str, Any]
) -> SlottedMonths:
    """Put slotted months of a run together again from its tables and what it states of them.

    A run has no schedule of yesterday; one that kept to such a schedule is not read back.

    Raises
    ------
    KeyError, TypeError, ValueError, IndexError
        Where what is stated and the tables do not fit together.
    """
    months = tuple(_read(case, plan, tables, stated["settings"], one) for one in stated["months"])
    return SlottedMonths(months, stated["settings"])


def _read(
    case: Case,
    plan: Tables,
    tables: Mapping[str, pl.DataFrame],
    settings: Mapping[str, Any],
    entry: Mapping[str, Any],
) -> SlottedMonth:
    own = {name: table.filter(pl.col("month") == entry["month"]) for name, table in tables.items()}
    plant, drawn = entry["plant"], entry["drawn"]
    span = dt.date.fromisoformat(entry["first"]), dt.date.fromisoformat(entry["last"])
    rows = own["slotted_orders"].to_dicts()
    given = {order.order: order for order in case.rows(Order)}
    way = transit_days(case, plant)
    orders = [_drawn(row, way) if drawn else given[row["order"]] for row in rows]
    weights = Weights(**{name: settings[name] for name in vars(Weights())})
    month = month_on_plant(
        case, plan, plant, span, orders, by_shift=settings["by_shift"], planned=drawn,
        weights=weights,
    )  # fmt: skip
    number = {(slot.line, slot.date.isoformat(), slot.shift): n
              for n, slot in enumerate(month.slots)}  # fmt: skip
    result = SlotResult(
        slot_of=tuple(
            number[row["line"], row["day"], row["shift"] or 0] if row["day"] else LEFT_OUT
            for row in rows
        ),
        cost=entry["cost"],
        parts={row["part"]: row["counted"] for row in own["slot_costs"].to_dicts()},
        bound=entry["bound"],
        searched=Slotted(**entry["searched"]),
        tables={record.TABLE: own[record.TABLE] for record in SLOT_RECORDS},
        settings=settings,
    )
    shares = tables["order_shares"].filter(pl.col("plant") == plant)
    return SlottedMonth(
        plant, span, drawn, month, result,
        tuple(OrderShare(**row) for row in shares.to_dicts()), entry["least_miss"],
        tuple(entry["conflicts"]),
    )  # fmt: skip


def _drawn(row: Mapping[str, Any], way: Mapping[str, int]) -> Order:
    """An order that was drawn: promised on its due day and the way to its market."""
    due = dt.date.fromisoformat(row["due"]) + dt.timedelta(days=way.get(row["market"], 0))
    columns = ("order", "vehicle", "market", "colour", "options", "priority")
    return Order(**{name: row[name] for name in columns}, promised=due.isoformat())
