"""Small plants in the tables of a case."""

from typing import Any

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.info import CaseInfo
from motorworks.case.records.line import Buffer, Station
from motorworks.case.records.markets import Currency
from motorworks.case.records.products import Platform, Vehicle
from motorworks.case.records.programme import Allocation
from motorworks.case.records.sites import Brand, Country, Organisation, Plant, Shop

INFO = CaseInfo(name="small", title="Small", start="2024-01", months=1, currency="USD")

SITE: list[Record] = [
    Organisation(organisation="maker", name="Maker", role="oem"),
    Country(country="KR", name="Korea", customs_area="KR"),
    Plant(plant="site", name="Site", organisation="maker", country="KR"),
    Shop(shop="line", plant="site", kind="line"),
]
"""The rows that every plant has."""


VEHICLES: list[Record] = [
    Brand(brand="badge", name="Badge", organisation="maker"),
    Platform(platform="base", name="Base"),
    Currency(currency="USD", name="Dollar"),
    *(Vehicle(vehicle=name, name=name, brand="badge", platform="base", drivetrain="ICE",
              stock_value=1, currency="USD") for name in ("car", "van")),
]  # fmt: skip
"""Two vehicles and what they name."""


def allocated(vehicle: str, **more: Any) -> Allocation:
    """A vehicle that the site builds."""
    return Allocation(vehicle=vehicle, plant="site", start="2024-01-01", **more)


def station(name: str, position: int, cycle_s: float = 60.0, **more: Any) -> Station:
    """A station of the shop ``line``."""
    return Station(
        **{"station": name, "shop": "line", "position": position, "cycle_s": cycle_s, **more}
    )


def store(name: str, left: str | None, right: str | None, capacity: int, **more: Any) -> Buffer:
    """A buffer between two stations."""
    return Buffer(buffer=name, from_station=left, to_station=right, capacity=capacity, **more)


def case_of(*rows: Record, site: list[Record] | None = None) -> Case:
    """A case with these rows beside those that every plant has."""
    return Case.of(INFO, [*(SITE if site is None else site), *rows])
