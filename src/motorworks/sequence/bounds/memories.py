"""What the nodes of a net may remember: a ratio rule, the cars of a run, the colour of the last."""

import numpy as np

from motorworks.case.line_day import Flags, Integers, LineDay
from motorworks.sequence.bounds.automaton import Watch, seen_by
from motorworks.sequence.bounds.flow import Layers
from motorworks.sequence.bounds.ledger import Entry, most_used
from motorworks.sequence.bounds.net import FIRST, OUT, Memory

BATCHES, LAST = "batches", "last colour"

_BITS = 14
"""Most bits of the memory of one rule."""


def memories_of(day: LineDay, entries: list[Entry], layers: Layers) -> list[Memory]:
    """All that may be worth remembering of a day."""
    rules = [rule_memory(day, watch, entries[watch.rule]) for watch in most_used(day, entries)]
    found = [rule for rule in rules if rule is not None]
    cars = np.bincount(layers.of, minlength=len(layers.longest))
    if (cars > np.array(layers.longest)).any():
        found.append(batch_memory(layers))
    if len(layers.fewest) > 1:
        found.append(last_memory(layers))
    return found


def rule_memory(day: LineDay, watch: Watch, entry: Entry) -> Memory | None:
    """What a ratio rule needs to know of the cars before; None where that is too much."""
    seen = seen_by(watch, _BITS)
    if seen is None:
        return None
    after, costs = seen
    has = day.has[:, entry.rule.trait]
    begin = 0
    for flag in has[: day.before] if entry.rule.past_ends else []:
        begin = int(after[int(flag), begin])

    def step(
        held: Integers, flag: Flags, sort: Integers, layer: Integers
    ) -> tuple[Integers, Integers, Flags]:
        car, trait = sort != OUT, flag.astype(np.int64)
        cost = np.where(car, costs[trait, held], 0)
        fits = cost == 0 if watch.hard else np.ones(len(layer), np.bool_)
        return np.where(car, after[trait, held], held), cost, fits

    name = f"rule {watch.rule}"
    return Memory(name, after.shape[1], begin, step, has[day.before :], watch)


def batch_memory(layers: Layers) -> Memory:
    """Cars of the run, in colours that have more of them than a batch may."""
    longest = np.array(layers.longest)
    counted = np.bincount(layers.of, minlength=len(longest)) > longest
    size = int(longest[counted].max()) + 1
    going_on = layers.begin >= 0 and bool(counted[layers.begin])
    begin = min(layers.run, size - 1) if going_on else 0

    def step(
        held: Integers, flag: Flags, sort: Integers, layer: Integers
    ) -> tuple[Integers, Integers, Flags]:
        run = np.where(sort == FIRST, 1, held + 1)
        run = np.where((sort == OUT) | ~counted[layer], 0, run)
        fits = run <= np.where(counted[layer], longest[layer], size)
        return np.minimum(run, size - 1), np.zeros(len(flag), np.int64), fits

    return Memory(BATCHES, size, begin, step)


def last_memory(layers: Layers) -> Memory:
    """At a seam the colour of the run that ends there: the next one has another."""

    def step(
        held: Integers, flag: Flags, sort: Integers, layer: Integers
    ) -> tuple[Integers, Integers, Flags]:
        after = np.where(sort == OUT, layer + 1, 0)
        return after, np.zeros(len(flag), np.int64), (sort != FIRST) | (held != layer + 1)

    return Memory(LAST, len(layers.fewest) + 1, 0, step)
