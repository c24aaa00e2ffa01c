"""Markets and money: what is wanted can be served, priced and converted."""

from datetime import date

from motorworks.case.case import Case
from motorworks.case.check.find import (
    Row,
    Window,
    day_of,
    groups,
    horizon,
    pairs,
    plain,
    problem,
    production_windows,
    rows,
)
from motorworks.case.column import Column, columns_of
from motorworks.case.tables import TABLES
from motorworks.errors import Problem

_ALIKE = 1e-9


def _wanted(case: Case) -> list[Row]:
    """Pairs with demand in the horizon: first row number and last month of each."""
    months = case.info.month_names
    found: dict[tuple[str, str], Row] = {}
    for number, row in rows(case, "demand"):
        month = row["month"]
        if month is not None and months[0] <= month <= months[-1] and (row["units"] or 0.0) > 0:
            pair = (row["vehicle"], row["market"])
            first = found.setdefault(pair, {**row, "number": number})
            first["month"] = max(first["month"], month)
    return list(found.values())


def _names(case: Case) -> tuple[set[str], set[str]]:
    """Vehicles and markets there are."""
    return set(case.table("vehicles")["vehicle"]), set(case.table("markets")["market"])


def wanted_cars_can_be_supplied(case: Case) -> list[Problem]:
    """Demand can be met from somewhere: a plant with a lane to the market, or cars at hand.

    The plant may build the car in time; cars at hand stand in the market, at a plant with a lane
    to it, or are under way. Demand that nobody may serve is lost by a slip of the pen, not by a
    decision. Demand outside the horizon is not looked at.
    """
    first, _ = horizon(case)
    built = _windows(case)
    served: dict[str, set[str]] = {}
    for plant, market in pairs(case, "lanes", "plant", "market"):
        served.setdefault(market, set()).add(plant)
    at_hand = _at_hand(case)
    vehicles, markets = _names(case)
    found: list[Problem] = []
    for row in _wanted(case):
        vehicle, market = row["vehicle"], row["market"]
        if (vehicle, market) in at_hand or vehicle not in vehicles or market not in markets:
            continue
        last = day_of(row["month"], "late") or date.max
        able = {p for p, spans in built.get(vehicle, {}).items() if _meets(spans, first, last)}
        if able & served.get(market, set()):
            continue
        if not built.get(vehicle):
            why = "nobody may build it: it has no allocation"
        elif not able:
            why = f"nobody may build it by {row['month']}, the last month in which it is wanted"
        else:
            why = f"no lane leads to {market} from {', '.join(sorted(able))}, where it may be built"
        found.append(problem("demand", row["number"], "vehicle", vehicle, why))
    return found


def _windows(case: Case) -> dict[str, dict[str, list[Window]]]:
    """When each vehicle may be built, by plant, from its earliest start."""
    found: dict[str, dict[str, list[Window]]] = {}
    for (vehicle, plant), span in production_windows(case).items():
        found.setdefault(vehicle, {}).setdefault(plant, []).append(span)
    return found


def _meets(spans: list[Window], first: date, last: date) -> bool:
    return any(start <= last and end >= first and start <= end for start, end in spans)


def _at_hand(case: Case) -> set[tuple[str, str]]:
    """Vehicle and market for which cars stand or travel already."""
    lanes = {row["lane"]: row for _, row in rows(case, "lanes")}
    served: dict[str, set[str]] = {}
    for plant, market in pairs(case, "lanes", "plant", "market"):
        served.setdefault(plant, set()).add(market)
    found = {
        (row["vehicle"], lanes[row["lane"]]["market"])
        for _, row in rows(case, "in_transit")
        if row["lane"] in lanes
    }
    for _, row in rows(case, "opening_stock"):
        if row["market"] is not None:
            found.add((row["vehicle"], row["market"]))
        found |= {(row["vehicle"], market) for market in served.get(row["plant"], ())}
    return found


def wanted_cars_have_a_price(case: Case) -> list[Problem]:
    """A vehicle that a market wants, holds, awaits or was promised has a price there.

    The plan would sell it for nothing, so it would rather lose the sale.
    """
    priced = pairs(case, "prices", "vehicle", "market")
    lanes = {row["lane"]: row["market"] for _, row in rows(case, "lanes")}
    asked = [("demand", row["number"], row["vehicle"], row["market"]) for row in _wanted(case)]
    for table in ("opening_backlog", "opening_stock"):
        asked += [(table, n, row["vehicle"], row["market"]) for n, row in rows(case, table)]
    asked += [
        ("in_transit", n, row["vehicle"], lanes.get(row["lane"]))
        for n, row in rows(case, "in_transit")
    ]
    vehicles, markets = _names(case)
    found: list[Problem] = []
    told: set[tuple[str, str]] = set()
    for table, number, vehicle, market in asked:
        pair = (vehicle, market)
        if market in markets and vehicle in vehicles and pair not in priced | told:
            told.add(pair)
            message = f"has no price in {market}; add a row to prices.csv"
            found.append(problem(table, number, "vehicle", vehicle, message))
    return found


def stock_at_a_plant_can_leave(case: Case) -> list[Problem]:
    """Cars that stand at a plant can leave it by some lane.

    Otherwise they stand there to the end.
    """
    starts = set(case.table("lanes")["plant"])
    return [
        problem("opening_stock", number, "plant", row["plant"], "no lane starts there")
        for number, row in rows(case, "opening_stock")
        if row["plant"] is not None and row["plant"] not in starts and row["units"]
    ]


def _money_columns(table: str) -> tuple[list[Column], Column | None]:
    """Columns of a table in money, and the column that names their currency."""
    columns = columns_of(TABLES[table])
    currency = next((c for c in columns if c.ref == "currencies.currency"), None)
    return [c for c in columns if c.unit.startswith("currency")], currency


def money_has_a_currency(case: Case) -> list[Problem]:
    """An amount of money other than 0 names its currency.

    A blank counts as the reporting currency; 30 million won taken for dollars would pass unseen.
    """
    found: list[Problem] = []
    for table in TABLES:
        amounts, currency = _money_columns(table)
        if currency is None or currency.required or not amounts:
            continue
        for number, row in rows(case, table):
            filled = [c.name for c in amounts if row[c.name]]
            if filled and row[currency.name] is None:
                message = f"name the currency of {', '.join(filled)}"
                found.append(problem(table, number, currency.name, None, message))
    return found


def currencies_have_a_rate(case: Case) -> list[Problem]:
    """A currency in use, other than the reporting currency, has a row in ``currency_rates``.

    Without it the amount cannot be converted.
    """
    rated = {*case.table("currency_rates")["currency"], case.info.currency}
    used: set[str] = set()
    for table in TABLES:
        if table not in ("currencies", "currency_rates"):
            currency = _money_columns(table)[1]
            if currency is not None:
                used.update(case.table(table)[currency.name].drop_nulls())
    return [
        problem("currencies", number, "currency", row["currency"],
                "is used but has no rate; add a row to currency_rates.csv")
        for number, row in rows(case, "currencies")
        if row["currency"] in used - rated
    ]  # fmt: skip


def the_reporting_currency_is_worth_one(case: Case) -> list[Problem]:
    """The reporting currency stands in ``currencies``; it needs no rate, and if it has one it is 1.

    Rates say what a unit is worth in the reporting currency.
    """
    own = case.info.currency
    found = [
        problem("currency_rates", number, "rate", row["rate"],
                f"must be 1: {own} is the reporting currency")
        for number, row in rows(case, "currency_rates")
        if row["currency"] == own and row["rate"] is not None and abs(row["rate"] - 1) > _ALIKE
    ]  # fmt: skip
    if own not in case.table("currencies")["currency"]:
        message = "does not stand in currencies.csv; add a row"
        found.append(Problem("case.toml", message, column="currency", value=own))
    return found


def incentives_are_below_the_price(case: Case) -> list[Problem]:
    """State money for a buyer is less than the cheapest price of the market in that currency.

    More is a slip of a digit or of the currency.
    """
    lowest = {
        place: min(row["price"] or 0.0 for _, row in same)
        for place, same in groups(rows(case, "prices"), "market", "currency").items()
    }
    found: list[Problem] = []
    for number, row in rows(case, "incentives"):
        price = lowest.get((row["market"], row["currency"]))
        if price is not None and row["amount"] is not None and row["amount"] >= price:
            message = f"must be below the lowest price there, {plain(price)} {row['currency']}"
            found.append(problem("incentives", number, "amount", row["amount"], message))
    return found


RULES = (
    wanted_cars_can_be_supplied,
    wanted_cars_have_a_price,
    money_has_a_currency,
    currencies_have_a_rate,
    the_reporting_currency_is_worth_one,
)
DOUBTS = (stock_at_a_plant_can_leave, incentives_are_below_the_price)
