"""From means over replications to the result tables."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from motorworks.case.case import dtype_of
from motorworks.case.column import Record, columns_of
from motorworks.case.plant_model import ENDLESS, Buffer, Segment
from motorworks.result import simulation_records as records
from motorworks.simulate.gathered import Gathered
from motorworks.simulate.oee import shop_oee
from motorworks.simulate.tally import HALTS, STATES

Floats = NDArray[np.float64]
Rows = Iterable[Sequence[Any]]

SUMMARY = {
    "cars_a_day": "vehicles/day",
    "jph_net": "vehicles/h",
    "jph_gross": "vehicles/h",
    "lead_time": "min",
    "content": "vehicles",
    "scrapped": "vehicles",
}
"""What stands in the summary, a column of the table of replications each, and its unit."""


def decode(gathered: Gathered, warmup_rows: Rows = ()) -> dict[str, pl.DataFrame]:
    """All tables of a simulation but those of bottlenecks and gains.

    Parameters
    ----------
    gathered
        What replications found.
    warmup_rows
        Rows of ``sim_warmup``.
    """
    own: dict[type[Record], Rows] = {
        records.SimSummary: _summary(gathered),
        records.SimElement: _elements(gathered),
        records.SimBuffer: _buffers(gathered),
        records.SimContent: _content(gathered),
        records.SimLeadTime: _lead_times(gathered),
        records.SimDay: _days(gathered),
        records.SimStop: _stops(gathered),
        records.SimOrder: _order(gathered),
        records.SimOee: _oee(gathered),
        records.SimReplication: (list(row.values()) for row in gathered.rows),
        records.SimWarmup: warmup_rows,
    }
    tables = {record.TABLE: _table(record, rows) for record, rows in own.items()}
    tables["sim_levels"], tables["sim_visits"] = _levels(gathered), _visits(gathered)
    return tables


def _schema(record: type[Record]) -> dict[str, pl.DataType]:
    return {column.name: dtype_of(column) for column in columns_of(record)}


def _table(record: type[Record], rows: Rows) -> pl.DataFrame:
    """Rows as a table; NaN becomes blank."""
    frame = pl.DataFrame([list(row) for row in rows], schema=_schema(record), orient="row")
    return frame.with_columns(pl.col(pl.Float64).fill_nan(None))


def _summary(gathered: Gathered) -> Rows:
    for measure, unit in SUMMARY.items():
        one = gathered[f"row {measure}"]
        mean, half = float(one.mean), float(gathered.half(f"row {measure}"))
        assumed = gathered.layout.model.net_rate if measure == "jph_net" else None
        yield (measure, unit, mean, half, mean - half, mean + half, float(one.spread),
               int(one.count), assumed)  # fmt: skip


def _elements(gathered: Gathered) -> Rows:
    layout, mean = gathered.layout, gathered.mean
    halves = gathered.half("states")
    for n in np.flatnonzero(layout.servers):
        one = layout.model.elements[n]
        kind = "segment" if isinstance(one, Segment) else "station"
        figures = (mean(name)[n] for name in ("content", "left", "worked", "first_pass", "setups",
                                              "utility"))  # fmt: skip
        yield (one.name, one.shop, kind, int(layout.servers[n]), *mean("states")[n], *halves[n],
               *map(float, figures))  # fmt: skip


def _buffers(gathered: Gathered) -> Rows:
    mean = gathered.mean
    for n, one in enumerate(gathered.layout.model.elements):
        if isinstance(one, Buffer):
            p05, p50, p95, empty, full = mean("levels")[n]
            yield (
                one.name, one.shop, None if one.capacity == ENDLESS else one.capacity,
                float(mean("content")[n]), float(gathered.half("content")[n]), p05, p50, p95,
                int(gathered["peak"].most[n]), empty, full, float(mean("left")[n]),
            )  # fmt: skip


def _levels(gathered: Gathered) -> pl.DataFrame:
    """Samples of the first replication, by column: there may be many."""
    schema = _schema(records.SimLevel)
    elements = gathered.layout.model.elements
    shown = [n for n, one in enumerate(elements) if isinstance(one, Buffer | Segment)]
    if gathered.levels is None or not shown:
        return pl.DataFrame(schema=schema)
    minutes, levels = gathered.levels
    names = pl.Series([elements[n].name for n in shown], dtype=pl.String)
    columns = {
        "minute": np.repeat(minutes, len(shown)),
        "element": names[np.tile(np.arange(len(shown)), len(minutes))],
        "content": levels[:, shown].ravel().astype(np.int64),
    }
    return pl.DataFrame(columns, schema=schema)


def _content(gathered: Gathered) -> Rows:
    for n, shop in enumerate(("all", *gathered.layout.shops)):
        mean, p05, p50, p95, _ = gathered.mean("shops")[n]
        most = float(gathered["shops"].most[n, 4])
        yield shop, mean, float(gathered.half("shops")[n, 0]), p05, p50, p95, most


def _lead_times(gathered: Gathered) -> Rows:
    for n, vehicle in enumerate(("all", *gathered.layout.model.types)):
        cars, mean, p05, p50, p95, _ = gathered.mean("lead")[n]
        most = float(gathered["lead"].most[n, 5])
        yield vehicle, cars, mean, float(gathered.half("lead")[n, 1]), p05, p50, p95, most


def _days(gathered: Gathered) -> Rows:
    plan = gathered.layout.model.plan
    running, planned_sum, cars_sum = gathered["days"], 0, 0.0
    for day in range(gathered.layout.days):
        planned = plan[day] if day < len(plan) else None
        planned_sum, cars_sum = planned_sum + (planned or 0), cars_sum + float(running.mean[day])
        yield (
            day + 1, planned, float(running.mean[day]), float(gathered.half("days")[day]),
            int(running.least[day]), int(running.most[day]), planned_sum if plan else None,
            cars_sum,
        )  # fmt: skip


def _stops(gathered: Gathered) -> Rows:
    """Failures one by one, then what else held elements up, as far as it came about."""
    model, mean = gathered.layout.model, gathered.mean
    for n, failure in enumerate(model.failures):
        one = model.elements[failure.element]
        stops, minutes = float(mean("stops")[n]), float(mean("stop_min")[n])
        yield (
            one.name, failure.name, failure.place, one.shop, stops,
            float(gathered.half("stops")[n]), minutes, float(gathered.half("stop_min")[n]),
            minutes / stops if stops else None,
        )  # fmt: skip
    for n in np.flatnonzero(gathered.layout.servers).tolist():
        one = model.elements[n]
        for cause in HALTS:
            state, halt = STATES.index(cause), HALTS.index(cause)
            stops, minutes = float(mean("halts")[n, halt]), float(mean("minutes")[n, state])
            if minutes > 0.0:
                yield (
                    one.name, cause, "", one.shop, stops, float(gathered.half("halts")[n, halt]),
                    minutes, float(gathered.half("minutes")[n, state]),
                    minutes / stops if stops else None,
                )  # fmt: skip


def _order(gathered: Gathered) -> Rows:
    halves = gathered.half("order")
    for n, point in enumerate(gathered.layout.points):
        one = gathered.layout.model.elements[point]
        cars, in_order, mean, p50, p95, _, colours = gathered.mean("order")[n]
        most = float(gathered["order"].most[n, 5])
        yield (one.name, one.shop, cars, in_order, float(halves[n, 1]), mean, p50, p95, most,
               colours, float(halves[n, 6]))  # fmt: skip


def _oee(gathered: Gathered) -> Rows:
    names = ("minutes", "worked", "bad", "oee")
    for one in shop_oee(gathered.layout, {name: gathered.mean(name) for name in names}):
        element = gathered.layout.model.elements[one.element].name
        shares = (one.availability, one.effectiveness, one.quality, one.oee)
        half = float(gathered.half("oee")[one.element, 1])
        yield (one.shop, element, one.planned_h, one.producing_h,
               *(100.0 * share for share in shares), 100.0 * half)  # fmt: skip


def _visits(gathered: Gathered) -> pl.DataFrame:
    """Visits of replications one after the other, by column: there may be millions."""
    schema, layout = _schema(records.SimVisit), gathered.layout
    names = pl.Series([one.name for one in layout.model.elements], dtype=pl.String)
    vehicles = pl.Series([*layout.model.types, None], dtype=pl.String)
    parts = []
    for number, (visits, kinds) in gathered.visits.items():
        columns = {
            "replication": np.full(len(visits.car), number, dtype=np.int64),
            "car": visits.car,
            "element": names[visits.element],
            "arrived": visits.arrived,
            "vehicle": vehicles[np.where(kinds < 0, len(layout.model.types), kinds)],
            "piece": ~layout.of_cars[visits.element],
            "server": visits.server.astype(np.int64),
            "started": visits.started,
            "ended": visits.ended,
            "left": visits.left,
            "blocked": visits.blocked,
            "failed": visits.failed,
        }
        parts.append(pl.DataFrame(columns, schema=schema))
    whole = pl.concat(parts) if parts else pl.DataFrame(schema=schema)
    return whole.with_columns(pl.col(pl.Float64).fill_nan(None))
