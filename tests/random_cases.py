"""Random small cases that draw on every table the plan reads, from one seed each."""

import random
from collections.abc import Iterator
from typing import Any

from motorworks.case.case import Case
from motorworks.case.column import Record
from motorworks.case.dates import add_months
from motorworks.case.info import CaseInfo
from motorworks.case.records import markets as mk
from motorworks.case.records import products as pr
from motorworks.case.records import programme as pg
from motorworks.case.records import sites
from motorworks.case.records import supply as sp
from motorworks.case.records import trade as td

COUNTRIES = {"KR": "KR", "DE": "EU", "FR": "EU", "US": "US"}
CURRENCIES = ("EUR", "KRW", "USD")
DRIVES = ("ICE", "MHEV", "HEV", "PHEV", "BEV")


class Maker:
    """Draws the rows of a case from one seed; every table that the plan reads is drawn."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.first = add_months("2023-06", self.rng.randrange(20))
        self.count = self.rng.randint(1, 8)
        self.vehicles = [f"v{n}" for n in range(self.rng.randint(1, 3))]
        self.plants = [f"p{n}" for n in range(self.rng.randint(1, 2))]
        self.markets = [f"m{n}" for n in range(self.rng.randint(1, 3))]

    def info(self) -> CaseInfo:
        """Horizon, rounding of dates and settings."""
        plan: dict[str, Any] = {
            "late_months": self.rng.randint(0, 4),
            "lost_penalty": self.rng.choice([0, 300, 5000]),
            "late_penalty": self.rng.choice([1, 150]),
            "end_value_pct": self.rng.choice([0, 60, 95]),
            "end_cover_months": self.rng.choice([0, 1.5]),
        }
        return CaseInfo(
            name="random", title="Random", start=self.first, months=self.count, currency="EUR",
            dates=self.rng.choice(("early", "mid", "late")), plan=plan,
        )  # fmt: skip

    def maybe(self, value: Any, odds: float = 0.5) -> Any:
        """The value, or a blank."""
        return value if self.rng.random() < odds else None

    def month(self, low: int = -3, high: int = 3) -> str:
        """A month from some before the horizon to some after it."""
        return add_months(self.first, self.rng.randint(low, self.count + high - 1))

    def day(self) -> str:
        """A day around the horizon."""
        return f"{self.month()}-{self.rng.randint(1, 28):02d}"

    def when(self, high: int = 3) -> str:
        """A rough date around the horizon."""
        month = self.month(-6, high)
        return self.rng.choice([
            month, f"{month}-{self.rng.randint(1, 28):02d}", month[:4],
            f"{month[:4]}-Q{self.rng.randint(1, 4)}", f"{month[:4]}-H{self.rng.randint(1, 2)}",
            f"{month}..{add_months(month, 3)}",
        ])  # fmt: skip

    def span(self) -> dict[str, str | None]:
        """A start and an end, perhaps blank."""
        return {
            "start": self.maybe(self.when(0)),
            "end": self.maybe(f"{add_months(self.first, self.rng.randint(0, 9))}-17"),
        }

    def steps(self) -> list[str]:
        """One or two different months from which rows hold."""
        return sorted({self.month() for _ in range(self.rng.randint(1, 2))})

    def money(self) -> str:
        """A currency."""
        return self.rng.choice(CURRENCIES)

    def worth(self, euros: float) -> dict[str, Any]:
        """About that many euros in some currency."""
        currency = self.money()
        per_unit = {"EUR": 1.0, "USD": 0.9, "KRW": 0.0007}[currency]
        return {"amount": euros * self.rng.uniform(0.8, 1.25) / per_unit, "currency": currency}

    def case(self) -> Case:
        """The case."""
        rows = [*self.frame(), *self.sites(), *self.products(), *self.programme(),
                *self.trade(), *self.supply()]  # fmt: skip
        return Case.of(self.info(), rows)

    def frame(self) -> Iterator[Record]:
        """Countries, currencies, markets, demand and prices."""
        for country, area in COUNTRIES.items():
            yield sites.Country(country=country, name=country, customs_area=area)
        for currency, rate in (("USD", 0.9), ("KRW", 0.0007)):
            for start in self.steps():
                worth = rate * self.rng.uniform(0.9, 1.1)
                yield mk.CurrencyRate(currency=currency, start=start, rate=worth)
        for market in self.markets:
            yield mk.Market(
                market=market, name=market, country=self.rng.choice(list(COUNTRIES)),
                yard_slots=self.maybe(self.rng.uniform(150, 400)), yard_cost=self.rng.uniform(0, 9),
                currency=self.money(),
            )  # fmt: skip
            for vehicle in self.vehicles:
                for start in self.steps():
                    price = self.worth(30000)
                    yield mk.Price(
                        vehicle=vehicle, market=market, start=start, price=price["amount"],
                        currency=price["currency"], net_share_pct=self.rng.uniform(60, 100),
                        customs_share_pct=self.rng.choice([100, 70]),
                    )  # fmt: skip
                if self.rng.random() < 0.8:
                    for number in range(-1, self.count + 1):
                        if self.rng.random() < 0.8:
                            month = add_months(self.first, number)
                            units = self.rng.choice([0, self.rng.uniform(0, 200)])
                            yield mk.Demand(
                                vehicle=vehicle, market=market, month=month, units=units
                            )

    def sites(self) -> Iterator[Record]:
        """Plants, shops, shifts and closures."""
        for name, shifts, days in (("one", 1, 5), ("two", 2, 6)):
            yield sites.ShiftPattern(pattern=name, name=name, shifts_per_day=shifts,
                                     minutes_per_shift=450, days_per_week=days)  # fmt: skip
        for plant in self.plants:
            country = self.rng.choice(list(COUNTRIES))
            nameplate = self.maybe(self.rng.uniform(500, 3000))
            # Without either there would be no end to building cars for the value of stock.
            yard_slots = self.maybe(self.rng.uniform(60, 200), 0.5 if nameplate else 1.0)
            yield sites.Plant(
                plant=plant, name=plant, organisation="o", country=country,
                nameplate=nameplate, yard_slots=yard_slots, yard_cost=self.rng.uniform(0, 9),
                currency=self.maybe(self.money()),
            )  # fmt: skip
            for start in sorted({self.day() for _ in range(self.rng.randint(1, 2))}):
                pattern, overtime = self.rng.choice([("one", 0), ("two", 0), ("two", 30)])
                yield sites.ShiftCalendar(
                    plant=plant, start=start, pattern=pattern, overtime_min=overtime
                )
            kinds = ["line", "body", "press", "chassis", "engine"]
            for kind in self.rng.sample(kinds, self.rng.randint(1, 3)):
                shop = f"{plant}-{kind}"
                yield sites.Shop(shop=shop, plant=plant, kind=kind)
                if self.rng.random() < 0.85:
                    for start in sorted({self.day() for _ in range(self.rng.randint(1, 2))}):
                        jph, share = self.rng.uniform(0.3, 2), self.rng.uniform(70, 100)
                        yield sites.ShopRate(
                            shop=shop, start=start, jph=jph, availability_pct=share
                        )
                for vehicle in self.vehicles:
                    if self.rng.random() < 0.4:
                        yield pr.WorkContent(vehicle=vehicle, shop=shop,
                                             factor=self.rng.choice([0, 0.8, 1.3]))  # fmt: skip
        for number in range(self.rng.randint(0, 5)):
            start, local = self.day(), self.rng.random() < 0.5
            kind, share = self.rng.choice(
                [("holiday", 0.0), ("strike", 0.4), ("extra", 1.0), ("extra", 0.5)]
            )
            yield sites.Closure(
                closure=f"c{number}", plant=self.plants[0] if local else None,
                country=None if local else self.rng.choice(list(COUNTRIES)), start=start,
                end=f"{add_months(start[:7], self.rng.randint(0, 1))}-28", kind=kind,
                worked_share=share,
            )  # fmt: skip

    def products(self) -> Iterator[Record]:
        """Vehicles and launch curves."""
        for vehicle in self.vehicles:
            value = self.worth(20000)
            yield pr.Vehicle(
                vehicle=vehicle, name=vehicle, brand="b", platform="p",
                drivetrain=self.rng.choice(DRIVES), ceu=self.rng.choice([1, 1.3]),
                stock_value=value["amount"], currency=value["currency"],
            )  # fmt: skip
        for curve in ("step", "linear", "logistic", "gompertz"):
            yield pg.Ramp(ramp=curve, curve=curve, t50_weeks=self.rng.uniform(1, 10))

    def programme(self) -> Iterator[Record]:
        """Allocations, costs, agreements, pins, and what is there at the start."""
        for plant in self.plants:
            for vehicle in self.vehicles:
                always = (vehicle, plant) == (self.vehicles[0], self.plants[0])
                if (
                    not always and self.rng.random() < 0.2
                ):  # never built here, perhaps still in the yard
                    if self.rng.random() < 0.5:
                        yield pg.OpeningStock(vehicle=vehicle, plant=plant, units=10)
                    continue
                yield from self.allocation(vehicle, plant)
        for vehicle in self.vehicles:
            market = self.rng.choice(self.markets)
            if self.rng.random() < 0.4:
                yield pg.OpeningStock(vehicle=vehicle, market=market, units=self.rng.uniform(0, 20))
            if self.rng.random() < 0.4:
                yield pg.OpeningBacklog(
                    vehicle=vehicle, market=market, units=self.rng.uniform(0, 30)
                )

    def allocation(self, vehicle: str, plant: str) -> Iterator[Record]:
        """A vehicle at a plant with all that goes with it."""
        yield pg.Allocation(
            vehicle=vehicle, plant=plant, start=self.when(0), end=self.maybe(self.day(), 0.3),
            depth=self.rng.choice(["full", "full", "CKD", "SKD", "DKD"]),
            plateau_jph=self.maybe(self.rng.uniform(0.2, 1)),
            ramp=self.maybe(self.rng.choice(["step", "linear", "logistic", "gompertz"])),
        )  # fmt: skip
        for start in self.steps():
            cost = self.worth(14000)
            yield pg.VehicleCost(
                vehicle=vehicle, plant=plant, start=start, material_cost=cost["amount"],
                conversion_cost=cost["amount"] / 5, currency=cost["currency"],
            )  # fmt: skip
        if self.rng.random() < 0.3:
            yield pg.OpeningStock(vehicle=vehicle, plant=plant, units=self.rng.uniform(0, 20))
        if self.rng.random() < 0.5:
            owed = self.worth(2000)
            yield pg.Agreement(
                agreement=f"{vehicle}-{plant}", name="a", principal="o", maker="o", vehicle=vehicle,
                plant=plant, start=self.when(0), end=self.maybe(self.day()),
                status=self.rng.choice(["firm", "firm", "letter_of_intent"]),
                min_per_year=self.maybe(self.rng.uniform(0, 2000)),
                max_per_year=self.maybe(self.rng.uniform(2000, 3000)),
                take_or_pay_pct=self.rng.choice([100, 50]), shortfall_cost=owed["amount"],
                currency=owed["currency"],
            )  # fmt: skip
        if self.rng.random() < 0.4:
            yield pg.Pin(
                vehicle=vehicle, plant=plant, market=self.maybe(self.rng.choice(self.markets)),
                month=self.month(), minimum=self.maybe(self.rng.uniform(0, 3), 0.2),
                maximum=self.rng.uniform(3, 60), reason="because",
            )  # fmt: skip

    def trade(self) -> Iterator[Record]:
        """Duties, lanes, freight, sailings and cars under way."""
        areas = sorted(set(COUNTRIES.values()))
        for importer in areas:
            for exporter in areas:
                if importer == exporter:
                    continue
                for goods in ("any", *self.rng.sample(DRIVES, 2)):
                    for start in sorted({self.day() for _ in range(2)}):
                        rate = self.rng.choice([0, 8, 25])
                        yield td.Tariff(importer=importer, exporter=exporter, goods=goods,
                                        start=start, rate_pct=rate)  # fmt: skip
        for plant in self.plants:
            for market in self.markets:
                for number in range(self.rng.choice([0, 1, 1, 1, 2])):
                    yield from self.lane(f"{plant}-{market}-{number}", plant, market)

    def lane(self, lane: str, plant: str, market: str) -> Iterator[Record]:
        """One way with its freight, its ships and the cars on it."""
        days = self.rng.choice([0, 3, 30.4375, self.rng.uniform(20, 80), 365])
        yield td.Lane(lane=lane, plant=plant, market=market, mode="roro", transit_days=days)
        for start in self.steps():
            freight = self.worth(900)
            yield td.LaneRate(lane=lane, start=start, freight=freight["amount"],
                              currency=freight["currency"])  # fmt: skip
        if self.rng.random() < 0.5:
            for start in self.steps():
                yield td.Sailing(lane=lane, start=start, sailings_per_month=self.rng.uniform(0, 4),
                                 allotment_ceu=30)  # fmt: skip
        for vehicle in self.vehicles:
            if self.rng.random() < 0.3:
                yield pg.InTransit(vehicle=vehicle, lane=lane, arrives=self.month(0, 3),
                                   units=self.rng.uniform(0, 15))  # fmt: skip

    def supply(self) -> Iterator[Record]:
        """Components, their sources, and cells."""
        yield sp.Supplier(supplier="s", name="s", country="KR")
        for supply in ("c0", "c1"):
            energy = self.rng.uniform(0.01, 0.1)
            yield sp.CellSupply(
                cell_supply=supply, supplier="s", gwh_per_year=energy, **self.span()
            )
        for component, kwh in (("pack", 70.0), ("motor", None)):
            holding = self.worth(20)
            yield sp.Component(
                component=component, name=component, kind="other", kwh=kwh,
                holding_cost=holding["amount"], currency=holding["currency"],
            )  # fmt: skip
            for vehicle in self.vehicles:
                if self.rng.random() < 0.4:
                    yield sp.ComponentUse(vehicle=vehicle, component=component,
                                          quantity=self.rng.choice([1, 2]))  # fmt: skip
            for plant in self.plants:
                for number in range(self.rng.randint(0, 2)):
                    premium = self.worth(100)
                    yield sp.ComponentSource(
                        source=f"{component}-{plant}-{number}", component=component, plant=plant,
                        supplier="s", capacity=self.maybe(self.rng.uniform(10, 200)),
                        premium=premium["amount"], currency=premium["currency"],
                        cell_supply=self.maybe(self.rng.choice(["c0", "c1"])), **self.span(),
                    )  # fmt: skip
                if self.rng.random() < 0.4:
                    yield sp.OpeningComponent(component=component, plant=plant, units=25)
