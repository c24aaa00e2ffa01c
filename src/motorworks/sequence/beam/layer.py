"""One place of the day: all orders kept so far, each with every car that may come next."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import inlined, jit
from motorworks.engines.random import GAMMA, Stream, draw, share

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Singles = NDArray[np.float32]
States = NDArray[np.uint16]
Words = NDArray[np.uint64]

HIGH = np.uint64(20)


class Kept(NamedTuple):
    """Beginnings of orders, of one length: row i of each array is one.

    Parameters
    ----------
    state
        State after its last car.
    left
        (rows, classes) cars that are left.
    paid
        Violations so far.
    key
        Number alike for beginnings with the same cars left.
    """

    state: Ints
    left: NDArray[np.int16]
    paid: Ints
    key: Words


class Choices(NamedTuple):
    """Beginnings with one car more: their worth (less is better), what they come from, the car."""

    worth: Floats
    row: Ints
    klass: Bytes


class Seen(NamedTuple):
    """A table of what was kept at a place, to find beginnings that lead to the same."""

    key: Words
    place: Ints
    row: Ints


def room_for(rows: int, classes: int) -> Kept:
    """Room for so many beginnings."""
    return Kept(
        np.zeros(rows, np.int32),
        np.zeros((rows, classes), np.int16),
        np.zeros(rows, np.int32),
        np.zeros(rows, np.uint64),
    )


def seen_for(rows: int) -> Seen:
    """A table for so many beginnings, a quarter full at most."""
    size = 1 << int(4 * rows).bit_length()
    return Seen(np.zeros(size, np.uint64), np.full(size, -1, np.int32), np.zeros(size, np.int32))


@jit
def weigh(
    kept: Kept,
    rows: int,
    after: States,
    cost: Bytes,
    ahead: Singles,
    price: Floats,
    tight: Floats,
    mix: Floats,
    places: int,
    most: int,
    noise: float,
    rng: Stream,
    out: Choices,
) -> int:
    """Weigh every beginning with every car that may come next; how many there are.

    Parameters
    ----------
    ahead
        (states,) what is to come after the car.
    mix
        (classes,) share of each class among the cars of the day.
    places
        Places left, that of the car with them.
    most
        Violations that a beginning must not exceed.
    noise
        Most that chance adds, on average.
    """
    classes = len(price)
    usual = tight @ mix
    own = mix @ usual
    off, pull = np.empty(classes), np.empty(classes)
    count = 0
    for row in range(rows):
        bill = 0.0
        for klass in range(classes):
            off[klass] = kept.left[row, klass] - mix[klass] * places
            bill += kept.left[row, klass] * price[klass]
        base = middle = 0.0
        for klass in range(classes):
            pull[klass] = 0.0
            for other in range(classes):
                pull[klass] += tight[klass, other] * off[other]
            base += off[klass] * pull[klass]
            middle += mix[klass] * pull[klass]
        for klass in range(classes):
            if not kept.left[row, klass]:
                continue
            state = after[kept.state[row], klass]
            paid = kept.paid[row] + cost[kept.state[row], klass]
            if paid > most:
                continue
            worth = paid + ahead[state] - bill + price[klass]
            if places > 1:
                apart = base - 2.0 * (pull[klass] - middle)
                apart += tight[klass, klass] - 2.0 * usual[klass] + own
                worth += apart / (places - 1)
            if noise > 0.0:
                worth -= noise * np.log(share(rng))
            out.worth[count], out.row[count], out.klass[count] = worth, row, klass
            count += 1
    return count


@jit
def keep(
    kept: Kept,
    choices: Choices,
    count: int,
    width: int,
    after: States,
    cost: Bytes,
    salt: Words,
    place: int,
    seen: Seen,
    out: Kept,
    came: Ints,
    took: Bytes,
) -> int:
    """Keep the best choices, of those with the same state and cars left the cheapest; how many.

    Parameters
    ----------
    salt
        (classes,) a random number for each.
    came, took
        Row that each kept one comes from, and the class of its car.
    """
    bar = np.inf
    if count > width:
        bar = np.partition(choices.worth[:count], width)[width]
    rows = 0
    for choice in range(count):
        if choices.worth[choice] > bar:
            continue
        row, klass = choices.row[choice], choices.klass[choice]
        state = after[kept.state[row], klass]
        paid = kept.paid[row] + cost[kept.state[row], klass]
        key = kept.key[row] + salt[klass]
        mixed = (key + np.uint64(state)) * GAMMA
        at = _find(seen, mixed, place)
        if seen.place[at] == place:
            other = seen.row[at]
            if paid < out.paid[other]:
                out.paid[other], came[other], took[other] = paid, row, klass
        elif rows < len(out.state):
            seen.key[at], seen.place[at], seen.row[at] = mixed, place, rows
            out.state[rows], out.paid[rows], out.key[rows] = state, paid, key
            for other in range(len(salt)):
                out.left[rows, other] = kept.left[row, other]
            out.left[rows, klass] -= 1
            came[rows], took[rows] = row, klass
            rows += 1
    return rows


@inlined
def _find(seen: Seen, key: np.uint64, place: int) -> int:
    """Where a key stands in the table, or the free place where it belongs."""
    last = len(seen.key) - 1
    at = np.int64(key >> HIGH) & last
    while seen.place[at] == place and seen.key[at] != key:
        at = (at + 1) & last
    return int(at)


def salt_of(rng: Stream, classes: int) -> Words:
    """A random number for each class."""
    return np.array([_drawn(rng) for _ in range(classes)], np.uint64)


@jit
def _drawn(rng: Stream) -> np.uint64:
    """64 random bits."""
    return draw(rng)
