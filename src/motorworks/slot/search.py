"""The search: cool slowly from a first schedule, keep the best one met, know when to stop."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from motorworks.engines.random import stream
from motorworks.slot.month import Ints, Month
from motorworks.slot.params import SlotParams
from motorworks.slot.walk import SHARES, State, fill, new_state, recount, walk

BATCH = 200_000
"""Moves between two looks at the clock and at the cost."""

COOLED = 0.9
"""Share of the search that cools; the rest makes only moves that cost nothing more."""

HOTTEST, COLDEST = 0.005, 0.001
"""Highest and lowest temperature, in units of what a middling change costs."""

LOOKS = 200
"""Looks of a search that ends after so many moves, at least."""

_SAMPLE = 2_000
_ENDLESS = 1e15
"""A temperature at which any move is made that hard limits allow."""


@dataclass
class Found:
    """Where a search stands: its best schedule, and how it came there."""

    at: Ints
    cost: float
    moves: int = 0
    accepted: int = 0
    seconds: float = 0.0
    stopped: str = ""


def first_come(month: Month, *, weigh: bool) -> Ints:
    """Give orders slots one by one, each the cheapest that has room; shape (orders,).

    With ``weigh`` those due first come first, and soft limits count; without, orders come as they
    stand in the list and look at nothing but their own day and hard limits.
    """
    state = new_state(month, first_of_settled(month), stream(0, "first come"))
    fill(month, state, month.by_due if weigh else month.free, weigh)
    return state.at


def as_before(month: Month, before: Ints) -> Ints:
    """Give orders their slots of yesterday where these are open and have room, others the cheapest.

    ``before`` has the slot of each order in yesterday's schedule, -1 for none.
    """
    slots, none = month.slots, month.slots
    wanted = np.where(before < 0, none, before)
    closed = ~np.isfinite(month.own[month.profile, wanted])
    own = np.full((slots + 1, slots + 1), np.inf)
    own[:, none] = 0.0
    own[np.arange(slots), np.arange(slots)] = -1.0
    kept = month._replace(own=own, profile=np.where(closed, none, wanted).astype(np.int32))
    state = new_state(month, first_of_settled(month), stream(0, "yesterday"))
    fill(kept, state, month.free, False)
    rest = month.by_due[state.at[month.by_due] == none]
    state = new_state(month, state.at, stream(0, "yesterday"))
    fill(month, state, rest, True)
    return state.at


def first_of_settled(month: Month) -> Ints:
    """Settled orders in their slots, all others left out; shape (orders,)."""
    at = np.full(month.orders, month.slots, dtype=np.int32)
    settled = np.flatnonzero(month.place < 0)
    at[settled] = np.argmin(month.own[month.profile[settled]], axis=1)
    return at


def warm_up(month: Month, first: Ints) -> None:
    """Compile, or load, all that a search calls: once in a process, and no part of its time."""
    walk(month, new_state(month, first, stream(0, "warm up")), SHARES, 0.0, 0)


def improve(
    month: Month,
    first: Ints,
    params: SlotParams,
    least: float,
    tell: Callable[[Found], None],
) -> Found:
    """Improve a schedule until moves, time, a proof or Ctrl-C end it.

    Parameters
    ----------
    month
        The orders as arrays.
    first
        The schedule to begin with; keeps hard limits.
    params
        Seed and limits.
    least
        No schedule costs less.
    tell
        Called with the best schedule so far, now and then.
    """
    state = new_state(month, first, stream(params.seed, "slot"))
    found = Found(first.copy(), float(state.cost[0]))
    began, most = time.perf_counter(), params.moves(len(month.free))
    try:
        if not len(month.free):
            found.stopped = "proven"
        scale = _middling_change(month, first) if not found.stopped else 0.0
        while not found.stopped:
            batch = _batch(found, most)
            over = _over(params, found, most)
            walk(month, state, SHARES, _temperature(over, scale), batch)
            _note(found, state, time.perf_counter() - began)
            found.stopped = _stopped(params, found, most, least)
            tell(found)
    except KeyboardInterrupt:
        found.stopped = "interrupted"
    return found


def _middling_change(month: Month, first: Ints) -> float:
    """Median of what moves cost that make a schedule dearer."""
    state = new_state(month, first, stream(0, "scale"))
    changes = []
    for _ in range(_SAMPLE):
        before = float(state.cost[0])
        walk(month, state, SHARES, _ENDLESS, 1)
        if state.cost[0] > before:
            changes.append(float(state.cost[0]) - before)
    return float(np.median(changes)) if changes else 1.0


def _temperature(over: float, scale: float) -> float:
    """Falls by the same factor in equal parts of the search; 0 in its last part."""
    if over >= COOLED:
        return 0.0
    share = over / COOLED
    return float(scale * HOTTEST ** (1.0 - share) * COLDEST**share)


def _batch(found: Found, most: int | None) -> int:
    """Moves till the next look."""
    if most is None:
        return BATCH
    return max(0, min(BATCH, -(-most // LOOKS), most - found.moves))


def _over(params: SlotParams, found: Found, most: int | None) -> float:
    """Share of the search that is over, by moves or by time."""
    moves = found.moves / max(most, 1) if most is not None else 0.0
    limit = params.time_limit_s
    spent = found.seconds / limit if limit is not None else 0.0
    return min(max(moves, spent), 1.0)


def _note(found: Found, state: State, seconds: float) -> None:
    """Keep the schedule where it is the best met."""
    found.seconds = seconds
    found.moves, found.accepted = int(state.tried.sum()), int(state.made.sum())
    if state.cost[0] < found.cost - 1e-6:
        found.cost, found.at = float(state.cost[0]), state.at.copy()


def _stopped(params: SlotParams, found: Found, most: int | None, least: float) -> str:
    """Why to stop now; empty to go on."""
    if found.cost <= least + 1e-6:
        return "proven"
    if most is not None and found.moves >= most:
        return "iterations"
    if params.time_limit_s is not None and found.seconds >= params.time_limit_s:
        return "time"
    return ""


def cost_of(month: Month, at: Ints) -> float:
    """Cost of a schedule, counted from scratch."""
    state = new_state(month, at, stream(0, "cost"))
    recount(month, state)
    return float(state.cost[0])
