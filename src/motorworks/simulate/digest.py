"""One replication in brief: a row of the table of replications, and arrays to take means of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import ENDLESS, Buffer
from motorworks.simulate.layout import Layout
from motorworks.simulate.measure import open_until
from motorworks.simulate.oee import oee_of_elements
from motorworks.simulate.order import adherence, changes, last_times
from motorworks.simulate.tally import STATES, Tally, Visits

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

WORKING, BREAK = STATES.index("working"), STATES.index("break")


@dataclass(frozen=True)
class Digest:
    """What is kept of a replication.

    ``row`` is its row of ``sim_replications``. ``means`` are arrays of which means and intervals
    are made. ``levels`` (minutes, contents) and ``visits`` are kept where they are shown; visits
    with the type of each, -1 where it is not known.
    """

    row: Mapping[str, Any]
    means: Mapping[str, Floats]
    levels: tuple[Floats, NDArray[np.int32]] | None = None
    visits: tuple[Visits, Integers] | None = None


def digest(
    layout: Layout, tally: Tally, replication: int, sample_min: float, *, show: bool = False
) -> Digest:
    """Boil a replication down.

    Parameters
    ----------
    layout
        Of the plant.
    tally
        What the replication left behind.
    replication
        Its number.
    sample_min
        Minutes between samples of the contents.
    show
        Whether to keep the samples themselves.
    """
    minutes: Floats = sample_min * np.arange(len(tally.levels), dtype=np.float64)
    steady = tally.levels[minutes >= tally.warmup]
    row = _row(layout, tally, replication)
    means = {
        **_of_elements(layout, tally),
        "levels": _levels(layout, steady),
        "shops": _shops(layout, tally, steady),
        "lead": _lead(layout, tally),
        "days": _days(layout, tally),
        "order": np.array([_order(layout, tally, point) for point in layout.points]).reshape(-1, 7),
        "oee": oee_of_elements(layout, tally),
    }
    visits = None if tally.visits is None else (tally.visits, _types(layout, tally, tally.visits))
    return Digest(row, means, (minutes, tally.levels) if show else None, visits)


def _row(layout: Layout, tally: Tally, replication: int) -> dict[str, Any]:
    after = _steady(tally)
    cars = int(after.sum())
    hours = open_until(layout.hours, np.array([tally.warmup, tally.end]))
    days = float(hours[1] - hours[0]) / layout.day_min
    busy = layout.servers > 0
    servers = layout.servers[busy]
    working = tally.states[busy, WORKING] / servers
    opened = tally.states.sum(axis=1) - tally.states[:, BREAK]
    last = [float(opened[n] / layout.servers[n]) for n in layout.last]
    open_min = max(last, default=float(hours[1] - hours[0]))
    lead = (tally.exit_time - tally.entered)[after]
    return {
        "replication": replication,
        "cars": cars,
        "days": days,
        "open_hours": open_min / 60.0,
        "cars_a_day": _share(cars, days),
        "jph_net": _share(60.0 * cars, open_min),
        "jph_gross": _share(60.0 * cars, float(working.max(initial=0.0))),
        "lead_time": float(lead.mean()) if cars else None,
        "content": float(tally.content[layout.shop_of >= 0].sum()),
        "came_in": tally.came_in,
        "out": len(tally.exit_time),
        "inside": tally.inside,
        "scrapped": tally.scrapped,
        "warmup": tally.warmup,
        "end": tally.end,
        "events": tally.events,
    }


def _steady(tally: Tally) -> NDArray[np.bool_]:
    """Which of the cars that left did so since the warm-up was over."""
    return (tally.exit_time > tally.warmup) | (tally.warmup == 0.0)


def _types(layout: Layout, tally: Tally, visits: Visits) -> Integers:
    """Type of the car of each visit, by the list of cars or by those that left; -1 for others."""
    cars = layout.model.cars if layout.listed else None
    listed = 0 if cars is None else len(cars.type)
    most = int(max(visits.car.max(initial=-1), tally.exit_car.max(initial=-1))) + 1
    kinds = np.full(max(listed, most), -1, dtype=np.int64)
    kinds[tally.exit_car] = tally.exit_type
    if cars is not None:
        kinds[:listed] = cars.type
    return np.where(layout.of_cars[visits.element], kinds[visits.car], -1)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0.0 else None


def _of_elements(layout: Layout, tally: Tally) -> dict[str, Floats]:
    """Figures by element; shares are NaN where there is nothing to take a share of."""
    total = tally.states.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        states = 100.0 * tally.states / total
        good = 100.0 * (1.0 - tally.bad / tally.worked.astype(np.float64))
    return {
        "states": states,
        "minutes": tally.states,
        "halts": tally.halts.astype(np.float64),
        "first_pass": good,
        "content": tally.content,
        "peak": tally.peak.astype(np.float64),
        "left": tally.passed.astype(np.float64),
        "worked": tally.worked.astype(np.float64),
        "bad": tally.bad.astype(np.float64),
        "setups": tally.setups.astype(np.float64),
        "utility": tally.utility,
        "stops": tally.stops.astype(np.float64),
        "stop_min": tally.stop_min,
    }


def _days(layout: Layout, tally: Tally) -> Floats:
    """(days,) cars that left on each day."""
    gone = np.searchsorted(tally.exit_time, np.append(layout.day_begins, np.inf))
    return np.diff(gone).astype(np.float64)


def _levels(layout: Layout, steady: NDArray[np.int32]) -> Floats:
    """(n, 5) quantiles of the contents, and shares of samples in which it is empty and full."""
    count = len(layout.model.elements)
    if not len(steady):
        return np.full((count, 5), np.nan)
    places = np.array([
        one.capacity if isinstance(one, Buffer) and one.capacity != ENDLESS else np.inf
        for one in layout.model.elements
    ])  # fmt: skip
    return np.column_stack([
        *np.quantile(steady, (0.05, 0.5, 0.95), axis=0),
        100.0 * (steady == 0).mean(axis=0),
        100.0 * (steady >= places).mean(axis=0),
    ])  # fmt: skip


def _shops(layout: Layout, tally: Tally, steady: NDArray[np.int32]) -> Floats:
    """(1 + shops, 5) contents of the plant and of each shop: mean, quantiles, most."""
    groups = [layout.shop_of >= 0, *(layout.shop_of == n for n in range(len(layout.shops)))]
    rows = []
    for group in groups:
        seen = steady[:, group].sum(axis=1)
        quantiles = np.quantile(seen, (0.05, 0.5, 0.95, 1.0)) if len(seen) else [np.nan] * 4
        rows.append([float(tally.content[group].sum()), *quantiles])
    return np.array(rows)


def _lead(layout: Layout, tally: Tally) -> Floats:
    """(1 + types, 6) lead times of all cars and by type: cars, mean, quantiles, most."""
    after = _steady(tally)
    lead, kind = (tally.exit_time - tally.entered)[after], tally.exit_type[after]
    groups = [lead, *(lead[kind == n] for n in range(len(layout.model.types)))]
    return np.array([
        [len(one), one.mean(), *np.quantile(one, (0.05, 0.5, 0.95)), one.max()]
        if len(one) else [0.0, *[np.nan] * 5]
        for one in groups
    ])  # fmt: skip


def _order(layout: Layout, tally: Tally, point: int) -> list[float]:
    """Cars, share in order, displacement, and changes of colour behind an element."""
    order = last_times(tally.order_at[point])
    kept = adherence(order)
    cars = layout.model.cars if layout.listed and len(layout.model.colours) > 1 else None
    coloured = np.nan if cars is None else float(changes(cars.colour[order]))
    return [
        kept.cars, kept.in_order_pct, kept.mean, kept.p50, kept.p95, kept.most, coloured,
    ]  # fmt: skip
