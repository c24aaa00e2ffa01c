"""What the case allows: which rows a plan has, and the limits on them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from motorworks.case.case import Case
from motorworks.case.dates import months_between, resolve_when
from motorworks.case.records.markets import Demand, Market
from motorworks.case.records.products import Vehicle
from motorworks.case.records.programme import (
    Agreement,
    Allocation,
    InTransit,
    OpeningBacklog,
    OpeningStock,
)
from motorworks.case.records.sites import Plant, Shop
from motorworks.case.records.supply import (
    CellSupply,
    Component,
    ComponentNeed,
    ComponentSale,
    ComponentSource,
    ComponentUse,
    OpeningComponent,
)
from motorworks.case.records.trade import Lane
from motorworks.result.verify.calendar import (
    Days,
    Staffing,
    days_inside,
    days_of,
    paces,
)
from motorworks.result.verify.findings import Array

MONTH_DAYS = 30.4375

Pair = tuple[str, str]


@dataclass(frozen=True)
class Lag:
    """Whole months on the way and the share of cars that take one month more."""

    whole: int
    late_share: float

    @classmethod
    def of(cls, transit_days: float) -> "Lag":
        """Months from door-to-door days.

        Examples
        --------
        >>> Lag.of(45.65625)
        Lag(whole=1, late_share=0.5)
        """
        months = transit_days / MONTH_DAYS
        return cls(int(months), months - int(months))


class Given:
    """The sets and opening amounts of the plan, as the model page defines them.

    Everything is keyed by names and by the number of the month in the horizon. ``flows`` are
    (vehicle, lane), ``pairs`` (vehicle, market), ``stocked`` (vehicle, plant) and ``stores``
    (component, plant).
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.months = case.info.month_names
        self.count = len(self.months)
        self.place = {month: t for t, month in enumerate(self.months)}
        self.days = [days_of(month) for month in self.months]
        self.all_days = [day for month in self.days for day in month]
        self.plants = {row.plant: row for row in case.rows(Plant)}
        self.shops = {row.shop: row for row in case.rows(Shop)}
        self.vehicles = {row.vehicle: row for row in case.rows(Vehicle)}
        self.markets = {row.market: row for row in case.rows(Market)}
        self.lanes = {row.lane: row for row in case.rows(Lane)}
        self.lags = {name: Lag.of(lane.transit_days) for name, lane in self.lanes.items()}
        self.allocations = {(row.vehicle, row.plant): row for row in case.rows(Allocation)}
        self.staffing = Staffing(case)
        self.hours: dict[str, Days] = {
            plant: self.staffing.by_calendar(plant, self.all_days) for plant in self.plants
        }
        self.paces: dict[str, Days] = paces(case, self.all_days)
        self._opening()
        self._demand()
        self._flows()
        self._supply()
        self.firm = [row for row in case.rows(Agreement) if row.status == "firm"]

    def day(self, when: str | None) -> dt.date | None:
        """A rough date as a day; blank stays open."""
        return None if when is None else resolve_when(when, self.case.info.dates)

    def spell(self, row: Agreement | ComponentSource | CellSupply, days: list[dt.date]) -> int:
        """How many of the days lie inside a row's start and end."""
        return days_inside(days, self.day(row.start), self.day(row.end))

    def months_of(self, year: int) -> list[int]:
        """Numbers of the months of the horizon that lie in a calendar year."""
        return [t for t, month in enumerate(self.months) if int(month[:4]) == year]

    @property
    def calendar_years(self) -> list[int]:
        """The calendar years that the horizon touches."""
        return sorted({int(month[:4]) for month in self.months})

    def by_month(self, days: Days) -> Array:
        """Sums over the days of each month."""
        return np.array([sum(days[day] for day in month) for month in self.days])

    def years(self, row: Agreement) -> list[int]:
        """Calendar years with a day inside both the agreement and the horizon."""
        return [year for year in self.calendar_years if self.counted(row, year)]

    def counted(self, row: Agreement, year: int) -> list[int]:
        """Months of a year with a day inside the agreement."""
        return [t for t in self.months_of(year) if self.spell(row, self.days[t])]

    def _opening(self) -> None:
        """Cars at plants, in markets, under way and owed when the plan starts."""
        self.plant_opening: dict[Pair, float] = {}
        self.market_opening: dict[Pair, float] = {}
        for row in self.case.rows(OpeningStock):
            if row.plant is not None:
                _more(self.plant_opening, (row.vehicle, row.plant), row.units)
            elif row.market is not None:
                _more(self.market_opening, (row.vehicle, row.market), row.units)
        self.stocked = dict.fromkeys([*self.allocations, *self.plant_opening])
        self.backlog: dict[Pair, float] = {}
        for owed in self.case.rows(OpeningBacklog):
            _more(self.backlog, (owed.vehicle, owed.market), owed.units)
        self.landing: dict[tuple[str, str, str, int], float] = {}
        self.landing_after: dict[Pair, float] = {}
        self.travelling: list[Pair] = []
        for car in self.case.rows(InTransit):
            pair = (car.vehicle, self.lanes[car.lane].market)
            self.travelling.append(pair)
            month = months_between(self.months[0], car.arrives)
            if month >= self.count:
                _more(self.landing_after, pair, car.units)
            elif month >= 0:
                _more(self.landing, (car.vehicle, car.lane, pair[1], month), car.units)

    def _demand(self) -> None:
        """Demand by month of every pair that the case names."""
        named = [*self.backlog, *self.market_opening, *self.travelling]
        self.demand: dict[Pair, Array] = {pair: np.zeros(self.count) for pair in named}
        columns = self.case.table(Demand.TABLE).select("vehicle", "market", "month", "units")
        for vehicle, market, month, units in columns.iter_rows():
            if month in self.place:
                series = self.demand.setdefault((vehicle, market), np.zeros(self.count))
                series[self.place[month]] += units

    def _flows(self) -> None:
        """Vehicles on lanes: stocked at the lane's plant and wanted in its market."""
        self.flows: list[Pair] = []
        for name, lane in self.lanes.items():
            for vehicle in self.vehicles:
                if (vehicle, lane.plant) in self.stocked and (vehicle, lane.market) in self.demand:
                    self.flows.append((vehicle, name))

    def _supply(self) -> None:
        """Components that limit a plant: wanted there, and with a source."""
        self.components = {row.component: row for row in self.case.rows(Component)}
        self.use = {(u.vehicle, u.component): u.quantity for u in self.case.rows(ComponentUse)}
        self.needs: dict[str, dict[str, float]] = {}
        for need in self.case.rows(ComponentNeed):
            self.needs.setdefault(need.component, {})[need.needs] = need.quantity
        everyone = self.case.rows(ComponentSource)
        wanted = self._wanted(everyone)
        self.sources = {s.source: s for s in everyone if (s.component, s.plant) in wanted}
        self.stores = list(dict.fromkeys((s.component, s.plant) for s in self.sources.values()))
        self.made = {
            name: (source.shop, self.shops[source.shop].plant)
            for name, source in self.sources.items()
            if source.shop is not None
        }
        self.store_opening: dict[Pair, float] = {}
        for row in self.case.rows(OpeningComponent):
            _more(self.store_opening, (row.component, row.plant), row.units)

    def _wanted(self, everyone: list[ComponentSource]) -> set[Pair]:
        """(Component, plant) that a car, a sale or another component takes from."""
        had = {(source.component, source.plant) for source in everyone}
        wanted = {
            (component, plant)
            for vehicle, plant in self.allocations
            for user, component in self.use
            if user == vehicle
        }
        wanted |= {(row.component, row.plant) for row in self.case.rows(ComponentSale)}
        size = -1
        while len(wanted) > size:  # what is needed may itself be made of something
            size = len(wanted)
            for source in everyone:
                if source.shop is not None and (source.component, source.plant) in wanted:
                    at = self.shops[source.shop].plant
                    wanted |= {(part, at) for part in self.needs.get(source.component, {})} & had
        return wanted


def _more(amounts: dict[Any, float], key: Any, units: float) -> None:
    amounts[key] = amounts.get(key, 0.0) + units
