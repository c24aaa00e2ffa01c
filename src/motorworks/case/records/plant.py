"""A plant minute by minute: segments, ways of cars, quality, arrivals, joins, breaks, parts.

All of it is for the stage *simulate*, and all of it may be left out.
"""

from typing import ClassVar, Literal

from motorworks.case.column import Day, Record, col
from motorworks.case.records.line import Level, TimeLaw


class Segment(Record):
    """A conveyor on which all cars move as one: a paced piece of line, or a transport.

    The stations that name it in ``stations`` are its places, in the order of their positions. It
    moves on by one slot in every ``takt_s``; whatever stops one place stops all.
    """

    TABLE: ClassVar[str] = "segments"
    segment: str = col("Short name of the segment", key=True)
    shop: str = col("Shop it belongs to", ref="shops.shop")
    branch: str | None = col(
        "Sub-line of the shop that it is part of; blank: the line itself", default=None
    )
    position: int | None = col(
        "Place along the shop; blank: that of its first station",
        default=None, unit="place", ge=1,
    )  # fmt: skip
    level: Level | None = col("Level of detail it belongs to; blank: both", default=None)
    takt_s: float | None = col(
        "Time from car to car; blank: by the pace of its shop in shop_rates",
        default=None, unit="s", gt=0,
    )  # fmt: skip
    slots: int | None = col(
        "Cars on it; blank: one at each of its stations", default=None, unit="cars", ge=1
    )
    overload: Literal["stop", "utility"] = col(
        "Work that does not fit into takt and drift stops the segment, or a utility worker does it",
        default="stop",
    )


class FlowStep(Record):
    """A way that cars take from one place to the next.

    Cars go from each position of a shop to the next, and from shop to shop by ``routings``. Rows
    of kind *pass* replace this for the place they start from. Rows of kind *rework* say where a
    car goes whose result was bad.
    """

    TABLE: ClassVar[str] = "flows"
    origin: str = col(
        "Where it starts: a station, a segment, or a shop that is one station", key=True
    )
    target: str | None = col(
        "Where it leads: as origin; blank: out of the plant", key=True, default=None
    )
    vehicle: str | None = col(
        "Vehicle; blank for all", key=True, default=None, ref="vehicles.vehicle"
    )
    kind: Literal["pass", "rework"] = col("Who takes it", key=True, default="pass")
    share_pct: float | None = col(
        "Share of the cars that take it; blank: the first way that is free",
        default=None, unit="%", ge=0, le=100,
    )  # fmt: skip


class Quality(Record):
    """What becomes of cars at a station: through at first, to be done again, lost."""

    TABLE: ClassVar[str] = "quality"
    station: str = col("Station", key=True, ref="stations.station")
    vehicle: str | None = col(
        "Vehicle; blank for all", key=True, default=None, ref="vehicles.vehicle"
    )
    first_pass_pct: float = col(
        "Share of cars through without repair", default=100.0, unit="%", ge=0, le=100
    )
    scrap_pct: float = col("Share of cars lost", default=0.0, unit="%", ge=0, le=100)


class Arrival(Record):
    """Where cars, or pieces such as doors and engines, come in.

    Cars come to the first shop without a row; pieces come to a sub-line without one. Both are then
    always at hand.
    """

    TABLE: ClassVar[str] = "arrivals"
    arrival: str = col("Short name of the source", key=True)
    shop: str = col("Shop whose first stations they come to", ref="shops.shop")
    branch: str | None = col("Sub-line of the shop that they come to", default=None)
    station: str | None = col(
        "Station they come to, where it is not the first", default=None, ref="stations.station"
    )
    buffer: str | None = col(
        "Store of pieces they go straight into", default=None, ref="buffers.buffer"
    )
    every_s: float | None = col(
        "Mean time between them; blank: there is always one", default=None, unit="s", gt=0
    )
    law: TimeLaw = col("How times between them are distributed", default="fixed")
    shape: float | None = col("Shape of the law, as in stations", default=None, gt=0)
    values: str | None = col(
        "Equally likely times of an empirical law, separated by blanks; scaled to the mean",
        default=None,
    )
    release: Literal["at_once", "day", "pace"] | None = col(
        "When a car may start: at once, from the day on that it is planned for, or at the pace of "
        "the plan: the cars of a day evenly over it. Blank: at pace where days were put in order, "
        "else at once",
        default=None,
    )


class ArrivalMix(Record):
    """Share of a vehicle among what a source sends where no plan says it."""

    TABLE: ClassVar[str] = "arrival_mix"
    arrival: str = col("Source", key=True, ref="arrivals.arrival")
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    share_pct: float = col("Share", unit="%", ge=0, le=100)


class JoinRow(Record):
    """Pieces that a station takes from a store before its work begins."""

    TABLE: ClassVar[str] = "joins"
    station: str = col("Station", key=True, ref="stations.station")
    buffer: str = col("Store of pieces", key=True, ref="buffers.buffer")
    vehicle: str | None = col(
        "Vehicle; blank for all without a row", key=True, default=None, ref="vehicles.vehicle"
    )
    quantity: int = col("Pieces in a car", default=1, unit="pieces", ge=0)
    match: Literal["any", "type", "car"] = col(
        "Which piece fits: any, one made for such a car, or the one made for this car",
        default="any",
    )


class CarrierLoop(Record):
    """Skids or hangers of limited number that go round.

    A car takes one as it comes to the first place and gives it back as it leaves the last.
    """

    TABLE: ClassVar[str] = "carriers"
    carrier: str = col("Short name of the carriers", key=True)
    shop: str = col("Shop in which a car takes one", ref="shops.shop")
    to_shop: str | None = col(
        "Shop in which it gives it back; blank: the same", default=None, ref="shops.shop"
    )
    first_station: str | None = col(
        "Station to which it takes one; blank: the first", default=None, ref="stations.station"
    )
    last_station: str | None = col(
        "Station after which it gives it back; blank: the last",
        default=None, ref="stations.station",
    )  # fmt: skip
    count: int = col("Carriers", unit="carriers", ge=1)
    return_s: float = col("Time until one is at hand again", default=0.0, unit="s", ge=0)
    mass_max_kg: float | None = col(
        "Heaviest vehicle they carry; blank: as the shop", default=None, unit="kg", gt=0
    )
    vehicles: str | None = col(
        "Vehicles that ride on them, separated by blanks; blank: all", default=None
    )
    level: Level | None = col("Level of detail it belongs to; blank: both", default=None)


class ShiftTime(Record):
    """When a shift of a pattern begins, and how far it may be prolonged."""

    TABLE: ClassVar[str] = "shift_times"
    pattern: str = col("Shift pattern", key=True, ref="shift_patterns.pattern")
    shift: int = col("Shift of the day, from 1", key=True, unit="shift", ge=1)
    start_min: float | None = col(
        "Start, minutes after midnight; blank: 420 (07:00) for the first, for others the end of "
        "the shift before",
        default=None, unit="min", ge=0, le=2880,
    )  # fmt: skip
    overtime_min: float = col(
        "Most overtime to reach the count of the day, within what the pattern allows",
        default=0.0, unit="min/shift", ge=0, le=1440,
    )  # fmt: skip


class Break(Record):
    """A break in a shift; the shift ends later by as much."""

    TABLE: ClassVar[str] = "breaks"
    plant: str = col("Plant", key=True, ref="plants.plant")
    shop: str | None = col(
        "Shop; blank for those of the plant without breaks of their own",
        key=True, default=None, ref="shops.shop",
    )  # fmt: skip
    shift: int | None = col(
        "Shift of the day; blank for all", key=True, default=None, unit="shift", ge=1
    )
    after_min: float = col("Minutes since the shift began", key=True, unit="min", ge=0, le=1440)
    minutes: float = col("Length", unit="min", gt=0, le=1440)


class MaintenanceRow(Record):
    """A planned stop of a station, a segment, or a shop that is one station."""

    TABLE: ClassVar[str] = "maintenance"
    maintenance: str = col("Short name of the stop", key=True)
    shop: str | None = col("Shop that is one station", default=None, ref="shops.shop")
    station: str | None = col("Station", default=None, ref="stations.station")
    segment: str | None = col("Segment", default=None, ref="segments.segment")
    start: Day = col("First day")
    every_days: int | None = col(
        "Days until it comes again; blank: never", default=None, unit="days", ge=1
    )
    at_min: float = col("Start, minutes after midnight", unit="min", ge=0, le=2880)
    minutes: float = col("Length", unit="min", gt=0)


class PartArrival(Record):
    """Pieces of a part that come to a station; what a car needs stands in ``bom``.

    A car waits at the station until there are enough. Parts without rows are never short.
    """

    TABLE: ClassVar[str] = "part_arrivals"
    part: str = col("Part", key=True, ref="parts.part")
    station: str = col("Station that uses it", key=True, ref="stations.station")
    day: Day | None = col("Day; blank: at hand at the start", key=True, default=None)
    at_min: float = col("Minutes after midnight", key=True, default=0.0, unit="min", ge=0, le=1440)
    pieces: float = col("Pieces", unit="units", ge=0)


class RampEffect(Record):
    """What the launch of a vehicle costs the line, fading as its curve in ``ramps`` rises."""

    TABLE: ClassVar[str] = "ramp_effects"
    ramp: str = col("Launch curve", key=True, ref="ramps.ramp")
    slow_pct: float = col(
        "Longer times of such a car at the start", default=0.0, unit="%", ge=0, le=1000
    )
    stops_pct: float = col(
        "More failures while such a car is worked on at the start",
        default=0.0, unit="%", ge=0, le=1000,
    )  # fmt: skip
