"""The stage sequence: an order of a day's cars with the lowest mark that is found."""

import logging
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

import motorworks
from motorworks.case.line_day import LineDay
from motorworks.engines.random import stream
from motorworks.result.sequence import Proof, Searched, SequenceResult
from motorworks.result.sequence_tables import sequence_tables
from motorworks.result.verify.sequence_score import score_order
from motorworks.sequence.bounds.bounds import Bounds, bound_objectives, given_better
from motorworks.sequence.classes import Classes, classes_of
from motorworks.sequence.construct import construct, mend
from motorworks.sequence.decode import cars_of
from motorworks.sequence.encode import encode
from motorworks.sequence.line import Line
from motorworks.sequence.measure import Measure, Measured
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.progress import OnProgress, Progress
from motorworks.sequence.rules.others import encode_others
from motorworks.sequence.search import Found, Search

Ints = NDArray[np.int32]

EXACT = 1e-6
"""Values nearer to their bound than that are at it."""

log = logging.getLogger(__name__)


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
    began = time.perf_counter()
    classes = classes_of(day)
    line, measure = encode(day, classes), Measure(day, classes)
    rules = encode_others(day, classes.of, len(classes.example))
    bounds = bound_objectives(day, params.bound_effort)
    goal = sum(item.weight * bounds[item.name].value for item in day.objectives)
    first = _first(day, line, classes, params, start)
    progress: list[tuple[int, float]] = []

    def tell(found: Found) -> None:
        here = measure(found.seq)
        progress.append((found.moves, here.mark))
        if on_progress is not None:
            seconds = time.perf_counter() - began
            on_progress(
                Progress(seconds, found.moves, here.mark, here.broken, here.values, float(goal))
            )

    def settled(seq: Ints, weight: float) -> bool:
        here = measure(seq)
        return here.broken == 0 and all(
            here.values[item.name] <= bounds[item.name].value + EXACT
            for item in day.objectives
            if item.weight >= weight
        )

    found = Search(line, rules, first, params, goal + EXACT, settled, tell).run()
    found.seconds = time.perf_counter() - began
    return _result(day, classes, measure(found.seq), found, bounds, params, progress)


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
        better = given_better(day, measured.values, bounds, params.bound_effort)
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
