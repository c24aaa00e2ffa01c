"""The smallest network there is: one plant, one car, one city next door; answers by hand."""

from collections.abc import Sequence
from typing import Any

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.dates import month_list
from motorworks.case.info import CaseInfo
from motorworks.case.records import markets as mk
from motorworks.case.records import products as pr
from motorworks.case.records import programme as pg
from motorworks.case.records import sites, trade

MONTHS = month_list("2025-01", 12)
PROFIT = 4900.0
"""Price 20,000 less material 12,000, conversion 3,000 and freight 100."""

STANDING = 1.0
"""Cost of a car that stands for a month, at the plant or in the city."""


def small_case(
    demand: Sequence[float],
    *rows: Record,
    plan: dict[str, Any] | None = None,
    plant: dict[str, Any] | None = None,
    market: dict[str, Any] | None = None,
    lane: dict[str, Any] | None = None,
    plateau_jph: float | None = 100.0,
) -> Case:
    """A case with this demand by month from January 2025 on, and some rows and cells more.

    The plant works an hour on every day of the week; nothing is lost but the sale, nobody waits,
    and capital and cars at the end are worth nothing.
    """
    settings = {"lost_penalty": 0, "late_months": 0, "capital_rate_pct": 0, "end_value_pct": 0}
    info = CaseInfo(
        name="small", title="Small", start=MONTHS[0], months=len(demand), currency="USD",
        dates="early", plan={**settings, **(plan or {})},
    )  # fmt: skip
    base = [
        mk.Currency(currency="USD", name="US dollar"),
        sites.Organisation(organisation="maker", name="Maker", role="contract_manufacturer"),
        sites.Organisation(organisation="partner", name="Partner", role="oem"),
        sites.Brand(brand="badge", name="Badge", organisation="maker"),
        sites.Country(country="US", name="United States", customs_area="US"),
        sites.Plant(plant="works", name="Works", organisation="maker", country="US",
                    yard_cost=STANDING, currency="USD", **(plant or {})),
        sites.Shop(shop="line", plant="works", kind="line"),
        sites.ShiftPattern(pattern="hour", name="Hour", shifts_per_day=1, minutes_per_shift=60,
                           days_per_week=7),
        sites.ShiftCalendar(plant="works", start="2025-01-01", pattern="hour"),
        pr.Platform(platform="base", name="Base"),
        pr.Vehicle(vehicle="car", name="Car", brand="badge", platform="base", drivetrain="ICE",
                   stock_value=20000, currency="USD"),
        pg.Allocation(vehicle="car", plant="works", start="2020-01", plateau_jph=plateau_jph),
        pg.VehicleCost(vehicle="car", plant="works", start="2025-01", material_cost=12000,
                       conversion_cost=3000, currency="USD"),
        mk.Market(market="city", name="City", country="US", yard_cost=STANDING, currency="USD",
                  **(market or {})),
        mk.Price(vehicle="car", market="city", start="2025-01", price=20000, currency="USD"),
        trade.Lane(**{"lane": "road", "plant": "works", "market": "city", "mode": "truck",
                      "transit_days": 0, **(lane or {})}),
        trade.LaneRate(lane="road", start="2025-01", freight=100, currency="USD"),
        *(mk.Demand(vehicle="car", market="city", month=month, units=units)
          for month, units in zip(MONTHS, demand, strict=False)),
    ]  # fmt: skip
    return Case.of(info, [*base, *rows])


def published(*units: float) -> list[Record]:
    """A published plan of so many cars by month from January 2025 on."""
    return [
        pg.PublishedPlan(vehicle="car", plant="works", month=month, units=count)
        for month, count in zip(MONTHS, units, strict=False)
    ]


def agreement(**cells: Any) -> pg.Agreement:
    """A firm agreement over the car at the works from January 2025 on."""
    return pg.Agreement(**{
        "agreement": "deal", "name": "Deal", "principal": "partner", "maker": "maker",
        "vehicle": "car", "plant": "works", "start": "2025-01-01", "status": "firm",
        "currency": "USD", **cells,
    })  # fmt: skip
