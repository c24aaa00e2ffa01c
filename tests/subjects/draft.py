"""A random small case under construction, such as the check of cases accepts."""

import datetime as dt
import random
from typing import Any, TypeVar

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.dates import add_months, resolve_when
from motorworks.case.records import markets as mk
from motorworks.case.records import products as pr
from motorworks.case.records import programme as pg
from motorworks.case.records import sites
from motorworks.case.records import supply as sp
from tests.random_cases import CURRENCIES, Maker

R = TypeVar("R", bound=Record)


class SmallMaker(Maker):
    """Draws cases of a few months, so that every combination of choices can be tried."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.count = self.rng.choice([2, 2, 3, 3, 4])
        self.vehicles = self.vehicles[:2]
        self.markets = self.markets[:2]


class Draft:
    """The rows of a case, to which subjects add theirs."""

    def __init__(self, seed: int) -> None:
        self.maker = maker = SmallMaker(seed)
        self.rng: random.Random = maker.rng
        self.info = maker.info()
        self.settings: dict[str, Any] = {**self.info.plan, "gap_pct": 0}
        self.months = maker.count
        parts = (maker.frame, maker.sites, maker.products, maker.programme, maker.trade,
                 maker.supply)  # fmt: skip
        self.rows: list[Record] = [row for part in parts for row in part()]
        self._name()
        self._repair()

    def case(self) -> Case:
        """The case as it stands."""
        return Case.of(self.info.model_copy(update={"plan": self.settings}), self.rows)

    def of(self, record: type[R]) -> list[R]:
        """Rows of one table."""
        return [row for row in self.rows if isinstance(row, record)]

    def add(self, *rows: Record) -> None:
        """Add rows."""
        self.rows += rows

    def change(self, row: R, **values: Any) -> R:
        """Change cells of a row, checked."""
        new = type(row)(**{**row.model_dump(), **values})
        self.rows[next(n for n, old in enumerate(self.rows) if old is row)] = new
        return new

    def drop(self, *rows: Record) -> None:
        """Take rows away."""
        gone = {id(row) for row in rows}
        self.rows = [row for row in self.rows if id(row) not in gone]

    def odds(self, share: float = 0.5) -> bool:
        """Whether something with these odds happens."""
        return self.rng.random() < share

    def some(self, rows: list[R], share: float = 0.5) -> list[R]:
        """At least one of the rows, and others with these odds."""
        first = self.rng.randrange(len(rows)) if rows else 0
        return [row for n, row in enumerate(rows) if n == first or self.odds(share)]

    def month(self, number: int) -> str:
        """A month by its number in the horizon."""
        return add_months(self.maker.first, number)

    def some_month(self, low: int = 0, after: int = 0) -> str:
        """A month from ``low`` to so many after the horizon."""
        return self.month(self.rng.randint(low, self.months - 1 + after))

    def money(self, name: str, euros: float) -> dict[str, Any]:
        """About that many euros in some currency, as cells."""
        worth = self.maker.worth(euros * self.rng.uniform(0.7, 1.3))
        return {name: worth["amount"], "currency": worth["currency"]}

    def bounded(self, row: pg.Allocation) -> pg.Allocation:
        """An allocation with a plateau, so that what it may build is finite."""
        if row.plateau_jph is not None:
            return row
        return self.change(row, plateau_jph=self.rng.uniform(0.3, 1))

    def _name(self) -> None:
        """Add the rows that names need."""
        self.add(*(mk.Currency(currency=name, name=name) for name in CURRENCIES))
        self.add(*(sites.Organisation(organisation=o, name=o, role="oem") for o in ("o", "x")))
        self.add(sites.Brand(brand="b", name="b", organisation="o"))
        self.add(pr.Platform(platform="p", name="p"))

    def _repair(self) -> None:
        """Change or drop rows that the plan takes but the check refuses."""
        self._repair_plants()
        self._repair_parts()
        inside = {self.month(t) for t in range(self.months)}
        self.drop(*(row for row in self.of(pg.Pin) if row.month not in inside))
        for allocation in self.of(pg.Allocation):
            self.bounded(allocation)
        for deal in self.of(pg.Agreement):
            self.change(deal, min_per_year=(deal.min_per_year or 0) / 8)
        for row in [*self.of(pg.Allocation), *self.of(pg.Agreement), *self.of(sp.CellSupply),
                    *self.of(sp.ComponentSource)]:  # fmt: skip
            if row.start and row.end and self._day(row.start) > self._day(row.end):
                self.change(row, end=None)

    def _repair_plants(self) -> None:
        for pattern in self.of(sites.ShiftPattern):
            self.change(pattern, overtime_max_min=30)
        for plant in self.of(sites.Plant):
            self.change(plant, currency=plant.currency or "EUR")
            if {row.kind for row in self.of(sites.Shop) if row.plant == plant.plant} == {"engine"}:
                self.add(sites.Shop(shop=f"{plant.plant}-line", plant=plant.plant, kind="line"))

    def _repair_parts(self) -> None:
        for component in self.of(sp.Component):
            if component.component == "pack":
                self.change(component, kind="battery_pack")
        for source in self.of(sp.ComponentSource):
            if source.component != "pack":
                self.change(source, cell_supply=None)
        dry = {row.vehicle for row in self.of(pr.Vehicle) if row.drivetrain == "ICE"}
        use = self.of(sp.ComponentUse)
        self.drop(*(row for row in use if row.component == "pack" and row.vehicle in dry))

    def _day(self, text: str) -> dt.date:
        return resolve_when(text, self.info.dates)
