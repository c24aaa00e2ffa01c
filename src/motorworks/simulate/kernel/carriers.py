"""Carriers: a closed loop of skids or hangers that cars take and give back."""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.des.timers import Timers
from motorworks.engines.jit import inner
from motorworks.simulate.kernel.agenda import FILL, FIRST_ARRIVAL, push, schedule
from motorworks.simulate.kernel.world import Floats, Records


@inner
def carriers_free(
    carriers: Records, rides: NDArray[np.bool_], cars: Records, e: int, car: int
) -> bool:
    """Whether all carriers that a car takes at an element are at hand."""
    c = cars[car]
    for i in range(len(carriers)):
        takes = carriers[i].first == e and rides[i, c.type] and not (c.carries >> i) & 1
        if takes and carriers[i].free == 0:
            return False
    return True


@inner
def take_carriers(
    carriers: Records, rides: NDArray[np.bool_], cars: Records, e: int, car: int
) -> None:
    """Let a car that enters an element take its carriers; one it has already, it keeps."""
    c = cars[car]
    for i in range(len(carriers)):
        if carriers[i].first == e and rides[i, c.type] and not (c.carries >> i) & 1:
            carriers[i].free -= 1
            c.carries |= 1 << i


@inner
def give_back(
    clock: Records,
    timers: Timers,
    agenda: NDArray[np.int64],
    carriers: Records,
    ring: Floats,
    cars: Records,
    e: int,
    car: int,
    now: float,
) -> None:
    """Let a car give back the carriers whose loop ends at an element; all of them where it is -1.

    They travel back for a fixed time, so that the one sent off first is back first.
    """
    c = cars[car]
    for i in range(len(carriers)):
        cr = carriers[i]
        if not (c.carries >> i) & 1 or (e >= 0 and cr.last != e):
            continue
        c.carries &= ~(1 << i)
        if cr.return_min == 0.0:
            cr.free += 1
            push(clock, agenda, FILL, cr.first)
            continue
        ring[cr.ring + (cr.head + cr.back) % cr.count] = now + cr.return_min
        cr.back += 1
        if cr.back == 1:
            schedule(clock, timers, cr.timer, now + cr.return_min, FIRST_ARRIVAL)


@inner
def carrier_back(
    clock: Records,
    timers: Timers,
    agenda: NDArray[np.int64],
    carriers: Records,
    ring: Floats,
    i: int,
) -> None:
    """Take a carrier that has come back."""
    cr = carriers[i]
    cr.free += 1
    cr.back -= 1
    cr.head = (cr.head + 1) % cr.count
    if cr.back:
        schedule(clock, timers, cr.timer, ring[cr.ring + cr.head], FIRST_ARRIVAL)
    push(clock, agenda, FILL, cr.first)
