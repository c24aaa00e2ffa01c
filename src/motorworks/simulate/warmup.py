"""The warm-up of a plant that goes on for ever: how much of the start to cut off, by MSER-5.

A run that starts empty has too low a throughput until the plant has filled. MSER cuts where the
mean of the rest is known best: after the d that makes its squared standard error least (K. P.
White, https://doi.org/10.1177/003754979706900601). MSER-5 does so with means of five values each
(S. C. Spratt, Heuristics for the startup problem, University of Virginia 1998). A least value at
the end of the first half says that the run is too short to tell.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import PlantModel, Source
from motorworks.result.simulation import WarmUp
from motorworks.simulate.layout import Layout
from motorworks.simulate.measure import open_until
from motorworks.simulate.params import SimulateParams

Floats = NDArray[np.float64]

BATCH = 5
MOST_STRETCHES = 500
"""Stretches of time whose throughput is looked at; fewer where cars are few."""

CARS_A_STRETCH = 2.0


def mser(values: Floats, batch: int = BATCH) -> tuple[int, Floats]:
    """Find how many batches at the start of a series to cut off.

    Returns
    -------
    int
        Batches to cut off, from 0 to half of them.
    Floats
        (half + 1,) the squared standard error of the mean of what is left after each cut.

    Examples
    --------
    >>> mser(np.array([0.0] * 10 + [4.0, 5.0, 6.0, 5.0, 5.0] * 8))[0]
    2
    """
    count = len(values) // batch
    means = values[: count * batch].reshape(count, batch).mean(axis=1)
    means = means - means.mean() if count else means
    left = np.arange(count, 0, -1)
    sums, squares = np.cumsum(means[::-1])[::-1], np.cumsum(means[::-1] ** 2)[::-1]
    statistic = np.maximum(squares - sums**2 / left, 0.0) / left**2
    statistic = statistic[: count // 2 + 1]
    if not len(statistic):
        return 0, statistic
    rounding = 1e-12 * float(statistic.max())  # a steady series is to be cut nowhere
    return int(np.flatnonzero(statistic <= statistic.min() + rounding)[0]), statistic


def no_warmup(model: PlantModel, params: SimulateParams) -> WarmUp | None:
    """The warm-up where none has to be found; None where it does."""
    if params.warmup_cars:
        said = f"given: until {params.warmup_cars:,} cars have left"
        return WarmUp(0.0 if params.warmup == "mser5" else params.warmup, "given", said)
    if params.warmup != "mser5":
        return WarmUp(params.warmup, "given" if params.warmup else "none", "as the settings say")
    kinds = {one.kind for one in model.elements if isinstance(one, Source) and not one.pieces}
    if model.plan or "cars" in kinds:
        cars = "given cars" if "cars" in kinds else "a plan for each day"
        reason = f"the plant is simulated from its first minute with {cars}, start included"
        return WarmUp(0.0, "none", reason)
    return None


def find_warmup(
    layout: Layout, exits: Sequence[Floats], end: float
) -> tuple[WarmUp, list[tuple[int, float, float, float | None, bool]]]:
    """Find the warm-up from pilots, each given by the minutes at which cars left it.

    Throughput is counted in stretches of open time, so that nights do not look like a start.

    Returns
    -------
    WarmUp
        The cut, in minutes of the span.
    list
        Rows of ``sim_warmup``.
    """
    reach = float(open_until(layout.hours, np.array([end]))[0])
    cars = min((len(times) for times in exits), default=0)
    count = int(min(MOST_STRETCHES, cars / CARS_A_STRETCH)) // BATCH * BATCH
    if count < 2 * BATCH or reach <= 0.0:
        reason = f"too few cars leave in a pilot ({cars}) to find a warm-up"
        return WarmUp(0.0, "none", reason, settled=False), []
    width = reach / count
    edges: Floats = width * np.arange(count + 1, dtype=np.float64)
    opened = [open_until(layout.hours, times[times <= end]) for times in exits]
    rates = np.mean([np.histogram(at, edges)[0] for at in opened], axis=0) * 60.0 / width
    cut, statistic = mser(rates)
    begins = _minutes_of(layout, np.asarray(edges[:-1]), end)
    minutes = float(begins[cut * BATCH])
    settled = cut < len(statistic) - 1
    reason = f"found by MSER-5 from {len(exits)} pilots and {count} stretches of {width:,.4g} min"
    if not settled:
        reason += "; throughput still moves at half of the span, which is too short"
    rows = [
        (n + 1, float(begins[n]), float(rates[n]),
         float(statistic[n // BATCH]) if n % BATCH == 0 and n // BATCH < len(statistic) else None,
         n >= cut * BATCH)
        for n in range(count)
    ]  # fmt: skip
    return WarmUp(minutes, "mser5", reason, settled), rows


def _minutes_of(layout: Layout, opened: Floats, end: float) -> Floats:
    """Minutes of the span at which the plant has been open for so long."""
    if layout.hours is None:
        return opened
    spans = layout.hours.open[layout.hours.open[:, 0] < end]
    done = np.append(0.0, np.cumsum(spans[:, 1] - spans[:, 0]))
    place = np.clip(np.searchsorted(done, opened, side="right") - 1, 0, len(spans) - 1)
    return np.asarray(spans[place, 0] + opened - done[place])
