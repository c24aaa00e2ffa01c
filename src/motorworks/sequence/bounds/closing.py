"""Close the gap of one objective: an order that is better by one, or a proof that there is none.

A net that remembers little is small, and its bound low. So of all that could be remembered the
memory is added that raises the bound the most for the arcs that it brings; what is shown to lead to
no better order is left out each time. Where no memory helps further the program is solved in whole
numbers. It has no solution: that is the proof. It has one: some orders that it stands for are told,
and where they break a rule that the net does not remember, this is the memory to add next.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from motorworks.case.line_day import LineDay, ObjectiveName
from motorworks.sequence.bounds.given import known_of, layers_of
from motorworks.sequence.bounds.memories import BATCHES, LAST, memories_of
from motorworks.sequence.bounds.net import Memory, Net, finer, first_net, pruned
from motorworks.sequence.bounds.succession import no_succession
from motorworks.sequence.bounds.tighten import tightened
from motorworks.sequence.bounds.whole import (
    SLACK,
    Question,
    Whole,
    bound_of,
    order_of,
    whole_walk,
)
from motorworks.sequence.bounds.work import Work

_ARCS = ((6_000, 1e-3), (40_000, 0.3))
"""Most arcs of a net while memories are added, and what one must raise the bound by for its arcs;
the second where the first ends: a net that grows too large is not solved in whole numbers."""

_WHOLE = 20_000
"""Most arcs of a program that is solved in whole numbers."""

_TIGHTEN = 0.2
"""Share of the time that is left for the excess that is left to each rule."""

_SHARE = 0.5
"""Share of the time that is left for one program in whole numbers."""

_COLOURS, _COLOURS_ARCS = 0.5, (1_500, 12_000)
"""Share of the time that is left for orders of colours alone, and fewest and most arcs of a net for
them: smaller ones are sooner solved in whole numbers."""

_QUICK, _QUICK_S = 0.25, 2.0
"""Share of the time that is left to look at such programs with one memory more, and most seconds
for a first look at each."""

_ORDERS = 3
"""Orders that are told of a whole flow: they break the rules not remembered in different places."""

Tell = Callable[[Sequence[int]], bool]
_Trial = tuple[float, Memory, Net, float]


@dataclass(frozen=True)
class Closed:
    """How far a gap was closed: a bound, and whether an order was told that is better."""

    bound: float
    better: bool


def close_gap(
    day: LineDay,
    target: ObjectiveName,
    values: Mapping[ObjectiveName, float],
    seconds: float,
    tell: Tell,
) -> Closed | None:
    """Look for an order with less than its value in an objective, or show that there is none.

    Parameters
    ----------
    values
        Those of more importance, which orders must not exceed, and that of the objective itself,
        a whole number.
    seconds
        Most time, about.
    tell
        Told orders that keep all that is remembered, cars of the day in turn; says whether one is
        better indeed, and then the search is over.

    Returns
    -------
    Closed or None
        None where there are no cars.
    """
    if not day.count:
        return None
    until = time.perf_counter() + seconds
    before = {name: float(value) for name, value in values.items() if name != target}
    cutoff = values[target] - 1.0
    asked = known_of(day, target, {**before, target: cutoff}, Work(math.inf))
    if asked is None:
        return Closed(cutoff + 1.0, better=False)
    return _Closing(asked, memories_of(day, asked.entries, asked.layers), until, tell).run()


class _Closing:
    """The net by now, what it could remember further, and the bound shown."""

    def __init__(self, asked: Question, open_: list[Memory], until: float, tell: Tell) -> None:
        self._pins, self._open, self._until, self._tell = asked.entries, open_, until, tell
        loose = [replace(entry, least=entry.alone) for entry in asked.entries]
        self._asked = replace(asked, entries=loose)  # so a bound shows what is not remembered
        self._value, self._net = bound_of(self._asked, first_net(asked.layers))

    def run(self) -> Closed:
        """Refine until there is a proof, a better order, or no time."""
        self._grow()
        while not self._proven and self._left > 0.0 and len(self._net.source) <= _WHOLE:
            trials = self._trials(_WHOLE)
            found = self._whole(trials)
            if found is False:
                return Closed(self._asked.cutoff + 1.0, better=False)
            if isinstance(found, Whole):
                orders = [order_of(self._net, found.arcs, mixed) for mixed in range(_ORDERS)]
                if any(self._tell(order) for order in orders):
                    return Closed(self._bound, better=True)
                if self._remember(orders[0], found):
                    continue
            if not self._remember_any(trials):
                break
        return Closed(self._bound, better=False)

    def _grow(self) -> None:
        """Add memories as long as they raise the bound, and tighten what is left to the rules."""
        while True:
            for most, gain in _ARCS:
                self._refine(most, gain)
            if self._proven or not self._tighten():
                return

    def _whole(self, trials: list[_Trial]) -> Whole | bool:
        """A whole flow; False where there is none, True where time was too short."""
        found = whole_walk(self._asked, self._net, min(_QUICK_S, _SHARE * self._left))
        if found is not True:
            return found
        if self._one_more_suffices(trials) or self._no_colours():
            return False
        return whole_walk(self._asked, self._net, _SHARE * self._left)

    @property
    def _left(self) -> float:
        return self._until - time.perf_counter()

    @property
    def _bound(self) -> float:
        """Bound of all orders: those above the cutoff have one more at least."""
        if self._proven:
            return self._asked.cutoff + 1.0
        return min(float(math.ceil(self._value - SLACK)), self._asked.cutoff + 1.0)

    @property
    def _proven(self) -> bool:
        return self._above(self._value, self._net)

    def _above(self, value: float, net: Net) -> bool:
        """Whether no order asked for is left."""
        return value > self._asked.cutoff + SLACK or not len(net.source)

    def _refine(self, most: int, gain: float) -> None:
        """Add the memory that pays the most, as long as one does."""
        while not self._proven and self._left > 0.0:
            best = max(self._trials(most), key=lambda one: one[0], default=None)
            if best is None or best[0] < gain:
                return
            self._take(*best[1:])

    def _tighten(self) -> bool:
        """Find what excess is left to each rule; whether that is less than was known."""
        asked, net = replace(self._asked, entries=self._pins), self._net
        entries = tightened(asked, net, _TIGHTEN * self._left)
        if entries is None or any(entry.most < entry.least for entry in entries):
            self._value = math.inf
            return False
        if entries == self._asked.entries:
            return False
        self._pins = entries
        colours = "colour" in (asked.target, *asked.values)
        layers = layers_of(asked.day, entries, Work(math.inf), colours=colours)
        self._asked = asked = replace(asked, entries=entries, layers=layers)
        found = memories_of(asked.day, entries, layers)
        self._open = [memory for memory in found if memory.name not in net.known]
        kept = np.ones(len(net.source), np.bool_)
        for number, watch in enumerate(net.watches):
            if entries[watch.rule].holds:
                kept &= net.cost[:, number] == 0
        value, self._net = bound_of(asked, pruned(net, kept))
        self._value = max(self._value, value)
        return True

    def _trials(self, most: int) -> list[_Trial]:
        """What each memory that is open leads to, those left out that need more arcs."""
        tried = (self._tried(memory, most) for memory in self._open)
        return [one for one in tried if one is not None]

    def _tried(self, memory: Memory, most: int) -> _Trial | None:
        """What a memory raises the bound by, for the arcs that it brings, and what it leads to."""
        if self._left <= 0.0:
            return None
        wider = finer(self._net, memory, most)
        if wider is None:
            return None
        value, fewer = bound_of(self._asked, wider)
        if self._above(value, fewer):
            return math.inf, memory, fewer, value
        growth = 1.0 + max(0.0, math.log(len(wider.source) / len(self._net.source)))
        return (value - self._value) / growth, memory, fewer, value

    def _take(self, memory: Memory, net: Net, value: float) -> None:
        self._value, self._net = max(self._value, value), net
        self._open = [one for one in self._open if one.name != memory.name]

    def _one_more_suffices(self, trials: list[_Trial]) -> bool:
        """Whether a program with one memory more is quickly shown to have no solution."""
        until = time.perf_counter() + _QUICK * self._left
        for _, _, net, value in sorted(trials, key=lambda one: len(one[2].source)):
            if (left := until - time.perf_counter()) <= 0.0:
                break
            if (
                self._above(value, net)
                or whole_walk(self._asked, net, min(_QUICK_S, left)) is False
            ):
                return True
        return False

    def _no_colours(self) -> bool:
        """Whether it is shown that the runs have no order, with all rules that make costs."""
        net, open_ = self._net, []
        fewest, most = _COLOURS_ARCS
        if len(net.source) < fewest:
            return False
        for memory in self._open:
            costs = memory.watch is not None and not memory.watch.hard
            wider = finer(net, memory, most) if costs or memory.name == LAST else None
            if wider is None:
                open_.append(memory)
            else:
                _, net = bound_of(self._asked, wider)
        if LAST not in net.known:
            return False
        until = time.perf_counter() + _COLOURS * self._left
        return not len(net.source) or no_succession(self._asked, net, open_, until)

    def _remember_any(self, trials: list[_Trial]) -> bool:
        """Add the memory that leads to the smallest net, where nothing says which is missed."""
        smallest = min(trials, key=lambda one: len(one[2].source), default=None)
        if smallest is None:
            return False
        self._take(*smallest[1:])
        return True

    def _remember(self, order: Sequence[int], found: Whole) -> bool:
        """Add the memory of what an order breaks the most, for its size, beyond what it may."""
        asked, off = self._asked, []
        too_long = _too_long(asked, order)
        for memory in self._open:
            if memory.watch is not None:
                entry = asked.entries[memory.watch.rule]
                over = entry.before + _excess(asked.day, order, entry.rule.trait, memory)
                off.append((over - found.excess[memory.watch.rule] - 0.5, memory))
            elif too_long:  # batches first; runs of one colour side by side are one run
                off.append((too_long if memory.name == BATCHES else 0.1, memory))
            elif memory.name == LAST:
                off.append((0.0, memory))
        worst = [(over / math.log(memory.size + 1), memory) for over, memory in off if over > 0.0]
        for _, memory in sorted(worst, key=lambda one: -one[0]):
            wider = finer(self._net, memory, _WHOLE)
            if wider is not None:
                value, fewer = bound_of(asked, wider)
                self._take(memory, fewer, value)
                return True
        return False


def _excess(day: LineDay, order: Sequence[int], trait: int, memory: Memory) -> float:
    """What an order costs under a rule that is not remembered yet, as its memory counts it."""
    flags = day.has[day.before + np.asarray(order), trait]
    held, total, none = np.array([memory.begin]), 0, np.zeros(1, np.int64)
    for flag in flags:
        held, cost, _ = memory.step(held, np.array([flag]), none, none)
        total += int(cost[0])
    return float(total)


def _too_long(asked: Question, order: Sequence[int]) -> int:
    """Cars by which runs are longer than batches may be."""
    layers = asked.layers
    colour, run, over = layers.begin, layers.run, 0
    for layer in layers.of[list(order)].tolist():
        run = run + 1 if layer == colour else 1
        colour = layer
        over += run > layers.longest[layer]
    return over
