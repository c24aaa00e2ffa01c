"""The outcome of the stage slot: one record class per result table, declared like the input's."""

from typing import ClassVar

from motorworks.case.column import Day, Record, col


class SlottedOrder(Record):
    """An order and the slot it has, or none where it is carried over."""

    TABLE: ClassVar[str] = "slotted_orders"
    month: str = col("What the orders belong to", key=True)
    given: int = col("Place of the order in the list as given, from 1", key=True, unit="place")
    order: str = col("Order")
    vehicle: str = col("Vehicle")
    market: str = col("Market it is for")
    colour: str | None = col("Colour")
    options: str | None = col("Options, separated by blanks")
    priority: int = col("Rank, 1 first")
    line: str | None = col("Line; blank for an order carried over")
    day: Day | None = col("Day on which it is built")
    shift: int | None = col("Shift of the day, where slots are shifts")
    due: Day | None = col("Last day on which it is built in time")
    days_late: int = col("Days after it was due; of one carried over, on the day after the last",
                         unit="days")  # fmt: skip
    days_early: int = col("Days before it is due", unit="days")
    settled: bool = col("Whether it could not move: fixed, or on a frozen day")
    changed: bool = col("Whether its slot is not that of yesterday's schedule")


class SlotDay(Record):
    """A slot, and how many cars stand in it."""

    TABLE: ClassVar[str] = "slot_days"
    month: str = col("What the orders belong to", key=True)
    line: str = col("Line", key=True)
    day: Day = col("Day", key=True)
    shift: int = col("Shift of the day; 0 where the slot is a whole day", key=True)
    frozen: bool = col("Whether it stays as in yesterday's schedule")
    cars: int = col("Orders in it", unit="vehicles")


class SlotLimit(Record):
    """A limit, and what its slots hold together."""

    TABLE: ClassVar[str] = "slot_limits"
    month: str = col("What the orders belong to", key=True)
    number: int = col("Number of the limit, from 1", key=True)
    limit: str = col("What is limited")
    kind: str = col("Capacity, ramp, part, option, batch, mix or sailing")
    line: str = col("Line of the last slot")
    first: Day = col("First day that it covers")
    last: Day = col("Last day that it covers")
    shift: int = col("Shift of the last slot; 0 for a whole day")
    used: float = col("What the slots hold together")
    least: float = col("What they should hold at least")
    most: float | None = col("What they may hold; blank for no limit")
    size: int | None = col("Cars in a whole paint batch; blank for other limits", unit="vehicles")
    missed: float = col("Too few, or too many; of batches, what the last one lacks")


class LateOrder(Record):
    """An order that is late or carried over, and what held it."""

    TABLE: ClassVar[str] = "late_orders"
    month: str = col("What the orders belong to", key=True)
    given: int = col("Place of the order in the list as given, from 1", key=True, unit="place")
    order: str = col("Order")
    vehicle: str = col("Vehicle")
    market: str = col("Market it is for")
    priority: int = col("Rank, 1 first")
    due: Day | None = col("Last day on which it would have been in time")
    day: Day | None = col("Day on which it is built; blank for an order carried over")
    days_late: int = col("Days late", unit="days")
    held_by: str = col(
        "Kind of limit that held it; `fixed`, `frozen`, `no open day`, `due before` where none did"
    )
    limit: str | None = col("The limit")
    reason: str = col("The same in a planner's words")


class SlotCost(Record):
    """One part of the cost of a schedule."""

    TABLE: ClassVar[str] = "slot_costs"
    month: str = col("What the orders belong to", key=True)
    part: str = col("What costs", key=True)
    counted: float = col("How much of it there is: days, orders or cars")
    weight: float = col(
        "Cost of one; of an order by its rank, of a limit by its own weight, on top"
    )
    cost: float = col("Part of the cost")


class SlotProgress(Record):
    """A better schedule that the search met."""

    TABLE: ClassVar[str] = "slot_progress"
    month: str = col("What the orders belong to", key=True)
    moves: int = col("Moves weighed by then", key=True)
    cost: float = col("Cost of the best schedule")


class OrderShare(Record):
    """How near the orders drawn for a month come to the share wanted of an option or colour."""

    TABLE: ClassVar[str] = "order_shares"
    plant: str = col("Plant", key=True)
    month: str = col("Month", key=True)
    vehicle: str = col("Vehicle", key=True)
    market: str = col("Market; `all` for colours", key=True)
    kind: str = col("Option or colour", key=True)
    name: str = col("Which option or colour", key=True)
    cars: int = col("Cars of the vehicle for the market", unit="vehicles")
    wanted: float = col("Cars that the take rates or the mix ask for", unit="vehicles")
    drawn: int = col("Cars drawn with it", unit="vehicles")


SLOT_RECORDS: tuple[type[Record], ...] = (
    SlottedOrder, SlotDay, SlotLimit, LateOrder, SlotCost, SlotProgress,
)  # fmt: skip
"""The tables of a slotted month."""
