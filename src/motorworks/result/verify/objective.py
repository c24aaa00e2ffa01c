"""The margin and its parts, worked out from the tables of the plan."""

import math

from motorworks.result.plan import PlanResult
from motorworks.result.verify.books import Books
from motorworks.result.verify.findings import PARTS

PART = 1e-6
"""Most by which a part may be off, relative to the sum of its amounts without their signs."""

TURNOVER = 1e-8
"""Most by which any sum may be off on top, relative to all money that moves."""


class _Part:
    """A running sum, with the sum of the amounts' sizes beside it."""

    def __init__(self) -> None:
        self.amount = 0.0
        self.gross = 0.0

    def add(self, amount: float) -> None:
        self.amount += amount
        self.gross += abs(amount)


def objective(books: Books, result: PlanResult) -> None:
    """Every part is what the tables make it; they add up; the result states the same margin."""
    parts = {part: _Part() for part in PARTS}
    for fill in (_sales, _building, _moving, _standing, _supplying, _ending):
        fill(books, parts)
    turnover = sum(part.gross for part in parts.values())
    noise = TURNOVER * turnover + 1e-6
    stated = {key[0]: row["amount"] for key, row in books.said.tables["objective"].items()}
    for name, part in parts.items():
        rule = f"objective:{name}"
        said = stated.get(name, 0.0)
        books.ledger.checked[rule] += 1
        if abs(said - part.amount) > PART * part.gross + noise:
            message = f"{name} is stated as {said:,.2f}, but the plan's tables make it"
            message = f"{message} {part.amount:,.2f} ({said - part.amount:+,.2f})"
            books.ledger.add(rule, "objective", message, said, part.amount)
    margin = stated.get("margin", 0.0)
    _margin(
        books, "the parts stated add up to", margin, sum(stated.get(p, 0.0) for p in PARTS), noise
    )
    _margin(books, "the result itself says", margin, result.margin, noise)


def _margin(books: Books, what: str, stated: float, other: float, noise: float) -> None:
    books.ledger.checked["objective:margin"] += 1
    if not math.isfinite(other) or abs(stated - other) > noise:
        message = f"the margin is stated as {stated:,.2f}, but {what} {other:,.2f}"
        books.ledger.add("objective:margin", "objective", message, stated, other)


def _sales(books: Books, parts: dict[str, _Part]) -> None:
    """Money from cars sold, and goodwill lost where they are late or never come."""
    said, settings, last = books.said, books.settings, books.given.count - 1
    for pair, demand in books.given.demand.items():
        first_price, last_price = (books.money.net_at(pair, t) for t in (0, last))
        parts["revenue"].add(first_price * books.given.backlog.get(pair, 0.0))
        parts["revenue"].add(-last_price * said.late[pair][last])
        for t in range(books.given.count):
            wanted = demand[t] - said.lost[pair][t]
            parts["revenue"].add(books.money.net_at(pair, t) * wanted)
            parts["lost_sales"].add(-settings.lost_penalty * said.lost[pair][t])
            parts["late_sales"].add(-settings.late_penalty * said.late[pair][t])
        parts["lost_sales"].add(-settings.lost_penalty * said.late[pair][-1])


def _building(books: Books, parts: dict[str, _Part]) -> None:
    """Material and conversion of cars built, and what is owed for those that were not."""
    for key in books.given.allocations:
        for t, units in enumerate(books.said.make[key]):
            material, conversion = books.money.cost_at(key, t)
            parts["material"].add(-material * units)
            parts["conversion"].add(-conversion * units)
    for row in books.given.firm:
        for year in books.given.years(row):
            said = books.said.tables["agreements"].get((row.agreement, year), {})
            fx = books.money.fx(row.currency, books.given.counted(row, year)[-1])
            owed = row.take_or_pay_pct / 100 * row.shortfall_cost * fx
            parts["agreement_shortfall"].add(-owed * said.get("shortfall", 0.0))


def _moving(books: Books, parts: dict[str, _Part]) -> None:
    """Freight, duty and capital of cars on their way."""
    rate = books.settings.capital_rate_pct
    for flow in books.given.flows:
        for t, units in enumerate(books.said.ship[flow]):
            if units:
                parts["freight"].add(-books.money.freight_of(flow, t) * units)
                parts["duty"].add(-books.money.duty_of(flow, t) * units)
                parts["transit_capital"].add(-books.money.capital_of(flow, t, rate) * units)


def _standing(books: Books, parts: dict[str, _Part]) -> None:
    """Yards and capital of cars that stand at plants and in markets."""
    given, money, said = books.given, books.money, books.said
    share = books.settings.capital_rate_pct / 100 / 12
    for key in given.stocked:
        plant = given.plants[key[1]]
        for t, units in enumerate(said.stock[key]):
            yard = plant.yard_cost * money.fx(plant.currency, t)
            parts["plant_stock"].add(-units * (yard + money.value[key[0]][t] * share))
    for key in given.demand:
        market = given.markets[key[1]]
        for t, units in enumerate(said.market_stock[key]):
            yard = market.yard_cost * money.fx(market.currency, t)
            parts["market_stock"].add(-units * (yard + money.value[key[0]][t] * share))


def _supplying(books: Books, parts: dict[str, _Part]) -> None:
    """Premiums of component sources, and components in store."""
    given, fx = books.given, books.money.fx
    for name, source in given.sources.items():
        for t, units in enumerate(books.said.get[name]):
            parts["component_premium"].add(-source.premium * fx(source.currency, t) * units)
    for key in given.stores:
        component = given.components[key[0]]
        for t, units in enumerate(books.said.in_store[key]):
            holding = component.holding_cost * fx(component.currency, t)
            parts["component_stock"].add(-holding * units)


def _ending(books: Books, parts: dict[str, _Part]) -> None:
    """Value kept by cars unsold, under way or at a plant at the end."""
    given, last = books.given, books.given.count - 1
    share = books.settings.end_value_pct / 100
    for pair in given.demand:
        kept = books.said.kept.get(pair, 0.0)
        parts["end_value"].add(share * books.money.net_at(pair, last) * kept)
    for key in given.stocked:
        least = min(sum(books.money.cost_at(key, t)) for t in range(given.count))
        parts["end_value"].add(share * least * books.said.stock[key][last])
