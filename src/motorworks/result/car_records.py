"""Cars one by one in a simulation, and how a plant kept to its schedule."""

from typing import ClassVar

from motorworks.case.column import Record, col


class SimCar(Record):
    """When a car was in a shop, in the first replication."""

    TABLE: ClassVar[str] = "sim_cars"
    car: int = col("Its number in the planned order, from 0", key=True)
    shop: str = col("Shop", key=True)
    order: str = col("Order number")
    vehicle: str = col("Vehicle")
    day: int = col("Day of the span for which it is planned, from 1")
    entered: float = col("Minute of the span at which it came into the shop", unit="min")
    left: float | None = col(
        "Minute at which it left the shop; blank for one inside at the end", default=None,
        unit="min",
    )  # fmt: skip
    out: bool = col("Whether it left the plant with this shop, finished")


class ScheduleDay(Record):
    """Build to schedule of a day, in the first replication: volume x mix x sequence."""

    TABLE: ClassVar[str] = "build_to_schedule"
    day: int = col("Working day of the span on which cars leave, from 1", key=True)
    lag: int = col("Working days from the planned day of its cars to this one", unit="days")
    planned: int = col("Cars planned for it", unit="vehicles")
    built: int = col("Cars that left", unit="vehicles")
    in_mix: int = col("Of these, no more of each vehicle than planned", unit="vehicles")
    in_sequence: int = col(
        "Cars that left behind no car planned after them", unit="vehicles"
    )  # fmt: skip
    volume: float = col("Built in planned, 100 % at most", unit="%")
    mix: float = col("In the mix, in built or planned, whichever is fewer", unit="%")
    sequence: float = col("In sequence, in built", unit="%")
    kept: float = col("Build to schedule: volume x mix x sequence", unit="%")


CAR_RECORDS: tuple[type[Record], ...] = (SimCar, ScheduleDay)
"""The tables of cars one by one."""
