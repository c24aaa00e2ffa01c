"""A plant with two cars and two markets, and a plan for it by hand, to draw days from."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from unittest.mock import patch

import polars as pl

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.line_day import LineDay
from motorworks.case.records import markets as mk
from motorworks.case.records import products as pr
from motorworks.case.records import programme as pg
from motorworks.case.records.line import SequenceRule
from motorworks.case.records.products import Colour, ColourMix, Option, TakeRate
from motorworks.result.days import DaysResult
from motorworks.result.sequence import Proof, Searched, SequenceResult
from motorworks.result.sequence_tables import sequence_tables
from motorworks.result.verify import score_order
from motorworks.sequence import days as stage
from tests.unit.plan.small_case import small_case

MONTH = "2025-01"
Built = Mapping[tuple[str, str, str], float]


def two_cars(*rows: Record, start: str = "2020-01") -> Case:
    """The smallest network with a second car ``suv``, from ``start`` on, and a second market."""
    suv = pr.Vehicle(vehicle="suv", name="SUV", brand="badge", platform="base", drivetrain="BEV",
                     stock_value=30000, currency="USD")  # fmt: skip
    return small_case(
        [100.0, 100.0],
        suv,
        pg.Allocation(vehicle="suv", plant="works", start=start),
        mk.Market(market="town", name="Town", country="US", yard_cost=1, currency="USD"),
        *rows,
    )


def plan_of(built: Built, shipped: Built | None = None) -> dict[str, pl.DataFrame]:
    """Result tables with cars built, and shipped, by vehicle, market and month."""
    production: dict[tuple[str, str], float] = {}
    for (vehicle, _, month), units in built.items():
        production[vehicle, month] = production.get((vehicle, month), 0.0) + units
    return {
        "production": _table(
            ["vehicle", "month", "units"], [(*k, u) for k, u in production.items()]
        ),
        "shipments": _table(
            ["vehicle", "market", "month", "units"],
            [(*key, units) for key, units in (built if shipped is None else shipped).items()],
        ),
    }


def _table(names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=list(names), orient="row").with_columns(
        pl.lit("works").alias("plant")
    )


RULES: list[Record] = [
    SequenceRule(rule="roofs", shop="line", kind="spacing", option="roof", window=3),
    Option(option="roof", name="Roof"),
    TakeRate(vehicle="car", option="roof", share_pct=50),
    Colour(colour="red", name="Red", batch_max=2),
    Colour(colour="blue", name="Blue"),
    ColourMix(vehicle="car", colour="red", share_pct=50),
    ColourMix(vehicle="car", colour="blue", share_pct=50),
]
"""A rule on roofs and two colours for the car."""


def backwards(day: LineDay, params: Any = None, **_: Any) -> SequenceResult:
    """The orders from the last to the first, with no search."""
    order = tuple(reversed(range(day.count)))
    score = score_order(day, order)
    proofs = tuple(
        Proof(one.name, one.weight, score.values[one.name], 0.0, 0.0, "nought")
        for one in day.objectives
    )
    tables = sequence_tables(day, order, score, proofs=proofs)
    searched = Searched(params.seed, 1, 0, 0, 0.5, "iterations", "none", "0")
    return SequenceResult(order, score.mark, score.broken, proofs, searched, tables)


def two_days(case: Case, plan: Mapping[str, pl.DataFrame]) -> DaysResult:
    """The tenth of January after the ninth, in the order of no search."""
    tenth = dt.date(2025, 1, 10)
    with patch.object(stage, "solve_sequence", backwards):
        return stage.sequence_days(case, plan, [(tenth, tenth)])
