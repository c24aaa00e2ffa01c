"""Search over what a store may do, event by event, keeping the best states; compiled.

States are kept by cell: so many bodies have come, so many are given out. A cell is reached from
the cell with one body fewer come, by bringing one into any lane, and from the cell with one fewer
given out, by giving out any head. Of states with the same future the cheapest is kept, and of the
others the best ``width`` by cost so far, sure and likely. Where no cell had to drop a state, what
is found is the optimum (dynamic programming); otherwise it is a beam search.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import lean
from motorworks.sequence.store.encode import Flow
from motorworks.sequence.store.guide import key_of, likely_cost, sure_cost
from motorworks.sequence.store.state import COST, body_at, bring_in, give_out, held_in

Integers = NDArray[np.int64]


class Kept(NamedTuple):
    """States of the cells of two rows (bodies given out), by how many bodies are in the store.

    Shapes: ``states`` (2, levels, width, state); ``node`` (2, levels, width) the number under
    which each is logged; ``size`` (2, levels) how many there are; ``scratch`` (state) and
    ``colours`` (colours) are room to work in.
    """

    states: Integers
    node: Integers
    size: Integers
    scratch: Integers
    colours: Integers


class Ways(NamedTuple):
    """Ways into a cell: the row, level and number of the state before, the event, what it comes to.

    An event below the number of lanes brings the next body into that lane; above, the head of the
    lane is given out. ``seen`` is room for a table of keys, ``chosen`` are the ways that are kept;
    ``tally`` says how many there are, and whether any was not kept.
    """

    row: Integers
    level: Integers
    number: Integers
    event: Integers
    key: Integers
    worth: NDArray[np.float64]
    seen: Integers
    chosen: Integers
    tally: Integers


def search(
    flow: Flow, start: Integers, come: int, given: int, last: int, width: int, limit: int
) -> tuple[list[int], int, bool]:
    """Find the cheapest events from a state until ``last`` bodies have come and all are out.

    Parameters
    ----------
    flow
        The task.
    start
        The state to start from, with ``come`` bodies come and ``given`` given out.
    come, given, last
        Numbers of bodies; ``last`` counts those already come.
    width
        Most states kept in a cell.
    limit
        Only what costs less is looked for.

    Returns
    -------
    events, cost, cut
        Events in their order (see :class:`Ways`), their cost (-1 where nothing below the limit was
        found), and whether a state was dropped.
    """
    levels, most = flow.full + 1, 2 * width * len(flow.lengths)
    kept = Kept(
        np.empty((2, levels, width, len(start)), dtype=np.int64),
        np.zeros((2, levels, width), dtype=np.int64),
        np.zeros((2, levels), dtype=np.int64),
        start.copy(),
        np.zeros(len(flow.batch), dtype=np.int64),
    )
    kept.states[0, come - given, 0] = start
    kept.size[0, come - given] = 1
    row, level, number, event, key = np.empty((5, most), dtype=np.int64)
    ways = Ways(
        *(row, level, number, event, key),
        worth=np.empty(most),
        seen=np.empty(1 << (2 * most).bit_length(), dtype=np.int64),
        chosen=np.empty(width, dtype=np.int64),
        tally=np.zeros(2, dtype=np.int64),
    )
    log, cut = _Log(), False
    for out in range(given, last + 1):
        here = (out - given) % 2
        for arrived in range(max(out, come), min(last, out + flow.full) + 1):
            if (out, arrived) == (given, come):
                continue
            ways.tally[:] = 0
            if arrived > max(come, out):
                _ways_in(flow, kept, ways, here, out, arrived, limit)
            if out > given:
                _ways_out(flow, kept, ways, here, out, arrived, last, limit)
            cut |= _fill_cell(flow, kept, ways, log, here, out, arrived, width)
        kept.size[1 - here] = 0
    at_end = (last - given) % 2
    ends = kept.size[at_end, 0]
    if ends == 0:
        return [], -1, cut
    best = int(kept.states[at_end, 0, :ends, COST].argmin())
    path = log.path(int(kept.node[at_end, 0, best]))
    return path, int(kept.states[at_end, 0, best, COST]), cut


class _Log:
    """The state before each, and the event between: how a state was come to."""

    def __init__(self) -> None:
        self.before = [np.zeros(1, dtype=np.int64)]
        self.event = [np.zeros(1, dtype=np.int64)]
        self.count = 1

    def add(self, before: Integers, event: Integers) -> Integers:
        """Log states; returns their numbers."""
        self.before.append(before)
        self.event.append(event)
        self.count += len(before)
        return np.arange(self.count - len(before), self.count)

    def path(self, node: int) -> list[int]:
        """Events that lead to a state."""
        before, event = np.concatenate(self.before), np.concatenate(self.event)
        path = []
        while node:
            path.append(int(event[node]))
            node = int(before[node])
        return path[::-1]


def _fill_cell(
    flow: Flow, kept: Kept, ways: Ways, log: _Log, row: int, out: int, arrived: int, width: int
) -> bool:
    """Keep the best states of a cell, the ways into it being listed; whether any was dropped."""
    found = int(ways.tally[0])
    by_worth = np.argsort(ways.worth[:found], kind="stable")
    count = _choose(ways, by_worth, width)
    cell = arrived - out
    way = ways.chosen[:count]
    _make_all(flow, kept, ways, row, cell, out, arrived, count)
    kept.node[row, cell, :count] = log.add(
        kept.node[ways.row[way], ways.level[way], ways.number[way]], ways.event[way]
    )
    kept.size[row, cell] = count
    return bool(ways.tally[1])


@lean
def _ways_in(
    flow: Flow, kept: Kept, ways: Ways, row: int, out: int, arrived: int, limit: int
) -> None:
    """List the lanes that the next body may enter; of empty lanes of one length, the first."""
    level = arrived - out - 1
    for number in range(kept.size[row, level]):
        state = kept.states[row, level, number]
        for lane in range(len(flow.lengths)):
            held, double = held_in(flow, state, lane), False
            for other in range(lane if held == 0 else 0):
                same = flow.lengths[other] == flow.lengths[lane]
                double = double or (same and held_in(flow, state, other) == 0)
            if held < flow.lengths[lane] and not double:
                _note(flow, kept, ways, row, level, number, lane, out, arrived, limit)


@lean
def _ways_out(
    flow: Flow, kept: Kept, ways: Ways, row: int, out: int, arrived: int, last: int, limit: int
) -> None:
    """List the heads that may be given out."""
    level = arrived - out + 1
    if level > flow.full or (level < flow.least and arrived < last):
        return
    lanes = len(flow.lengths)
    for number in range(kept.size[1 - row, level]):
        state = kept.states[1 - row, level, number]
        due = _due_lane(flow, state, arrived, last) if flow.strict else -1
        for lane in range(lanes):
            if held_in(flow, state, lane) > 0 and (due < 0 or due == lane):
                _note(flow, kept, ways, 1 - row, level, number, lanes + lane, out, arrived, limit)


@lean
def _note(
    flow: Flow,
    kept: Kept,
    ways: Ways,
    row: int,
    level: int,
    number: int,
    event: int,
    out: int,
    arrived: int,
    limit: int,
) -> None:
    """Add a way to the list, unless it costs too much."""
    state = kept.scratch
    _make(flow, kept.states[row, level, number], event, out, arrived, state)
    sure = state[COST] + sure_cost(flow, out, state)
    if sure >= limit:
        return
    way = ways.tally[0]
    ways.tally[0] += 1
    ways.row[way] = row
    ways.level[way] = level
    ways.number[way] = number
    ways.event[way] = event
    ways.key[way] = key_of(flow, out, state)
    ways.worth[way] = sure + likely_cost(flow, out, state, kept.colours)


@lean
def _make(
    flow: Flow, origin: Integers, event: int, out: int, arrived: int, state: Integers
) -> None:
    """Write the state to which an event leads from another."""
    for place in range(len(origin)):
        state[place] = origin[place]
    lanes = len(flow.lengths)
    if event < lanes:
        bring_in(flow, arrived - 1, event, state)
    else:
        give_out(flow, event - lanes, out - 1, state)


@lean
def _make_all(
    flow: Flow, kept: Kept, ways: Ways, row: int, cell: int, out: int, arrived: int, count: int
) -> None:
    """Write the states to which the chosen ways lead."""
    for place in range(count):
        way = ways.chosen[place]
        origin = kept.states[ways.row[way], ways.level[way], ways.number[way]]
        _make(flow, origin, ways.event[way], out, arrived, kept.states[row, cell, place])


@lean
def _due_lane(flow: Flow, state: Integers, arrived: int, last: int) -> int:
    """Lane at whose head the body stands that is next in the wanted order; -1 where none is."""
    due, first = -1, flow.total
    for body in range(arrived, last):
        first = min(first, flow.wanted[body])
    for lane in range(len(flow.lengths)):
        for place in range(held_in(flow, state, lane)):
            wanted = flow.wanted[body_at(flow, state, lane, place)]
            if wanted < first:
                first = wanted
                due = lane if place == 0 else -1
    return due


@lean
def _choose(ways: Ways, by_worth: Integers, width: int) -> int:
    """Pick the cheapest way to each state, the best ``width`` of them; returns how many."""
    seen, slots = ways.seen, len(ways.seen) - 1
    for slot in range(len(seen)):
        seen[slot] = -1
    count = 0
    for place in range(len(by_worth)):
        way = by_worth[place]
        slot = ways.key[way] & slots
        while seen[slot] >= 0 and ways.key[seen[slot]] != ways.key[way]:
            slot = (slot + 1) & slots
        if seen[slot] >= 0:
            continue
        if count == width:
            ways.tally[1] = 1
            return count
        seen[slot] = way
        ways.chosen[count] = way
        count += 1
    return count
