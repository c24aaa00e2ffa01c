"""Figures in the tables of choices that follow from the choices themselves."""

import numpy as np

from motorworks.case.dates import add_months
from motorworks.case.records.programme import Agreement
from motorworks.result.verify.books import Books
from motorworks.result.verify.carbon_rules import tonnes
from motorworks.result.verify.choice_money import (
    capex_of,
    exit_cost,
    fixed_of,
    halt_cost,
    labour_of,
)
from motorworks.result.verify.findings import Array
from motorworks.result.verify.given import Pair
from motorworks.result.verify.origin_rules import content, saved
from motorworks.result.verify.shift_rules import heads_of, month_hours
from motorworks.result.verify.stated import (
    compare,
    compare_months,
    landed_amounts,
    landed_margin,
    same_word,
)


def stated_choices(books: Books) -> None:
    """Costs, hours, heads, value, carbon and shares of the parties are what the choices make."""
    _launches(books)
    _costs(books)
    _shifts(books)
    _origin(books)
    _carbon(books)
    _sides(books)


def _launches(books: Books) -> None:
    given = books.given
    for key, row in books.said.sheets["launches"].rows():
        where = f"launches {' '.join(key)}"
        lead = books.given.allocations[key].lead_months or 0
        start = books.chosen.start[key]
        due = None if start is None else add_months(given.months[start], -lead)
        same_word(books, where, "decided", row["decided"], due)
        compare(books, where, "capex", row["capex"], capex_of(books, key))
        compare(books, where, "fixed_cost", row["fixed_cost"], fixed_of(books, key))


def _costs(books: Books) -> None:
    for (name,), row in books.said.sheets["conversions"].rows():
        compare(books, f"conversions {name}", "cost", row["cost"], halt_cost(books, name))
    for (name,), row in books.said.sheets["exits"].rows():
        compare(books, f"exits {name}", "cost", row["cost"], exit_cost(books, name))


def _shifts(books: Books) -> None:
    """Hours, people and cost of each month; without options the calendar's pattern stands."""
    given = books.given
    for plant in books.options.staffed:
        key = (plant,)
        items = labour_of(books, plant)
        gross = np.sum([np.abs(item) for item in items], axis=0)
        compare_months(books, "shifts", key, "cost", np.sum(items, axis=0), gross)
        compare_months(books, "shifts", key, "hours", month_hours(books, plant))
        names = books.chosen.pattern[plant]
        if plant not in books.options.patterns:
            names = [given.staffing.pattern_on(plant, days[0]) for days in given.days]
            sheet = books.said.sheets["shifts"]
            for t, name in enumerate(names):
                if sheet.there[sheet.place[key]][t]:
                    said = sheet.columns["pattern"][sheet.place[key]][t]
                    same_word(books, f"shifts {plant} {given.months[t]}", "pattern", said, name)
            for column in ("hired", "freed"):
                compare_months(books, "shifts", key, column, np.zeros(given.count))
        people = np.array([heads_of(books, name) for name in names])
        compare_months(books, "shifts", key, "heads", people)


def _origin(books: Books) -> None:
    for claim, row in books.said.sheets["origin"].rows():
        where = f"origin {' '.join(claim)}"
        has, needs = content(books, claim, books.regimes.groups[claim])
        compare(books, where, "content", row["content"], has)
        compare(books, where, "needed", row["needed"], needs)
    for flow in books.regimes.flows:
        plain = books.money.duty_of((flow[0], flow[1]))
        compare_months(books, "preferred", flow, "saved", saved(books, flow), plain)


def _carbon(books: Books) -> None:
    if books.options.carbon:
        for key, due in tonnes(books).items():
            row = books.said.sheets["carbon"].row(*key)
            if row is not None:
                compare(books, f"carbon {key[0]} {key[1]}", "tonnes", row["tonnes"], due)


def _sides(books: Books) -> None:
    """What the cars of an agreement leave to its two parties."""
    given = books.given
    for agreement in given.firm:
        for year in given.years(agreement):
            row = books.said.sheets["agreement_sides"].row(agreement.agreement, year)
            if row is None:
                continue
            due = _shares(books, agreement, year)
            where = f"agreement_sides {agreement.agreement} {year}"
            gross = sum(abs(amount) for amount in due.values())
            for what, amount in due.items():
                compare(books, where, what, row[what], amount, gross)


def _shares(books: Books, row: Agreement, year: int) -> dict[str, float]:
    """Figures of an agreement in a year, over the months that count."""
    months = books.given.counted(row, year)
    key = (row.vehicle, row.plant)
    fx = books.money.fx(row.currency, months[-1])
    built = books.said.make[key][months]
    short = books.said.shortfall(row.agreement, year)
    fee = (row.fee or 0.0) * float(built.sum())
    fee = fx * (fee + row.take_or_pay_pct / 100 * row.shortfall_cost * short)
    maker = fee - float((books.money.conversion_of(key)[months] * built).sum())
    total = 0.0
    for flow in _flows(books, key):
        margin: Array = landed_margin(landed_amounts(books, flow))
        total += float((margin * books.said.ship[flow])[months].sum())
    return {
        "units": float(built.sum()),
        "fee": fee,
        "maker": maker,
        "principal": total - maker,
        "total": total,
    }


def _flows(books: Books, key: Pair) -> list[Pair]:
    """Flows of a vehicle from a plant."""
    vehicle, plant = key
    return [
        flow
        for flow in books.given.flows
        if flow[0] == vehicle and books.given.lanes[flow[1]].plant == plant
    ]
