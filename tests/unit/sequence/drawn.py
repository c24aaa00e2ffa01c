"""A plant with two cars and two markets, and a plan for it by hand, to draw days from."""

from collections.abc import Mapping, Sequence

import polars as pl

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.records import markets as mk
from motorworks.case.records import products as pr
from motorworks.case.records import programme as pg
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
