"""Rules on the way to the customer: lanes, arrivals, sales, yards, what is left at the end."""

import math
from collections.abc import Callable

from motorworks.case.records.trade import Sailing
from motorworks.result.verify.books import Books
from motorworks.result.verify.calendar import Steps
from motorworks.result.verify.given import Pair


def lane_space(books: Books) -> None:
    """Ships hold what is put on them."""
    rows: dict[str, list[tuple[str, float]]] = {}
    for row in books.given.case.rows(Sailing):
        space = row.sailings_per_month * row.allotment_ceu
        rows.setdefault(row.lane, []).append((row.start, space))
    for lane, found in rows.items():
        steps = Steps(found)
        aboard = [vehicle for vehicle, on in books.given.flows if on == lane]
        for t, month in enumerate(books.given.months):
            limit = steps.at(month)
            used = sum(
                books.given.vehicles[vehicle].ceu * books.said.ship[vehicle, lane][t]
                for vehicle in aboard
            )
            if books.ledger.over("lane_space", used, limit):
                books.ledger.add(
                    "lane_space",
                    f"{lane}, {month}",
                    f"{lane} carries {used - limit:,.1f} CEU more in {month} than its sailings "
                    f"hold: {used:,.1f} against {limit:,.1f}",
                    used,
                    limit,
                )


def arrivals(books: Books) -> tuple[dict[Pair, list[float]], dict[Pair, float]]:
    """Cars of the plan's own shipments that arrive by pair and month, and after the horizon."""
    given = books.given
    inside = {pair: [0.0] * given.count for pair in given.demand}
    after = dict.fromkeys(given.demand, 0.0)
    for vehicle, lane in given.flows:
        pair, lag = (vehicle, given.lanes[lane].market), given.lags[lane]
        for t, shipped in enumerate(books.said.ship[vehicle, lane]):
            for month, units in (
                (t + lag.whole, shipped * (1 - lag.late_share)),
                (t + lag.whole + 1, shipped * lag.late_share),
            ):
                if month < given.count:
                    inside[pair][month] += units
                else:
                    after[pair] += units
    return inside, after


def market_balance(books: Books) -> None:
    """Cars in a market: those of the month before, and arrived, less sold."""
    given, said = books.given, books.said
    arrived, _ = arrivals(books)
    for pair in given.demand:
        vehicle, market = pair
        before = given.market_opening.get(pair, 0.0)
        for t, month in enumerate(given.months):
            came = arrived[pair][t] + given.landing.get((vehicle, market, t), 0.0)
            sold, stock = said.sold[pair][t], said.market_stock[pair][t]
            due = before + came - sold
            if books.ledger.differs("market_balance", stock, due, max(before, came, sold)):
                books.ledger.add(
                    "market_balance",
                    f"{vehicle} in {market}, {month}",
                    f"{market} should hold {due:,.1f} {vehicle} at the end of {month} "
                    f"({before:,.1f} before, {came:,.1f} arrived, {sold:,.1f} sold), "
                    f"but the plan says {stock:,.1f}",
                    stock,
                    due,
                )
            before = stock


def market_yard(books: Books) -> None:
    """Cars in a market fit its yards."""
    for name, market in books.given.markets.items():
        if market.yard_slots is None:
            continue
        for t, month in enumerate(books.given.months):
            held = sum(
                books.said.market_stock[pair][t] for pair in books.given.demand if pair[1] == name
            )
            if books.ledger.over("market_yard", held, market.yard_slots):
                books.ledger.add(
                    "market_yard",
                    f"{name}, {month}",
                    f"the yards of {name} hold {held - market.yard_slots:,.1f} cars too many at "
                    f"the end of {month}: {held:,.1f} on {market.yard_slots:,.1f} places",
                    held,
                    market.yard_slots,
                )


def lost_limit(books: Books) -> None:
    """No more sales are lost than there was demand, or backlog in the first month."""
    for pair, demand in books.given.demand.items():
        for t, month in enumerate(books.given.months):
            limit = demand[t] + (books.given.backlog.get(pair, 0.0) if t == 0 else 0.0)
            lost = books.said.lost[pair][t]
            if books.ledger.over("lost_limit", lost, limit):
                books.ledger.add(
                    "lost_limit",
                    f"{pair[0]} in {pair[1]}, {month}",
                    f"{pair[1]} loses {lost:,.1f} sales of {pair[0]} in {month}, "
                    f"but only {limit:,.1f} were wanted",
                    lost,
                    limit,
                )


def late_limit(books: Books) -> None:
    """No customer waits longer than the settings allow."""
    wait = int(books.settings.late_months)
    for pair, demand in books.given.demand.items():
        for t, month in enumerate(books.given.months):
            limit = sum(demand[max(0, t - wait + 1) : t + 1]) if wait else 0.0
            if t < wait:
                limit += books.given.backlog.get(pair, 0.0)
            late = books.said.late[pair][t]
            if books.ledger.over("late_limit", late, limit):
                books.ledger.add(
                    "late_limit",
                    f"{pair[0]} in {pair[1]}, {month}",
                    f"{pair[1]} owes {late:,.1f} {pair[0]} at the end of {month}; with a wait of "
                    f"at most {wait} months it can owe {limit:,.1f}",
                    late,
                    limit,
                )


def sold(books: Books) -> None:
    """Sales are what was wanted and owed, less what is owed still or lost; never below zero."""
    said = books.said
    for pair, demand in books.given.demand.items():
        owed = books.given.backlog.get(pair, 0.0)
        for t, month in enumerate(books.given.months):
            late, lost, stated = said.late[pair][t], said.lost[pair][t], said.sold[pair][t]
            due = demand[t] + owed - late - lost
            where = f"{pair[0]} in {pair[1]}, {month}"
            if books.ledger.differs("sold", stated, due, max(demand[t], owed, late, lost)):
                books.ledger.add(
                    "sold",
                    where,
                    f"{pair[1]} should sell {due:,.1f} {pair[0]} in {month} ({demand[t]:,.1f} "
                    f"wanted, {owed:,.1f} owed before, {late:,.1f} owed after, {lost:,.1f} lost), "
                    f"but the plan says {stated:,.1f}",
                    stated,
                    due,
                )
            least = min(stated, due)
            if books.ledger.over("sold", 0.0, least):
                message = f"{pair[1]} sells less than no {pair[0]} in {month}: {least:,.1f}"
                books.ledger.add("sold", where, message, least, 0.0)
            owed = late


def end_value(books: Books) -> None:
    """Only cars left in a market or on the way keep a value, and no more than a stated cover."""
    given = books.given
    _, after = arrivals(books)
    span = min(12, given.count)
    shortest: dict[tuple[str, str], float] = {}
    for vehicle, lane in given.flows:
        to, lag = (vehicle, given.lanes[lane].market), given.lags[lane]
        shortest[to] = min(shortest.get(to, math.inf), lag.whole + lag.late_share)
    for pair, demand in given.demand.items():
        left = books.said.market_stock[pair][-1]
        at_sea = after[pair] + given.landing_after.get(pair, 0.0)
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
    lane_space, market_balance, market_yard, lost_limit, late_limit, sold, end_value,
)  # fmt: skip
