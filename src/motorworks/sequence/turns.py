"""The search of a day: a walk, a look at it from elsewhere, and a walk again.

On days of short windows and few classes a walk soon stands where no move helps. There beams see
further: the first is narrow, each of the next is wider, as long as they end in time. On other days
it is asked between the walks whether the first objective that is open can be lower by one: often
that can be shown, or such an order found, in a second.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.random import stream
from motorworks.sequence.beam.beam import build, warm_up, widest
from motorworks.sequence.beam.budget import Budget, OverError
from motorworks.sequence.beam.outlook import Outlook, outlook_of, work_of_outlook
from motorworks.sequence.beam.steps import Steps, steps_of
from motorworks.sequence.line import Line
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.rules.others import Others
from motorworks.sequence.scales import MELT, MEND, Cooling
from motorworks.sequence.search import Found, Search
from motorworks.sequence.state import new_state, total

Ints = NDArray[np.int32]

WALK, BEAMS = 0.2, 0.9
"""Shares of the search that are over when the first walk ends, and the last beam."""

NARROW, WIDER = 2_000, 5
"""Beginnings that the first beam keeps, and by how much the next is wider."""

SURE = 0.9
"""Part of the work left that a beam may need, as one that does not end gives no order."""

ASK, ASK_FROM_S = 0.12, 10.0
"""Share of the search for a question between two walks, and from what time limit on it is asked."""

ASK_CARS = 100
"""Most cars for each second of the time limit, as what has to be known first grows with them."""

EARLY, LATE = replace(MELT, rounds=(0.25, 1.0)), replace(MELT, rounds=(1.0,))
"""How the walks before and after the question cool: together as one walk does."""

CHANCE = 0.03
"""Violations by which chance tells beginnings apart, on average, where no beam can be wider."""


@dataclass
class Turns:
    """A search from an order on; see :class:`motorworks.sequence.search.Search` for the fields.

    ``learn`` is told an order, and violations that no order is below; it says the mark that none is
    below. ``ask`` looks for so many seconds for an order that is better than one: a better one, or
    the same.
    """

    line: Line
    rules: Others
    params: SequenceParams
    goal: float
    settled: Callable[[Ints, float], bool]
    tell: Callable[[Found], None]
    learn: Callable[[Ints, float], float]
    ask: Callable[[Ints, float], Ints]
    cooling: Cooling = MELT

    def run(self, first: Ints) -> Found:
        """Search; the best order found and why the search ended."""
        begun = Found(first, float("inf"))
        if self.cooling is not MELT:
            return self._walk(begun, self.params, self.cooling)
        steps = steps_of(self.line, self.rules, first)
        if steps is not None and self._worth_it(steps):
            return self._with_beams(steps, begun)
        if self._asks(self.params.time_limit_s or 0.0):
            return self._with_question(begun)
        return self._walk(begun, self.params, MELT)

    def _asks(self, limit: float) -> bool:
        """Whether a question may be answered in its share of the limit, and a clock may decide."""
        fits = limit >= ASK_FROM_S and self.line.cars <= ASK_CARS * limit
        return fits and self.params.iterations is None and not self.rules.active

    def _with_beams(self, steps: Steps, begun: Found) -> Found:
        """Walk, let beams look further, and walk on."""
        warm_up()
        found = self._walk(begun, self._part(0.0, WALK, begun), MELT)
        if found.stopped in ("time", "iterations"):
            self._beams(steps, found)
        if found.stopped in ("time", "iterations"):
            found = self._walk(found, self._part(BEAMS, 1.0, found), MEND)
        return found

    def _with_question(self, begun: Found) -> Found:
        """Walk, ask for a better order, and walk on."""
        found = self._walk(begun, self._part(0.0, WALK, begun), EARLY)
        if found.stopped == "time":
            self._ask(found)
        if found.stopped == "time":
            found = self._walk(found, self._part(WALK, 1.0, found), LATE)
        return found

    def _ask(self, found: Found) -> None:
        """Ask for a better order than was found."""
        began = time.perf_counter()
        try:
            found.seq = self.ask(found.seq, ASK * (self.params.time_limit_s or 0.0))
        except KeyboardInterrupt:
            found.stopped = "interrupted"
        found.cost = self._cost(found.seq)
        found.seconds += time.perf_counter() - began
        self.tell(found)

    def _cost(self, seq: Ints) -> float:
        """Cost of an order; days with rules of the planner are never asked."""
        return float(total(self.line, new_state(self.line, seq)))

    def _worth_it(self, steps: Steps) -> bool:
        """Whether there is work enough for beams."""
        work = work_of_outlook(steps) + NARROW * steps.cars * len(steps.members)
        return work <= self._budget(WALK * (self.params.time_limit_s or 0.0)).left

    def _walk(self, before: Found, params: SequenceParams, cooling: Cooling) -> Found:
        """Walk on from where the search stands."""

        def since(found: Found) -> Found:
            return replace(
                found, moves=before.moves + found.moves, accepted=before.accepted + found.accepted,
                seconds=before.seconds + found.seconds,
            )  # fmt: skip

        search = Search(
            self.line, self.rules, before.seq, params, self.goal, self.settled,
            lambda found: self.tell(since(found)), cooling,
        )  # fmt: skip
        return since(search.run())

    def _part(self, begin: float, end: float, before: Found) -> SequenceParams:
        """The settings for a part of the search."""
        limits: dict[str, float | int] = {}
        if self.params.moves is not None:
            limits["iterations"] = round((end - begin) * self.params.moves)
        if self.params.time_limit_s is not None:
            limits["time_limit_s"] = max(end * self.params.time_limit_s - before.seconds, 1e-3)
        return self.params.model_copy(update=limits)

    def _budget(self, spent_s: float) -> Budget:
        """Work for beams, so many seconds after the begin."""
        moves, limit = self.params.moves, self.params.time_limit_s
        return Budget(
            None if moves is None else (BEAMS - WALK) * moves,
            None if limit is None else BEAMS * limit - spent_s,
        )

    def _beams(self, steps: Steps, found: Found) -> None:
        """Let beams look for a better order as long as there is work left."""
        budget, before = self._budget(found.seconds), found.seconds
        try:
            outlook = outlook_of(steps, budget)
            self.goal = max(self.goal, self.learn(found.seq, outlook.bound))
            for order in self._built(steps, outlook, budget, found):
                found.seq = np.concatenate([found.seq[: self.line.first], order])
                found.cost = self._cost(found.seq)
                found.seconds = before + budget.seconds
                found.accepted += 1
                self.tell(found)
        except OverError:
            pass
        except KeyboardInterrupt:
            found.stopped = "interrupted"
        found.seconds = before + budget.seconds

    def _built(
        self, steps: Steps, outlook: Outlook, budget: Budget, found: Found
    ) -> Iterator[Ints]:
        """Better and better orders of the cars that may change: those of beams ever wider."""
        rng = stream(self.params.seed, "beam")

        def weighed(cars: int) -> None:
            found.moves += cars
            budget.spend(cars)

        each, room, widest_yet = steps.cars * len(steps.members), widest(steps), 0
        width = min(NARROW, room)
        while (most := int(SURE * budget.left / each)) >= NARROW and not self._reached(found):
            here = min(width, most)
            chance = CHANCE if here <= widest_yet else 0.0
            fewer = steps.violations(found.seq[self.line.first :]) - 1
            order = build(steps, outlook, here, fewer, chance, rng, weighed)
            if order is not None:
                yield order
            width, widest_yet = min(width * WIDER, room), max(here, widest_yet)

    def _reached(self, found: Found) -> bool:
        """Whether the search is over for what was found."""
        target = self.params.target
        if found.cost <= self.goal:
            found.stopped = "proven"
        elif target is not None and found.cost <= target:
            found.stopped = "target"
        else:
            return False
        return True
