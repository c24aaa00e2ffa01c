"""What the tables of a case say, month by month, for the dense plan."""

import datetime as dt
from collections import defaultdict
from functools import cache
from typing import Any

from motorworks.case.case import Case
from tests.oracle.dense_calendar import Calendar

INF = float("inf")

PASSED = {
    "CKD": {"body", "paint", "pbs", "trim", "chassis", "final", "eol", "rework", "line",
            "engine", "foundry", "battery"},
    "SKD": {"chassis", "final", "eol", "rework", "line"},
    "DKD": {"final", "eol", "rework", "line"},
}  # fmt: skip


class Figures:
    """The sets and figures of one case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.calendar = Calendar(case)
        self.rows = self.calendar.rows
        self.months = list(case.info.month_names)
        self.count = len(self.months)
        self.at = {month: number for number, month in enumerate(self.months)}
        given = case.info.plan
        self.lost_penalty = given.get("lost_penalty", 1000)
        self.late_penalty = given.get("late_penalty", 200)
        self.late_months = given.get("late_months", 2)
        self.capital = given.get("capital_rate_pct", 8) / 100
        self.end_value = given.get("end_value_pct", 90) / 100
        self.cover = given.get("end_cover_months", 0)
        self.vehicles = self.keyed("vehicles")
        self.plants = self.keyed("plants")
        self.markets = self.keyed("markets")
        self.lanes = self.keyed("lanes")
        self.countries = self.keyed("countries")
        self.components = self.keyed("components")
        self.shops = self.keyed("shops")
        self.rated = {row["shop"] for row in self.rows("shop_rates")}
        self.read_sets()
        for slow in ("fx", "found", "net", "build_cost", "value", "duty", "ship_cost", "work",
                     "plateau", "limit"):  # fmt: skip
            setattr(self, slow, cache(getattr(self, slow)))

    def keyed(self, table: str) -> dict[str, dict[str, Any]]:
        """Rows of a table by the value of their first column."""
        return {next(iter(row.values())): row for row in self.rows(table)}

    def read_sets(self) -> None:
        """Allocations, stores, pairs and flows."""
        self.made = {(row["vehicle"], row["plant"]): row for row in self.rows("allocations")}
        stock = self.rows("opening_stock")
        self.stores = set(self.made) | {(r["vehicle"], r["plant"]) for r in stock if r["plant"]}
        self.demand: dict[Any, float] = defaultdict(float)
        self.pairs = {(row["vehicle"], row["market"]) for row in stock if row["market"]}
        for row in self.rows("demand"):
            if row["month"] in self.at:
                self.pairs.add((row["vehicle"], row["market"]))
                self.demand[row["vehicle"], row["market"], self.at[row["month"]]] = row["units"]
        owed = self.rows("opening_backlog")
        self.backlog = {(row["vehicle"], row["market"]): row["units"] for row in owed}
        self.pairs |= set(self.backlog)
        self.incoming: dict[Any, float] = defaultdict(float)
        for row in self.rows("in_transit"):
            pair = row["vehicle"], self.lanes[row["lane"]]["market"]
            self.pairs.add(pair)
            ahead = self.calendar.month_number(row["arrives"])
            if ahead >= 0:
                self.incoming[*pair, min(ahead, self.count)] += row["units"]
        self.opening = {(r["vehicle"], r["plant"] or r["market"]): r["units"] for r in stock}
        self.flows = {
            (vehicle, lane)
            for lane, row in self.lanes.items()
            for vehicle in self.vehicles
            if (vehicle, row["plant"]) in self.stores and (vehicle, row["market"]) in self.pairs
        }

    def fx(self, currency: str | None, t: int) -> float:
        """Worth of a currency in month t."""
        if currency is None or currency == self.case.info.currency:
            return 1.0
        rows = [row for row in self.rows("currency_rates") if row["currency"] == currency]
        return float(self.holding(rows, t)["rate"])

    def holding(self, rows: list[dict[str, Any]], t: int) -> dict[str, Any]:
        """The row that holds in month t: the last begun, before the first the first."""
        rows = sorted(rows, key=lambda row: str(row["start"]))
        begun = [row for row in rows if self.calendar.month_number(row["start"]) <= t]
        return begun[-1] if begun else rows[0]

    def found(self, table: str, t: int, **key: str) -> dict[str, Any] | None:
        """The row of a key that holds in month t, if the key has any."""
        rows = [r for r in self.rows(table) if all(r[name] == value for name, value in key.items())]
        return self.holding(rows, t) if rows else None

    def net(self, vehicle: str, market: str, t: int) -> float:
        """Net price."""
        row = self.found("prices", t, vehicle=vehicle, market=market)
        if row is None:
            return 0.0
        return float(row["price"] * row["net_share_pct"] / 100 * self.fx(row["currency"], t))

    def build_cost(self, vehicle: str, plant: str, t: int) -> float:
        """Material and conversion."""
        row = self.found("costs", t, vehicle=vehicle, plant=plant)
        if row is None:
            return 0.0
        return float((row["material_cost"] + row["conversion_cost"]) * self.fx(row["currency"], t))

    def value(self, vehicle: str, t: int) -> float:
        """Value of a car in stock."""
        row = self.vehicles[vehicle]
        return float(row["stock_value"] * self.fx(row["currency"], t))

    def areas(self, lane: str) -> tuple[str, str]:
        """Customs areas of importer and exporter."""
        plant, market = self.plants[self.lanes[lane]["plant"]], self.lanes[lane]["market"]
        exporter = self.countries[plant["country"]]["customs_area"]
        return self.countries[self.markets[market]["country"]]["customs_area"], exporter

    def customs_value(self, vehicle: str, market: str, u: int) -> float:
        """Value that a car arriving in month u has at customs."""
        price = self.found("prices", u, vehicle=vehicle, market=market)
        if price is None:
            return 0.0
        return float(price["customs_share_pct"] / 100 * self.net(vehicle, market, u))

    def duty(self, vehicle: str, lane: str, u: int, regime: str | None = None) -> float:
        """Duty on a car that arrives in month u, or the one under a trade agreement."""
        u = min(u, self.count - 1)
        importer, exporter = self.areas(lane)
        if importer == exporter:
            return 0.0
        rows = [
            row for row in self.rows("tariffs" if regime is None else "preferences")
            if row["importer"] == importer and row["exporter"] == exporter
            and (regime is None or row["regime"] == regime)
        ]  # fmt: skip
        drive = self.vehicles[vehicle]["drivetrain"]
        own = [row for row in rows if row["goods"] == drive]
        value = self.customs_value(vehicle, self.lanes[lane]["market"], u)
        rates = own or [row for row in rows if row["goods"] == "any"]
        return value * self.mean_rate(rates, u) / 100 if value else 0.0

    def mean_rate(self, rows: list[dict[str, Any]], t: int) -> float:
        """Mean over the days of month t of the rate in force."""
        days = self.calendar.days_of(t)
        total = sum(self.calendar.in_force(rows, day)["rate_pct"] for day in days)
        return float(total / len(days))

    def duty_on_arrival(self, vehicle: str, lane: str, t: int, regime: str | None = None) -> float:
        """Duty on a car that leaves in month t."""
        whole, part = self.lag(lane)
        sooner = self.duty(vehicle, lane, t + whole, regime)
        return (1 - part) * sooner + part * self.duty(vehicle, lane, t + whole + 1, regime)

    def lag(self, lane: str) -> tuple[int, float]:
        """Whole months on the way, and the share arriving a month later."""
        months = self.lanes[lane]["transit_days"] / 30.4375
        return int(months), months - int(months)

    def ship_cost(self, vehicle: str, lane: str, t: int) -> float:
        """Freight, duty and capital on the way of a car leaving in month t."""
        row = self.found("lane_rates", t, lane=lane)
        ceu = self.vehicles[vehicle]["ceu"]
        freight = 0.0 if row is None else row["freight"] * self.fx(row["currency"], t) * ceu
        duty = self.duty_on_arrival(vehicle, lane, t)
        years = self.lanes[lane]["transit_days"] / 365
        return float(freight + duty + self.value(vehicle, t) * self.capital * years)

    def yard_cost(self, place: dict[str, Any], vehicle: str, t: int) -> float:
        """Cost of a car standing for a month."""
        slot = place["yard_cost"] * self.fx(place["currency"], t)
        return float(slot + self.value(vehicle, t) * self.capital / 12)

    def work(self, vehicle: str, plant: str, shop: str) -> float:
        """Work of a car in a shop, in standard vehicles."""
        kind = self.shops[shop]["kind"]
        depth = self.made[vehicle, plant]["depth"]
        if depth != "full" and kind not in PASSED[depth]:
            return 0.0
        for row in self.rows("work_content"):
            if row["vehicle"] == vehicle and row["shop"] == shop:
                return float(row["factor"])
        return 0.0 if kind in ("engine", "foundry", "battery") else 1.0

    def shops_of(self, plant: str) -> list[str]:
        """The shops of a plant."""
        return [shop for shop, row in self.shops.items() if row["plant"] == plant]

    def plateau(self, vehicle: str, plant: str, day: dt.date) -> float | None:
        """Most cars an hour on a day once ramped up, None for no limit."""
        row = self.made[vehicle, plant]
        if row["plateau_jph"] is not None:
            return float(row["plateau_jph"])
        works = {shop: self.work(vehicle, plant, shop) for shop in self.shops_of(plant)}
        paces = [
            self.calendar.pace(shop, day) / work
            for shop, work in works.items()
            if work > 0 and shop in self.rated
        ]
        return min(paces, default=None)

    def limit(
        self, vehicle: str, plant: str, t: int,
        begun: dt.date | None = None, pattern: str | None = None,
    ) -> float:  # fmt: skip
        """Most cars that the launch allows in month t, for a start and a pattern if given."""
        row = self.made[vehicle, plant]
        begun = self.calendar.resolve(row["start"]) if begun is None else begun
        total = 0.0
        for day in self.calendar.days_of(t):
            if day < begun or not self.calendar.inside(day, None, row["end"]):
                continue
            plateau = self.plateau(vehicle, plant, day)
            if plateau is None:
                return INF
            hours = self.calendar.hours(plant, day, pattern)
            total += hours * plateau * self.calendar.curve(row["ramp"], begun, day)
        return total
