"""The stage sequence: an order of a day's cars with the lowest mark that is found."""

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

import motorworks
from motorworks.case.line_day import LineDay, Objective
from motorworks.engines.random import stream
from motorworks.result.sequence import Proof, Searched, SequenceResult
from motorworks.result.sequence_tables import sequence_tables
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.bounds.bounds import (
    Bounds,
    bound_objectives,
    bounds_in_turn,
    given_better,
    least_mark,
)
from motorworks.sequence.classes import Classes, classes_of
from motorworks.sequence.construct import construct, mend
from motorworks.sequence.decode import cars_of
from motorworks.sequence.encode import encode
from motorworks.sequence.line import Line
from motorworks.sequence.measure import Measure, Measured
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.progress import OnProgress, Progress
from motorworks.sequence.rules.others import encode_others
from motorworks.sequence.search import Found, Search, warm_up

Ints = NDArray[np.int32]

BOUND_SHARE = 0.04
"""Share of a time limit that is spent on bounds before the search, and again after it."""

WORTH_WHILE = 1.0
"""Work on bounds below which they are not sought in turn, which takes some seconds at least."""

EXACT = 1e-6
"""Values nearer to their bound than that are at it."""


def solve_sequence(
    day: LineDay,
    params: SequenceParams | None = None,
    *,
    start: Sequence[int] | None = None,
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
    on_progress
        Called whenever a better order was found, now and then.

    Raises
    ------
    InfeasibleError
        Where no order keeps the paint batch limits.
    """
    params = params or SequenceParams()
    classes = classes_of(day)
    line, measure = encode(day, classes), Measure(day, classes)
    rules = encode_others(day, classes.of, len(classes.example))
    first = _first(day, line, classes, params, start)
    warm_up(line, rules, first)
    began, effort = time.perf_counter(), _effort(params)
    bounds = bound_objectives(day, effort)
    in_turn = bounds_in_turn(day, bounds, effort) if effort >= WORTH_WHILE else bounds
    goal = least_mark(day, bounds, in_turn)
    progress: list[tuple[int, float]] = []

    def tell(found: Found) -> None:
        here = measure(found.seq)
        progress.append((found.moves, here.mark))
        if on_progress is not None:
            seconds = time.perf_counter() - began
            on_progress(Progress(seconds, found.moves, here.mark, here.broken, here.values, goal))

    def settled(seq: Ints, weight: float) -> bool:
        here = measure(seq)
        return here.broken == 0 and all(
            here.values[item.name] <= bounds[item.name].value + EXACT
            for item in day.objectives
            if rules.active or dearest(day, item) >= weight
        )

    limits = _left(params, time.perf_counter() - began)
    found = Search(line, rules, first, limits, goal + EXACT, settled, tell).run()
    found.seconds = time.perf_counter() - began
    return _result(day, classes, measure(found.seq), found, bounds, params, progress)


def _effort(params: SequenceParams) -> float:
    """Work on bounds before the search, and again after it: at most a share of the time."""
    if params.time_limit_s is None:
        return params.bound_effort
    return min(params.bound_effort, BOUND_SHARE * params.time_limit_s)


def _left(params: SequenceParams, spent: float) -> SequenceParams:
    """The settings with the time that is left for the search itself."""
    if params.time_limit_s is None:
        return params
    left = params.time_limit_s - spent - _effort(params)
    return params.model_copy(update={"time_limit_s": max(left, 0.0)})


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
    day: LineDay,
    classes: Classes,
    measured: Measured,
    found: Found,
    bounds: Bounds,
    params: SequenceParams,
    progress: list[tuple[int, float]],
) -> SequenceResult:
    """Say what was found, and how good it is at least."""
    try:
        effort = _effort(params)
        thorough = effort >= WORTH_WHILE
        better = given_better(day, measured.values, bounds, effort) if thorough else bounds
    except KeyboardInterrupt:  # the order is kept, with what is known of it by now
        better, found.stopped = bounds, "interrupted"
    proofs = tuple(
        Proof(
            item.name, item.weight, measured.values[item.name], bounds[item.name].value,
            better[item.name].value, better[item.name].how,
        )
        for item in day.objectives
    )  # fmt: skip
    order = cars_of(day, classes, found.seq)
    score = score_order(day, order)
    return SequenceResult(
        order=order,
        mark=measured.mark,
        broken=measured.broken,
        proofs=proofs,
        searched=Searched(
            params.seed, params.threads, found.moves, found.accepted, found.seconds,
            found.stopped, "walk", motorworks.__version__,
        ),
        tables=sequence_tables(day, order, score, proofs=proofs, progress=progress),
        settings=params.model_dump(),
    )  # fmt: skip
