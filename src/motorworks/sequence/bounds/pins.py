"""What the rules of a day leave to each other: the least excess of each, in a net of its own.

Few colour changes break rules that could be kept without them: cars of a trait that all have one
colour stand side by side in its runs. How much a rule is broken at least in orders with the values
asked for is shown by a flow through a net that remembers this rule alone, which is small even for
a window of a hundred cars. What the rules of an objective are broken at least together is not left
to any one of them: often they turn out to have one number each, and those with none left must hold
everywhere (bound tightening, as in :mod:`motorworks.sequence.bounds.tighten`, rule by rule).
"""

import math
from dataclasses import replace

from motorworks.engines.lp.highs import solve
from motorworks.engines.lp.model import Status
from motorworks.sequence.bounds.ledger import Entry, narrowed
from motorworks.sequence.bounds.memories import BATCHES, memories_of
from motorworks.sequence.bounds.net import Memory, Net, finer, first_net
from motorworks.sequence.bounds.whole import Question, linear_of
from motorworks.sequence.bounds.work import Work

_ARCS = 20_000
"""Most arcs of a net, and arcs of a program that is solved in about a second."""

_EXACT = 1e-4
"""What an excess must be above a whole number for the next one to be taken."""


def pinned(asked: Question, work: Work) -> list[Entry] | None:
    """Entries with the least excess of each rule, and the most that the others leave to it.

    Returns
    -------
    list of Entry or None
        None where no order can have the values asked for.
    """
    entries = list(asked.entries)
    memories = memories_of(asked.day, entries, asked.layers)
    batches = next((memory for memory in memories if memory.name == BATCHES), None)
    for memory in memories:
        if memory.watch is None or entries[memory.watch.rule].holds:
            continue
        net = _net(asked, memory, batches, int(min(_ARCS, work.left * _ARCS)))
        if net is None:
            continue
        work.spend(len(net.source) / _ARCS)
        least = _least(replace(asked, entries=entries), net, memory.watch.rule)
        if least is None:
            return None
        entry = entries[memory.watch.rule]
        entries[memory.watch.rule] = replace(entry, least=max(entry.least, least))
        entries = narrowed(entries, {**asked.values, asked.target: asked.cutoff})
        if any(entry.most < entry.least for entry in entries):
            return None
    return entries


def _net(asked: Question, memory: Memory, batches: Memory | None, most: int) -> Net | None:
    """A net that remembers one rule, and the cars of a run where there is room for it."""
    net = finer(first_net(asked.layers), memory, most)
    if net is None or batches is None:
        return net
    return finer(net, batches, most) or net


def _least(asked: Question, net: Net, number: int) -> int | None:
    """Least excess of one rule in flows through a net; None where there is no flow."""
    model = linear_of(asked, net)
    model.cost[number] = 1.0
    found = solve(model)
    if found.status is Status.INFEASIBLE:
        return None
    return math.ceil(found.objective - _EXACT) if found.status is Status.OPTIMAL else 0
