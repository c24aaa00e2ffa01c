"""Capacitated facility location of the OR-Library as a case: which plants to open at least cost.

A file holds the numbers of warehouses and customers, then for each warehouse its capacity and
the fixed cost of opening it, then for each customer the demand and the cost of serving all of
it from each warehouse. The word ``capacity`` in place of a number stands for one that the
reader is told.

References
----------
J. E. Beasley, "An algorithm for solving large capacitated warehouse location problems",
European Journal of Operational Research 33 (1988) 314-325.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.info import CaseInfo
from motorworks.case.records.choices import SiteWindow
from motorworks.case.records.markets import Currency, Demand, Market, Price
from motorworks.case.records.products import Platform, Vehicle
from motorworks.case.records.programme import Allocation, VehicleCost
from motorworks.case.records.sites import (
    Brand,
    Country,
    Organisation,
    Plant,
    ShiftCalendar,
    ShiftPattern,
    Shop,
)
from motorworks.case.records.trade import Lane, LaneRate
from motorworks.errors import CaseError, Problem
from motorworks.io.text import read_text

_MONTH = "2024-01"
_GOODS = "goods"


@dataclass(frozen=True)
class Instance:
    """An instance as its file has it: ``cost[j][i]`` serves all of customer ``j`` from ``i``."""

    capacity: list[float]
    fixed: list[float]
    demand: list[float]
    cost: list[list[float]]


def read_orlib_cap(path: Path | str, capacity: float | None = None) -> Case:
    """Read an instance as a case of one month whose best margin is minus the least cost.

    Parameters
    ----------
    path
        The file.
    capacity
        What the word ``capacity`` in it stands for.

    Raises
    ------
    CaseError
        Where the file is no such instance.
    """
    path = Path(path)
    return case_of(read_instance(path, capacity), path.stem)


def read_instance(path: Path, capacity: float | None = None) -> Instance:
    """Read the numbers of a file, in their order; line ends mean nothing."""
    text, problems = read_text(path, path.name)
    if problems:
        raise CaseError(problems)
    numbers = _numbers(text, path.name, capacity)
    try:
        plants, customers = _count(next(numbers), path.name), _count(next(numbers), path.name)
        sites = [(next(numbers), next(numbers)) for _ in range(plants)]
        rows = [[next(numbers) for _ in range(1 + plants)] for _ in range(customers)]
    except StopIteration:
        message = "ends before the numbers that its first line announces"
        raise CaseError([Problem(path.name, message)]) from None
    if next(numbers, None) is not None:
        message = "goes on after the numbers that its first line announces"
        raise CaseError([Problem(path.name, message)])
    return Instance(
        capacity=[site[0] for site in sites],
        fixed=[site[1] for site in sites],
        demand=[row[0] for row in rows],
        cost=[row[1:] for row in rows],
    )


def _count(number: float, file: str) -> int:
    if number != int(number):
        raise CaseError([Problem(file, "must be whole", 1, value=f"{number:g}")])
    return int(number)


def _numbers(text: str, file: str, capacity: float | None) -> Iterator[float]:
    for row, line in enumerate(text.splitlines(), start=1):
        for word in line.split():
            if word == "capacity" and capacity is not None:
                yield capacity
                continue
            try:
                number = float(word)
            except ValueError:
                number = math.nan
            if not 0 <= number < math.inf:
                message = "must be a number, 0 or above"
                if word == "capacity":
                    message = "stands for a number that must be named"
                raise CaseError([Problem(file, message, row, value=word)])
            yield number


def case_of(instance: Instance, name: str) -> Case:
    """The case of an instance.

    A warehouse is a plant that may be opened, a customer a market, and a lane carries a car at
    the cost of serving the customer divided by the demand. Losing a car costs more than opening
    any one plant for it, so that where demands and capacities are whole all is served.

    Examples
    --------
    >>> case = case_of(Instance([5.0], [7.0], [4.0], [[8.0]]), "small")
    >>> case.table("lane_rates")["freight"].to_list()
    [2.0]
    """
    dearest = max(
        (cost / wanted for wanted, row in zip(instance.demand, instance.cost, strict=True)
         for cost in row if wanted),
        default=0.0,
    )  # fmt: skip
    info = CaseInfo(
        name=name.lower(),
        title=f"OR-Library {name}: {len(instance.fixed)} sites, {len(instance.demand)} customers",
        start=_MONTH,
        months=1,
        currency="USD",
        plan={
            "lost_penalty": 1.0 + max(instance.fixed, default=0.0) + dearest,
            "late_months": 0, "capital_rate_pct": 0, "end_value_pct": 0, "gap_pct": 0,
        },
    )  # fmt: skip
    return Case.of(info, [*_frame(), *_plants(instance), *_markets(instance), *_lanes(instance)])


def _frame() -> list[Record]:
    return [
        Organisation(organisation="maker", name="The maker", role="oem"),
        Brand(brand="brand", name="The brand", organisation="maker"),
        Platform(platform="platform", name="The platform"),
        Country(country="US", name="One customs area", customs_area="US"),
        Currency(currency="USD", name="US dollar"),
        Vehicle(
            vehicle=_GOODS, name="What is shipped", brand="brand", platform="platform",
            drivetrain="ICE", stock_value=0, currency="USD",
        ),
        ShiftPattern(
            pattern="hour", name="One hour a day", shifts_per_day=1, minutes_per_shift=60,
            days_per_week=7,
        ),
    ]  # fmt: skip


def _plants(instance: Instance) -> Iterator[Record]:
    """A plant for each warehouse; its nameplate of a year makes the capacity of the month."""
    for number, (most, fixed) in enumerate(zip(instance.capacity, instance.fixed, strict=True)):
        plant = _site(number)
        if most == 0:
            continue
        yield Plant(
            plant=plant, name=plant, organisation="maker", country="US", nameplate=12 * most
        )
        yield Shop(shop=f"{plant}-line", plant=plant, kind="line")
        yield ShiftCalendar(plant=plant, start=f"{_MONTH}-01", pattern="hour")
        yield Allocation(vehicle=_GOODS, plant=plant, start=f"{_MONTH}-01", plateau_jph=most)
        yield VehicleCost(
            vehicle=_GOODS, plant=plant, start=_MONTH, material_cost=0, conversion_cost=0,
            currency="USD",
        )  # fmt: skip
        yield SiteWindow(
            site=plant, plant=plant, earliest=_MONTH, latest=_MONTH, capex=fixed, currency="USD"
        )


def _markets(instance: Instance) -> Iterator[Record]:
    for number, wanted in enumerate(instance.demand):
        market = _customer(number)
        yield Market(market=market, name=market, country="US", currency="USD")
        yield Demand(vehicle=_GOODS, market=market, month=_MONTH, units=wanted)
        yield Price(vehicle=_GOODS, market=market, start=_MONTH, price=0, currency="USD")


def _lanes(instance: Instance) -> Iterator[Record]:
    for customer, (wanted, row) in enumerate(zip(instance.demand, instance.cost, strict=True)):
        for site, cost in enumerate(row):
            if instance.capacity[site] == 0:
                continue
            lane = f"{_site(site)}-{_customer(customer)}"
            yield Lane(
                lane=lane, plant=_site(site), market=_customer(customer), mode="truck",
                transit_days=0,
            )  # fmt: skip
            freight = cost / wanted if wanted else 0.0
            yield LaneRate(lane=lane, start=_MONTH, freight=freight, currency="USD")


def _site(number: int) -> str:
    return f"site-{number + 1}"


def _customer(number: int) -> str:
    return f"customer-{number + 1}"
