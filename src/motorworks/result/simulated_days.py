"""The outcome of the stage simulate for the days of a run: one simulation for each plant."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl
from pydantic import create_model

from motorworks.case.case import Case, table_of
from motorworks.case.column import Record, col
from motorworks.case.plant_model import PlantModel
from motorworks.case.plant_of_case import plant_of_case
from motorworks.case.records.line import Level
from motorworks.case.records.sites import ShopRate
from motorworks.result.bottleneck_records import BOTTLENECK_RECORDS, SimTurn
from motorworks.result.car_records import CAR_RECORDS
from motorworks.result.days import DaySequence
from motorworks.result.simulation import Estimate, Simulated, SimulationResult, WarmUp
from motorworks.result.simulation_records import SIMULATION_RECORDS

_LONG = ("sim_visits", "sim_levels")
"""Tables that a run does not keep."""

_ESTIMATES = ("cars_a_day", "jph_net", "jph_gross", "lead_time")


def _in_run(record: type[Record]) -> type[Record]:
    """The record with the name of its simulation, for runs that hold several."""
    made: Any = create_model(
        record.__name__, __base__=record, __doc__=record.__doc__, __module__=record.__module__,
        simulation=(str, col("Simulation: plant and first day", key=True)),
    )  # fmt: skip
    record_in_run: type[Record] = made
    return record_in_run


RUN_RECORDS: tuple[type[Record], ...] = tuple(
    _in_run(record)
    for record in (*SIMULATION_RECORDS, *BOTTLENECK_RECORDS, *CAR_RECORDS)
    if record.TABLE not in _LONG
)
"""Tables of each simulation of a run, with a column for its name."""

SIMULATED_RECORDS: tuple[type[Record], ...] = (*RUN_RECORDS, SimTurn)
"""All tables of the simulations of a run."""


@dataclass(frozen=True)
class SimulatedSpan:
    """Days of a plant that were simulated with the cars that were put in order for them."""

    plant: str
    first: dt.date
    days: int
    level: Level
    result: SimulationResult

    @property
    def name(self) -> str:
        """Plant and first day."""
        return f"{self.plant} {self.first}"


@dataclass(frozen=True)
class SimulatedDays:
    """Simulations of a run, and the turns of plan and simulation where the loop was closed.

    ``rates`` are the rows of ``shop_rates`` as the case describes them, where the plan was given
    measured ones instead: what was simulated is the plant as described.
    """

    spans: tuple[SimulatedSpan, ...]
    turns: tuple[SimTurn, ...] = ()
    rates: tuple[ShopRate, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """Every table over all simulations, and the turns."""
        found = {}
        for record in RUN_RECORDS:
            empty = table_of(record, [])
            parts = [
                span.result.tables[record.TABLE].with_columns(simulation=pl.lit(span.name))
                for span in self.spans
                if record.TABLE in span.result.tables
            ]
            found[record.TABLE] = pl.concat(
                [empty, *(part.select(empty.columns) for part in parts)]
            )
        found[SimTurn.TABLE] = table_of(SimTurn, self.turns)
        return found

    @property
    def stated(self) -> dict[str, Any]:
        """What a run folder says beside the tables; without seconds and cores."""
        return {
            "settings": dict(self.settings),
            "rates": [row.model_dump() for row in self.rates],
            "simulations": [_stated(span) for span in self.spans],
        }

    def described(self, case: Case) -> Case:
        """The case with the paces that its tables describe, not those that were measured."""
        if not self.rates:
            return case
        return case.replace(shop_rates=table_of(ShopRate, self.rates))


def _stated(span: SimulatedSpan) -> dict[str, Any]:
    result = span.result
    return {
        "plant": span.plant, "first": span.first.isoformat(), "days": span.days,
        "level": span.level,
        **{name: asdict(getattr(result, name)) for name in _ESTIMATES},
        "warmup": asdict(result.warmup),
        "simulated": {**asdict(result.simulated), "seconds": 0.0, "workers": 0},
        "settings": dict(result.settings),
    }  # fmt: skip


def read_simulated(tables: Mapping[str, pl.DataFrame], stated: Mapping[str, Any]) -> SimulatedDays:
    """Put the simulations of a run together again from its tables and what it states of them.

    Raises
    ------
    KeyError, TypeError, ValueError
        Where what is stated and the tables do not fit together.
    """
    spans = [_span(tables, entry) for entry in stated["simulations"]]
    turns = [SimTurn(**row) for row in tables[SimTurn.TABLE].iter_rows(named=True)]
    rates = [ShopRate(**row) for row in stated["rates"]]
    return SimulatedDays(tuple(spans), tuple(turns), tuple(rates), stated["settings"])


def _span(tables: Mapping[str, pl.DataFrame], entry: Mapping[str, Any]) -> SimulatedSpan:
    """One simulation again."""
    first = dt.date.fromisoformat(entry["first"])
    name = f"{entry['plant']} {first}"
    own = {
        record.TABLE: tables[record.TABLE].filter(pl.col("simulation") == name).drop("simulation")
        for record in RUN_RECORDS
    }
    result = SimulationResult(
        entry["plant"],
        cars_a_day=_estimate(entry["cars_a_day"]), jph_net=_estimate(entry["jph_net"]),
        jph_gross=_estimate(entry["jph_gross"]), lead_time=_estimate(entry["lead_time"]),
        warmup=WarmUp(**entry["warmup"]), simulated=Simulated(**entry["simulated"]),
        tables=own, settings=entry["settings"],
    )  # fmt: skip
    return SimulatedSpan(entry["plant"], first, int(entry["days"]), entry["level"], result)


def _estimate(entry: Mapping[str, Any]) -> Estimate:
    """An estimate; what is not finite was written as nothing."""
    mean, half = entry["mean"], entry["half"]
    return Estimate(
        math.nan if mean is None else float(mean),
        math.inf if half is None else float(half),
        int(entry["replications"]),
    )


def model_of_span(
    case: Case, plant: str, first: dt.date, days: int, level: Level, cars: Sequence[DaySequence]
) -> PlantModel:
    """The plant on some days, with the cars that were put in order for them.

    Parameters
    ----------
    case
        The resolved case, with the paces that its tables describe.
    plant, first, days, level
        What is simulated.
    cars
        Days in order; those of other spans are passed over.
    """
    last = first + dt.timedelta(days=days - 1)
    own = [one for one in cars if first <= one.date <= last]
    return plant_of_case(case, plant, first=first, days=days, level=level, cars=own)
