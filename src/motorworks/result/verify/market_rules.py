"""Rules on the way to the customer: arrivals, sales, yards, what is left at the end."""

import math
from collections.abc import Callable

import numpy as np

from motorworks.result.verify.books import Books
from motorworks.result.verify.findings import Array
from motorworks.result.verify.given import Pair


def landing(books: Books, flow: Pair) -> tuple[Array, float]:
    """Cars of the plan's shipments on a lane that arrive by month, and after the horizon."""
    given = books.given
    lag, shipped = given.lags[flow[1]], books.said.ship[flow]
    months = np.zeros(given.count + lag.whole + 1)
    months[lag.whole : lag.whole + given.count] += shipped * (1 - lag.late_share)
    months[lag.whole + 1 :] += shipped * lag.late_share
    return months[: given.count], float(months[given.count :].sum())


def arrivals(books: Books) -> tuple[dict[Pair, Array], dict[Pair, float]]:
    """Cars that arrive by pair and month, those under way at the start included, and after."""
    given = books.given
    inside = {pair: np.zeros(given.count) for pair in given.demand}
    after = {pair: given.landing_after.get(pair, 0.0) for pair in given.demand}
    for (vehicle, _, market, month), units in given.landing.items():
        inside[vehicle, market][month] += units
    for flow in given.flows:
        pair = (flow[0], given.lanes[flow[1]].market)
        months, late = landing(books, flow)
        inside[pair] += months
        after[pair] += late
    return inside, after


def market_balance(books: Books) -> None:
    """Cars in a market: those of the month before, and arrived, less sold."""
    given, said = books.given, books.said
    arrived, _ = arrivals(books)
    for pair in given.demand:
        vehicle, market = pair
        sold, stock, came = said.sold[pair], said.market_stock[pair], arrived[pair]
        before = np.concatenate([[given.market_opening.get(pair, 0.0)], stock[:-1]])
        due = before + came - sold
        gross = np.maximum(np.maximum(before, came), sold)
        for t in books.ledger.each_differs("market_balance", stock, due, gross):
            month = given.months[t]
            books.ledger.add(
                "market_balance",
                f"{vehicle} in {market}, {month}",
                f"{market} should hold {due[t]:,.1f} {vehicle} at the end of {month} "
                f"({before[t]:,.1f} before, {came[t]:,.1f} arrived, {sold[t]:,.1f} sold), "
                f"but the plan says {stock[t]:,.1f}",
                stock[t],
                due[t],
            )


def market_yard(books: Books) -> None:
    """Cars in a market fit its yards."""
    held = {name: np.zeros(books.given.count) for name in books.given.markets}
    for pair in books.given.demand:
        held[pair[1]] += books.said.market_stock[pair]
    for name, market in books.given.markets.items():
        if market.yard_slots is None:
            continue
        limit = np.full(books.given.count, market.yard_slots)
        for t in books.ledger.each_over("market_yard", held[name], limit):
            month, cars = books.given.months[t], held[name][t]
            books.ledger.add(
                "market_yard",
                f"{name}, {month}",
                f"the yards of {name} hold {cars - market.yard_slots:,.1f} cars too many at "
                f"the end of {month}: {cars:,.1f} on {market.yard_slots:,.1f} places",
                cars,
                market.yard_slots,
            )


def market_age(books: Books) -> None:
    """With first in, first out, no car stands in a market for more months than it may."""
    given = books.given
    if all(market.stock_age_months is None for market in given.markets.values()):
        return
    arrived, _ = arrivals(books)
    for pair in given.demand:
        vehicle, market = pair
        most = given.markets[market].stock_age_months
        if most is None:
            continue
        young = recent(arrived[pair], most, given.market_opening.get(pair, 0.0))
        stock = books.said.market_stock[pair]
        for t in books.ledger.each_over("market_age", stock, young):
            month = given.months[t]
            books.ledger.add(
                "market_age",
                f"{vehicle} in {market}, {month}",
                f"{stock[t] - young[t]:,.1f} {vehicle} stand in {market} at the end of {month} "
                f"for longer than {most} months: {young[t]:,.1f} of {stock[t]:,.1f} came since",
                stock[t],
                young[t],
            )


def recent(came: Array, months: int, opening: float) -> Array:
    """Cars that came in the last so many months; opening stock counts as of the month before."""
    return np.array(
        [
            came[max(0, t - months + 1) : t + 1].sum() + (opening if t - months + 1 <= -1 else 0.0)
            for t in range(came.size)
        ]
    )


def lost_limit(books: Books) -> None:
    """No more sales are lost than there was demand, or backlog in the first month."""
    for pair, demand in books.given.demand.items():
        limit, lost = demand.copy(), books.said.lost[pair]
        limit[0] += books.given.backlog.get(pair, 0.0)
        for t in books.ledger.each_over("lost_limit", lost, limit):
            month = books.given.months[t]
            books.ledger.add(
                "lost_limit",
                f"{pair[0]} in {pair[1]}, {month}",
                f"{pair[1]} loses {lost[t]:,.1f} sales of {pair[0]} in {month}, "
                f"but only {limit[t]:,.1f} were wanted",
                lost[t],
                limit[t],
            )


def late_limit(books: Books) -> None:
    """No customer waits longer than the settings allow."""
    wait = int(books.settings.late_months)
    for pair, demand in books.given.demand.items():
        total = np.concatenate([np.zeros(wait + 1), np.cumsum(demand)])
        limit = total[wait + 1 :] - total[1 : books.given.count + 1]
        limit[:wait] += books.given.backlog.get(pair, 0.0)
        late = books.said.late[pair]
        for t in books.ledger.each_over("late_limit", late, limit):
            month = books.given.months[t]
            books.ledger.add(
                "late_limit",
                f"{pair[0]} in {pair[1]}, {month}",
                f"{pair[1]} owes {late[t]:,.1f} {pair[0]} at the end of {month}; with a wait of "
                f"at most {wait} months it can owe {limit[t]:,.1f}",
                late[t],
                limit[t],
            )


def sold(books: Books) -> None:
    """Sales are what was wanted and owed, less what is owed still or lost; never below zero."""
    said, months = books.said, books.given.months
    for pair, demand in books.given.demand.items():
        late, lost, stated = said.late[pair], said.lost[pair], said.sold[pair]
        owed = np.concatenate([[books.given.backlog.get(pair, 0.0)], late[:-1]])
        due = demand + owed - late - lost
        gross = np.maximum(np.maximum(demand, owed), np.maximum(late, lost))
        for t in books.ledger.each_differs("sold", stated, due, gross):
            books.ledger.add(
                "sold",
                f"{pair[0]} in {pair[1]}, {months[t]}",
                f"{pair[1]} should sell {due[t]:,.1f} {pair[0]} in {months[t]} ({demand[t]:,.1f} "
                f"wanted, {owed[t]:,.1f} owed before, {late[t]:,.1f} owed after, {lost[t]:,.1f} "
                f"lost), but the plan says {stated[t]:,.1f}",
                stated[t],
                due[t],
            )
        least = np.minimum(stated, due)
        for t in books.ledger.each_over("sold", np.zeros_like(least), least):
            message = f"{pair[1]} sells less than no {pair[0]} in {months[t]}: {least[t]:,.1f}"
            books.ledger.add("sold", f"{pair[0]} in {pair[1]}, {months[t]}", message, least[t], 0.0)


def end_value(books: Books) -> None:
    """Only cars left in a market or on the way keep a value, and no more than a stated cover."""
    given = books.given
    _, after = arrivals(books)
    span = min(12, given.count)
    shortest: dict[Pair, float] = {}
    for vehicle, lane in given.flows:
        to, lag = (vehicle, given.lanes[lane].market), given.lags[lane]
        shortest[to] = min(shortest.get(to, math.inf), lag.whole + lag.late_share)
    for pair, demand in given.demand.items():
        left = books.said.market_stock[pair][-1]
        at_sea = after[pair]
        months = books.settings.end_cover_months + shortest.get(pair, 0.0)
        cover = months * sum(demand[-span:]) / span
        kept = books.said.kept.get(pair, 0.0)
        where = f"{pair[0]} in {pair[1]}"
        if books.ledger.over("end_value", kept, left + at_sea):
            books.ledger.add(
                "end_value",
                where,
                f"{kept:,.1f} {pair[0]} keep a value for {pair[1]} after the horizon, but only "
                f"{left:,.1f} are in stock and {at_sea:,.1f} on the way",
                kept,
                left + at_sea,
            )
        if books.ledger.over("end_value", kept, cover):
            books.ledger.add(
                "end_value",
                where,
                f"{kept:,.1f} {pair[0]} keep a value for {pair[1]} after the horizon, but the "
                f"stated cover is {cover:,.1f}",
                kept,
                cover,
            )


MARKET_RULES: tuple[Callable[[Books], None], ...] = (
    market_balance, market_yard, market_age, lost_limit, late_limit, sold, end_value,
)  # fmt: skip
