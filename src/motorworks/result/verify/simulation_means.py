"""Means over the replications, worked out again where the visits of all of them are there."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from motorworks.case.plant_model import Station
from motorworks.result.simulation import SimulationResult
from motorworks.result.verify.findings import Ledger
from motorworks.result.verify.simulation_given import EXACT, Given
from motorworks.result.verify.simulation_walk import Walk

Floats = NDArray[np.float64]
Row = dict[str, Any]


def _hold(
    ledger: Ledger, rule: str, row: Row, key: str, due: dict[str, list[float]]
) -> None:  # fmt: skip
    """Hold figures of a row against the means of what was found in each replication."""
    for name, values in due.items():
        known = [value for value in values if not np.isnan(value)]
        if not known:
            continue
        ledger.checked[rule] += 1
        mean, told = float(np.mean(known)), row[name]
        if told is None or abs(told - mean) > EXACT * max(1.0, abs(mean)):
            where = f"{row[key]}, {name}"
            ledger.add(
                rule, where, f"{where}: {mean:,.9g} by the visits, told is {told}", told, mean
            )


def elements(
    ledger: Ledger, rule: str, given: Given, walks: Sequence[Walk], result: SimulationResult
) -> None:
    """Content, cars that left, and work where nothing but cars begins or ends it."""
    stopped = {one.element for one in given.model.failures}
    stopped |= {one.element for one in given.model.maintenance}
    stopped |= {place for place in range(len(given.model.elements)) if given.does_again(place)}
    for table in ("sim_elements", "sim_buffers"):
        for row in result.tables.get(table, pl.DataFrame()).iter_rows(named=True):
            place = given.place[row["element"]]
            one = given.model.elements[place]
            due = {
                "content": [_lasting(walk, place, walk.arrived, walk.gone()) for walk in walks],
            }
            _hold(ledger, rule, row, "element", due)
            _left(ledger, rule, given, walks, row)
            if isinstance(one, Station) and one.calendar is None and place not in stopped:
                busy = [
                    100.0 * _lasting(walk, place, walk.started, walk.ended) / one.servers
                    for walk in walks
                ]
                told = {"element": row["element"], "work": row["working"] + row["setup"]}
                _hold(ledger, rule, told, "element", {"work": busy})


def _warm(walk: Walk) -> float:
    return walk.row["warmup"]


def _left(ledger: Ledger, rule: str, given: Given, walks: Sequence[Walk], row: Row) -> None:
    """Cars that left an element since the warm-up, those scrapped there left out.

    One that left as the warm-up ended counts or not; so does one behind whose visit no other comes,
    where cars are scrapped and leave the plant.
    """
    place = given.place[row["element"]]
    least, most = [], []
    for walk in walks:
        rows = walk.at(place)
        rows = rows[~np.isnan(walk.left[rows])]
        sure = np.ones(len(rows), dtype=np.bool_)
        if given.loses(place):
            sure = walk.onward[rows]
            rows, sure = (rows, sure) if given.leads_out(place) else (rows[sure], sure[sure])
        inside = walk.left[rows] > _warm(walk) + (EXACT if _warm(walk) else -1.0)
        least.append(int((inside & sure).sum()))
        most.append(int((walk.left[rows] >= _warm(walk) - EXACT).sum()))
    ledger.checked[rule] += 1
    if not np.mean(least) - EXACT <= row["left"] <= np.mean(most) + EXACT:
        where = f"{row['element']}, left"
        message = f"{where}: {np.mean(least):,.9g} by the visits, told is {row['left']:,.9g}"
        ledger.add(rule, where, message, row["left"], float(np.mean(least)))


def _lasting(walk: Walk, place: int, begin: Floats, end: Floats) -> float:
    """Mean number of what lasts from begin to end at an element since the warm-up."""
    rows = walk.at(place)
    rows = rows[~np.isnan(begin[rows])]
    over = np.where(np.isnan(end[rows]), walk.end, end[rows])
    lasting = np.maximum(over - np.maximum(begin[rows], _warm(walk)), 0.0).sum()
    span = walk.end - _warm(walk)
    return float(lasting / span) if span > 0.0 else float("nan")


def lead_times(
    ledger: Ledger, rule: str, given: Given, walks: Sequence[Walk], result: SimulationResult
) -> None:
    """Lead times by vehicle, where each car that is not inside has left by the exit."""
    if any(walk.row["scrapped"] for walk in walks):
        return
    found = [_trips(given, walk) for walk in walks]
    for row in result.tables.get("sim_lead_times", pl.DataFrame()).iter_rows(named=True):
        due: dict[str, list[float]] = {name: [] for name in ("cars", "mean", "p05", "p50", "p95")}
        for lead, vehicle in found:
            own = lead if row["vehicle"] == "all" else lead[vehicle == row["vehicle"]]
            due["cars"].append(float(len(own)))
            due["mean"].append(float(own.mean()) if len(own) else np.nan)
            for name, share in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
                due[name].append(float(np.quantile(own, share)) if len(own) else np.nan)
        _hold(ledger, rule, row, "vehicle", due)


def _trips(given: Given, walk: Walk) -> tuple[Floats, NDArray[Any]]:
    """Lead time and vehicle of each car that left since the warm-up."""
    first: dict[int, float] = {}
    last: dict[int, float] = {}
    kind: dict[int, str | None] = {}
    for n in range(len(walk.car)):
        car, place = int(walk.car[n]), int(walk.place[n])
        if place in given.of_cars:
            first[car] = min(first.get(car, np.inf), walk.arrived[n])
            left = np.inf if np.isnan(walk.left[n]) else float(walk.left[n])
            last[car] = max(last.get(car, -np.inf), left)
            kind[car] = walk.vehicle[n]
    out = [car for car, left in last.items() if _warm(walk) < left < np.inf]
    lead = np.array([last[car] - first[car] for car in out], dtype=np.float64)
    return lead, np.array([kind[car] for car in out], dtype=object)


def order(
    ledger: Ledger, rule: str, given: Given, walks: Sequence[Walk], result: SimulationResult
) -> None:
    """What became of the planned order behind an element, counted pair by pair."""
    cars = given.model.cars
    for row in result.tables.get("sim_order", pl.DataFrame()).iter_rows(named=True):
        place = given.place[row["element"]]
        lossy = given.loses(place) and any(walk.row["scrapped"] for walk in walks)
        if lossy and given.leads_out(place):
            continue  # whether the last visit of a car ends in scrap is not told
        names = ("cars", "in_order", "displaced", "displaced_p50", "displaced_p95",
                 "colour_changes")  # fmt: skip
        due: dict[str, list[float]] = {name: [] for name in names}
        for walk in walks:
            rows = walk.at(place)
            rows = rows[walk.onward[rows]] if lossy else rows
            left = walk.car[rows[~np.isnan(walk.left[rows])]].tolist()
            last = {car: n for n, car in enumerate(left)}
            seen = [car for n, car in enumerate(left) if last[car] == n]
            due["cars"].append(float(len(seen)))
            if not seen:
                continue
            ahead, kept = -1, 0
            for car in seen:
                kept += car > ahead
                ahead = max(ahead, car)
            away = [abs(n - m) for n, m in enumerate(np.argsort(np.argsort(seen)))]
            due["in_order"].append(100.0 * kept / len(seen))
            due["displaced"].append(float(np.mean(away)))
            due["displaced_p50"].append(float(np.percentile(away, 50)))
            due["displaced_p95"].append(float(np.percentile(away, 95)))
            if cars is not None and row["colour_changes"] is not None:
                shades = [int(cars.colour[car]) for car in seen]
                changes = sum(shades[n] != shades[n - 1] for n in range(1, len(shades)))
                due["colour_changes"].append(float(changes))
        _hold(ledger, rule, row, "element", due)


def days(
    ledger: Ledger, rule: str, given: Given, walks: Sequence[Walk], result: SimulationResult
) -> None:
    """Cars that left on each day, where none is scrapped."""
    if any(walk.row["scrapped"] for walk in walks):
        return
    out: list[Floats] = []
    for walk in walks:
        own = np.isin(walk.place, list(given.of_cars))
        gone: dict[int, float] = {}
        for car, left in zip(walk.car[own].tolist(), walk.left[own].tolist(), strict=True):
            gone[car] = max(gone.get(car, 0.0), np.inf if np.isnan(left) else left)
        out.append(np.array([left for left in gone.values() if left < np.inf]))
    known = given.model.day_begins
    for row in result.tables.get("sim_days", pl.DataFrame()).iter_rows(named=True):
        begin, end = (
            known[day] if day < len(known) else 1440.0 * day for day in (row["day"] - 1, row["day"])
        )
        if all(walk.end >= end - EXACT for walk in walks):
            # a car at midnight sharp may count for either day
            sure = [float(((t > begin + EXACT) & (t < end - EXACT)).sum()) for t in out]
            edge = [float((np.minimum(abs(t - begin), abs(t - end)) <= EXACT).sum()) for t in out]
            ledger.checked[rule] += 1
            least, most = float(np.mean(sure)), float(np.mean(sure) + np.mean(edge))
            if not least - EXACT <= row["cars"] <= most + EXACT:
                where = f"day {row['day']}"
                message = f"{where}: {least:,.9g} cars by the visits, told are {row['cars']:,.9g}"
                ledger.add(rule, where, message, row["cars"], least)


MEAN_RULES: dict[
    str, Callable[[Ledger, str, Given, Sequence[Walk], SimulationResult], None]
] = {
    "visits_elements": elements, "visits_lead_times": lead_times, "visits_order": order,
    "visits_days": days,
}  # fmt: skip
"""Rules on the visits of all replications."""
