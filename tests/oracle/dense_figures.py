"""What the tables of a case say, month by month, for the dense plan."""

from collections import defaultdict
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
        self.read_sets()

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

    def duty(self, vehicle: str, lane: str, u: int) -> float:
        """Duty on a car that arrives in month u."""
        u = min(u, self.count - 1)
        plant, market = self.plants[self.lanes[lane]["plant"]], self.lanes[lane]["market"]
        exporter = self.countries[plant["country"]]["customs_area"]
        importer = self.countries[self.markets[market]["country"]]["customs_area"]
        price = self.found("prices", u, vehicle=vehicle, market=market)
        if importer == exporter or price is None:
            return 0.0
        rows = [r for r in self.rows("tariffs")
                if r["importer"] == importer and r["exporter"] == exporter]  # fmt: skip
        drive = self.vehicles[vehicle]["drivetrain"]
        own = [row for row in rows if row["goods"] == drive]
        rates = own or [row for row in rows if row["goods"] == "any"]
        days = self.calendar.days_of(u)
        mean = sum(self.calendar.in_force(rates, day)["rate_pct"] for day in days) / len(days)
        share = price["customs_share_pct"] / 100
        return float(mean / 100 * share * self.net(vehicle, market, u))

    def lag(self, lane: str) -> tuple[int, float]:
        """Whole months on the way, and the share arriving a month later."""
        months = self.lanes[lane]["transit_days"] / 30.4375
        return int(months), months - int(months)

    def ship_cost(self, vehicle: str, lane: str, t: int) -> float:
        """Freight, duty and capital on the way of a car leaving in month t."""
        row = self.found("lane_rates", t, lane=lane)
        ceu = self.vehicles[vehicle]["ceu"]
        freight = 0.0 if row is None else row["freight"] * self.fx(row["currency"], t) * ceu
        whole, part = self.lag(lane)
        duty = (1 - part) * self.duty(vehicle, lane, t + whole)
        duty += part * self.duty(vehicle, lane, t + whole + 1)
        years = self.lanes[lane]["transit_days"] / 365
        return float(freight + duty + self.value(vehicle, t) * self.capital * years)

    def yard_cost(self, place: dict[str, Any], vehicle: str, t: int) -> float:
        """Cost of a car standing for a month."""
        slot = place["yard_cost"] * self.fx(place["currency"], t)
        return float(slot + self.value(vehicle, t) * self.capital / 12)

    def work(self, vehicle: str, plant: str, shop: dict[str, Any]) -> float:
        """Work of a car in a shop, in standard vehicles."""
        depth = self.made[vehicle, plant]["depth"]
        if depth != "full" and shop["kind"] not in PASSED[depth]:
            return 0.0
        for row in self.rows("work_content"):
            if row["vehicle"] == vehicle and row["shop"] == shop["shop"]:
                return float(row["factor"])
        return 0.0 if shop["kind"] in ("engine", "foundry", "battery") else 1.0

    def limit(self, vehicle: str, plant: str, t: int) -> float:
        """Most cars that the launch allows in month t."""
        row = self.made[vehicle, plant]
        shops = [shop for shop in self.rows("shops") if shop["plant"] == plant]
        works = {shop["shop"]: self.work(vehicle, plant, shop) for shop in shops}
        rated = {r["shop"] for r in self.rows("shop_rates")}
        limiting = [shop for shop, work in works.items() if work > 0 and shop in rated]
        total, touched = 0.0, False
        for day in self.calendar.days_of(t):
            if not self.calendar.inside(day, row["start"], row["end"]):
                continue
            touched = True
            if row["plateau_jph"] is not None:
                plateau = row["plateau_jph"]
            elif limiting:
                plateau = min(self.calendar.pace(shop, day) / works[shop] for shop in limiting)
            else:
                continue
            hours = self.calendar.hours(plant, day)
            total += hours * plateau * self.calendar.curve(row["ramp"], row["start"], day)
        endless = row["plateau_jph"] is None and not limiting
        return INF if endless and touched else total
