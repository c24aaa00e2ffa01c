"""A generated case of any size, with every table that the plan reads."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.case_tables import cross, names, table
from motorworks.case.case import Case
from motorworks.case.info import CaseInfo


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
    plants, markets = names("plant", size.plants), names("market", size.markets)
    vehicles = names("vehicle", size.vehicles)
    tables = {
        **_places(plants, markets, rng),
        **_vehicles(vehicles, rng),
        **_allocations(vehicles, plants, size.plants_each, rng),
        **_wanted(vehicles, markets, info.month_names, rng),
        **_lanes(plants, markets, rng),
    }
    return Case(info, tables)


def _places(plants: list[str], markets: list[str], rng: np.random.Generator) -> dict[str, Any]:
    homes = [f"P{name[-2:]}" for name in plants]
    lands = [f"M{name[-2:]}" for name in markets]
    importer, exporter = cross(lands, homes)
    shops = [f"{plant}-line" for plant in plants]
    return {
        **table("countries", country=homes + lands, name=homes + lands,
                 customs_area=homes + lands),
        **table("plants", plant=plants, name=plants, organisation="maker", country=homes,
                 yard_cost=10.0, nameplate=400_000.0),
        **table("shops", shop=shops, plant=plants, kind="line"),
        **table("shop_rates", shop=shops, start="2024-01-01",
                 jph=rng.uniform(40, 70, len(plants))),
        **table("shift_patterns", pattern=["two"], name=["Two shifts"], shifts_per_day=2,
                 minutes_per_shift=460),
        **table("shift_calendar", plant=plants, start="2024-01-01", pattern="two"),
        **table("markets", market=markets, name=markets, country=lands, currency="EUR",
                 yard_cost=rng.uniform(5, 15, len(markets))),
        **table("currencies", currency=["USD", "EUR"], name=["US dollar", "Euro"]),
        **table("currency_rates", currency=["EUR", "EUR"], start=["2025-01", "2025-04"],
                 rate=[1.08, 1.1]),
        **table("tariffs", importer=importer * 2, exporter=exporter * 2,
                 start=["2024-01-01"] * len(importer) + ["2025-03-16"] * len(importer),
                 rate_pct=rng.choice([0.0, 2.5, 8.0, 10.0, 25.0], 2 * len(importer))),
    }  # fmt: skip


def _vehicles(vehicles: list[str], rng: np.random.Generator) -> dict[str, Any]:
    return table(
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
        **table("allocations", vehicle=vehicle, plant=plant, start="2020-01"),
        **table("work_content", vehicle=vehicle, shop=shop,
                 factor=rng.uniform(0.8, 1.3, len(vehicle))),
        **table("costs", vehicle=vehicle, plant=plant, start="2025-01", currency="USD",
                 material_cost=rng.uniform(8_000, 20_000, len(vehicle)),
                 conversion_cost=rng.uniform(1_500, 3_000, len(vehicle))),
    }  # fmt: skip


def _wanted(
    vehicles: list[str], markets: list[str], months: tuple[str, ...], rng: np.random.Generator
) -> dict[str, Any]:
    vehicle, market = cross(vehicles, markets)
    count = len(vehicle)
    level = rng.uniform(20, 160, count)[:, None] * rng.uniform(0.7, 1.3, (count, len(months)))
    return {
        **table("demand", vehicle=np.repeat(vehicle, len(months)).tolist(),
                 market=np.repeat(market, len(months)).tolist(), month=list(months) * count,
                 units=level.ravel()),
        **table("prices", vehicle=vehicle, market=market, start="2025-01",
                 price=rng.uniform(18_000, 45_000, count), currency="EUR", net_share_pct=80.0,
                 customs_share_pct=85.0),
    }  # fmt: skip


def _lanes(plants: list[str], markets: list[str], rng: np.random.Generator) -> dict[str, Any]:
    plant, market = cross(plants, markets)
    lane = [f"{p}-{m}" for p, m in zip(plant, market, strict=True)]
    count = len(lane)
    return {
        **table("lanes", lane=lane, plant=plant, market=market, mode="roro",
                 transit_days=rng.integers(31, 61, count).astype(float)),
        **table("lane_rates", lane=lane, start="2025-01", freight=rng.uniform(200, 1500, count),
                 currency="USD"),
        **table("sailings", lane=lane * 2, start=["2025-01"] * count + ["2025-06"] * count,
                 sailings_per_month=4.0, allotment_ceu=rng.uniform(100, 900, 2 * count)),
    }  # fmt: skip
