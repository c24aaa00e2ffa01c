"""The search: anneal at the scale of each objective in turn, as long as it may go on.

An objective that counts a million in the mark melts at temperatures of a million, and is frozen at
a thousand, where the next one melts. So one cooling passes through the scales of all objectives,
one after another, and leaves out the temperatures between, at which nothing changes.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.random import stream
from motorworks.sequence.line import Line
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.rules.others import Others
from motorworks.sequence.state import new_state
from motorworks.sequence.walk import SHARES, new_walk, walk

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

BATCH = 100_000
"""Moves between two looks at the clock."""

HOT, COLD = 0.7, 0.12
"""Temperatures at which a cooling at the scale of an objective begins and ends, in its weights."""


@dataclass
class Found:
    """Where a search stands: its best order of classes, and how it came there."""

    seq: Ints
    cost: float
    moves: int = 0
    accepted: int = 0
    seconds: float = 0.0
    stopped: str = "iterations"


def scales_of(line: Line) -> list[float]:
    """Weights that count, the largest first."""
    weights = {float(weight) for weight in line.ratio["weight"]} | {line.colour_weight}
    return sorted((weight for weight in weights if weight > 0), reverse=True) or [1.0]


def temperature_at(scales: Sequence[float], share: float) -> float:
    """Temperature when a share of the search is done."""
    step = min(int(share * len(scales)), len(scales) - 1)
    within = share * len(scales) - step
    return float(scales[step] * HOT * (COLD / HOT) ** within)


def search(
    line: Line,
    rules: Others,
    first: Ints,
    params: SequenceParams,
    goal: float,
    tell: Callable[[Found], None],
) -> Found:
    """Search from an order on until time, moves, the goal or Ctrl-C end it."""
    began = time.perf_counter()
    state = new_state(line, first)
    here = new_walk(line, state, rules, stream(params.seed, "walk"))
    counted = rules if rules.active else None
    found = Found(first.copy(), float(here.cost[1]))
    scales = scales_of(line)
    try:
        while not _ended(found, params, goal):
            share = _share(found, params)
            temperature = temperature_at(scales, share)
            walk(line, state, counted, here, SHARES, temperature, _batch(found, params))
            found.seconds = time.perf_counter() - began
            found.moves, found.accepted = int(here.tried.sum()), int(here.made.sum())
            if here.cost[1] < found.cost:
                found.cost = float(here.cost[1])
                found.seq[:] = here.best
                tell(found)
    except KeyboardInterrupt:
        found.stopped = "interrupted"
    return found


def _batch(found: Found, params: SequenceParams) -> int:
    return BATCH if params.moves is None else min(BATCH, params.moves - found.moves)


def _share(found: Found, params: SequenceParams) -> float:
    """Share of the search that is done, by moves or by time."""
    moves = found.moves / max(params.moves, 1) if params.moves is not None else 0.0
    spent = found.seconds / params.time_limit_s if params.time_limit_s is not None else 0.0
    return min(max(moves, spent), 1.0)


def _ended(found: Found, params: SequenceParams, goal: float) -> bool:
    """Whether to stop; says why in ``found``."""
    if found.cost <= goal:
        found.stopped = "proven"
    elif params.target is not None and found.cost <= params.target:
        found.stopped = "target"
    elif params.moves is not None and found.moves >= params.moves:
        found.stopped = "iterations"
    elif params.time_limit_s is not None and found.seconds >= params.time_limit_s:
        found.stopped = "time"
    else:
        return False
    return True
