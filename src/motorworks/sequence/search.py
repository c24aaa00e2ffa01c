"""The search: anneal at the scale of each objective in turn, in rounds that grow longer.

An objective that counts a million in the mark melts at temperatures of a million, and is frozen at
a thousand, where the next one melts. So a round cools through the scale of one objective after the
other and leaves out the temperatures between, at which nothing changes. A scale whose objectives
have reached their bounds is passed over. Each round begins at the best order known. One cool round
is enough to mend an order (:data:`motorworks.sequence.scales.MEND`).
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.random import stream
from motorworks.sequence.kinds import shares_at
from motorworks.sequence.line import Line
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.rules.others import Others
from motorworks.sequence.scales import MELT, Cooling, Scale, scales_of
from motorworks.sequence.walk import Walker, new_walker, put_at, walk

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

LOOKS = 10
"""Batches between two times that the objectives of the best order are counted one by one."""

LONGER = 2.0
"""How much longer a scale is cooled than the next one: what it misses the others cannot make up."""


@dataclass
class Found:
    """Where a search stands: its best order of classes, and how it came there."""

    seq: Ints
    cost: float
    moves: int = 0
    accepted: int = 0
    seconds: float = 0.0
    stopped: str = ""


class Search:
    """A search from an order on, until time, moves, a target, a proof or Ctrl-C end it.

    Parameters
    ----------
    line, rules
        The day as arrays.
    first
        The order to begin with.
    params
        Seed, limits and target.
    goal
        No order costs less.
    settled
        Whether an order has all objectives with at least a weight at their bounds.
    tell
        Called when a better order was found, now and then.
    cooling
        How hot and how often.
    """

    def __init__(
        self,
        line: Line,
        rules: Others,
        first: Ints,
        params: SequenceParams,
        goal: float,
        settled: Callable[[Ints, float], bool],
        tell: Callable[[Found], None],
        cooling: Cooling = MELT,
    ) -> None:
        self._line, self._rules, self._params, self._cooling = line, rules, params, cooling
        self._goal, self._settled, self._tell = goal, settled, tell
        self._began = time.perf_counter()
        self._walkers = [
            new_walker(line, rules, first, stream(params.seed, f"walk {number}"))
            for number in range(params.threads)
        ]
        scales = scales_of(line, rules, self._walkers[0])
        self._scales = scales if cooling.heaviest else scales[1:] or scales
        self._looks, self._told_of = 0, np.inf
        self.found = Found(first.copy(), float(self._walkers[0].walk.cost[1]))

    def run(self) -> Found:
        """Search; the best order found and why the search ended."""
        with ThreadPoolExecutor(self._params.threads) as pool:
            try:
                self._began = time.perf_counter()
                self._look()
                self._told()
                begun = 0.0
                for end in self._cooling.rounds:
                    self._round(begun, end, pool)
                    begun = end
            except KeyboardInterrupt:
                self.found.stopped = "interrupted"
        self._told()
        return self.found

    def _round(self, begun: float, end: float, pool: ThreadPoolExecutor) -> None:
        """Cool through all scales that are not settled, from share ``begun`` to ``end``."""
        self._gather()
        for number, scale in enumerate(self._scales):
            if self._settled(self.found.seq, scale.least):
                continue
            start = max(begun, self._share())
            until = start + (end - start) * _part(len(self._scales) - number)
            self._anneal(scale, start, until, pool)
            if self.found.stopped:
                return
            self._gather()

    def _anneal(self, scale: Scale, start: float, until: float, pool: ThreadPoolExecutor) -> None:
        """Cool a scale from hot to cold while the share goes on."""
        shares = shares_at(self._line, scale.most, scale.least)
        while not self.found.stopped and (share := self._share()) < until:
            temperature = scale.temperature((share - start) / (until - start), self._cooling.hot)
            self._step(shares, temperature, self._batch(), pool)
            self._look()
            self._looks += 1
            if (
                self._looks % LOOKS == 0
                and self._told()
                and self._settled(self.found.seq, scale.least)
            ):
                return

    def _step(
        self, shares: Floats, temperature: float, moves: int, pool: ThreadPoolExecutor
    ) -> None:
        """Let all walks try so many moves, side by side."""

        def step(walker: Walker) -> None:
            _walk(self._line, self._rules, walker, shares, temperature, moves)

        list(pool.map(step, self._walkers))

    def _gather(self) -> None:
        """Let all walks go on from the best order."""
        for walker in self._walkers:
            put_at(self._line, self._rules, walker, self.found.seq)

    def _look(self) -> None:
        """Take note of what the walks have found, and of a reason to stop."""
        found = self.found
        found.seconds = time.perf_counter() - self._began
        found.moves = sum(int(walker.walk.tried.sum()) for walker in self._walkers)
        found.accepted = sum(int(walker.walk.made.sum()) for walker in self._walkers)
        best = min(self._walkers, key=lambda walker: float(walker.walk.cost[1]))
        if float(best.walk.cost[1]) < found.cost:
            found.cost, found.seq = float(best.walk.cost[1]), best.walk.best.copy()
        found.stopped = self._ended()

    def _told(self) -> bool:
        """Tell of a better order; whether there was one since the last time."""
        better = self.found.cost < self._told_of
        if better:
            self._told_of = self.found.cost
            self._tell(self.found)
        return better

    def _ended(self) -> str:
        """Why to stop now; empty to go on."""
        found, params = self.found, self._params
        if found.cost <= self._goal:
            return "proven"
        if params.target is not None and found.cost <= params.target:
            return "target"
        if params.moves is not None and found.moves >= params.moves:
            return "iterations"
        if params.time_limit_s is not None and found.seconds >= params.time_limit_s:
            return "time"
        return ""

    def _share(self) -> float:
        """Share of the search that is over, by moves or by time."""
        found, params = self.found, self._params
        moves = found.moves / max(params.moves, 1) if params.moves is not None else 0.0
        spent = (
            found.seconds / max(params.time_limit_s, 1e-9)
            if params.time_limit_s is not None
            else 0.0
        )
        return min(max(moves, spent), 1.0)

    def _batch(self) -> int:
        """Moves of each walk till the next look."""
        if self._params.moves is None:
            return self._cooling.batch
        left = self._params.moves - self.found.moves
        return max(1, min(self._cooling.batch, -(-left // len(self._walkers))))


def _part(left: int) -> float:
    """Part of a round for the first of so many scales that are left in it."""
    return LONGER ** (left - 1) / sum(LONGER**later for later in range(left))


def warm_up(line: Line, rules: Others, first: Ints) -> None:
    """Compile, or load, all that a search calls: once in a process, and no part of its time."""
    walker = new_walker(line, rules, first, stream(0, "warm up"))
    _walk(line, rules, walker, shares_at(line, 0.0, 0.0), 0.0, 0)
    put_at(line, rules, walker, first)


def _walk(
    line: Line, rules: Others, walker: Walker, shares: Floats, temperature: float, moves: int
) -> None:
    """Let one walk try so many moves."""
    some = rules if rules.active else None
    walk(line, walker.state, some, walker.walk, shares, temperature, moves)
