"""Buffers: cars in a line, in lanes, in a random access store, or with places to pull off."""

from motorworks.engines.des.timers import Timers
from motorworks.engines.jit import inlined, inner
from motorworks.simulate.kernel.agenda import FIRST_WORK, schedule
from motorworks.simulate.kernel.world import (
    FIFO,
    LANES,
    NONE,
    PULL_OFF,
    RANDOM_ACCESS,
    Records,
)


@inlined
def leaving(buffers: Records, lanes: Records, cars: Records, b: int, now: float) -> int:
    """Car that leaves a buffer next if it may leave by now; NONE if none may."""
    bf = buffers[b]
    if bf.layout != FIFO:
        return _leaving_by_plan(buffers, lanes, cars, b, now)
    head = lanes[bf.first].head
    if head != NONE and cars[head].ready <= now:
        return int(head)
    return NONE


@inner
def _leaving_by_plan(buffers: Records, lanes: Records, cars: Records, b: int, now: float) -> int:
    """Car that may leave now and is planned first: of all, of heads of lanes, or pulled off."""
    bf = buffers[b]
    if bf.layout == PULL_OFF:
        _pull_off(buffers, lanes, cars, b, now)
    best = NONE
    for lane in range(bf.first, bf.first + bf.lanes):
        car = lanes[lane].head
        while car != NONE and cars[car].ready <= now:
            if best == NONE or cars[car].number < cars[best].number:
                best = car
            if bf.layout != RANDOM_ACCESS:
                break
            car = cars[car].next
    return int(best)


@inner
def _pull_off(buffers: Records, lanes: Records, cars: Records, b: int, now: float) -> None:
    """Put cars at the head beside the line while their follower is planned much before them.

    The first lane is the line, the second holds those beside it, the one planned first ahead.
    """
    line, side = buffers[b].first, buffers[b].first + 1
    while lanes[side].count < lanes[side].capacity:
        head = lanes[line].head
        if head == NONE or cars[head].ready > now:
            return
        follower = cars[head].next
        if follower == NONE:
            return
        if cars[head].number <= cars[follower].number + lanes[side].capacity:
            return
        unlink(lanes, cars, line, head)
        after = lanes[side].tail
        while after != NONE and cars[after].number > cars[head].number:
            after = cars[after].before
        link(lanes, cars, side, head, after)


@inlined
def link(lanes: Records, cars: Records, lane: int, car: int, after: int) -> None:
    """Put a car into a lane behind another; NONE: at its head."""
    ln, c = lanes[lane], cars[car]
    c.before = after
    if after == NONE:
        c.next = ln.head
        ln.head = car
    else:
        c.next = cars[after].next
        cars[after].next = car
    if c.next == NONE:
        ln.tail = car
    else:
        cars[c.next].before = car
    ln.count += 1


@inlined
def unlink(lanes: Records, cars: Records, lane: int, car: int) -> None:
    """Take a car out of a lane."""
    ln, c = lanes[lane], cars[car]
    if c.before == NONE:
        ln.head = c.next
    else:
        cars[c.before].next = c.next
    if c.next == NONE:
        ln.tail = c.before
    else:
        cars[c.next].before = c.before
    ln.count -= 1


@inlined
def put_in(buffers: Records, lanes: Records, cars: Records, b: int, car: int) -> bool:
    """Put a car into a buffer; say whether it now stands where a car may leave."""
    bf = buffers[b]
    lane = bf.first
    if bf.layout == LANES:
        lane = choose_lane(buffers, lanes, cars, b, car)
    link(lanes, cars, lane, car, lanes[lane].tail)
    return bool(bf.layout != FIFO or lanes[lane].head == car)


@inner
def choose_lane(buffers: Records, lanes: Records, cars: Records, b: int, car: int) -> int:
    """Lane whose last car stands nearest before a car in the plan, else an empty or short one."""
    bf = buffers[b]
    best, nearest = NONE, 0
    shortest = NONE
    for lane in range(bf.first, bf.first + bf.lanes):
        ln = lanes[lane]
        if ln.count >= ln.capacity:
            continue
        if shortest == NONE or ln.count < lanes[shortest].count:
            shortest = lane
        if ln.count:
            gap = cars[car].number - cars[ln.tail].number
            if gap > 0 and (best == NONE or gap < nearest):
                best, nearest = lane, gap
    return int(best if best != NONE else shortest)


@inlined
def take_out(buffers: Records, lanes: Records, cars: Records, b: int, car: int) -> None:
    """Take a car out of a buffer, wherever it stands."""
    bf = buffers[b]
    lane = bf.first
    if bf.lanes > 1:
        lane = _lane_of(buffers, lanes, cars, b, car)
    unlink(lanes, cars, lane, car)


@inner
def _lane_of(buffers: Records, lanes: Records, cars: Records, b: int, car: int) -> int:
    """Lane that a car at a head stands in."""
    bf = buffers[b]
    for lane in range(bf.first, bf.first + bf.lanes):
        if lanes[lane].head == car:
            return int(lane)
    return int(bf.first)


@inner
def await_ready(
    clock: Records,
    timers: Timers,
    buffers: Records,
    lanes: Records,
    cars: Records,
    b: int,
    now: float,
) -> None:
    """Set the timer for the next car of a buffer whose transfer will be over."""
    bf = buffers[b]
    for lane in range(bf.first, bf.first + bf.lanes):
        car = lanes[lane].head
        while bf.watch and car != NONE and cars[car].ready <= now:
            car = cars[car].next
        if car != NONE and cars[car].ready > now and cars[car].ready < timers.due[bf.timer]:
            schedule(clock, timers, bf.timer, cars[car].ready, FIRST_WORK)
