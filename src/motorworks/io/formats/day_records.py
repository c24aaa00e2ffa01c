"""Columns of the sheets in which a day of cars may be given: orders, and objectives."""

from typing import ClassVar, Literal

from motorworks.case.column import Record, col
from motorworks.case.records.line import OrderRule, SequenceRule

BEFORE, DAY = "before", "day"


class DayOrder(Record):
    """A car of the day, or of the day before; the day's stand in the order as given."""

    TABLE: ClassVar[str] = "orders"
    order: str = col("Name of the car", key=True)
    day: str = col(
        "`day`, or `before` for a car of the day before; or dates, of which the first is the day "
        "before",
        default=DAY,
    )
    vehicle: str | None = col("Vehicle", default=None)
    colour: str | None = col("Colour", default=None)
    options: str | None = col("Options, separated by blanks", default=None)
    fixed: bool = col("Whether it stays at its place in the day as given", default=False)
    position: int | None = col("The only place that it may take", default=None, unit="place", ge=1)
    not_before: int | None = col("First place that it may take", default=None, unit="place", ge=1)
    after: str | None = col("Car that comes before it", default=None, ref="orders.order")
    wanted: int | None = col(
        "Place at which it was wanted, for the objective changes; blank: as given",
        default=None, unit="place", ge=1,
    )  # fmt: skip


class DayObjective(Record):
    """What is kept small; the rows stand in their order of importance."""

    TABLE: ClassVar[str] = "rules"
    kind: Literal["objective"] = col("Kind of row")
    rule: Literal["high", "low", "colour", "levelling", "changes"] = col(
        "Broken rules of high or low priority, colour changes, uneven use, or cars that do not "
        "stand where they were wanted",
        key=True,
    )
    weight: int | None = col(
        "Cost of one unit in the mark; blank in all rows: each 1,000 times the next",
        default=None, ge=1,
    )  # fmt: skip


RULE_RECORDS: tuple[type[Record], ...] = (SequenceRule, OrderRule, DayObjective)
"""What a row of the rules may be, by its kind."""
