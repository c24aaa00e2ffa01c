"""The margin and its parts, worked out from the tables of the plan."""

import math

import numpy as np

from motorworks.result.plan import PlanResult
from motorworks.result.verify.books import Books
from motorworks.result.verify.choice_money import CHOICE_PARTS
from motorworks.result.verify.findings import PARTS
from motorworks.result.verify.parts import Part

PART = 1e-6
"""Most by which a part may be off, relative to the sum of its amounts without their signs."""

TURNOVER = 1e-8
"""Most by which any sum may be off on top, relative to all money that moves."""


def objective(books: Books, result: PlanResult) -> None:
    """Every part is what the tables make it; they add up; the result states the same margin."""
    parts = {part: Part() for part in PARTS}
    for fill in (_sales, _building, _moving, _standing, _supplying, _ending, *CHOICE_PARTS):
        fill(books, parts)
    turnover = sum(part.gross for part in parts.values())
    noise = TURNOVER * turnover + 1e-6
    stated = {key[0]: row["amount"] for key, row in books.said.sheets["objective"].rows()}
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


def _sales(books: Books, parts: dict[str, Part]) -> None:
    """Money from cars sold, and goodwill lost where they are late or never come."""
    said, settings = books.said, books.settings
    for pair, demand in books.given.demand.items():
        net, lost, late = books.money.net_of(pair), said.lost[pair], said.late[pair]
        parts["revenue"].add(net[0] * books.given.backlog.get(pair, 0.0))
        parts["revenue"].add(-net[-1] * late[-1])
        parts["revenue"].add(net * (demand - lost))
        parts["lost_sales"].add(-settings.lost_penalty * lost)
        parts["late_sales"].add(-settings.late_penalty * late)
        parts["lost_sales"].add(-settings.lost_penalty * late[-1])


def _building(books: Books, parts: dict[str, Part]) -> None:
    """Material and conversion of cars built, and what is owed for those that were not."""
    for key in books.given.allocations:
        units = books.said.make[key]
        parts["material"].add(-books.money.material_of(key) * units)
        parts["conversion"].add(-books.money.conversion_of(key) * units)
    for row in books.given.firm:
        for year in books.given.years(row):
            fx = books.money.fx(row.currency, books.given.counted(row, year)[-1])
            owed = row.take_or_pay_pct / 100 * row.shortfall_cost * fx
            parts["agreement_shortfall"].add(-owed * books.said.shortfall(row.agreement, year))


def _moving(books: Books, parts: dict[str, Part]) -> None:
    """Freight, duty and capital of cars on their way."""
    rate = books.settings.capital_rate_pct
    for flow in books.given.flows:
        units = books.said.ship[flow]
        if units.any():
            parts["freight"].add(-books.money.freight_of(flow) * units)
            parts["duty"].add(-books.money.duty_of(flow) * units)
            parts["transit_capital"].add(-books.money.capital_of(flow, rate) * units)


def _standing(books: Books, parts: dict[str, Part]) -> None:
    """Yards and capital of cars that stand at plants and in markets."""
    given, money, said = books.given, books.money, books.said
    share = books.settings.capital_rate_pct / 100 / 12
    for key in given.stocked:
        plant = given.plants[key[1]]
        yard = plant.yard_cost * money.worth(plant.currency)
        parts["plant_stock"].add(-said.stock[key] * (yard + money.value[key[0]] * share))
    for key in given.demand:
        market = given.markets[key[1]]
        yard = market.yard_cost * money.worth(market.currency)
        parts["market_stock"].add(-said.market_stock[key] * (yard + money.value[key[0]] * share))


def _supplying(books: Books, parts: dict[str, Part]) -> None:
    """Premiums of component sources, and components in store."""
    given, worth = books.given, books.money.worth
    for name, source in given.sources.items():
        premium = source.premium * worth(source.currency)
        parts["component_premium"].add(-premium * books.said.get[(name,)])
    for key in given.stores:
        component = given.components[key[0]]
        holding = component.holding_cost * worth(component.currency)
        parts["component_stock"].add(-holding * books.said.in_store[key])


def _ending(books: Books, parts: dict[str, Part]) -> None:
    """Value kept by cars unsold, under way or at a plant at the end."""
    given, last = books.given, books.given.count - 1
    share = books.settings.end_value_pct / 100
    for pair in given.demand:
        kept = books.said.kept.get(pair, 0.0)
        parts["end_value"].add(share * books.money.net_of(pair)[last] * kept)
    for key in given.stocked:
        cost = books.money.material_of(key) + books.money.conversion_of(key)
        parts["end_value"].add(share * float(np.min(cost)) * books.said.stock[key][last])
