"""After the search: prove that its order is the best there is, or find a better one.

Objective by objective, the first that is open first. An order that a proof comes upon is searched
on from, for it is good in what was looked at only; then what is open is asked again.
"""

import math
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay, Objective, ObjectiveName
from motorworks.sequence.bounds.bound import Bound
from motorworks.sequence.bounds.bounds import InTurn
from motorworks.sequence.bounds.closing import close_gap
from motorworks.sequence.classes import Classes
from motorworks.sequence.measure import Measure

Ints = NDArray[np.int32]

_AT_FIRST = 0.15
"""Share of the time for the bounds that the search knows, with more work than it left them."""

_CLOSE = 0.7
"""Share of the time left in which all that is open is asked once."""

_ON, _ON_S = 0.2, 30.0
"""Share of the time left, and most seconds, to search on from a better order."""

_MORE, _SHORT = 0.6, 0.5
"""Share to search on where nothing could be closed, and seconds that are too few for it."""

_TOLD, _TOLD_S = 0.05, 3.0
"""The same for an order that only some of the rules were looked at for."""

_EXACT = 1e-6

_CLOSED: tuple[ObjectiveName, ...] = ("high", "low", "colour")
"""Objectives that are looked at."""

SearchOn = Callable[[Ints, float], Ints]
"""From an order of classes, and seconds: a better one, or the same."""


class Prover:
    """What it takes to prove an order the best.

    Parameters
    ----------
    day, classes, measure
        The day, the classes of its cars, and the measure of an order of classes.
    bounds
        What is known by now; what is found is added.
    fixed
        Places at the begin, those of the day before with them, that have to stay as they are.
    search_on
        Mends an order and searches on from it.
    """

    def __init__(
        self,
        day: LineDay,
        classes: Classes,
        measure: Measure,
        bounds: InTurn,
        fixed: int,
        search_on: SearchOn,
    ) -> None:
        self._day, self._classes, self._measure = day, classes, measure
        self._bounds, self._fixed, self._search_on = bounds, fixed, search_on
        self.best: Ints = np.zeros(0, np.int32)
        self._until = 0.0
        self._asked: set[tuple[tuple[ObjectiveName, float], ...]] = set()

    def prove(self, first: Ints, seconds: float) -> bool:
        """Improve an order, kept as ``best``, until it is proven; whether it is."""
        self.best, self._until = first, time.perf_counter() + seconds
        self._bounds.afresh(_AT_FIRST * seconds)
        while left := self._open():
            if not self._closed_one(left) and not self._searched_on(_MORE, math.inf):
                break
        return not self._open()  # the last look may have been the proof

    def ask(self, first: Ints, seconds: float) -> Ints:
        """Look once at the objective that is open after all before it are settled, if one is."""
        self.best, self._until = first, time.perf_counter() + seconds
        values, items = self._measure(first).values, self._day.objectives
        names = [item.name for item in items]
        for number, item in enumerate(items):
            if not self._bounds.settled(values, names[: number + 1]):
                if number:
                    self._closed_one([item])
                break
        return self.best

    def _open(self) -> list[Objective]:
        """Objectives that are above what is known of them."""
        values = self._measure(self.best).values
        known = self._bounds.given(values)
        items = self._day.objectives
        return [item for item in items if values[item.name] > known[item.name].value + _EXACT]

    @property
    def _left(self) -> float:
        return self._until - time.perf_counter()

    def _closed_one(self, left: Sequence[Objective]) -> bool:
        """Look at each that is open; whether a better order was found."""
        values = self._measure(self.best).values
        names = [item.name for item in self._day.objectives]
        for number, item in enumerate(left):
            given = {name: values[name] for name in names[: names.index(item.name) + 1]}
            looked = all(name in _CLOSED and float(given[name]).is_integer() for name in given)
            if self._left <= 0.0 or not looked:
                return False
            if (question := tuple(given.items())) in self._asked:
                continue  # as open as it was
            self._asked.add(question)
            seconds = _CLOSE * self._left / (len(left) - number)
            closed = close_gap(self._day, item.name, given, seconds, self._told)
            if closed is None:
                continue
            self._bounds.learn(item.name, values, Bound(closed.bound, "walks through a net"))
            if closed.better:
                self._searched_on(_ON, _ON_S)
                return True
        return False

    def _searched_on(self, share: float, most: float) -> bool:
        """Search on from the best order for a share of the time left; whether that helped."""
        seconds = min(share * self._left, most)
        return seconds > _SHORT and self._take(self._search_on(self.best, seconds))

    def _told(self, order: Sequence[int]) -> bool:
        """Take an order if it is better, at once or after a short search."""
        cars = np.concatenate([np.arange(self._day.before), self._day.before + np.asarray(order)])
        seq = self._classes.of[cars].astype(np.int32)
        if not np.array_equal(seq[: self._fixed], self.best[: self._fixed]):
            return False
        seconds = min(_TOLD * max(self._left, 0.0), _TOLD_S)
        return self._take(seq) or self._take(self._search_on(seq, seconds))

    def _take(self, seq: Ints) -> bool:
        """Keep an order that is better."""
        here, best = self._measure(seq), self._measure(self.best)
        better = (here.broken, here.mark) < (best.broken, best.mark)
        if better:
            self.best = seq
        return better
