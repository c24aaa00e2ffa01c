"""A generated case of any size, with every table that the plan reads."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from motorworks.case.case import Case, dtype_of
from motorworks.case.column import columns_of
from motorworks.case.info import CaseInfo
from motorworks.case.tables import TABLES


@dataclass(frozen=True)
class Size:
    """How large the case is; the defaults make a program of about 742,000 columns."""

    plants: int = 12
    vehicles: int = 60
    plants_each: int = 3
    markets: int = 40
    months: int = 60


FULL = Size()
SMALL = Size(plants=4, vehicles=8, plants_each=2, markets=5, months=14)
TINY = Size(plants=2, vehicles=3, plants_each=2, markets=2, months=6)


def generate(size: Size, seed: int = 1) -> Case:
    """Draw a case: a lane with sailings from every plant to every market, demand everywhere.

    Transit takes 31 to 60 days, so that each month's cars arrive in the next month and the one
    after it, in shares that differ by lane. Nobody waits (``late_months = 0``).
    """
    rng = np.random.default_rng(seed)
    info = CaseInfo(
        name="generated", title="A generated network", start="2025-01", months=size.months,
        currency="USD", plan={"late_months": 0},
    )  # fmt: skip
    plants, markets = _names("plant", size.plants), _names("market", size.markets)
    vehicles = _names("vehicle", size.vehicles)
    tables = {
        **_places(plants, markets, rng),
        **_vehicles(vehicles, rng),
        **_allocations(vehicles, plants, size.plants_each, rng),
        **_wanted(vehicles, markets, info.month_names, rng),
        **_lanes(plants, markets, rng),
    }
    return Case(info, tables)


def _names(kind: str, count: int) -> list[str]:
    return [f"{kind}-{number:02d}" for number in range(count)]


def _table(name: str, /, **columns: Any) -> dict[str, pl.DataFrame]:
    """A typed table by name: single values fill the column, columns not named take defaults."""
    lengths = [len(c) for c in columns.values() if not isinstance(c, (str, int, float))]
    series = []
    for column in columns_of(TABLES[name]):
        values = columns.get(column.name, column.default)
        if isinstance(values, (str, int, float)) or values is None:
            values = [values] * lengths[0]
        series.append(pl.Series(column.name, values, dtype=dtype_of(column), strict=False))
    return {name: pl.DataFrame(series)}


def _cross(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Every member of one list beside every member of the other."""
    return [a for a in left for _ in right], right * len(left)


def _places(plants: list[str], markets: list[str], rng: np.random.Generator) -> dict[str, Any]:
    homes = [f"P{name[-2:]}" for name in plants]
    lands = [f"M{name[-2:]}" for name in markets]
    importer, exporter = _cross(lands, homes)
    shops = [f"{plant}-line" for plant in plants]
    return {
        **_table("countries", country=homes + lands, name=homes + lands,
                 customs_area=homes + lands),
        **_table("plants", plant=plants, name=plants, organisation="maker", country=homes,
                 yard_cost=10.0, nameplate=400_000.0),
        **_table("shops", shop=shops, plant=plants, kind="line"),
        **_table("shop_rates", shop=shops, start="2024-01-01",
                 jph=rng.uniform(40, 70, len(plants))),
        **_table("shift_patterns", pattern=["two"], name=["Two shifts"], shifts_per_day=2,
                 minutes_per_shift=460),
        **_table("shift_calendar", plant=plants, start="2024-01-01", pattern="two"),
        **_table("markets", market=markets, name=markets, country=lands, currency="EUR",
                 yard_cost=rng.uniform(5, 15, len(markets))),
        **_table("currencies", currency=["USD", "EUR"], name=["US dollar", "Euro"]),
        **_table("currency_rates", currency=["EUR", "EUR"], start=["2025-01", "2025-04"],
                 rate=[1.08, 1.1]),
        **_table("tariffs", importer=importer * 2, exporter=exporter * 2,
                 start=["2024-01-01"] * len(importer) + ["2025-03-16"] * len(importer),
                 rate_pct=rng.choice([0.0, 2.5, 8.0, 10.0, 25.0], 2 * len(importer))),
    }  # fmt: skip


def _vehicles(vehicles: list[str], rng: np.random.Generator) -> dict[str, Any]:
    return _table(
        "vehicles", vehicle=vehicles, name=vehicles, brand="brand", platform="platform",
        drivetrain=rng.choice(["ICE", "HEV", "BEV"], len(vehicles)).tolist(),
        ceu=rng.uniform(0.9, 1.4, len(vehicles)),
        stock_value=rng.uniform(9_000, 30_000, len(vehicles)), currency="USD",
    )  # fmt: skip


def _allocations(
    vehicles: list[str], plants: list[str], each: int, rng: np.random.Generator
) -> dict[str, Any]:
    chosen = [rng.choice(len(plants), each, replace=False) for _ in vehicles]
    vehicle = [name for name in vehicles for _ in range(each)]
    plant = [plants[place] for places in chosen for place in sorted(places)]
    shop = [f"{name}-line" for name in plant]
    return {
        **_table("allocations", vehicle=vehicle, plant=plant, start="2020-01"),
        **_table("work_content", vehicle=vehicle, shop=shop,
                 factor=rng.uniform(0.8, 1.3, len(vehicle))),
        **_table("costs", vehicle=vehicle, plant=plant, start="2025-01", currency="USD",
                 material_cost=rng.uniform(8_000, 20_000, len(vehicle)),
                 conversion_cost=rng.uniform(1_500, 3_000, len(vehicle))),
    }  # fmt: skip


def _wanted(
    vehicles: list[str], markets: list[str], months: tuple[str, ...], rng: np.random.Generator
) -> dict[str, Any]:
    vehicle, market = _cross(vehicles, markets)
    count = len(vehicle)
    level = rng.uniform(20, 160, count)[:, None] * rng.uniform(0.7, 1.3, (count, len(months)))
    return {
        **_table("demand", vehicle=np.repeat(vehicle, len(months)).tolist(),
                 market=np.repeat(market, len(months)).tolist(), month=list(months) * count,
                 units=level.ravel()),
        **_table("prices", vehicle=vehicle, market=market, start="2025-01",
                 price=rng.uniform(18_000, 45_000, count), currency="EUR", net_share_pct=80.0,
                 customs_share_pct=85.0),
    }  # fmt: skip


def _lanes(plants: list[str], markets: list[str], rng: np.random.Generator) -> dict[str, Any]:
    plant, market = _cross(plants, markets)
    lane = [f"{p}-{m}" for p, m in zip(plant, market, strict=True)]
    count = len(lane)
    return {
        **_table("lanes", lane=lane, plant=plant, market=market, mode="roro",
                 transit_days=rng.integers(31, 61, count).astype(float)),
        **_table("lane_rates", lane=lane, start="2025-01", freight=rng.uniform(200, 1500, count),
                 currency="USD"),
        **_table("sailings", lane=lane * 2, start=["2025-01"] * count + ["2025-06"] * count,
                 sailings_per_month=4.0, allotment_ceu=rng.uniform(100, 900, 2 * count)),
    }  # fmt: skip
