"""What one replication leaves behind: running tallies, and visits where they were asked for."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

EngineName = Literal["events", "recursion", "slots"]

STATES = (
    "working", "setup", "starved", "blocked", "failed", "repair", "break", "maintenance",
    "operators", "parts", "overload",
)  # fmt: skip
"""What a server does: each minute of each server is in exactly one.

``failed`` waits for a crew, ``repair`` is being repaired; ``operators`` waits for people of a
pool; ``parts`` for parts or pieces to join; ``overload`` is a segment stopped for work not done.
A buffer has no states. Outside its calendar a server is in ``break``, whatever else holds it.
"""

HALTS = STATES[STATES.index("maintenance") :]
"""States that are stops without a failure: how often each came about is counted."""


@dataclass(frozen=True)
class Visits:
    """One row per visit of a car (or piece) to an element, in the order of leaving it.

    ``arrived``: it took its place. ``started``: work began (setup included). ``ended``: work done.
    ``left``: it went on. ``blocked``: minutes from ``ended`` to ``left`` outside breaks.
    ``failed``: minutes that failures stopped its work, waiting for a crew included. Visits not
    over at the end of the span have ``left`` (and what else is open) as NaN.
    """

    car: Integers
    element: NDArray[np.int32]
    server: NDArray[np.int32]
    arrived: Floats
    started: Floats
    ended: Floats
    left: Floats
    blocked: Floats
    failed: Floats


@dataclass(frozen=True)
class Tally:
    """One replication; minutes, and counts since the warm-up was over unless said otherwise.

    Shapes: n elements, f failures, s samples, k cars that left (whole span).
    """

    engine: EngineName
    end: float
    """Minute at which the span ended."""
    warmup: float
    events: int
    """Events handled, whole span."""
    exit_time: Floats
    """(k,) when each car left the plant, in order; whole span."""
    exit_car: Integers
    """(k,) its number."""
    exit_type: NDArray[np.int32]
    """(k,)"""
    entered: Floats
    """(k,) when that car entered its first element (left the source)."""
    inside: int
    """Cars inside at the end, whole span; with the next two, cars in = out + inside + scrapped."""
    came_in: int
    scrapped: int
    states: Floats
    """(n, len(STATES)) server-minutes."""
    halts: Integers
    """(n, len(HALTS)) times that a server stood still for each cause that is no failure."""
    passed: Integers
    """(n,) cars that left each element."""
    worked: Integers
    """(n,) pieces of work ended (passes, rework and scrap)."""
    bad: Integers
    """(n,) of these not passed at first: reworked or scrapped."""
    content: Floats
    """(n,) mean number of cars in the element."""
    peak: Integers
    """(n,) most at a time."""
    setups: Integers
    """(n,) setups made, which are colour changes where they are on colour."""
    stops: Integers
    """(f,) stops by failure."""
    stop_min: Floats
    """(f,) minutes stopped by failure, waiting for a crew included."""
    utility: Floats
    """(n,) minutes of work done by utility workers."""
    levels: NDArray[np.int32]
    """(s, n) content at each sampling minute; shape (0, n) where not asked for."""
    order_at: dict[int, Integers]
    """Numbers of cars in the order in which they left an element, where asked for."""
    visits: Visits | None = None
