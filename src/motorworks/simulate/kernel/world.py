"""What the kernel works on: arrays of records, one array per noun, changed in place.

Kernels name things by their place in these arrays. A *server* does work: each of a station, and
one that moves a segment. A *holder* is what a car waits in to go on: servers first, then (from
``len(servers)`` on) elements, which are buffers and sources. A *clock* is a failure at a server.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.des.timers import Timers

Records = NDArray[Any]
Floats = NDArray[np.float64]

NONE = -1
PASS, REWORK = 0, 1
SOURCE, STATION, BUFFER, SEGMENT, EXIT = range(5)
SATURATED, BY_LAW, BY_CARS = range(3)
FIFO, LANES, RANDOM_ACCESS, PULL_OFF = range(4)
IDLE, WAIT, SETUP, WORK, OVERLOAD, DONE = range(6)
"""Phases of a server. WAIT has a car and has not begun; DONE is over and waits to go on."""
UP, ASKED, REPAIR = range(3)
"""A clock: wearing or not; waits for its crew; is being repaired."""

HAS_PARTS, HAS_JOINS, HAS_PEOPLE, HAS_PLACE = 1, 2, 4, 8
"""What a server has at hand for the work to come, as bits; a station says what it needs."""
GATED, RETURNS, FEEDS, LOGGED, NOTED = 1, 2, 4, 8, 16
"""Of elements, as bits: takes carriers, gives them back, feeds a join, its order of leaving is
noted, its visits are noted."""


def _dtype(**fields: str) -> np.dtype[np.void]:
    """Record type of fields, each name with letters: f minutes, i number, s small, k key.

    u is a place in an array and never ``NONE``: unsigned, so that numba need not look for places
    counted from the end.
    """
    kinds = {"f": np.float64, "i": np.int64, "s": np.int32, "u": np.uint32, "k": np.uint64}
    pairs = [(name, kinds[kind]) for kind, names in fields.items() for name in names.split()]
    return np.dtype(pairs, align=True)


CLOCK = _dtype(
    f="now sample_min",
    i="counter events rows rows_most exits overtime_exits visits logged samples came_in scrapped "
    "all_cars",
    s="depth free_car spent sample_timer stocking",
)
ELEMENT = _dtype(
    f="area",
    i="content peak passed",
    u="sub in_first first_server",
    s="kind only in_last servers reserved flags loop calendar parts_first parts_last",
    k="key_flow",
)
STATION_T = _dtype(
    f="setup_min utility",
    i="worked bad setups",
    s="free law setup_on needs pool operators loops_max quality joins_first joins_last",
    k="key_time key_pass key_scrap",
)
SERVER = _dtype(
    f="since left run began work wear wait_since arrived started ended blocked failed",
    i="asked",
    u="element sub wears_first",
    s="moves car phase state running strike hold shut kept down repairs short has "
    "lacks place_at outcome asks wears_last clocks_last last_colour last_type",
)
BUFFER_T = _dtype(
    f="transfer",
    i="capacity",
    u="first",
    s="layout lanes timer plain watch stock stocked_by",
)
LANE = _dtype(i="count capacity", s="head tail")
SOURCE_T = _dtype(
    f="since",
    i="made arrived waiting step offset",
    s="mode law pieces timer car ready by_plan types_first",
    k="key_every key_type",
)
SEGMENT_T = _dtype(
    f="takt moved utility_min",
    i="worked",
    s="slots first turn places_first places_last utility fed",
)
PLACE_T = _dtype(f="drift late", s="law", k="key_time")
CAR = _dtype(
    f="entered arrived ready failed",
    i="number carries",
    u="type",
    s="colour next before target route piece",
)
"""``failed``: minutes that the segment it is on had failed when it boarded."""
FLOW = _dtype(f="up_to", s="target")
WAY = _dtype(s="first last shared")
LAW = _dtype(f="mean shape", s="kind first last")
FAILURE_CLOCK = _dtype(
    f="left began since minutes",
    i="asked count stops",
    s="server by_time state running crew heads priority resume up down timer",
    k="key_up key_down",
)
CREW_T = _dtype(f="absence", i="shift", s="heads there busy waiting first last calendar", k="key")
CALENDAR_T = _dtype(i="until_exits", s="first last at open overtime timer")
SPAN = _dtype(f="start end overtime day", i="count", s="shift")
"""``day``: minute at which the day began that it belongs to."""
MAINTENANCE_T = _dtype(s="element first last at timer on")
CARRIER_T = _dtype(f="return_min", s="first last free count ring head back timer")
JOIN_T = _dtype(s="element feeder match")
PART_T = _dtype(f="stock", s="element first last timer")
ARRIVAL = _dtype(f="minute pieces")
PLANNED = _dtype(f="release", s="type colour")
GONE = _dtype(f="time entered", i="number", s="type")
VISIT = _dtype(f="arrived started ended left blocked failed", i="car", s="element server")


class World(NamedTuple):
    """A plant as it stands at a minute; all that a replication changes, and what it reads.

    Parameters
    ----------
    clock
        (1,) where the replication stands.
    timers, timer_kind, timer_of
        Timers of servers first, then of what else has any; what each is for.
    agenda
        What is yet to be looked at in this minute, last in first out.
    state_min
        (servers, states + halts) minutes in each state until the last change, then how often each
        of the states that are halts was entered.
    times
        (elements, types) minutes of work. ``place_times`` (places, types) likewise.
    first_pass, scrap
        (elements, types) shares.
    ways, flows
        Ways out: of element e, kind k (pass, rework), type t at ``(e * 2 + k) * types + t``.
    inflow
        Elements upstream of each, by ``in_first`` to ``in_last``.
    slots
        Cars on segments. ``been``, ``bad`` (car places, loops): visits, bad results in a row.
    members
        Who may ask for a crew: servers, then clocks from ``len(servers)`` on.
    rides
        (carriers, types) types that ride on them. ``ring`` when carriers are back.
    slow, worse, wear
        (types, days + 1) ramps; the last day is that after all launches.
    """

    clock: Records
    timers: Timers
    timer_kind: NDArray[np.int32]
    timer_of: NDArray[np.int32]
    agenda: NDArray[np.int64]
    elements: Records
    stations: Records
    servers: Records
    state_min: Floats
    buffers: Records
    lanes: Records
    sources: Records
    mix: Floats
    segments: Records
    places: Records
    slots: NDArray[np.int32]
    times: Floats
    place_times: Floats
    first_pass: Floats
    scrap: Floats
    cars: Records
    been: NDArray[np.int32]
    bad: NDArray[np.int32]
    planned: Records
    ways: Records
    flows: Records
    inflow: NDArray[np.int32]
    laws: Records
    values: Floats
    clocks: Records
    crews: Records
    members: NDArray[np.int32]
    calendars: Records
    spans: Records
    maintenance: Records
    carriers: Records
    rides: NDArray[np.bool_]
    ring: Floats
    joins: Records
    quantity: NDArray[np.int32]
    parts: Records
    need: Floats
    arrivals: Records
    slow: Floats
    worse: Floats
    wear: Floats
    gone: Records
    visits: Records
    log: NDArray[np.int64]
    levels: NDArray[np.int32]
