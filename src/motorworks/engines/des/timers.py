"""Timers of a simulation: a tree of winners whose root is the one that is due next.

Each source of events has one timer, which is set, moved or cleared in place: no event is ever
left lying in a queue. Ties go by priority, then by the order of being set. Setting a timer takes
log2(timers) comparisons (D. E. Knuth, The Art of Computer Programming 3, section 5.4.1).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import inlined

NEVER = np.inf
PRIORITY_BITS = 48


class Timers(NamedTuple):
    """Timers and who is due first among them, changed in place.

    Parameters
    ----------
    due
        (places,) when each is due; ``NEVER`` where it is not set.
    order
        (places,) priority x 2**48 + counter, which says who comes first of those due at once.
    winner
        (2 x places,) the one due first below each node; node 1 is the root, and node
        ``places + i`` is timer i.
    """

    due: NDArray[np.float64]
    order: NDArray[np.int64]
    winner: NDArray[np.uint32]


def new_timers(count: int) -> Timers:
    """Make so many timers, none of them set.

    Examples
    --------
    >>> len(new_timers(5).due)
    8
    """
    places = 1 << max(1, (count - 1).bit_length())
    winner = np.zeros(2 * places, dtype=np.uint32)
    winner[places:] = np.arange(places)
    for node in range(places - 1, 0, -1):
        winner[node] = winner[2 * node]
    return Timers(np.full(places, NEVER), np.zeros(places, dtype=np.int64), winner)


@inlined
def set_timer(timers: Timers, timer: int, due: float, priority: int, counter: int) -> None:
    """Set a timer, whether it was set before or not."""
    timers.due[timer] = due
    timers.order[timer] = (priority << PRIORITY_BITS) | counter
    replay(timers, timer)


@inlined
def clear_timer(timers: Timers, timer: int) -> None:
    """Clear a timer, whether it was set or not."""
    timers.due[timer] = NEVER
    replay(timers, timer)


@inlined
def replay(timers: Timers, timer: int) -> None:
    """Find the winners anew on the way from a timer to the root.

    Always up to the root: then all is right again even if a timer was cleared without replay, and
    others were replayed, before this one is.
    """
    due, order, winner = timers
    node = timer + len(due)
    best, first, rank = np.int64(timer), due[timer], order[timer]
    while node > 1:
        rival = np.int64(winner[node ^ 1])
        when, its = due[rival], order[rival]
        # no branch here: who wins is a toss-up, which a processor guesses wrong every other time
        wins = (when < first) | ((when == first) & (its < rank))
        best = rival if wins else best
        rank = its if wins else rank
        first = min(first, when)
        node >>= 1
        winner[node] = best


@inlined
def first_timer(timers: Timers) -> int:
    """Timer that is due next; its ``due`` is ``NEVER`` if none is set."""
    return int(np.int64(timers.winner[1]))
