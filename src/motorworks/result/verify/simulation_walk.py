"""The visits of a replication as arrays, and how a rule objects to some of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from motorworks.result.simulation import SimulationResult
from motorworks.result.verify.findings import Ledger
from motorworks.result.verify.simulation_given import EXACT, Given

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Marks = NDArray[np.bool_]

_LISTED = 5


@dataclass(frozen=True)
class Walk:
    """Visits of one replication in the order of leaving, and what is told of the replication.

    Times that had not come are NaN. ``row`` is its row of ``sim_replications``; ``levels`` are its
    samples where it is the first one. ``onward``: whether another visit of the same car follows.
    """

    number: int
    car: Integers
    vehicle: NDArray[Any]
    place: Integers
    server: Integers
    arrived: Floats
    started: Floats
    ended: Floats
    left: Floats
    blocked: Floats
    failed: Floats
    onward: Marks
    row: dict[str, float]
    levels: pl.DataFrame

    @property
    def end(self) -> float:
        """Minute at which the span ended."""
        return self.row["end"]

    def at(self, place: int) -> Integers:
        """Rows of the visits to an element."""
        return np.flatnonzero(self.place == place)

    def gone(self) -> Floats:
        """When each visit was over, as far as the span tells: its end where it was not."""
        return np.where(np.isnan(self.left), self.end, self.left)


def visits_of(given: Given, result: SimulationResult) -> Iterator[Walk]:
    """The replications whose visits are told; names that are none of the plant's are left out."""
    table = result.tables.get("sim_visits")
    told = result.tables.get("sim_replications")
    if table is None or told is None or not table.height:
        return
    levels = result.tables.get("sim_levels", pl.DataFrame())
    for row in told.iter_rows(named=True):
        number = row["replication"]
        own = table.filter(pl.col("replication") == number)
        if not own.height:
            continue
        place = np.array([given.place.get(name, -1) for name in own["element"]], dtype=np.int64)
        inner = [n >= 0 and n not in given.sources and n not in given.exits for n in place]
        keep = np.array(inner, dtype=np.bool_)

        def times(name: str, own: pl.DataFrame = own, keep: Marks = keep) -> Floats:
            return own[name].cast(pl.Float64).fill_null(np.nan).to_numpy()[keep]

        yield Walk(
            number=number,
            car=own["car"].to_numpy()[keep],
            vehicle=np.array(own["vehicle"].to_list(), dtype=object)[keep],
            place=place[keep],
            server=own["server"].to_numpy()[keep],
            arrived=times("arrived"),
            started=times("started"),
            ended=times("ended"),
            left=times("left"),
            blocked=times("blocked"),
            failed=times("failed"),
            onward=_onward(given, own["car"].to_numpy()[keep], place[keep]),
            row=row,
            levels=levels if number == 1 else levels.clear(),
        )


def _onward(given: Given, car: Integers, place: Integers) -> Marks:
    """Whether another visit of the same car follows; pieces have numbers of their own."""
    of_cars = np.isin(place, list(given.of_cars))
    order = np.lexsort((np.arange(len(car)), car, of_cars))
    one, other = order[:-1], order[1:]
    onward = np.zeros(len(car), dtype=np.bool_)
    onward[one] = (car[one] == car[other]) & (of_cars[one] == of_cars[other])
    return onward


def object_to(
    ledger: Ledger, rule: str, given: Given, walk: Walk, wrong: Marks | Integers, said: str
) -> None:
    """Write down visits that a rule objects to."""
    rows = np.flatnonzero(wrong) if wrong.dtype == np.bool_ else wrong
    for n in rows[:_LISTED]:
        name = given.model.elements[walk.place[n]].name
        where = f"replication {walk.number}, car {walk.car[n]} at {name}"
        ledger.add(rule, where, f"{where}, from minute {walk.arrived[n]:,.3f}: {said}")


def most_at_a_time(begin: Floats, end: Floats, weight: Floats | None = None) -> tuple[float, float]:
    """Most of what lasts from begin to end (NaN: for ever) at a time, and when."""
    if not len(begin):
        return 0, 0.0
    weight = np.ones(len(begin)) if weight is None else weight
    there = ~np.isnan(end)
    moments = np.concatenate([begin, end[there] - EXACT])  # who leaves makes room for who comes
    steps = np.concatenate([weight, -weight[there]])
    order = np.lexsort((steps, moments))
    held = np.cumsum(steps[order])
    peak = int(np.argmax(held))
    return float(round(held[peak], 9)), float(moments[order][peak])
