"""The outcome of the stage sequence for days of a case: each day, its orders and its sequence."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from motorworks.case.case import Case, table_of
from motorworks.case.column import Record
from motorworks.case.day_on_line import day_on_line
from motorworks.case.line_day import LineDay, Objective
from motorworks.case.records.line import Order
from motorworks.result.order_records import ORDER_RECORDS, DayOrder, DrawnShare
from motorworks.result.sequence import Proof, Searched, SequenceResult
from motorworks.result.sequence_records import SEQUENCE_RECORDS

DAY_RECORDS: tuple[type[Record], ...] = (*ORDER_RECORDS, *SEQUENCE_RECORDS)
"""The tables of sequenced days."""


@dataclass(frozen=True)
class DaySequence:
    """A day on a line: its orders as given, and their order on the line.

    ``asked`` tells the days asked for from the days before them, which are sequenced so that the
    former have cars before them; ``after`` is the name of the day that stands before, if any.
    """

    line: str
    date: dt.date
    asked: bool
    after: str | None
    orders: tuple[Order, ...]
    shares: tuple[DrawnShare, ...]
    day: LineDay
    result: SequenceResult

    @property
    def built(self) -> list[Order]:
        """The orders in their order on the line."""
        return [self.orders[car] for car in self.result.order]


@dataclass(frozen=True)
class DaysResult:
    """Days of a case in their order, and the settings of the stage."""

    days: tuple[DaySequence, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def asked(self) -> list[DaySequence]:
        """The days asked for."""
        return [day for day in self.days if day.asked]

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """Every table over all days."""
        found = {
            "day_orders": table_of(DayOrder, [row for day in self.days for row in _orders(day)]),
            "drawn_shares": table_of(DrawnShare, [row for d in self.days for row in d.shares]),
        }
        for record in SEQUENCE_RECORDS:
            parts = [day.result.tables[record.TABLE] for day in self.days]
            found[record.TABLE] = pl.concat([table_of(record, []), *parts])
        return found

    @property
    def stated(self) -> dict[str, Any]:
        """What a run folder says of the days beside their tables; without seconds."""
        return {
            "settings": dict(self.settings),
            "days": [
                {"day": one.day.name, "line": one.line, "asked": one.asked,
                 "after": one.after, "mark": one.result.mark, "broken": one.result.broken,
                 "searched": {**asdict(one.result.searched), "seconds": 0.0,
                              "bound_seconds": 0.0}}
                for one in self.days
            ],
        }  # fmt: skip


def _orders(day: DaySequence) -> Iterable[DayOrder]:
    for given, order in enumerate(day.orders, 1):
        yield DayOrder(
            day=day.day.name, line=day.line, given=given, order=order.order, fixed=order.fixed,
            vehicle=order.vehicle, market=order.market, colour=order.colour, options=order.options,
        )  # fmt: skip


def read_days(
    case: Case, tables: Mapping[str, pl.DataFrame], stated: Mapping[str, Any]
) -> DaysResult:
    """Put the days of a run together again from its tables and what it states of them.

    Raises
    ------
    KeyError, TypeError, ValueError, IndexError
        Where what is stated and the tables do not fit together.
    """
    found: dict[tuple[str, str | None], DaySequence] = {}
    for entry in stated["days"]:
        line, after = entry["line"], entry["after"]
        here = (pl.col("day") == entry["day"]) & (pl.col("line") == line)
        own = {name: table.filter(here) for name, table in tables.items()}
        orders = tuple(_order(row) for row in own["day_orders"].iter_rows(named=True))
        proofs = tuple(_proof(row) for row in own["sequence_objectives"].iter_rows(named=True))
        objectives = [Objective(proof.name, proof.weight) for proof in proofs]  # type: ignore[arg-type]
        date = dt.date.fromisoformat(entry["day"])
        result = SequenceResult(
            order=tuple(int(given) - 1 for given in own["sequence"]["given"]),
            mark=entry["mark"], broken=entry["broken"], proofs=proofs,
            searched=Searched(**entry["searched"]),
            tables={record.TABLE: own[record.TABLE] for record in SEQUENCE_RECORDS},
        )  # fmt: skip
        yesterday = found[line, after].built if after else []
        day = day_on_line(case, line, date, orders, yesterday, objectives)
        shares = tuple(DrawnShare(**row) for row in own["drawn_shares"].iter_rows(named=True))
        found[line, day.name] = DaySequence(
            line, date, entry["asked"], after, orders, shares, day, result
        )
    return DaysResult(tuple(found.values()), stated["settings"])


def _order(row: Mapping[str, Any]) -> Order:
    return Order(**{name: row[name] for name in ("order", "vehicle", "market", "colour", "options",
                                                 "fixed")})  # fmt: skip


def _proof(row: Mapping[str, Any]) -> Proof:
    return Proof(
        row["objective"], row["weight"], row["value"], row["bound"], row["given_better"], row["how"]
    )
