"""The stage sequence: an order of a day's cars with the lowest mark that is found."""

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

import motorworks
from motorworks.case.line_day import LineDay, Objective, ObjectiveName
from motorworks.engines.random import stream
from motorworks.result.sequence import Proof, Searched, SequenceResult
from motorworks.result.sequence_tables import sequence_tables
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.bounds.bound import Bound
from motorworks.sequence.bounds.bounds import Bounds, InTurn
from motorworks.sequence.classes import Classes, classes_of
from motorworks.sequence.construct import construct, mend
from motorworks.sequence.decode import cars_of
from motorworks.sequence.encode import encode
from motorworks.sequence.line import Line
from motorworks.sequence.measure import Measure
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.progress import OnProgress, Progress
from motorworks.sequence.prove import Prover
from motorworks.sequence.rules.others import Others, encode_others
from motorworks.sequence.scales import MELT, MEND
from motorworks.sequence.search import Found, Search, warm_up
from motorworks.sequence.turns import Turns

Ints = NDArray[np.int32]

BOUND_SHARE = 0.15
"""Share of a time limit that may be spent on bounds in all."""

AFTER = 0.3
"""Part of this share that is kept for what is still open when the search is over."""

LONG_S = 10.0
"""Seconds from which on a search after the search gives all up at first."""

EXACT = 1e-6
"""Marks nearer to a bound than that are at it."""

UNKNOWN = Bound(0.0, "not looked for")


def solve_sequence(
    day: LineDay,
    params: SequenceParams | None = None,
    *,
    start: Sequence[int] | None = None,
    kept: int | None = None,
    on_progress: OnProgress | None = None,
) -> SequenceResult:
    """Order the cars of a day so that the mark is as low as the search can make it.

    Parameters
    ----------
    day
        Cars and rules.
    params
        Settings; as they stand when None.
    start
        Numbers of the cars of the day in the order to start from; one is built when None. Where
        it breaks the paint batch limits, cars are drawn forward until it keeps them.
    kept
        How many cars at its end stay where they are; the start is then mended, as one that is good
        but for a few places. Without it all is given up at first.
    on_progress
        Called whenever a better order was found, now and then.

    Raises
    ------
    InfeasibleError
        Where no order keeps the paint batch limits.
    """
    params = params or SequenceParams()
    classes = classes_of(day)
    run = _Run(day, encode(day, classes), Measure(day, classes), params, on_progress)
    if kept is not None:
        run.mend(kept)
    rules = encode_others(day, classes.of, len(classes.example))
    first = _first(day, run.line, classes, params, start)
    found = Found(first, run.measure(first).mark)
    try:
        run.tell(found)
        warm_up(run.line, rules, first)
        found = run.search(first, classes, rules)
        if params.prove_s and kept is None and found.stopped != "interrupted":
            run.prove(found, classes, rules)
    except KeyboardInterrupt:  # before the search or after it; it keeps its own best
        found.stopped = "interrupted"
    was = () if kept is None or start is None else start
    return _result(day, classes, found, run, was)


class _Run:
    """One call of the stage: its clock, the bounds known so far, what it tells."""

    def __init__(
        self,
        day: LineDay,
        line: Line,
        measure: Measure,
        params: SequenceParams,
        on_progress: OnProgress | None,
    ) -> None:
        self.line, self.measure, self.params = line, measure, params
        self.cooling = MELT
        self.bounds: InTurn | None = None
        self.bound_s = 0.0
        self.progress: list[tuple[int, float]] = []
        self._day, self._on_progress, self._called = day, on_progress, time.perf_counter()

    def mend(self, kept: int) -> None:
        """Leave the last cars where they are, and cool no more than mending needs."""
        self.line, self.cooling = self.line._replace(end=self.line.cars - kept), MEND
        if self.line.end <= self.line.first:  # nothing may change
            self.params = self.params.model_copy(update={"iterations": 0})

    @property
    def effort(self) -> float:
        """Work for bounds in all: at most a share of the time."""
        limit, most = self.params.time_limit_s, self.params.bound_effort
        return most if limit is None else min(most, BOUND_SHARE * limit)

    def tell(self, found: Found) -> None:
        """Note an order, and show it to the onlooker."""
        here = self.measure(found.seq)
        if not self.progress or self.progress[-1] != (found.moves, here.mark):
            self.progress.append((found.moves, here.mark))
        if self._on_progress is not None:
            now = time.perf_counter() - self._called
            bound = 0.0 if self.bounds is None else self.bounds.least_mark()
            search = max(0.0, found.seconds - self.bound_s)
            self._on_progress(
                Progress(now, found.moves, here.mark, here.broken, here.values, bound, search)
            )

    def search(self, first: Ints, classes: Classes, rules: Others) -> Found:
        """Search from an order on, with bounds found on the way as they are needed."""
        began = time.perf_counter()
        with self._bounding():
            self.bounds = bounds = InTurn(self._day, (1 - AFTER) * self.effort)
        before, self.bound_s = self.bound_s, 0.0

        def settled(seq: Ints, weight: float) -> bool:
            here = self.measure(seq)
            items = self._day.objectives
            among = [o.name for o in items if rules.active or dearest(self._day, o) >= weight]
            with self._bounding():
                return here.broken == 0 and bounds.settled(here.values, among)

        def learn(seq: Ints, violations: float) -> float:
            if bound := self._one_objective(violations):
                bounds.learn(self._day.objectives[0].name, self.measure(seq).values, bound)
            return bounds.least_mark() + EXACT

        asked = Found(first, 0.0)

        def ask(seq: Ints, seconds: float) -> Ints:
            with self._bounding():
                return self._prover(asked, bounds, classes, rules).ask(seq, seconds)

        params = self._left(time.perf_counter() - began)
        goal = bounds.least_mark() + EXACT
        turns = Turns(self.line, rules, params, goal, settled, self.tell, learn, ask, self.cooling)
        found = turns.run(first)
        found.moves, found.accepted = found.moves + asked.moves, found.accepted + asked.accepted
        found.stopped = found.stopped or "proven"  # nothing was left to be searched for
        found.seconds = max(0.0, found.seconds - self.bound_s)
        self.bound_s += before
        return found

    def _one_objective(self, violations: float) -> Bound | None:
        """A bound of the one objective, from violations of rules that all weigh alike in it."""
        counted = {(r.priority, r.weight) for r in self._day.ratios if r.weight > 0}
        if len(self._day.objectives) > 1 or len(counted) != 1 or self._day.frozen:
            return None
        ((priority, weight),) = counted
        if priority != self._day.objectives[0].name:
            return None
        least = math.ceil(violations - EXACT) * weight
        return Bound(max(0.0, float(least)), "prices of classes of cars")

    def prove(self, found: Found, classes: Classes, rules: Others) -> None:
        """Close what the search left open: a proof that its order is the best, or a better one."""
        if self.bounds is None:
            return
        prover = self._prover(found, self.bounds, classes, rules)
        before, searched = time.perf_counter(), found.seconds
        try:
            proven = prover.prove(found.seq, self.params.prove_s)
            found.stopped = "proven" if proven else found.stopped
        finally:
            found.seq, found.cost = prover.best, self.measure(prover.best).mark
            self.bound_s += time.perf_counter() - before - (found.seconds - searched)
            self.tell(found)

    def _prover(self, found: Found, bounds: InTurn, classes: Classes, rules: Others) -> Prover:
        """What proves an order or finds a better one; searches on the way count as of ``found``."""

        def search_on(seq: Ints, seconds: float) -> Ints:
            mended = mend(self.line, seq)
            limits = {"time_limit_s": max(seconds, 0.1), "iterations": None, "target": None}
            params, goal = self.params.model_copy(update=limits), bounds.least_mark() + EXACT
            more = Search(
                self.line, rules, mended, params, goal, lambda *_: False, lambda _: None,
                MELT if seconds > LONG_S else MEND,
            ).run()  # fmt: skip
            found.moves += more.moves
            found.accepted += more.accepted
            found.seconds += more.seconds
            if more.stopped == "interrupted":
                raise KeyboardInterrupt
            return more.seq

        return Prover(self._day, classes, self.measure, bounds, self.line.first, search_on)

    def known(self, values: Mapping[ObjectiveName, float]) -> tuple[Bounds, Bounds]:
        """Bounds over all orders, and over those as good in what matters more."""
        if self.bounds is None:
            nothing = dict.fromkeys(values, UNKNOWN)
            return nothing, nothing
        with self._bounding():
            self.bounds.add(AFTER * self.effort)
            given = self.bounds.given(values)
        return self.bounds.alone, given

    def _left(self, spent: float) -> SequenceParams:
        """The settings with the time that is left for the search and bounds on the way."""
        if self.params.time_limit_s is None:
            return self.params
        left = self.params.time_limit_s - spent - AFTER * self.effort
        return self.params.model_copy(update={"time_limit_s": max(left, 0.0)})

    @contextmanager
    def _bounding(self) -> Iterator[None]:
        """Count the time that bounds take."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.bound_s += time.perf_counter() - began


def dearest(day: LineDay, objective: Objective) -> float:
    """Most that one violation costs in an objective: its weight times that of a ratio rule.

    What the planner's other rules cost has no such limit; with them all objectives must be settled.
    """
    weights = [rule.weight for rule in day.ratios if rule.priority == objective.name]
    return float(objective.weight * max(weights, default=1))


def _first(
    day: LineDay,
    line: Line,
    classes: Classes,
    params: SequenceParams,
    start: Sequence[int] | None,
) -> Ints:
    """The order of classes from which the search begins."""
    if start is None:
        return construct(line, classes.of, stream(params.seed, "construct"))
    cars = np.concatenate([np.arange(day.before), day.before + np.asarray(start)])
    return mend(line, classes.of[cars.astype(np.int64)])


def _result(
    day: LineDay, classes: Classes, found: Found, run: _Run, was: Sequence[int]
) -> SequenceResult:
    """Say what was found, and how good it is at least."""
    measured, params = run.measure(found.seq), run.params
    try:
        bounds, better = run.known(measured.values)
    except KeyboardInterrupt:  # the order is kept, with what is known of it by now
        bounds = better = (
            run.bounds.alone if run.bounds else dict.fromkeys(measured.values, UNKNOWN)
        )
        found.stopped = "interrupted"
    proofs = tuple(
        Proof(
            item.name, item.weight, measured.values[item.name], bounds[item.name].value,
            better[item.name].value, better[item.name].how,
        )
        for item in day.objectives
    )  # fmt: skip
    order = cars_of(day, classes, found.seq, was)
    score = score_order(day, order)
    return SequenceResult(
        order=order,
        mark=measured.mark,
        broken=measured.broken,
        proofs=proofs,
        searched=Searched(
            params.seed, params.threads, found.moves, found.accepted, found.seconds,
            found.stopped, "walk", motorworks.__version__, run.bound_s,
        ),
        tables=sequence_tables(day, order, score, proofs=proofs, progress=run.progress),
        settings=params.model_dump(),
    )  # fmt: skip
