"""Figures that the plan repeats from the case, or that follow from its other tables."""

from typing import Any

from motorworks.result.verify.books import Books
from motorworks.result.verify.build_rules import agreement_share, agreement_units, shop_load
from motorworks.result.verify.said import Row

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


def _compare(books: Books, where: str, what: str, said: float | None, due: float | None) -> None:
    """Object where a stated amount, or a blank, is not what it should be."""
    if said is None or due is None:
        books.ledger.checked[RULE] += 1
        wrong = (said is None) != (due is None)
    else:
        wrong = books.ledger.differs(RULE, said, due)
    if wrong:
        message = f"{what} of {where} is stated as {_text(said)}, but it is {_text(due)}"
        books.ledger.add(RULE, where, message, said, due)


def _text(amount: float | None) -> str:
    return "blank" if amount is None else f"{amount:,.2f}"


def _name(books: Books, where: str, what: str, row: Row, due: str) -> None:
    """Object where a row names another plant or market than the case does."""
    said: Any = row.get(what)
    books.ledger.checked[RULE] += 1
    if said != due:
        books.ledger.add(RULE, where, f"{what} of {where} is stated as {said}, but it is {due}")


def _production(books: Books) -> None:
    for (vehicle, plant), limits in books.limits.launch.items():
        for month, limit in zip(books.given.months, limits, strict=True):
            row = books.said.tables["production"].get((vehicle, plant, month))
            if row is not None:
                where = f"production {vehicle} {plant} {month}"
                _compare(books, where, "limit", row["limit"], limit)


def _flows(books: Books) -> None:
    for name in ("shipments", "landed"):
        for (vehicle, lane, month), row in books.said.tables[name].items():
            where = f"{name} {vehicle} {lane} {month}"
            _name(books, where, "plant", row, books.given.lanes[lane].plant)
            _name(books, where, "market", row, books.given.lanes[lane].market)


def _market(books: Books) -> None:
    for (vehicle, market), demand in books.given.demand.items():
        for month, due in zip(books.given.months, demand, strict=True):
            row = books.said.tables["market"].get((vehicle, market, month))
            if row is not None:
                _compare(books, f"market {vehicle} {market} {month}", "demand", row["demand"], due)


def _agreements(books: Books) -> None:
    for agreement in books.given.firm:
        for year in books.given.years(agreement):
            row = books.said.tables["agreements"].get((agreement.agreement, year))
            if row is None:
                continue
            where = f"agreements {agreement.agreement} {year}"
            share = agreement_share(books, agreement, year)
            least, most = agreement.min_per_year, agreement.max_per_year
            _compare(
                books, where, "minimum", row["minimum"], None if least is None else least * share
            )
            _compare(
                books, where, "maximum", row["maximum"], None if most is None else most * share
            )
            _compare(books, where, "units", row["units"], agreement_units(books, agreement, year))


def _capacity(books: Books) -> None:
    for shop, capacity in books.limits.capacity.items():
        for t, month in enumerate(books.given.months):
            row = books.said.tables["capacity"].get((shop, month))
            if row is None:
                continue
            where = f"capacity {shop} {month}"
            _name(books, where, "plant", row, books.given.shops[shop].plant)
            _compare(books, where, "hours", row["hours"], books.limits.hours[shop][t])
            _compare(books, where, "capacity", row["capacity"], capacity[t])
            _compare(books, where, "used", row["used"], shop_load(books, shop, t))


def _landed(books: Books) -> None:
    """Amounts per car in the reporting currency, to a millionth of the largest of them."""
    money, given = books.money, books.given
    for flow in given.flows:
        vehicle, lane = flow
        for t, month in enumerate(given.months):
            row = books.said.tables["landed"].get((vehicle, lane, month))
            if row is None:
                continue
            material, conversion = money.cost_at((vehicle, given.lanes[lane].plant), t)
            due = {
                "net_price": money.net_on_arrival(flow, t),
                "material": material,
                "conversion": conversion,
                "freight": money.freight_of(flow, t),
                "duty": money.duty_of(flow, t),
                "transit_capital": money.capital_of(flow, t, books.settings.capital_rate_pct),
            }
            due["margin"] = 2 * due["net_price"] - sum(due.values())
            where = f"landed {vehicle} {lane} {month}"
            _compare(books, where, "units", row["units"], books.said.ship[flow][t])
            slack = MONEY * max(abs(amount) for amount in due.values())
            for what, amount in due.items():
                books.ledger.checked[RULE] += 1
                if abs(row[what] - amount) > slack:
                    message = f"{what} of a car, {where}, is stated as {row[what]:,.2f}, but it is"
                    books.ledger.add(RULE, where, f"{message} {amount:,.2f}", row[what], amount)
