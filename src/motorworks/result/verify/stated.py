"""Figures that the plan repeats from the case, or that follow from its other tables."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from motorworks.result.verify.agreement_rules import agreement_share, agreement_units
from motorworks.result.verify.books import Books
from motorworks.result.verify.build_rules import shop_load
from motorworks.result.verify.findings import Array
from motorworks.result.verify.sheets import Key

RULE = "stated_limits"
MONEY = 1e-6
"""Most by which an amount per car may be off, relative to the amounts in it."""


def stated_limits(books: Books) -> None:
    """Limits, demand, capacity, agreements and amounts per car are what the case makes them."""
    _production(books)
    _flows(books)
    _market(books)
    _agreements(books)
    _capacity(books)
    _landed(books)


def compare(
    books: Books, where: str, what: str, said: float | None, due: float | None, gross: float = 0.0
) -> None:
    """Object where a stated amount, or a blank, is not what it should be."""
    if said is None or due is None:
        books.ledger.checked[RULE] += 1
        wrong = (said is None) != (due is None)
    else:
        wrong = books.ledger.differs(RULE, said, due, gross)
    if wrong:
        message = f"{what} of {where} is stated as {_text(said)}, but it is {_text(due)}"
        books.ledger.add(RULE, where, message, said, due)


def same_word(books: Books, where: str, what: str, said: Any, due: Any) -> None:
    """Object where a name or a month stated is not what it should be."""
    books.ledger.checked[RULE] += 1
    if said != due:
        books.ledger.add(RULE, where, f"{what} of {where} is stated as {said}, but it is {due}")


def compare_months(
    books: Books, table: str, key: Key, column: str, due: Array, gross: Array | None = None
) -> None:
    """Object where a figure of a monthly table is not what it should be; NaN is a blank."""
    sheet = books.said.sheets[table]
    number = sheet.place[key]
    said, there = sheet.columns[column][number], sheet.there[number]
    blank, empty = np.isnan(said), np.isnan(due)
    said_figures, figures = np.nan_to_num(said), np.nan_to_num(due)
    gross = np.zeros_like(figures) if gross is None else gross
    off = books.ledger.each_differs(RULE, said_figures, figures, gross)
    for t in sorted({*off, *np.flatnonzero(blank != empty).tolist()}):
        if there[t]:
            where = f"{table} {' '.join(key)} {books.given.months[t]}"
            a, b = (None if np.isnan(x) else float(x) for x in (said[t], due[t]))
            message = f"{column} of {where} is stated as {_text(a)}, but it is {_text(b)}"
            books.ledger.add(RULE, where, message, a, b)


def _text(amount: float | None) -> str:
    return "blank" if amount is None else f"{amount:,.2f}"


def _names(books: Books, table: str, key: Key, due: Mapping[str, str]) -> None:
    """Object where a row of a monthly table names another plant or market than the case does."""
    sheet = books.said.sheets[table]
    number = sheet.place[key]
    for what, name in due.items():
        said = sheet.columns[what][number]
        books.ledger.checked[RULE] += said.size
        for t in np.flatnonzero((said != name) & sheet.there[number]):
            where = f"{table} {' '.join(key)} {books.given.months[t]}"
            message = f"{what} of {where} is stated as {said[t]}, but it is {name}"
            books.ledger.add(RULE, where, message)


def _production(books: Books) -> None:
    for key, limits in books.limits.launch.items():
        due = np.array([np.nan if limit is None else limit for limit in limits], dtype=float)
        compare_months(books, "production", key, "limit", due)


def _flows(books: Books) -> None:
    for flow in books.given.flows:
        lane = books.given.lanes[flow[1]]
        for table in ("shipments", "landed"):
            _names(books, table, flow, {"plant": lane.plant, "market": lane.market})


def _market(books: Books) -> None:
    for pair, demand in books.given.demand.items():
        compare_months(books, "market", pair, "demand", demand)


def _agreements(books: Books) -> None:
    for agreement in books.given.firm:
        for year in books.given.years(agreement):
            row = books.said.sheets["agreements"].row(agreement.agreement, year)
            if row is None:
                continue
            where = f"agreements {agreement.agreement} {year}"
            share = agreement_share(books, agreement, year)
            least, most = agreement.min_per_year, agreement.max_per_year
            compare(
                books, where, "minimum", row["minimum"], None if least is None else least * share
            )
            compare(books, where, "maximum", row["maximum"], None if most is None else most * share)
            compare(books, where, "units", row["units"], agreement_units(books, agreement, year))


def _capacity(books: Books) -> None:
    """What is left to a shop by the sites, shifts and conversions chosen."""
    for shop, capacity in books.limits.capacity.items():
        plant = books.given.shops[shop].plant
        up = [books.chosen.shop_up(shop, t) for t in range(books.given.count)]
        left = (1 - books.chosen.standstill(plant)) * up
        _names(books, "capacity", (shop,), {"plant": plant})
        for column, due in (
            ("hours", left * books.limits.hours[shop]),
            ("capacity", left * capacity),
            ("used", shop_load(books, shop)),
        ):
            compare_months(books, "capacity", (shop,), column, due)


def landed_margin(amounts: Mapping[str, Array]) -> Array:
    """Net price less all costs, of a car."""
    return np.asarray(2 * amounts["net_price"] - sum(amounts.values()))


def landed_amounts(books: Books, flow: tuple[str, str]) -> dict[str, Array]:
    """What a car earns and costs by the month in which it leaves on a lane."""
    money, key = books.money, (flow[0], books.given.lanes[flow[1]].plant)
    return {
        "net_price": money.net_on_arrival(flow),
        "material": money.material_of(key),
        "conversion": money.conversion_of(key),
        "freight": money.freight_of(flow),
        "duty": money.duty_of(flow),
        "transit_capital": money.capital_of(flow, books.settings.capital_rate_pct),
    }


def _landed(books: Books) -> None:
    """Amounts per car in the reporting currency, to a millionth of the largest of them."""
    sheet = books.said.sheets["landed"]
    for flow in books.given.flows:
        number = sheet.place[flow]
        compare_months(books, "landed", flow, "units", books.said.ship[flow])
        due = landed_amounts(books, flow)
        due["margin"] = landed_margin(due)
        slack = MONEY * np.max([np.abs(amount) for amount in due.values()], axis=0)
        for what, amount in due.items():
            said = sheet.columns[what][number]
            books.ledger.checked[RULE] += said.size
            for t in np.flatnonzero((np.abs(said - amount) > slack) & sheet.there[number]):
                where = f"landed {flow[0]} {flow[1]} {books.given.months[t]}"
                message = f"{what} of a car, {where}, is stated as {said[t]:,.2f}, but it is"
                message = f"{message} {amount[t]:,.2f}"
                books.ledger.add(RULE, where, message, said[t], amount[t])
