"""What a simulation finds: one record class per result table, declared like the input tables.

Shares are means over the replications, ``half`` the half-width of the mean's confidence interval
(blank where there is but one replication), all since the warm-up was over unless said otherwise.
Definitions stand on the page *What a simulation finds* of the documentation.
"""

from typing import ClassVar

from motorworks.case.column import Record, col

_HALF = "Half-width of the confidence interval of the mean"


class SimSummary(Record):
    """A headline of the plant."""

    TABLE: ClassVar[str] = "sim_summary"
    measure: str = col("What is measured", key=True)
    unit: str = col("Its unit")
    mean: float | None = col("Mean over the replications", default=None)
    half: float | None = col(_HALF, default=None)
    low: float | None = col("Lower end of the interval", default=None)
    high: float | None = col("Upper end of the interval", default=None)
    spread: float | None = col("Standard deviation between replications", default=None)
    replications: int = col("Replications in which it could be measured")
    assumed: float | None = col("What the plan assumes", default=None)


class SimElement(Record):
    """A station or segment: what its servers did all the minutes, in per cent that add to 100."""

    TABLE: ClassVar[str] = "sim_elements"
    element: str = col("Station or segment", key=True)
    shop: str = col("Shop")
    kind: str = col("station or segment")
    servers: int = col("Servers side by side")
    working: float | None = col("Working", default=None, unit="%")
    setup: float | None = col("Setting up", default=None, unit="%")
    starved: float | None = col("Waiting for a car", default=None, unit="%")
    blocked: float | None = col("Waiting to hand a car on", default=None, unit="%")
    failed: float | None = col("Failed, waiting for repairers", default=None, unit="%")
    repair: float | None = col("Being repaired", default=None, unit="%")
    breaks: float | None = col("Outside working hours", default=None, unit="%")
    maintenance: float | None = col("Planned maintenance", default=None, unit="%")
    operators: float | None = col("Waiting for operators", default=None, unit="%")
    parts: float | None = col("Waiting for parts or pieces", default=None, unit="%")
    overload: float | None = col("Stopped for work not done in time", default=None, unit="%")
    working_half: float | None = col(_HALF, default=None, unit="%")
    setup_half: float | None = col(_HALF, default=None, unit="%")
    starved_half: float | None = col(_HALF, default=None, unit="%")
    blocked_half: float | None = col(_HALF, default=None, unit="%")
    failed_half: float | None = col(_HALF, default=None, unit="%")
    repair_half: float | None = col(_HALF, default=None, unit="%")
    breaks_half: float | None = col(_HALF, default=None, unit="%")
    maintenance_half: float | None = col(_HALF, default=None, unit="%")
    operators_half: float | None = col(_HALF, default=None, unit="%")
    parts_half: float | None = col(_HALF, default=None, unit="%")
    overload_half: float | None = col(_HALF, default=None, unit="%")
    content: float = col("Mean number of cars in it", unit="vehicles")
    left: float = col("Cars that left it", unit="vehicles")
    worked: float = col("Pieces of work ended, work done again included", unit="vehicles")
    first_pass: float | None = col("Share of work good at first", default=None, unit="%")
    setups: float = col("Set-ups made; changes of colour where they are on colour")
    utility: float = col("Work done by utility workers", unit="min")


class SimBuffer(Record):
    """A store or conveyor: how full it was."""

    TABLE: ClassVar[str] = "sim_buffers"
    element: str = col("Buffer", key=True)
    shop: str = col("Shop")
    places: int | None = col("Its places; blank where it never fills", default=None)
    content: float = col("Mean number of cars in it", unit="vehicles")
    half: float | None = col(_HALF, default=None, unit="vehicles")
    p05: float | None = col("Below it 5 % of the time", default=None, unit="vehicles")
    p50: float | None = col("Below it half the time", default=None, unit="vehicles")
    p95: float | None = col("Below it 95 % of the time", default=None, unit="vehicles")
    most: int = col("Most at a time in any replication", unit="vehicles")
    empty: float | None = col("Share of samples without a car", default=None, unit="%")
    full: float | None = col("Share of samples without a free place", default=None, unit="%")
    left: float = col("Cars that left it", unit="vehicles")


class SimLevel(Record):
    """How many cars stood in a buffer or segment at a moment of the first replication."""

    TABLE: ClassVar[str] = "sim_levels"
    minute: float = col("Minute of the span", key=True, unit="min")
    element: str = col("Buffer or segment", key=True)
    content: int = col("Cars in it", unit="vehicles")


class SimContent(Record):
    """Cars at work or waiting in a shop: the work in process."""

    TABLE: ClassVar[str] = "sim_content"
    shop: str = col("Shop; 'all' is the plant", key=True)
    mean: float = col("Mean over time", unit="vehicles")
    half: float | None = col(_HALF, default=None, unit="vehicles")
    p05: float | None = col("Below it 5 % of the time", default=None, unit="vehicles")
    p50: float | None = col("Below it half the time", default=None, unit="vehicles")
    p95: float | None = col("Below it 95 % of the time", default=None, unit="vehicles")
    most: float | None = col("Most in any sample", default=None, unit="vehicles")


class SimLeadTime(Record):
    """How long cars took from the first element to the exit, nights and breaks included."""

    TABLE: ClassVar[str] = "sim_lead_times"
    vehicle: str = col("Vehicle; 'all' is every car", key=True)
    cars: float = col("Cars that left, a replication", unit="vehicles")
    mean: float | None = col("Mean", default=None, unit="min")
    half: float | None = col(_HALF, default=None, unit="min")
    p05: float | None = col("Shorter for 5 % of the cars", default=None, unit="min")
    p50: float | None = col("Shorter for half of the cars", default=None, unit="min")
    p95: float | None = col("Shorter for 95 % of the cars", default=None, unit="min")
    most: float | None = col("Longest in any replication", default=None, unit="min")


class SimDay(Record):
    """A day's count of cars out of the plant against the plan; warm-up included."""

    TABLE: ClassVar[str] = "sim_days"
    day: int = col("Day of the span, from 1", key=True)
    planned: int | None = col("Cars planned", default=None, unit="vehicles")
    cars: float = col("Cars that left", unit="vehicles")
    half: float | None = col(_HALF, default=None, unit="vehicles")
    least: int = col("Fewest in any replication", unit="vehicles")
    most: int = col("Most in any replication", unit="vehicles")
    planned_sum: int | None = col("Cars planned up to this day", default=None, unit="vehicles")
    cars_sum: float = col("Cars that left up to this day", unit="vehicles")


class SimStop(Record):
    """What made a station or segment stand still, in a replication."""

    TABLE: ClassVar[str] = "sim_stops"
    element: str = col("Station or segment", key=True)
    cause: str = col("Failure, or maintenance, operators, parts or overload", key=True)
    place: str = col("Where on a segment", key=True, default="")
    shop: str = col("Shop")
    stops: float | None = col("Stops that began; those of each server count", default=None)
    stops_half: float | None = col(_HALF, default=None)
    minutes: float = col("Minutes stopped, waiting for repairers included", unit="min")
    minutes_half: float | None = col(_HALF, default=None, unit="min")
    each: float | None = col("Minutes a stop", default=None, unit="min")


class SimOrder(Record):
    """How far the planned order still holds behind an element; warm-up included."""

    TABLE: ClassVar[str] = "sim_order"
    element: str = col("Behind this element", key=True)
    shop: str = col("Shop")
    cars: float = col("Cars that came by, each counted once", unit="vehicles")
    in_order: float | None = col("Share that no later car overtook", default=None, unit="%")
    in_order_half: float | None = col(_HALF, default=None, unit="%")
    displaced: float | None = col("Places away from the planned one, mean", default=None)
    displaced_p50: float | None = col("Places away, median", default=None)
    displaced_p95: float | None = col("Places away, 95th percentile", default=None)
    displaced_most: float | None = col("Places away, most in any replication", default=None)
    colour_changes: float | None = col(
        "Changes of colour from car to car; blank where colours are not known", default=None
    )
    colour_changes_half: float | None = col(_HALF, default=None)


class SimOee(Record):
    """Overall equipment effectiveness of a shop, by its busiest element (ISO 22400-2)."""

    TABLE: ClassVar[str] = "sim_oee"
    shop: str = col("Shop", key=True)
    element: str = col("Its busiest station or segment, which stands for it")
    planned: float = col("Planned busy time of a server, a replication", unit="h")
    producing: float = col("Of that, production time", unit="h")
    availability: float | None = col("Production time in planned busy time", default=None, unit="%")
    effectiveness: float | None = col(
        "Planned run time of all pieces in production time", default=None, unit="%"
    )
    quality: float | None = col("Pieces good at first in the whole shop", default=None, unit="%")
    oee: float | None = col("Product of the three", default=None, unit="%")
    oee_half: float | None = col(_HALF, default=None, unit="%")


class SimReplication(Record):
    """One replication: what the intervals are made of."""

    TABLE: ClassVar[str] = "sim_replications"
    replication: int = col("Its number", key=True)
    cars: int = col("Cars that left since the warm-up", unit="vehicles")
    days: float = col("Working days since the warm-up", unit="days")
    open_hours: float = col("Open hours since then where cars leave, overtime included", unit="h")
    cars_a_day: float | None = col("Cars a working day", default=None, unit="vehicles/day")
    jph_net: float | None = col("Cars an open hour", default=None, unit="vehicles/h")
    jph_gross: float | None = col(
        "Pace if the busiest element never stood still", default=None, unit="vehicles/h"
    )
    lead_time: float | None = col("Mean lead time", default=None, unit="min")
    content: float = col("Mean number of cars in the plant", unit="vehicles")
    came_in: int = col("Cars that came in, whole span", unit="vehicles")
    out: int = col("Cars that left, whole span", unit="vehicles")
    inside: int = col("Cars inside at the end", unit="vehicles")
    scrapped: int = col("Cars scrapped, whole span", unit="vehicles")
    warmup: float = col("Minute at which the warm-up was over", unit="min")
    end: float = col("Minute at which the span ended", unit="min")
    events: int = col("Events handled")


class SimWarmup(Record):
    """A stretch of the pilot replications, from which the warm-up is found."""

    TABLE: ClassVar[str] = "sim_warmup"
    stretch: int = col("Its number, from 1", key=True)
    begin: float = col("Minute at which it begins", unit="min")
    rate: float = col("Cars an open hour, mean over the pilots", unit="vehicles/h")
    statistic: float | None = col(
        "MSER-5 if all before it were cut; blank inside a batch of five", default=None
    )
    kept: bool = col("Whether it lies after the warm-up")


class SimVisit(Record):
    """A car in an element. What had not come about when the span ended is blank."""

    TABLE: ClassVar[str] = "sim_visits"
    replication: int = col("Replication", key=True)
    car: int = col("Number of the car, or of a piece", key=True)
    element: str = col("Element", key=True)
    arrived: float = col("Took its place", key=True, unit="min")
    vehicle: str | None = col("Its vehicle, where that is known", default=None)
    piece: bool = col("Whether it is a piece for a join, not a car")
    server: int = col("Server, from 0")
    started: float | None = col("Work began, set-up included", default=None, unit="min")
    ended: float | None = col("Work done", default=None, unit="min")
    left: float | None = col("Went on", default=None, unit="min")
    blocked: float = col("From ended to left, outside breaks", unit="min")
    failed: float = col("Work stopped by failures, waiting for repairers included", unit="min")


SIMULATION_RECORDS: tuple[type[Record], ...] = (
    SimSummary, SimElement, SimBuffer, SimLevel, SimContent, SimLeadTime, SimDay, SimStop,
    SimOrder, SimOee, SimReplication, SimWarmup, SimVisit,
)  # fmt: skip
