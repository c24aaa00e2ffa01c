"""A plant as the stage *simulate* is given it: elements, flows, cars, and what stops them.

It comes from the tables of a case (:mod:`motorworks.case.plant_of_case`) or is built by hand.
Times are minutes from the start of the simulated span; where there are calendars, that start is
midnight of the first day. Elements are named by their place in :attr:`PlantModel.elements`.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LawKind = Literal[
    "fixed", "exponential", "erlang", "gamma", "weibull", "lognormal", "uniform", "triangular",
    "empirical", "bernoulli", "geometric",
]  # fmt: skip

ENDLESS = -1
"""Places of a buffer that never fills."""


@dataclass(frozen=True)
class Law:
    """How a time is distributed.

    ``shape``: phases of erlang; shape of gamma and weibull; standard deviation of the logarithm
    of lognormal; half of the width over the mean of uniform and triangular. ``values`` are the
    equally likely ones of an empirical law, scaled to the mean. Bernoulli and geometric laws
    belong to slotted lines: a Bernoulli machine is up in a slot with probability
    ``up / (up + down)``, a geometric one fails with probability 1 / ``up.mean`` and is repaired
    with 1 / ``down.mean`` in a slot, means in slots.
    """

    kind: LawKind = "fixed"
    mean: float = 1.0
    shape: float | None = None
    values: tuple[float, ...] = ()


FIXED = Law()


@dataclass(frozen=True)
class Source:
    """Where cars, or pieces such as doors and engines, come from.

    ``saturated``: there is always one waiting. ``law``: they arrive ``every`` so often, wait
    outside in an endless line, and enter in turn. ``cars``: the cars of the model, in their
    order, not before their release. A source of ``pieces`` makes what a join takes: for each car
    of the model in its order, or drawn by ``mix`` where there are no cars.
    """

    name: str
    shop: str = ""
    kind: Literal["saturated", "law", "cars"] = "saturated"
    every: Law = FIXED
    mix: tuple[float, ...] = ()
    pieces: bool = False


@dataclass(frozen=True)
class Station:
    """A place where work is done, or several alike side by side, each with a car of its own.

    The work takes ``time_min`` by type of car, times a draw of ``law`` (whose mean is 1). Work is
    stopped, and goes on later, outside the ``calendar`` and while a failure lasts; it begins only
    with ``operators`` of the ``pool`` at hand, with all its parts, and with all pieces to join.
    Blocking ``after`` service: the finished car stays until the next element takes it; ``before``:
    work begins only once a place there is free, and that place is kept. ``setup_min`` is spent
    before a car that differs from the one before at this server in ``setup_on``. A car passes at
    first with a share by type, is scrapped with a share by type (drawn first), otherwise it takes
    a flow of kind ``rework``, or is done again here where there is none. ``loops_max`` bad results
    in a row at this station are the most: the next one passes.
    """

    name: str
    shop: str
    time_min: tuple[float, ...]
    law: Law = FIXED
    servers: int = 1
    blocking: Literal["after", "before"] = "after"
    setup_min: float = 0.0
    setup_on: Literal["colour", "type"] = "colour"
    calendar: int | None = None
    pool: int | None = None
    operators: int = 0
    first_pass: tuple[float, ...] = ()
    scrap: tuple[float, ...] = ()
    loops_max: int = 8


@dataclass(frozen=True)
class Buffer:
    """A store or accumulating conveyor: a car leaves no earlier than ``transfer_min`` after entry.

    ``capacity`` counts its places alone, not those of stations round it. ``fifo``: in the order of
    entry. ``lanes``: a car enters the lane whose last car stands nearest before it in the planned
    order (an empty one, else the shortest not full, if there is none), capacity split evenly; of
    the heads of lanes the one planned first leaves. ``random_access``: of all cars that may leave,
    the one planned first does. ``pull_off``: one line in the order of entry with ``lanes`` places
    beside it: a car planned after its follower by more than ``lanes`` places is pulled off and
    comes back in before the first car planned after it.
    """

    name: str
    shop: str
    capacity: int = ENDLESS
    transfer_min: float = 0.0
    layout: Literal["fifo", "lanes", "random_access", "pull_off"] = "fifo"
    lanes: int = 1
    initial: int = 0


@dataclass(frozen=True)
class Place:
    """A work place along a paced segment: time by type of car, and how far it may drift past.

    What a car needs beyond ``takt + drift_min``, earlier drift counted, is overload: it stops the
    segment for as long, or a utility worker does it, as the segment says.
    """

    name: str
    time_min: tuple[float, ...]
    law: Law = FIXED
    drift_min: float = 0.0


@dataclass(frozen=True)
class Segment:
    """A conveyor on which all cars move as one: paced, or a non-accumulating transport.

    It has ``slots`` places, one car each, and moves by one every ``takt_min`` while nothing stops
    it: not a failure, a break, overload, a missing part, or a car at the end that cannot leave.
    Where no car waits at its head an empty slot goes along. Work ``places`` lie on slots from the
    first on; slots without are transport.
    """

    name: str
    shop: str
    takt_min: float
    slots: int
    places: tuple[Place, ...] = ()
    overload: Literal["stop", "utility"] = "stop"
    calendar: int | None = None


@dataclass(frozen=True)
class Exit:
    """Where cars leave the plant."""

    name: str
    shop: str = ""


Element = Source | Station | Buffer | Segment | Exit


@dataclass(frozen=True)
class Flow:
    """A way from an element to the next.

    Of the flows of one kind out of an element those for the car's type count (all where
    ``types`` is empty). Where they have shares, one is drawn as the work ends and kept; otherwise
    the first in the list that takes the car. An element that several want to enter takes the one
    that has waited longest, the first in the list of elements where they wait alike.
    """

    origin: int
    target: int
    share: float | None = None
    types: tuple[int, ...] = ()
    kind: Literal["pass", "rework"] = "pass"


@dataclass(frozen=True)
class Failure:
    """A way in which an element stops; each of several servers fails on its own.

    ``operation``: it wears only while the server works. ``time``: it wears all open hours. Down
    time begins once ``heads`` of the ``crew`` are there (at once without one); the lowest
    ``priority`` goes first, then who waited longest. ``resume``: the car's work goes on where it
    stopped; ``repeat``: it begins anew; ``scrap``: the car is lost. ``place`` says where on a
    segment it is, for the table of stops.
    """

    name: str
    element: int
    up: Law
    down: Law
    clock: Literal["time", "operation"] = "operation"
    resume: Literal["resume", "repeat", "scrap"] = "resume"
    crew: int | None = None
    heads: int = 1
    priority: int = 1
    place: str = ""


@dataclass(frozen=True)
class Crew:
    """People shared: repairers of failures, or the operators of a pool.

    Each head is away for a whole shift with probability ``absence``, drawn as a shift begins.
    """

    name: str
    heads: int
    absence: float = 0.0


@dataclass(frozen=True)
class Calendar:
    """When work goes on: open spans (shape (n, 2), minutes), in order, apart from each other.

    ``overtime`` says by how many minutes each span may be prolonged (0: not) while fewer cars have
    left the plant since the day began than the ``count`` of that span; it ends at once when they
    have. A ``shift`` begins with each span marked so: absence is drawn then.
    """

    name: str
    open: Floats
    overtime: Floats = field(default_factory=lambda: np.zeros(0))
    count: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    shift: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))


@dataclass(frozen=True)
class Maintenance:
    """Planned stops of an element: spans (n, 2) in minutes; the work in hand waits."""

    name: str
    element: int
    spans: Floats


@dataclass(frozen=True)
class Carriers:
    """A closed loop of skids or hangers: a car takes one as it enters ``first``.

    It gives it back as it leaves ``last``; the carrier is at hand again ``return_min`` later.
    ``types`` are those that ride on it (all where empty).
    """

    name: str
    first: int
    last: int
    count: int
    return_min: float = 0.0
    types: tuple[int, ...] = ()


@dataclass(frozen=True)
class Join:
    """Pieces that a station takes from the end of a ``feeder`` buffer before its work begins.

    ``quantity`` by type of car. ``match``: any piece, one of the car's ``type``, or the one made
    for this very ``car``; the first that fits is taken, wherever it stands in the buffer.
    """

    element: int
    feeder: int
    quantity: tuple[int, ...]
    match: Literal["any", "type", "car"] = "any"


@dataclass(frozen=True)
class Parts:
    """A part that an element uses by type of car, and when it comes in.

    ``arrivals`` has shape (n, 2): minute, pieces. A car waits at the element until there are
    enough; a segment stands still until there are.
    """

    name: str
    element: int
    need: tuple[float, ...]
    initial: float
    arrivals: Floats


@dataclass(frozen=True)
class Cars:
    """The cars of a span in the planned order, which is the order of their numbers.

    ``type`` and ``colour`` count from 0; ``release`` in minutes; ``day`` is the day each is planned
    for. ``name`` is the order number, where there is one.
    """

    type: Integers
    colour: Integers
    release: Floats
    day: Integers
    name: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ramp:
    """How a type starts: factors by day of the span on its times, and on its failed shares.

    A share that passes at first of p becomes 1 - (1 - p) x ``bad[day]``; times become
    time x ``slow[day]``; both 1 where the launch is over. ``wear`` divides times between failures
    of operation while such a car is worked on.
    """

    type: int
    slow: Floats
    bad: Floats
    wear: Floats


@dataclass(frozen=True)
class PlantModel:
    """All that a simulation is given.

    ``plan`` is the count of cars planned for each day of the span, where there is one;
    ``net_rate`` the pace in cars an hour that the plan assumes. ``day_begins`` are the minutes at
    which the days of the span begin, and at last that at which it ends: a shift belongs to the
    day on which it began, so a day may last beyond midnight. Without, days end at midnight.
    """

    name: str
    types: tuple[str, ...]
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...]
    colours: tuple[str, ...] = ("",)
    failures: tuple[Failure, ...] = ()
    crews: tuple[Crew, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    maintenance: tuple[Maintenance, ...] = ()
    carriers: tuple[Carriers, ...] = ()
    joins: tuple[Join, ...] = ()
    parts: tuple[Parts, ...] = ()
    ramps: tuple[Ramp, ...] = ()
    cars: Cars | None = None
    plan: tuple[int, ...] = ()
    day_begins: tuple[float, ...] = ()
    net_rate: float | None = None
