"""CP-SAT on parts of a day in turn, for days whose whole model is too large.

Classes times positions of a day of 5,000 cars make ten million booleans. So a stretch of positions
is freed at a time, most costly first, its model solved from the order as it stands, and the better
order kept: large neighbourhood search with CP-SAT, the strongest use of it at this size.
"""

import time
from collections.abc import Sequence

import numpy as np

from bench.sequence_model import DayModel, Found
from motorworks.case.line_day import LineDay

WIDTH = 120
"""Positions freed at a time."""

TURN_S = 10.0
"""Most seconds of solving for one stretch."""


def improve(day: LineDay, start: Sequence[int], seconds: float, workers: int, seed: int) -> Found:
    """Improve an order stretch by stretch until the time is over."""
    rng = np.random.default_rng(seed)
    began = time.perf_counter()
    order, turns = list(start), 0
    shift = 0
    while time.perf_counter() - began < seconds:
        firsts = range(shift, max(1, day.count - WIDTH // 2), WIDTH)
        for first in rng.permutation(np.array(firsts)).tolist():
            left = seconds - (time.perf_counter() - began)
            if left <= 0:
                break
            part = DayModel(day, order, first, min(day.count, first + WIDTH))
            order = part.solve(min(TURN_S, left), workers, seed, hint=True).order
            turns += 1
        shift = (shift + WIDTH // 2) % WIDTH if day.count > WIDTH else 0
    took = time.perf_counter() - began
    return Found(order, None, float("-inf"), 0.0, took, "TIME", f"{turns} stretches of {WIDTH}")
