"""A generated maker with plants and markets on five continents, of any size."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.case_tables import cross, names, table
from motorworks.case.case import Case
from motorworks.case.info import CaseInfo

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Size:
    """How large the case is; the defaults make about 1.7 million columns."""

    plants: int = 20
    vehicles: int = 100
    markets: int = 60
    months: int = 60


FULL = Size()
THIRD = Size(plants=15, vehicles=50, markets=40)
TENTH = Size(plants=9, vehicles=25, markets=23)
TINY = Size(plants=4, vehicles=6, markets=5, months=14)

AREAS = ("EU", "CN", "KR", "NA", "SA", "IN")
"""Customs areas; plants and markets are dealt to them in turn."""

PATTERNS = ("one", "two", "three")

SHIFT_HOURS = 23 / 3
START = "2025-01"


def generate(size: Size, seed: int = 1, choices: bool = False) -> Case:
    """Draw a case.

    A vehicle is built at two to five plants and wanted in about three of four markets, more at
    home than elsewhere; within an area cars go by truck, between areas by ship, with space that
    binds now and then. Some vehicles start or end within the horizon. With ``choices`` the
    months of those starts are open, and every plant chooses its shifts.
    """
    rng = np.random.default_rng(seed)
    info = CaseInfo(
        name="group", title="A generated group of plants", start=START, months=size.months,
        currency="USD", plan={"gap_pct": 2.0} if choices else {},
    )  # fmt: skip
    world = _World.draw(size, rng, choices)
    tables = {
        **_places(world),
        **_vehicles(world),
        **_allocations(world, info.month_names),
        **_lanes(world),
        **_wanted(world, info.month_names),
    }
    if choices:
        tables |= _choices(world, info.month_names)
    return Case(info, tables)


@dataclass(frozen=True)
class _World:
    """What all tables are drawn from; areas are numbers into :data:`AREAS`."""

    rng: np.random.Generator
    plants: list[str]
    vehicles: list[str]
    markets: list[str]
    plant_area: Ints
    market_area: Ints
    jph: Floats
    """Cars per staffed hour of each plant's final line."""
    built: list[Ints]
    """Plants of each vehicle."""
    value: Floats
    """Usual net price of each vehicle, USD."""
    wage: Floats
    """Labour cost of each plant against the usual."""
    begins: Ints
    """Month in which production of each vehicle starts, 0 for those that run already."""
    choices: bool

    @classmethod
    def draw(cls, size: Size, rng: np.random.Generator, choices: bool) -> "_World":
        plants = names("plant", size.plants)
        plant_area = np.arange(size.plants) % len(AREAS)
        built = []
        for _ in range(size.vehicles):
            home = rng.integers(len(AREAS))
            near = np.where(plant_area == home, 6.0, 1.0)
            count = min(int(rng.integers(2, 6)), size.plants)
            built.append(np.sort(rng.choice(size.plants, count, False, near / near.sum())))
        later = rng.random(size.vehicles) < 1 / 3
        begins = rng.integers(1, max(2 * size.months // 3, 2), size.vehicles)
        return cls(
            rng, plants, names("vehicle", size.vehicles), names("market", size.markets),
            plant_area, np.arange(size.markets) % len(AREAS), rng.uniform(30.0, 65.0, size.plants),
            built, rng.lognormal(10.1, 0.35, size.vehicles),
            rng.uniform(0.6, 1.3, size.plants), np.where(later, begins, 0), choices,
        )  # fmt: skip

    @property
    def made(self) -> tuple[Ints, Ints]:
        """Vehicle and plant of each allocation."""
        counts = [len(where) for where in self.built]
        return np.repeat(np.arange(len(counts)), counts), np.concatenate(self.built)


def _places(world: _World) -> dict[str, Any]:
    rng, plants = world.rng, world.plants
    abroad = [
        pair for pair in zip(*cross(list(AREAS), list(AREAS)), strict=True) if len({*pair}) == 2
    ]
    importer, exporter = zip(*abroad, strict=True)
    count = len(plants)
    kinds = ("body", "paint", "final")
    shop = [f"{plant}-{kind}" for plant in plants for kind in kinds]
    pace = world.jph[:, None] * np.column_stack(
        [rng.uniform(1.0, 1.2, count), rng.uniform(1.0, 1.15, count), np.ones(count)]
    )
    return {
        **table("countries", country=AREAS, name=AREAS, customs_area=AREAS),
        **table("currencies", currency=["USD"], name=["US dollar"]),
        **table("organisations", organisation=["maker"], name="The maker", role="oem"),
        **table("brands", brand=["brand"], name="The brand", organisation="maker"),
        **table("platforms", platform=["platform"], name="The platform"),
        **table("plants", plant=plants, name=plants, organisation="maker",
                country=[AREAS[area] for area in world.plant_area], yard_cost=15.0,
                currency="USD",
                yard_slots=np.round(world.jph * 150), nameplate=np.round(world.jph * 5_200)),
        **table("shops", shop=shop, plant=[p for p in plants for _ in kinds],
                kind=list(kinds) * count),
        **table("shop_rates", shop=shop, start="2025-01-01", jph=pace.ravel().round(1)),
        **table("shift_patterns", pattern=PATTERNS,
                name=["One shift", "Two shifts", "Three shifts"], shifts_per_day=[1, 2, 3],
                minutes_per_shift=460.0, heads=[2_000, 3_800, 5_500], cost_per_hour=1_000.0,
                currency="USD"),
        **table("shift_calendar", plant=plants, start="2025-01-01", pattern="two"),
        **table("markets", market=world.markets, name=world.markets,
                country=[AREAS[area] for area in world.market_area], currency="USD",
                yard_cost=rng.uniform(10, 25, len(world.markets)).round()),
        **table("tariffs", importer=importer, exporter=exporter, start="2025-01-01",
                rate_pct=rng.choice([0.0, 2.5, 6.5, 10.0, 15.0, 25.0], len(importer))),
    }  # fmt: skip


def _vehicles(world: _World) -> dict[str, Any]:
    rng, count = world.rng, len(world.vehicles)
    return table(
        "vehicles", vehicle=world.vehicles, name=world.vehicles, brand="brand",
        platform="platform", drivetrain=rng.choice(["ICE", "HEV", "BEV"], count).tolist(),
        ceu=rng.uniform(0.9, 1.5, count).round(2), stock_value=(0.8 * world.value).round(),
        currency="USD",
    )  # fmt: skip


def _allocations(world: _World, months: tuple[str, ...]) -> dict[str, Any]:
    """Two of three vehicles run already; the others start within two of three of the horizon."""
    rng, (vehicle, plant) = world.rng, world.made
    start = [months[month] if month else "2023-01" for month in world.begins[vehicle]]
    shops = [f"{world.plants[p]}-{kind}" for p in plant for kind in ("body", "final")]
    make = {
        "vehicle": [world.vehicles[v] for v in vehicle],
        "plant": [world.plants[p] for p in plant],
    }
    # where shifts are chosen, labour is counted there
    conversion = 500.0 if world.choices else 1_600 * world.wage[plant]
    return {
        **table("ramps", ramp=["launch"], curve="logistic", t50_weeks=10.0, slope_per_week=0.35),
        **table("allocations", **make, start=start, ramp="launch",
                capex=rng.uniform(1e7, 4e7, len(vehicle)).round(), currency="USD"),
        **table("work_content", vehicle=[name for name in make["vehicle"] for _ in range(2)],
                shop=shops, factor=rng.uniform(0.85, 1.25, len(shops)).round(2)),
        **table("costs", **make, start=START, currency="USD",
                material_cost=(world.value * rng.uniform(0.95, 1.05, len(world.value)))[vehicle]
                * rng.uniform(0.60, 0.68, len(vehicle)),
                conversion_cost=conversion),
    }  # fmt: skip


def _lanes(world: _World) -> dict[str, Any]:
    rng = world.rng
    plant, market = (side.ravel() for side in np.indices((len(world.plants), len(world.markets))))
    apart = np.abs(rng.permutation(len(AREAS))[:, None] - np.arange(len(AREAS)))
    apart = np.minimum(apart, apart.T)
    near = world.plant_area[plant] == world.market_area[market]
    kept = near | (rng.random(len(near)) < 0.85)
    plant, market, near = plant[kept], market[kept], near[kept]
    far = apart[world.plant_area[plant], world.market_area[market]]
    days = np.where(near, rng.integers(2, 11, len(near)),
                    12 + 7 * far + rng.integers(0, 8, len(near)))  # fmt: skip
    lane = [f"{world.plants[p]}-{world.markets[m]}" for p, m in zip(plant, market, strict=True)]
    sea = np.flatnonzero(~near)
    sailing = [lane[number] for number in sea]
    return {
        **table("lanes", lane=lane, plant=[world.plants[p] for p in plant],
                market=[world.markets[m] for m in market],
                mode=np.where(near, "truck", "roro").tolist(), transit_days=days.astype(float)),
        **table("lane_rates", lane=lane, start=START, currency="USD",
                freight=np.where(near, 30.0 * days, 300 + 18.0 * days).round()),
        **table("sailings", lane=sailing, start=START,
                sailings_per_month=rng.choice([2.0, 4.0, 8.0], len(sea)),
                allotment_ceu=rng.uniform(60, 400, len(sea)).round()),
    }  # fmt: skip


def _wanted(world: _World, months: tuple[str, ...]) -> dict[str, Any]:
    """Demand of about nine tenths of what all plants build in two shifts, by area and season."""
    rng = world.rng
    vehicle, market = (
        side.ravel() for side in np.indices((len(world.vehicles), len(world.markets)))
    )
    wanted = rng.random(len(vehicle)) < 0.75
    vehicle, market = vehicle[wanted], market[wanted]
    homes = np.zeros((len(world.vehicles), len(AREAS)), dtype=bool)
    made, plant = world.made
    homes[made, world.plant_area[plant]] = True
    level = rng.lognormal(0.0, 0.9, len(vehicle)) * np.where(
        homes[vehicle, world.market_area[market]], 3.0, 1.0
    )
    level *= 0.9 * (world.jph * 2 * SHIFT_HOURS * 21).sum() / level.sum()
    t = np.arange(len(months))
    season = 1 + 0.15 * np.sin(2 * np.pi * (t / 12 + rng.random((len(vehicle), 1))))
    drift = (1 + rng.uniform(-0.006, 0.006, (len(vehicle), 1))) ** t
    units = level[:, None] * season * drift * rng.uniform(0.85, 1.15, season.shape)
    who = {
        "vehicle": [world.vehicles[v] for v in vehicle],
        "market": [world.markets[m] for m in market],
    }
    count = len(vehicle)
    price = world.value[vehicle] * rng.uniform(0.9, 1.15, count) / 0.8
    return {
        **table("demand", vehicle=np.repeat(who["vehicle"], len(months)).tolist(),
                market=np.repeat(who["market"], len(months)).tolist(),
                month=list(months) * count, units=units.ravel().round()),
        **table("prices", **who, start=START, price=price.round(), currency="USD",
                net_share_pct=80.0, customs_share_pct=85.0),
        **table("opening_stock", **who, plant=[None] * count, units=(1.2 * level).round()),
    }  # fmt: skip


def _choices(world: _World, months: tuple[str, ...]) -> dict[str, Any]:
    """Shifts at every plant, and starts of the vehicles still to come within half a year.

    Only the first plant of such a vehicle must start; the others may stay away.
    """
    rng, (vehicle, plant) = world.rng, world.made
    open_start = np.flatnonzero(world.begins[vehicle] > 0)
    first = np.r_[True, vehicle[1:] != vehicle[:-1]][open_start]
    begins = world.begins[vehicle[open_start]]
    make = {
        "vehicle": [world.vehicles[v] for v in vehicle[open_start]],
        "plant": [world.plants[p] for p in plant[open_start]],
    }
    count = len(world.plants)
    return {
        **table("launch_windows", **make, optional=(~first).tolist(),
                earliest=[months[max(month - 3, 0)] for month in begins],
                latest=[months[min(month + 3, len(months) - 1)] for month in begins],
                fixed_cost=rng.uniform(2e5, 6e5, len(begins)).round(), currency="USD"),
        **table("shift_options", plant=[name for name in world.plants for _ in PATTERNS],
                pattern=list(PATTERNS) * count),
        **table("workforces", plant=world.plants, notice_months=3, min_stay_months=6,
                head_cost=(4_500 * world.wage).round(), hire_cost=3_000.0, release_cost=8_000.0,
                overtime_hours_max=20.0, overtime_cost=60_000.0, currency="USD"),
    }  # fmt: skip
