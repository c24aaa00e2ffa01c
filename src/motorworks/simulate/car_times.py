"""Cars one by one: when each was in each shop, and how the plant kept to its schedule.

Build to schedule is volume x mix x sequence of a day (Build-To-Schedule, a measure that carmakers
use; https://www.arda.cards/lean-glossary/build-to-schedule): the share of planned cars that were
built, of built cars that were wanted, and of built cars that came in the planned order.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from motorworks.case.case import table_of
from motorworks.case.plant_model import Exit, PlantModel
from motorworks.result.car_records import ScheduleDay, SimCar
from motorworks.simulate.measure import day_edges
from motorworks.simulate.params import DAY_MIN


def with_cars(tables: dict[str, pl.DataFrame], model: PlantModel) -> dict[str, pl.DataFrame]:
    """Result tables of a simulation with those on cars one by one.

    Parameters
    ----------
    tables
        Of a simulation of which visits of the first replication were kept.
    model
        The plant, with its planned cars.
    """
    cars = sim_cars(model, tables["sim_visits"])
    days = table_of(ScheduleDay, build_to_schedule(model, cars))
    return {**tables, SimCar.TABLE: cars, ScheduleDay.TABLE: days}


def sim_cars(model: PlantModel, visits: pl.DataFrame) -> pl.DataFrame:
    """When each car was in each shop, from the visits of the first replication."""
    empty = table_of(SimCar, [])
    if model.cars is None or not visits.height:
        return empty
    shops = pl.DataFrame({
        "element": [one.name for one in model.elements],
        "shop": [one.shop for one in model.elements],
        "last": [number in _before_exit(model) for number in range(len(model.elements))],
    })  # fmt: skip
    own = visits.filter((pl.col("replication") == 1) & ~pl.col("piece"))
    latest = pl.col("arrived") == pl.col("arrived").max().over("car")
    by_shop = (
        own.join(shops, on="element")
        .with_columns(out=latest & pl.col("last") & pl.col("left").is_not_null())
        .group_by("car", "shop")
        .agg(
            pl.col("vehicle").first(),
            pl.col("arrived").min().alias("entered"),
            pl.when(pl.col("left").is_null().any())
            .then(None)
            .otherwise(pl.col("left").max())
            .alias("left"),
            pl.col("out").any(),
        )
        .with_columns(out=pl.col("out") & pl.col("left").is_not_null())
        .sort("car", "entered", "shop")
    )
    names = model.cars.name or tuple(str(n) for n in range(len(model.cars.day)))
    known = pl.DataFrame({
        "car": np.arange(len(names), dtype=np.int64), "order": list(names),
        "day": model.cars.day.astype(np.int64) + 1,
    })  # fmt: skip
    return by_shop.join(known, on="car", how="inner", maintain_order="left").select(empty.columns)


def _before_exit(model: PlantModel) -> set[int]:
    """Elements from which cars leave the plant finished."""
    return {flow.origin for flow in model.flows if isinstance(model.elements[flow.target], Exit)}


@dataclass(frozen=True)
class _Leaving:
    """A finished car: its number, its vehicle, the days planned and built from 1, the minute."""

    car: int
    vehicle: str
    planned: int
    minute: float
    day: int


def build_to_schedule(model: PlantModel, cars: pl.DataFrame) -> list[ScheduleDay]:
    """How the plant kept to its schedule, day by day.

    Cars take a while through the plant: those planned for a day are due to leave as many working
    days later as most of them do. Days at whose beginning the plant was not yet full have no row.
    """
    planned = _planned(model, cars)
    left = _left(model, cars)
    if not planned or not left:
        return []
    working = sorted({*planned, *(one.day for one in left)})
    place = {day: number for number, day in enumerate(working)}
    lags = Counter(max(0, place[one.day] - place[one.planned]) for one in left)
    lag = min(lags, key=lambda days: (-lags[days], days))
    ordered = sorted(left, key=lambda one: (one.minute, one.car))
    in_order = _in_order([one.car for one in ordered])
    rows = []
    for number, day in enumerate(working):
        due = planned.get(working[number - lag], Counter()) if number >= lag else Counter()
        if due:
            built = [(one, kept) for one, kept in zip(ordered, in_order, strict=True)
                     if one.day == day]  # fmt: skip
            rows.append(_row(day, lag, due, built))
    return rows


def _planned(model: PlantModel, cars: pl.DataFrame) -> dict[int, Counter[str]]:
    """Cars of each vehicle by the day for which they are planned, those not begun included."""
    if model.cars is None or not cars.height:
        return {}
    found: dict[int, Counter[str]] = {}
    days, kinds = model.cars.day.tolist(), model.cars.type.tolist()
    for day, kind in zip(days, kinds, strict=True):
        found.setdefault(day + 1, Counter())[vehicle_of(model.types[kind])] += 1
    return found


def vehicle_of(kind: str) -> str:
    """Vehicle of a type, whose name may go on with the options that change its work.

    Examples
    --------
    >>> vehicle_of("arkana+sunroof"), vehicle_of("arkana")
    ('arkana', 'arkana')
    """
    return kind.split("+", 1)[0]


def _left(model: PlantModel, cars: pl.DataFrame) -> list[_Leaving]:
    done = cars.filter("out").select("car", "vehicle", "day", "left")
    last = float(done["left"].max() or 0.0)  # type: ignore[arg-type]
    edges = day_edges(model, int(last / DAY_MIN) + 1)
    days = np.searchsorted(edges, done["left"].to_numpy(), side="right")
    return [
        _Leaving(car, vehicle_of(vehicle), planned, minute, int(day))
        for (car, vehicle, planned, minute), day in zip(done.iter_rows(), days, strict=True)
    ]


def _in_order(cars: Sequence[int]) -> list[bool]:
    """Whether each car left before every car planned after it: nothing later went ahead."""
    found, furthest = [], -1
    for car in cars:
        found.append(car > furthest)
        furthest = max(furthest, car)
    return found


def _row(
    day: int, lag: int, due: Counter[str], built: Sequence[tuple[_Leaving, bool]]
) -> ScheduleDay:
    made = Counter(one.vehicle for one, _ in built)
    planned, count = sum(due.values()), len(built)
    in_mix = sum(min(made[vehicle], wanted) for vehicle, wanted in due.items())
    in_sequence = sum(kept for _, kept in built)
    volume = min(1.0, count / planned)
    mix = in_mix / min(count, planned) if count else 0.0
    sequence = in_sequence / count if count else 0.0
    return ScheduleDay(
        day=day, lag=lag, planned=planned, built=count, in_mix=in_mix, in_sequence=in_sequence,
        volume=100.0 * volume, mix=100.0 * mix, sequence=100.0 * sequence,
        kept=100.0 * volume * mix * sequence,
    )  # fmt: skip
