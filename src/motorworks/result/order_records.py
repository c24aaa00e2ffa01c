"""The orders of a day: one record class per result table, declared like the input tables."""

from typing import ClassVar

from motorworks.case.column import Record, col


class DayOrder(Record):
    """A car ordered for a day on a line, at its place in the order as given."""

    TABLE: ClassVar[str] = "day_orders"
    day: str = col("Day", key=True)
    line: str = col("Line", key=True)
    given: int = col("Place in the order as given, from 1", key=True, unit="place")
    order: str = col("Order")
    vehicle: str = col("Vehicle")
    market: str = col("Market it is for")
    colour: str | None = col("Colour")
    options: str | None = col("Options, separated by blanks")
    fixed: bool = col("Whether it stays at its place as given")


class DrawnShare(Record):
    """How near the orders drawn for a day come to the share wanted of an option or colour."""

    TABLE: ClassVar[str] = "drawn_shares"
    day: str = col("Day", key=True)
    line: str = col("Line", key=True)
    vehicle: str = col("Vehicle", key=True)
    kind: str = col("Option or colour", key=True)
    name: str = col("Which option or colour", key=True)
    cars: int = col("Cars of the vehicle that may have it", unit="vehicles")
    wanted: float = col("Cars that the take rates or the mix ask for", unit="vehicles")
    drawn: int = col("Cars drawn with it", unit="vehicles")


ORDER_RECORDS: tuple[type[Record], ...] = (DayOrder, DrawnShare)
