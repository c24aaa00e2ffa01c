"""Restore an order in a store where each body can be reached: the rule that is optimal."""

from collections.abc import Sequence
from heapq import heappop, heappush


def in_wanted_order(wanted: Sequence[int], places: int) -> list[int]:
    """Release the body wanted first of those in a random access store, each time it is full.

    With B places, position p can be given to the bodies that came as number p + B - 1 (from 0) or
    before, and to no other. So each body is a job of one unit of time with a release date, and the
    wanted position its due date. No order has fewer bodies overtaken, a smaller sum of distances
    (or of any convex function of them), or a smaller greatest distance:

    - *overtaken*: take an order that gives position p to y although x, wanted before y, was there.
      Moving x forward to p and all between one back is allowed. x was overtaken (by y) already;
      of the others none is overtaken that was not, for only x now goes before them, and x is
      wanted before y, which did.
    - *distance*: let x and y change places. For a convex function f, f(p - x) + f(q - y) is at
      most f(p - y) + f(q - x) where p < q and x < y; so it is for the greater of the two.

    Either way the order comes nearer to the rule's without getting worse. The distances are the
    argument for unit jobs with due dates (W. E. Smith, https://doi.org/10.1002/nav.3800030106,
    on exchanges of neighbours; J. R. Jackson on due dates).

    Parameters
    ----------
    wanted
        Wanted position of each body, in the order in which they come.
    places
        Places of the store.

    Returns
    -------
    list of int
        Bodies in the order in which they are given out.

    Examples
    --------
    >>> in_wanted_order([2, 0, 1], places=2)
    [1, 2, 0]
    """
    waiting: list[tuple[int, int]] = []
    order = []
    for body, place in enumerate(wanted):
        heappush(waiting, (place, body))
        if len(waiting) == places:
            order.append(heappop(waiting)[1])
    order += [heappop(waiting)[1] for _ in range(len(waiting))]
    return order
