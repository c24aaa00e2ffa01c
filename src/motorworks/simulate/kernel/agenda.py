"""What is to be looked at next within a minute, and timers for what happens later."""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.des.timers import Timers, set_timer
from motorworks.engines.jit import inlined
from motorworks.simulate.kernel.world import Records

(
    START, OUT, FILL, STOCK, SHIFT, STRIKE, REPAIR, LOST, CREW, JOIN, COUNTED, OPEN, CLOSE, ROOM,
) = range(14)  # fmt: skip
"""Kinds on the agenda: a server tries to go on; a holder's car tries to move on; an element may
have a place; a buffer is stocked before the first minute; a segment moves; a clock strikes; its
repair begins; a server's car is lost; a crew may have heads; a feeder may have pieces; cars counted
end overtime; a calendar opens; it closes; a row was written without a move, so
that room for more is looked for."""

(
    OF_SERVER, OF_BUFFER, OF_SOURCE, OF_CLOCK, OF_CALENDAR, OF_MAINTENANCE, OF_CARRIER, OF_PART,
    OF_SAMPLES,
) = range(9)  # fmt: skip
"""What a timer is for."""

FIRST_CALENDAR, FIRST_ARRIVAL, FIRST_REPAIR, FIRST_FAILURE, FIRST_WORK, FIRST_SAMPLE = range(6)
"""Priorities among events of the same minute."""

KIND_BITS = 32
LOWER = (1 << KIND_BITS) - 1


@inlined
def push(clock: Records, agenda: NDArray[np.int64], kind: int, which: int) -> None:
    """Put something on the agenda: it is looked at before all that stands there already."""
    agenda[clock[0].depth] = (kind << KIND_BITS) | which
    clock[0].depth += 1


@inlined
def schedule(clock: Records, timers: Timers, timer: int, due: float, priority: int) -> None:
    """Let an event happen later."""
    clock[0].counter += 1
    set_timer(timers, timer, due, priority, clock[0].counter)
