"""The plan once more, as plain as can be: loops, dictionaries and a dense matrix for SciPy.

Written from ``docs/background/plan-model.md`` alone. It shares no code with the stage ``plan``
(not even dates), and takes its time; small cases only. What ``plan-choices.md`` changes in these
rules goes through methods that ``dense_choices`` overrides.
"""

from typing import Any

from motorworks.case.case import Case
from tests.oracle import dense_supply
from tests.oracle.dense_figures import INF, Figures
from tests.oracle.dense_program import Name, Program, Terms


def best_margin(case: Case) -> float | None:
    """The largest margin of a case, or None where no plan meets all rules."""
    plan = Plan(case)
    plan.write()
    return plan.program.best()


class Plan(Figures):
    """The rules of one case; what choices change in them is overridden in ``dense_choices``."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.program = Program()
        self.chosen: dict[Name, Any] = {}
        self.supply = dense_supply.Supply(self)

    def write(self) -> None:
        """Write the program."""
        self.program = Program()
        self.columns()
        self.supply.columns(self.program)
        self.shop_rows()
        self.plant_rows()
        self.store_rows()
        self.market_rows()
        self.sold_rows()
        self.space_rows()
        self.supply.rows(self.program)
        self.agreement_rows()
        self.pin_rows()
        self.end_rows()

    def make_limit(self, vehicle: str, plant: str, t: int) -> float:
        """Most cars of an allocation in a month."""
        return float(self.limit(vehicle, plant, t))

    def open_months(self, plant: str, inside: list[int]) -> int:
        """How many of these months a plant is open."""
        return len(inside)

    def covered(self, deal: dict[str, Any], month: int) -> bool:
        """Whether an agreement that is not over by its dates still counts in a month."""
        return True

    def columns(self) -> None:
        """Cars made, held, shipped, lost, late and kept."""
        add, last = self.program.add, self.count - 1
        for t in range(self.count):
            for i, p in self.made:
                add(("make", i, p, t), -self.build_cost(i, p, t), self.make_limit(i, p, t))
            for i, p in self.stores:
                gain = -self.yard_cost(self.plants[p], i, t)
                if t == last and (i, p) in self.made:
                    gain += self.end_value * min(
                        self.build_cost(i, p, month) for month in range(self.count)
                    )
                add(("stock", i, p, t), gain)
            for i, lane in self.flows:
                add(("ship", i, lane, t), -self.ship_cost(i, lane, t))
            for i, m in self.pairs:
                net, wanted = self.net(i, m, t), self.demand[i, m, t]
                owed = self.backlog.get((i, m), 0.0)
                most_lost = wanted + (owed if t == 0 else 0.0)
                recent = sum(
                    self.demand[i, m, u] for u in range(max(t - self.late_months + 1, 0), t + 1)
                )
                most_late = recent + (owed if t < self.late_months else 0.0)
                add(("mstock", i, m, t), -self.yard_cost(self.markets[m], i, t))
                add(("lost", i, m, t), -self.lost_penalty, most_lost)
                # a car sold later is paid at the price of the month before, and so on back
                before = net - self.net(i, m, t + 1) if t < last else -self.lost_penalty
                late = before - self.late_penalty
                add(("late", i, m, t), late, most_late if self.late_months else 0.0)
                add(("sold", i, m, t), net)
        for i, m in self.pairs:
            months = range(max(self.count - 12, 0), self.count)
            mean = sum(self.demand[i, m, t] for t in months) / len(months)
            lags = [sum(self.lag(lane)) for lane in self.lanes_to(i, m)]
            most = (self.cover + min(lags, default=0.0)) * mean
            add(("kept", i, m), self.end_value * self.net(i, m, last), most)

    def lanes_to(self, vehicle: str, market: str) -> list[str]:
        """Lanes of the flows of a vehicle to a market."""
        lanes = (lane for v, lane in self.flows if v == vehicle)
        return [lane for lane in lanes if self.lanes[lane]["market"] == market]

    def shop_work(self, shop: str, t: int) -> Terms:
        """Work of a shop in a month."""
        plant = self.shops[shop]["plant"]
        made = [(i, p) for i, p in self.made if p == plant]
        terms = {("make", i, p, t): self.work(i, p, shop) for i, p in made}
        return terms | self.supply.shop_work(shop, t)

    def shop_rows(self) -> None:
        """Shop capacity."""
        for shop in self.rated:
            for t in range(self.count):
                most = sum(
                    self.calendar.hours(self.shops[shop]["plant"], day)
                    * self.calendar.pace(shop, day)
                    for day in self.calendar.days_of(t)
                )
                self.program.row(self.shop_work(shop, t), -INF, most)

    def plant_rows(self) -> None:
        """Nameplate and plant yard."""
        for plant, given in self.plants.items():
            made = [(i, p) for i, p in self.made if p == plant]
            for year in {month[:4] for month in self.months if given["nameplate"] is not None}:
                inside = [t for t in range(self.count) if self.months[t][:4] == year]
                self.program.row(
                    {("make", i, p, t): 1.0 for i, p in made for t in inside},
                    -INF, given["nameplate"] * self.open_months(plant, inside) / 12,
                )  # fmt: skip
            for t in range(self.count) if given["yard_slots"] is not None else ():
                held = {("stock", i, p, t): 1.0 for i, p in self.stores if p == plant}
                self.program.row(held, -INF, given["yard_slots"])

    def store_rows(self) -> None:
        """Plant balance."""
        for i, p in self.stores:
            for t in range(self.count):
                terms = {("stock", i, p, t): -1.0}
                if (i, p) in self.made:
                    terms["make", i, p, t] = 1.0
                for v, lane in self.flows:
                    if v == i and self.lanes[lane]["plant"] == p:
                        terms["ship", i, lane, t] = -1.0
                if t:
                    terms["stock", i, p, t - 1] = 1.0
                opening = 0.0 if t else -self.opening.get((i, p), 0.0)
                self.program.row(terms, opening, opening)

    def market_rows(self) -> None:
        """Market balance and market yard."""
        for i, m in self.pairs:
            for t in range(self.count):
                arrived = self.incoming[i, m, t] + (0.0 if t else self.opening.get((i, m), 0.0))
                terms = {("mstock", i, m, t): 1.0, ("sold", i, m, t): 1.0}
                if t:
                    terms["mstock", i, m, t - 1] = -1.0
                for lane in self.lanes_to(i, m):
                    whole, part = self.lag(lane)
                    for left, share in ((t - whole, 1 - part), (t - whole - 1, part)):
                        if left >= 0:
                            terms["ship", i, lane, left] = -share
                self.program.row(terms, arrived, arrived)
        for market, given in self.markets.items():
            for t in range(self.count) if given["yard_slots"] is not None else ():
                held = {("mstock", i, m, t): 1.0 for i, m in self.pairs if m == market}
                self.program.row(held, -INF, given["yard_slots"])

    def sold_rows(self) -> None:
        """What is sold: all that is wanted or owed, less what is owed on or lost."""
        for i, m in self.pairs:
            for t in range(self.count):
                wanted = self.demand[i, m, t] + (0.0 if t else self.backlog.get((i, m), 0.0))
                terms = {("sold", i, m, t): 1.0, ("lost", i, m, t): 1.0, ("late", i, m, t): 1.0}
                if t:
                    terms["late", i, m, t - 1] = -1.0
                self.program.row(terms, wanted, wanted)

    def space_rows(self) -> None:
        """Space on the ships of a lane."""
        for lane in self.lanes:
            for t in range(self.count):
                held = self.found("sailings", t, lane=lane)
                if held is not None:
                    ceu = {("ship", i, at, t): self.vehicles[i]["ceu"]
                           for i, at in self.flows if at == lane}  # fmt: skip
                    self.program.row(ceu, -INF, held["sailings_per_month"] * held["allotment_ceu"])

    def agreement_rows(self) -> None:
        """Least and most of a year, and the cars short."""
        for deal in self.rows("agreements"):
            days = [
                day for t in range(self.count) for day in self.calendar.days_of(t)
                if self.calendar.inside(day, deal["start"], deal["end"])
            ]  # fmt: skip
            for year in {day.year for day in days} if deal["status"] == "firm" else ():
                inside = [day for day in days if day.year == year]
                months = sorted({self.at[f"{day:%Y-%m}"] for day in inside})
                counted = [day for day in inside if self.covered(deal, self.at[f"{day:%Y-%m}"])]
                share = len(counted) / self.calendar.days_in_year(inside[0])
                cost = deal["shortfall_cost"] * deal["take_or_pay_pct"] / 100
                short = ("short", deal["agreement"], year)
                self.program.add(short, -cost * self.fx(deal["currency"], months[-1]))
                built = {("make", deal["vehicle"], deal["plant"], t): 1.0 for t in months}
                if deal["min_per_year"] is not None:
                    self.program.row({**built, short: 1.0}, deal["min_per_year"] * share, INF)
                if deal["max_per_year"] is not None:
                    self.program.row(built, -INF, deal["max_per_year"] * share)

    def pin_rows(self) -> None:
        """What a planner has fixed."""
        for pin in self.rows("pins"):
            if pin["month"] not in self.at:
                continue
            t, i, p = self.at[pin["month"]], pin["vehicle"], pin["plant"]
            if pin["market"] is None:
                terms = {("make", i, p, t): 1.0} if (i, p) in self.made else {}
            else:
                terms = {
                    ("ship", v, lane, t): 1.0 for v, lane in self.flows
                    if v == i and self.lanes[lane]["plant"] == p
                    and self.lanes[lane]["market"] == pin["market"]
                }  # fmt: skip
            least = 0.0 if pin["minimum"] is None else pin["minimum"]
            self.program.row(terms, least, INF if pin["maximum"] is None else pin["maximum"])

    def end_rows(self) -> None:
        """Cars that keep a value are in a market or at sea towards it."""
        for i, m in self.pairs:
            terms = {("kept", i, m): 1.0, ("mstock", i, m, self.count - 1): -1.0}
            for lane in self.lanes_to(i, m):
                whole, part = self.lag(lane)
                for t in range(self.count):
                    at_sea = (1 - part) * (t + whole >= self.count)
                    at_sea += part * (t + whole + 1 >= self.count)
                    terms["ship", i, lane, t] = -at_sea
            self.program.row(terms, -INF, self.incoming[i, m, self.count])
