"""What cars cost that follow each other within one stretch of a line, as states and steps.

For a rule N/P the excess of all windows is a sum over pairs of cars: of the cars with the trait,
in their order, the j-th and the (j + N)-th stand d positions apart and share max(0, P - d) windows
of P positions, and w - N of these pairs lie inside a window of w cars. So each car with the trait
costs P - d as it is placed, and a stretch costs the same wherever it stands. The room left unused,
max(0, N - w) over all windows, is the excess of the cars without the trait under (P - N)/P.

A state is what the rules need to remember: for 1/P the windows shared with the last car, for
(P - 1)/P the cars in a row, for others the last P - 1 flags as bits. States are numbered as they
are reached from an empty stretch; a step says from which state which class of cars leads to which
other, and at what cost for each rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import Flags, Integers

_BITS = 62
"""Bits in which the memories of all rules have to fit."""


@dataclass(frozen=True)
class Watch:
    """At most ``most`` in ``window`` of the cars with the trait, or without it (``without``).

    ``rule`` is the number of the rule it comes from; a ``hard`` one may cost nothing.
    """

    rule: int
    most: int
    window: int
    without: bool = False
    hard: bool = False


@dataclass(frozen=True)
class Colours:
    """Colours to remember: that of each class, batch limits, and the last colour before, if any.

    ``run`` cars of the colour ``last`` (-1: none) count for its limit. A change costs one, under
    one watch more than there are, the last. Where ``most`` is None there are no limits.
    """

    of: Integers
    most: Integers | None
    last: int
    run: int


@dataclass(frozen=True)
class Automaton:
    """States of a stretch, where it begins, and the steps between them, sorted by target.

    ``cost[step, watch]`` is what a step costs.
    """

    states: int
    begin: int
    source: Integers
    target: Integers
    klass: Integers
    cost: NDArray[np.int16]


@dataclass(frozen=True)
class _Memory:
    """Where the memory of one watch is packed in a number, and how it changes."""

    watch: Watch
    shift: int
    width: int

    def step(self, packed: Integers, flag: bool) -> tuple[Integers, Integers]:
        """Memory after one more car, in its place, and what the car costs."""
        most, window = self.watch.most, self.watch.window
        now = (packed >> self.shift) & ((1 << self.width) - 1)
        if most == 1:
            cost = now if flag else np.zeros_like(now)
            after = np.full_like(now, window - 1) if flag else np.maximum(now - 1, 0)
        elif most == window - 1:
            cost = (now == most).astype(np.int64) if flag else np.zeros_like(now)
            after = np.minimum(now + 1, most) if flag else np.zeros_like(now)
        else:
            cost = self._shared(now) if flag else np.zeros_like(now)
            after = ((now << 1) | int(flag)) & ((1 << self.width) - 1)
        return after << self.shift, cost

    def _shared(self, bits: Integers) -> Integers:
        """Windows that a new car shares with the N-th before it, from the bits of the last ones."""
        left = bits.copy()
        for _ in range(self.watch.most - 1):
            left &= left - 1  # drops the latest car; 0 stays 0
        distance = np.bitwise_count(((left & -left) - 1) & ((1 << self.width) - 1)) + 1
        return np.where(left > 0, self.watch.window - distance.astype(np.int64), 0)


def seen_by(watch: Watch, most_bits: int) -> tuple[Integers, Integers] | None:
    """Memory of one watch after a car without the trait and with it, and what the car costs.

    Both are (2, memories) by the memory before; it begins with 0. None where it takes more bits.

    Examples
    --------
    >>> after, cost = seen_by(Watch(0, 1, 3), 9)
    >>> after[:, :3].tolist(), cost[:, :3].tolist()
    ([[0, 0, 1], [2, 2, 2]], [[0, 0, 0], [0, 1, 2]])
    """
    width = _width(watch)
    if width > most_bits:
        return None
    memory, held = _Memory(watch, 0, width), np.arange(1 << width)
    without, held_with = memory.step(held, flag=False), memory.step(held, flag=True)
    return np.stack([without[0], held_with[0]]), np.stack([without[1], held_with[1]])


def automaton(
    has: Flags,
    watches: Sequence[Watch],
    longest: int,
    most_states: int,
    past: Flags | None = None,
    colours: Colours | None = None,
) -> Automaton | None:
    """States within a stretch of at most ``longest`` cars.

    Parameters
    ----------
    has
        (classes, watches): whether a car of the class has the trait.
    most_states
        None is returned where there are more states than this.
    past
        (cars, watches): flags of cars that stand before the stretch, and are in its windows.
    colours
        Colours of the classes, where changes are to be counted.

    Examples
    --------
    >>> near = automaton(np.array([[True], [False]]), [Watch(0, 1, 3)], 9, 100)
    >>> near.states, near.cost[:, 0].tolist()
    (3, [0, 0, 0, 0, 2, 1])
    """
    packing = _pack(watches, colours)
    if packing is None:
        return None
    memories, painted = packing
    begin = np.zeros(1, np.int64)
    for flags in past if past is not None else []:
        begin, _, _ = _step(begin, flags, memories)
    if painted is not None:
        begin |= painted.begin
    known = frontier = begin
    steps: list[tuple[Integers, Integers, Integers, Integers]] = []
    for _ in range(longest):
        made = [_step(frontier, has[klass], memories) for klass in range(len(has))]
        if painted is not None:
            made = [painted.step(frontier, klass, *step) for klass, step in enumerate(made)]
        for number, (into, paid, fits) in enumerate(made):
            steps.append((frontier[fits], into[fits], np.full(fits.sum(), number), paid[fits]))
        reached = np.unique(np.concatenate([into[fits] for into, _, fits in made]))
        frontier = np.setdiff1d(reached, known, assume_unique=True)
        known = np.union1d(known, frontier)
        if len(known) > most_states:
            return None
        if not len(frontier):
            break
    source, target, klass, cost = (np.concatenate(part) for part in zip(*steps, strict=True))
    order = np.argsort(target, kind="stable")
    return Automaton(
        states=len(known),
        begin=int(np.searchsorted(known, begin[0])),
        source=np.searchsorted(known, source[order]),
        target=np.searchsorted(known, target[order]),
        klass=klass[order],
        cost=cost[order].astype(np.int16),
    )


@dataclass(frozen=True)
class _Painted:
    """Where the last colour (from 1; 0 is none) and its run are packed in a number."""

    colours: Colours
    shift: int
    width: int

    @property
    def begin(self) -> int:
        """What is remembered before the first car."""
        return self._packed(self.colours.last, self.colours.run)

    def _packed(self, colour: int, run: int) -> int:
        kept = run if self.colours.most is not None else 0
        return (colour + 1 | kept << self.width) << self.shift

    def step(
        self, packed: Integers, klass: int, after: Integers, costs: Integers, fits: Flags
    ) -> tuple[Integers, Integers, Flags]:
        """Add the colour to a step: memory after it, costs with that of a change, where it fits."""
        colour = int(self.colours.of[klass])
        last = (packed >> self.shift) & ((1 << self.width) - 1)
        same = last == colour + 1
        change = (~same & (last > 0)).astype(np.int64)
        run = np.where(same, (packed >> self.shift + self.width) + 1, 1)
        if self.colours.most is None:
            run = np.zeros_like(run)
        else:
            fits = fits & (run <= self.colours.most[colour])
        painted = (colour + 1 | run << self.width) << self.shift
        return after | painted, np.column_stack([costs, change]), fits


def _pack(
    watches: Sequence[Watch], colours: Colours | None
) -> tuple[list[_Memory], _Painted | None] | None:
    """Places of all memories in one number; None where they do not fit into it."""
    memories: list[_Memory] = []
    shift = 0
    for watch in watches:
        width = _width(watch)
        memories.append(_Memory(watch, shift, width))
        shift += width
    if colours is None:
        return (memories, None) if shift <= _BITS else None
    width = (max(int(colours.of.max(initial=0)), colours.last) + 1).bit_length()
    runs = 0 if colours.most is None else int(colours.most.max()).bit_length() + 1
    painted = _Painted(colours, shift, width)
    return (memories, painted) if shift + width + runs <= _BITS else None


def _width(watch: Watch) -> int:
    """Bits of what a watch remembers."""
    short = watch.most in (1, watch.window - 1)
    return watch.window.bit_length() if short else watch.window - 1


def _step(
    packed: Integers, flags: Flags, memories: Sequence[_Memory]
) -> tuple[Integers, Integers, Flags]:
    """States after one more car with these flags, its costs, and where it may stand at all."""
    after, fits = np.zeros_like(packed), np.ones(len(packed), np.bool_)
    costs = np.zeros((len(packed), len(memories)), np.int64)
    for number, (memory, flag) in enumerate(zip(memories, flags.tolist(), strict=True)):
        part, costs[:, number] = memory.step(packed, flag != memory.watch.without)
        after |= part
        if memory.watch.hard:
            fits &= costs[:, number] == 0
    return after, costs, fits
