"""Placing buffer spaces, or people, where they bring the most cars a day.

Units go, a few at a time and then one by one, to the place where they bring the most; then units
move from one place to another as long as that brings more. Every split is simulated on the same
random numbers, so that two splits are told apart by what differs between them alone, and none is
simulated twice. Throughput of a line grows with its buffers, ever less, and buffers help each
other: the reason why units are moved again at the end, and why this is no proof.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Buffer, PlantModel
from motorworks.errors import CaseError, Problem
from motorworks.simulate.gains import Evaluate
from motorworks.simulate.measure import interval
from motorworks.simulate.variants import more_heads, roomier

Floats = NDArray[np.float64]
Split = tuple[int, ...]
"""Units added at each place."""

_BEST_KEPT = 5
_FEW_PLACES, _MOST_PAIRS = 6, 30


@dataclass(frozen=True)
class Place:
    """Where units may go: a buffer, or a crew; with what is there already."""

    name: str
    number: int
    has: int


@dataclass(frozen=True)
class Progress:
    """How far a search has come: splits simulated, and the best split with its pace."""

    simulated: int
    split: Split
    cars_a_day: float


@dataclass(frozen=True)
class Improvement:
    """The best split found.

    Parameters
    ----------
    what
        ``buffers`` or ``crews``.
    places, split
        Where units may go, and how many go there.
    before, after
        Cars a day without and with them.
    gain, low, high
        What they bring in cars a day, with its interval.
    simulated
        Splits that were simulated.
    others
        The next best splits, each with its cars a day.
    complete
        False where the search was stopped by hand.
    left
        Units that were not given out, as they bring nothing anywhere.
    """

    what: str
    places: tuple[Place, ...]
    split: Split
    before: float
    after: float
    gain: float
    low: float
    high: float
    simulated: int
    others: tuple[tuple[Split, float], ...] = ()
    complete: bool = True
    left: int = 0


def buffers_of(model: PlantModel) -> tuple[Place, ...]:
    """Buffers that can be made larger: those that fill."""
    return tuple(
        Place(one.name, number, one.capacity)
        for number, one in enumerate(model.elements)
        if isinstance(one, Buffer) and one.capacity >= 0
    )


def crews_of(model: PlantModel) -> tuple[Place, ...]:
    """Crews and pools."""
    return tuple(Place(one.name, number, one.heads) for number, one in enumerate(model.crews))


def improve_buffers(
    model: PlantModel,
    budget: int,
    evaluate: Evaluate,
    on_progress: Callable[[Progress], None] | None = None,
) -> Improvement:
    """Place ``budget`` more buffer places; Ctrl-C keeps the best split so far.

    Parameters
    ----------
    model
        The plant; its places that can be added to are its buffers that fill.
    budget
        Places to add.
    evaluate
        Cars a day in each replication, on the same random numbers for every plant.
    on_progress
        Told of every better split.

    Raises
    ------
    CaseError
        If there is no buffer that fills.
    """
    return _improved("buffers", model, buffers_of(model), budget, evaluate, roomier, on_progress)


def improve_crews(
    model: PlantModel,
    budget: int,
    evaluate: Evaluate,
    on_progress: Callable[[Progress], None] | None = None,
) -> Improvement:
    """Place ``budget`` more people in crews and pools, as :func:`improve_buffers` does places.

    Raises
    ------
    CaseError
        If the plant has no crew and no pool.
    """
    return _improved("crews", model, crews_of(model), budget, evaluate, more_heads, on_progress)


def _improved(
    what: str,
    model: PlantModel,
    places: tuple[Place, ...],
    budget: int,
    evaluate: Evaluate,
    add: Callable[[PlantModel, int, int], PlantModel],
    on_progress: Callable[[Progress], None] | None,
) -> Improvement:
    if not places:
        message = "has no buffer with a number of places" if what == "buffers" else "has no crew"
        raise CaseError([Problem(model.name, message, column="--improve", value=what)])

    def paces_of(split: Split) -> Floats:
        changed = model
        for place, units in zip(places, split, strict=True):
            changed = add(changed, place.number, units) if units else changed
        return evaluate(changed)

    search = _Search(paces_of, on_progress or (lambda progress: None), budget)
    start = (0,) * len(places)
    before = search.paces(start)
    complete = True
    try:
        search.best_split(len(places))
    except KeyboardInterrupt:
        complete = False
    split = search.best(budget)
    after = search.paces(split)
    low, high = interval(after - before)
    return Improvement(
        what, places, split, float(before.mean()), float(after.mean()),
        float((after - before).mean()), low, high, len(search.seen),
        search.runners_up(split), complete, budget - sum(split),
    )  # fmt: skip


@dataclass
class _Search:
    """Splits simulated so far, and the ways from one to a better one."""

    paces_of: Callable[[Split], Floats]
    on_progress: Callable[[Progress], None]
    units: int
    seen: dict[Split, Floats] = field(default_factory=dict)

    def paces(self, split: Split) -> Floats:
        """Cars a day in each replication; simulated at the first call."""
        if split not in self.seen:
            self.seen[split] = self.paces_of(split)
            best = self.best(self.units)
            self.on_progress(Progress(len(self.seen), best, self.mean(best)))
        return self.seen[split]

    def mean(self, split: Split) -> float:
        """Mean cars a day."""
        return float(self.paces(split).mean())

    def best(self, most: int) -> Split:
        """The best split of up to so many units; fewer units win a draw."""
        known = [split for split in self.seen if sum(split) <= most]
        return max(known, key=lambda one: (float(self.seen[one].mean()), -sum(one), one))

    def runners_up(self, winner: Split) -> tuple[tuple[Split, float], ...]:
        """The next best splits of as many units."""
        others = [one for one in self.seen if sum(one) == sum(winner) and one != winner]
        others.sort(key=lambda one: -float(self.seen[one].mean()))
        return tuple((one, self.mean(one)) for one in others[:_BEST_KEPT])

    def best_split(self, places: int) -> None:
        """Look for the best split; it is among :attr:`seen` afterwards."""
        starts = [self._given(places)]
        if places <= _FEW_PLACES:
            more = [number < self.units % places for number in range(places)]
            starts.append(tuple(self.units // places + one for one in more))
        for start in dict.fromkeys(starts):
            self._swapped(start, max(1, self.units // (2 * places)))

    def _given(self, places: int) -> Split:
        """Units one after another to where they bring the most; in steps while many are left.

        A place is simulated again only when what it brought last would make it the first.
        """
        split, left = (0,) * places, self.units
        hope = [np.inf] * places
        while left > 0:
            size = max(1, left // (4 * places))
            base, fresh = self.mean(split), set[int]()
            while (to := max(range(places), key=lambda one: hope[one])) not in fresh:
                hope[to] = (self.mean(_moved(split, None, to, size)) - base) / size
                fresh.add(to)
            split, left = _moved(split, None, to, size), left - size
        return split

    def _swapped(self, split: Split, size: int) -> Split:
        """Move units between two places as long as it helps, many at first, one by one at last."""
        while True:
            better = self._better(split, size)
            if better is not None:
                split = better
            elif size > 1:
                size //= 2
            else:
                return split

    def _better(self, split: Split, size: int) -> Split | None:
        """The best split one move away; None where none is better.

        Where there are too many moves, those are tried that take from where the units are missed
        least and give to where more would bring the most.
        """
        count = len(split)
        givers = [place for place in range(count) if split[place] >= size]
        pairs = [(origin, to) for origin in givers for to in range(count) if origin != to]
        if len(pairs) > _MOST_PAIRS:
            missed = {one: self.mean(_moved(split, None, one, -size)) for one in givers}
            brought = [self.mean(_moved(split, None, one, size)) for one in range(count)]
            pairs.sort(key=lambda pair: -missed[pair[0]] - brought[pair[1]])
        moves = [_moved(split, origin, to, size) for origin, to in pairs[:_MOST_PAIRS]]
        best = max(moves, key=self.mean, default=split)
        return best if self.mean(best) > self.mean(split) else None


def _moved(split: Split, origin: int | None, to: int, size: int) -> Split:
    units = list(split)
    if origin is not None:
        units[origin] -= size
    units[to] += size
    return tuple(units)


def all_splits(places: int, units: int) -> list[Split]:
    """Every split of units over places, for plants small enough to try them all.

    Examples
    --------
    >>> all_splits(2, 2)
    [(2, 0), (1, 1), (0, 2)]
    >>> len(all_splits(4, 10))
    286
    """
    return [
        tuple(chosen.count(place) for place in range(places))
        for chosen in combinations_with_replacement(range(places), units)
    ]


def told_split(found: Improvement) -> list[str]:
    """The split in words, most units first.

    Examples
    --------
    >>> places = (Place("body store", 1, 40), Place("paint store", 4, 60))
    >>> told_split(Improvement("buffers", places, (2, 28), 840.0, 850.0, 10.0, 9.0, 11.0, 80))
    ['paint store: 28 more places, 88 in all', 'body store: 2 more places, 42 in all']
    """
    nouns = ("place", "places") if found.what == "buffers" else ("head", "heads")
    pairs = sorted(zip(found.places, found.split, strict=True), key=lambda pair: -pair[1])
    return [
        f"{place.name}: {units} more {nouns[units != 1]}, {place.has + units} in all"
        for place, units in pairs
        if units
    ]


def applied(model: PlantModel, found: Improvement) -> PlantModel:
    """The plant with the split made."""
    add = roomier if found.what == "buffers" else more_heads
    for place, units in zip(found.places, found.split, strict=True):
        model = add(model, place.number, units) if units else model
    return model
