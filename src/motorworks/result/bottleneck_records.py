"""What a simulation says of its plant beyond states: bottlenecks, gains, and what a picture needs.

One record class per result table, declared like the input tables.
"""

from typing import ClassVar

from motorworks.case.column import Record, col


class SimBottleneck(Record):
    """An element that holds the plant back, by one of two methods.

    By *turning point*, ``share`` is the time that its neighbours wait for it and ``other`` the time
    that it waits itself. By *active period*, ``share`` is the time in which it is the only
    bottleneck and ``other`` that in which the bottleneck shifts to or from it.
    """

    TABLE: ClassVar[str] = "sim_bottlenecks"
    method: str = col("turning point or active period", key=True)
    rank: int = col("Place among those of the method, from 1", key=True)
    element: str = col("Station or segment")
    shop: str = col("Shop")
    share: float = col("See above", unit="%")
    other: float = col("See above", unit="%")
    words: str = col("The same as a sentence")


class SimGain(Record):
    """What a small change brings, on the same random numbers as the plant as it is."""

    TABLE: ClassVar[str] = "sim_gains"
    change: str = col("faster (by 1 %), repair, place, crew or carrier", key=True)
    name: str = col("Element, failure, crew or loop that is changed", key=True)
    shop: str = col("Shop")
    gain: float = col("Mean gain", unit="vehicles/day")
    low: float | None = col("Lower end of its interval", default=None, unit="vehicles/day")
    high: float | None = col("Upper end of its interval", default=None, unit="vehicles/day")
    words: str = col("The same as a sentence")


class SimPace(Record):
    """The pace of a shop with cars always at hand, in cars an open hour of the shop.

    The shop whose busiest element waits least sets the pace of the plant: its ``pace`` is what
    flows. That of the others is what they would do if they never waited for it.
    """

    TABLE: ClassVar[str] = "sim_paces"
    shop: str = col("Shop", key=True)
    element: str = col("Its busiest station or segment")
    pace: float = col("Pace", unit="vehicles/h")
    flow: float = col("Cars that pass it in this plant", unit="vehicles/h")
    low: float | None = col("Lower end of the flow's interval", default=None, unit="vehicles/h")
    high: float | None = col("Upper end of it", default=None, unit="vehicles/h")
    waits: float = col("Time that its busiest element waits for others", unit="%")
    sets_pace: bool = col("Whether it sets the pace of the plant")


class SimSplit(Record):
    """Where places or people that were to be given out should go."""

    TABLE: ClassVar[str] = "sim_improvement"
    name: str = col("Buffer, crew or pool", key=True)
    has: int = col("Places or people there now")
    more: int = col("Places or people to add")


class SimTurn(Record):
    """A turn of plan and simulation: what the plan assumed of a shop, and what was measured.

    Paces are in standard vehicles a staffed hour, as in ``shop_rates``.
    """

    TABLE: ClassVar[str] = "sim_turns"
    turn: int = col("Number of the turn, from 1", key=True)
    shop: str = col("Shop", key=True)
    plant: str = col("Its plant")
    assumed: float = col("Pace that the plan assumed", unit="standard vehicles/h")
    measured: float = col("Pace measured, which the next plan assumes", unit="standard vehicles/h")
    volume: float = col("Cars that the plan builds at the plant", unit="vehicles")
    change_pct: float | None = col(
        "Change of the volume against the turn before", default=None, unit="%"
    )


class SimPlace(Record):
    """An element of the plant, in the order of the flow."""

    TABLE: ClassVar[str] = "sim_places"
    element: str = col("Element", key=True)
    kind: str = col("source, station, buffer, segment or exit")
    shop: str = col("Shop")
    room: int | None = col("Cars that it holds at most; blank: no limit", default=None)


class SimWay(Record):
    """A way of cars or pieces from one element to the next."""

    TABLE: ClassVar[str] = "sim_ways"
    origin: str = col("From", key=True)
    target: str = col("To", key=True)
    kind: str = col("pass, rework or join", key=True)


class SimScene(Record):
    """Cars in an element at a moment of a shift of the first replication; none: no row."""

    TABLE: ClassVar[str] = "sim_scene"
    minute: float = col("Minute of the span", key=True, unit="min")
    element: str = col("Element", key=True)
    vehicle: str = col("Vehicle", key=True)
    cars: int = col("Cars of it there", unit="vehicles")


BOTTLENECK_RECORDS: tuple[type[Record], ...] = (
    SimBottleneck, SimGain, SimPace, SimSplit, SimPlace, SimWay, SimScene,
)  # fmt: skip
