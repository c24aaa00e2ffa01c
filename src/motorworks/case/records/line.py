"""The line: stations, buffers, routings, failures, crews, sequence rules, orders."""

from typing import ClassVar, Literal

from motorworks.case.column import Day, Record, col

Level = Literal["shop", "station"]
TimeLaw = Literal[
    "fixed", "exponential", "erlang", "gamma", "weibull", "lognormal", "uniform", "triangular",
    "empirical",
]  # fmt: skip
StopLaw = Literal[
    "exponential", "weibull", "lognormal", "fixed", "erlang", "gamma", "uniform", "triangular",
    "empirical", "bernoulli", "geometric",
]  # fmt: skip


class Station(Record):
    """A place where work is done.

    The stations of a shop stand one after the other by ``position``; those at the same position
    are alternatives side by side, of which a car takes the first that is free. Stations with a
    ``branch`` make up a sub-line of their own. Where a shop has no station at the level of detail
    asked for, a simulation takes it as one station with the pace in ``shop_rates``.

    ``shape``: phases of an erlang law; shape of gamma and weibull; standard deviation of the
    logarithm of lognormal; half of the width over the mean of uniform and triangular.
    """

    TABLE: ClassVar[str] = "stations"
    station: str = col("Short name of the station", key=True)
    shop: str = col("Shop it belongs to", ref="shops.shop")
    position: int = col("Place along the shop, from 1", unit="place", ge=1)
    parallel: int = col("Identical places side by side", default=1, unit="places", ge=1)
    cycle_s: float = col("Cycle time of the standard vehicle", unit="s", gt=0)
    length_m: float | None = col("Length", default=None, unit="m", gt=0)
    drift_m: float | None = col("How far work may drift on", default=None, unit="m", ge=0)
    operators: int | None = col("People at the station", default=None, unit="people", ge=0)
    level: Level | None = col("Level of detail it belongs to; blank: both", default=None)
    branch: str | None = col(
        "Sub-line of the shop that it stands on; blank: the line itself", default=None
    )
    segment: str | None = col(
        "Paced segment of which it is a place", default=None, ref="segments.segment"
    )
    law: TimeLaw = col("How its times scatter round those given", default="fixed")
    shape: float | None = col("Shape of the law", default=None, gt=0)
    values: str | None = col(
        "Equally likely times of an empirical law, separated by blanks; scaled to the time given",
        default=None,
    )
    blocking: Literal["after", "before"] = col(
        "Whether a finished car waits here for the next place, or work begins only once there "
        "is one",
        default="after",
    )
    setup_s: float = col(
        "Time spent before a car that differs from the one before", default=0.0, unit="s", ge=0
    )
    setup_on: Literal["colour", "type"] = col("What it differs in", default="colour")
    crew: str | None = col(
        "Crew of kind operator its people come from; blank: they are always there",
        default=None, ref="crews.crew",
    )  # fmt: skip
    loops_max: int = col(
        "Bad results in a row after which a car passes", default=8, unit="results", ge=1
    )


class StationTime(Record):
    """Time of a vehicle, or one of its options, at a station."""

    TABLE: ClassVar[str] = "station_times"
    station: str = col("Station", key=True, ref="stations.station")
    vehicle: str = col("Vehicle", key=True, ref="vehicles.vehicle")
    option: str | None = col(
        "Option that adds the time; blank for the base time",
        key=True, default=None, ref="options.option",
    )  # fmt: skip
    time_s: float = col("Time", unit="s", ge=0)


class Buffer(Record):
    """A store between two shops or stations, or a conveyor on which cars close up.

    It lies on every way from where it is filled to where it is emptied. With one of both blank it
    takes all that leave the one, or all that come to the other. Several on one way follow each
    other as they stand here. A store that ``joins`` take from holds pieces, not cars.
    """

    TABLE: ClassVar[str] = "buffers"
    buffer: str = col("Short name of the buffer", key=True)
    from_shop: str | None = col(
        "Shop that fills it, with its last stations", default=None, ref="shops.shop"
    )
    to_shop: str | None = col(
        "Shop that empties it, with its first stations", default=None, ref="shops.shop"
    )
    capacity: int | None = col("Bodies it holds; blank: endless", default=None, unit="bodies", ge=0)
    layout: Literal["fifo", "lanes", "random_access", "pull_off"] = col("Form", default="fifo")
    lanes: int | None = col("Lanes", default=None, unit="lanes", ge=1)
    transfer_s: float = col("Time to pass an empty buffer", default=0.0, unit="s", ge=0)
    initial: int = col("Bodies in it at the start", default=0, unit="bodies", ge=0)
    from_station: str | None = col(
        "Station that fills it; blank: the last ones of the shop", default=None,
        ref="stations.station",
    )  # fmt: skip
    to_station: str | None = col(
        "Station that empties it; blank: the first ones of the shop", default=None,
        ref="stations.station",
    )  # fmt: skip
    level: Level | None = col("Level of detail it belongs to; blank: both", default=None)


class RoutingStep(Record):
    """A shop on a vehicle's way through a plant."""

    TABLE: ClassVar[str] = "routings"
    plant: str = col("Plant", key=True, ref="plants.plant")
    vehicle: str | None = col(
        "Vehicle; blank for all", key=True, default=None, ref="vehicles.vehicle"
    )
    step: int = col("Order on the way, from 1", key=True, unit="place", ge=1)
    shop: str = col("Shop", ref="shops.shop")


class Failure(Record):
    """A way in which a shop, station or segment stops.

    A whole shop stops where it is one station at the level of detail asked for. Bernoulli and
    geometric laws belong to lines on which all stations move at the same time; their means are in
    cycles. A Bernoulli station is up in a cycle with probability mtbf / (mtbf + mttr); a geometric
    one fails in a cycle with probability 1 / mtbf and is mended with 1 / mttr. Shapes are as in
    ``stations``.
    """

    TABLE: ClassVar[str] = "failures"
    failure: str = col("Short name of the failure", key=True)
    shop: str | None = col(
        "Shop that stops; blank: that of the station or segment", default=None, ref="shops.shop"
    )
    station: str | None = col(
        "Station; blank for the whole shop", default=None, ref="stations.station"
    )
    segment: str | None = col(
        "Segment; blank for the whole shop", default=None, ref="segments.segment"
    )
    clock: Literal["time", "operation"] = col("What wears it out", default="operation")
    mtbf_min: float = col("Mean time between failures", unit="min", gt=0)
    mttr_min: float = col("Mean time to repair", unit="min", gt=0)
    law: StopLaw = col("Distribution of both", default="exponential")
    shape: float | None = col("Shape of the law", default=None, gt=0)
    values: str | None = col(
        "Equally likely times of an empirical law, separated by blanks; scaled to the mean",
        default=None,
    )
    down_law: StopLaw | None = col("Distribution of repairs, where it is another", default=None)
    down_shape: float | None = col("Shape of down_law", default=None, gt=0)
    down_values: str | None = col("Values of an empirical down_law", default=None)
    resume: Literal["resume", "repeat", "scrap"] = col(
        "What becomes of the car in work: it goes on, begins anew, or is lost", default="resume"
    )
    crew: str | None = col("Crew that repairs it", default=None, ref="crews.crew")
    heads: int = col("People that a repair takes", default=1, unit="people", ge=1)
    priority: int = col("Rank where repairs wait for the crew, 1 first", default=1, ge=1, le=9)


class Crew(Record):
    """People shared between stations."""

    TABLE: ClassVar[str] = "crews"
    crew: str = col("Short name of the crew", key=True)
    plant: str = col("Plant", ref="plants.plant")
    kind: Literal["repair", "utility", "operator"] = col("What it does")
    heads: int = col("People on a shift", unit="people", ge=0)
    absence_pct: float = col(
        "Chance that one of them is away on a shift", default=0.0, unit="%", ge=0, le=100
    )


class SequenceRule(Record):
    """A rule on the order of cars down a line.

    It speaks of the cars that have all it names: option, vehicle, colour, component or part.

    ``ratio``: at most ``at_most`` of any ``window`` cars in a row. ``spacing``: no two among
    ``window`` cars in a row. ``block``: at least ``at_least``, at most ``at_most`` in a row.
    ``stretch``: between places ``first`` and ``last``, at least and at most so many. ``even``:
    the cars, or what they use of the component or part, spread evenly over the day; the weight
    is the cost of a unit of squared deviation. ``batch``: at most ``at_most`` cars in a row of
    the colour, blank for each; always hard.
    """

    TABLE: ClassVar[str] = "sequence_rules"
    rule: str = col("Short name of the rule", key=True)
    shop: str | None = col(
        "Line whose order it rules; blank for all", default=None, ref="shops.shop"
    )
    kind: Literal["ratio", "spacing", "batch", "block", "stretch", "even"] = col("Kind of rule")
    option: str | None = col("Option it speaks of", default=None, ref="options.option")
    vehicle: str | None = col("Vehicle it speaks of", default=None, ref="vehicles.vehicle")
    colour: str | None = col("Colour it speaks of", default=None, ref="colours.colour")
    component: str | None = col(
        "Component whose users it speaks of", default=None, ref="components.component"
    )
    part: str | None = col("Part whose users it speaks of", default=None, ref="parts.part")
    at_least: int | None = col(
        "Least cars in a row or stretch", default=None, unit="vehicles", ge=0
    )
    at_most: int | None = col("Most cars in a window, row or stretch", default=None,
                              unit="vehicles", ge=0)  # fmt: skip
    window: int | None = col("Cars in a window", default=None, unit="vehicles", ge=1)
    first: int | None = col("First place of a stretch; blank: 1", default=None, unit="place", ge=1)
    last: int | None = col(
        "Last place of a stretch; blank: the end of the day", default=None, unit="place", ge=1
    )
    counting: Literal["excess", "once"] = col(
        "What a broken window counts: the cars too many in it, or one", default="excess"
    )
    past_ends: bool | None = col(
        "Whether windows and rows reach into the day before, and windows out over the end of the "
        "day; blank: yes, for a batch no",
        default=None,
    )  # fmt: skip
    priority: Literal["hard", "high", "low"] = col("Rank", default="high")
    weight: float = col("Cost of a violation", default=1.0, ge=0)


class Order(Record):
    """A car that somebody has ordered."""

    TABLE: ClassVar[str] = "orders"
    order: str = col("Order number", key=True)
    vehicle: str = col("Vehicle", ref="vehicles.vehicle")
    market: str = col("Market", ref="markets.market")
    colour: str | None = col("Colour", default=None, ref="colours.colour")
    options: str | None = col("Options, separated by blanks", default=None)
    promised: Day | None = col("Promised day of delivery", default=None)
    priority: int = col("Rank, 1 first", default=3, ge=1, le=9)
    fixed: bool = col("Whether it stays at its place in the day as given", default=False)
    build_day: Day | None = col("Day on which it must be built; blank: any", default=None)
    not_before: Day | None = col("First day on which it may be built; blank: any", default=None)


class OrderRule(Record):
    """A rule on the place of a single order in its day.

    ``place``: at ``first`` to ``last``. ``forbidden``: not at ``first`` to ``last``.
    ``not_before``: not in the first ``hours`` of the day. ``after``: at least ``gap`` places
    after the order ``other``.
    """

    TABLE: ClassVar[str] = "order_rules"
    rule: str = col("Short name of the rule", key=True)
    order: str = col("Order it speaks of", ref="orders.order")
    kind: Literal["place", "forbidden", "not_before", "after"] = col("Kind of rule")
    first: int | None = col("First place; blank: 1", default=None, unit="place", ge=1)
    last: int | None = col(
        "Last place; blank: the end of the day", default=None, unit="place", ge=1
    )
    hours: float | None = col("Worked hours since the day began", default=None, unit="h", ge=0)
    other: str | None = col("Order that comes before it", default=None, ref="orders.order")
    gap: int | None = col("Least places between the two; blank: 1", default=None, unit="places",
                          ge=1)  # fmt: skip
    priority: Literal["hard", "high", "low"] = col("Rank", default="hard")
    weight: float = col("Cost of a violation", default=1.0, ge=0)
