"""Rules on agreements: volumes of a year, room to move from the published plan, early ends."""

import datetime as dt
from collections.abc import Callable

from motorworks.case.records.programme import Agreement
from motorworks.result.verify.books import Books


def last_day(books: Books, row: Agreement) -> dt.date:
    """Day before the month from which on an ended agreement no longer counts."""
    month = books.chosen.exits.get(row.agreement)
    return dt.date.max if month is None else books.given.days[month][0] - dt.timedelta(days=1)


def agreement_share(books: Books, row: Agreement, year: int) -> float:
    """Share of a calendar year's days inside agreement and horizon, and before its end."""
    given, last = books.given, last_day(books, row)
    days = [day for t in given.months_of(year) for day in given.days[t] if day <= last]
    return given.spell(row, days) / (
        366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
    )


def agreement_units(books: Books, row: Agreement, year: int) -> float:
    """Cars built in the months of a year that count for an agreement."""
    make = books.said.make[row.vehicle, row.plant]
    return float(sum(make[t] for t in books.given.counted(row, year)))


def agreement_minimum(books: Books) -> None:
    """Cars built under an agreement and the stated shortfall reach its minimum."""
    for row in books.given.firm:
        if row.min_per_year is None:
            continue
        for year in books.given.years(row):
            limit = row.min_per_year * agreement_share(books, row, year)
            built = agreement_units(books, row, year)
            short = books.said.shortfall(row.agreement, year)
            if books.ledger.over("agreement_minimum", limit, built + short):
                books.ledger.add(
                    "agreement_minimum",
                    f"{row.agreement}, {year}",
                    f"{row.plant} builds {built:,.1f} {row.vehicle} in {year} and states "
                    f"{short:,.1f} short, but {row.agreement} asks for {limit:,.1f}",
                    built + short,
                    limit,
                )


def agreement_maximum(books: Books) -> None:
    """Cars built under an agreement stay within its maximum."""
    for row in books.given.firm:
        if row.max_per_year is None:
            continue
        for year in books.given.years(row):
            limit = row.max_per_year * agreement_share(books, row, year)
            built = agreement_units(books, row, year)
            if books.ledger.over("agreement_maximum", built, limit):
                books.ledger.add(
                    "agreement_maximum",
                    f"{row.agreement}, {year}",
                    f"{row.plant} builds {built - limit:,.1f} more {row.vehicle} in {year} than "
                    f"{row.agreement} allows: {built:,.1f} against {limit:,.1f}",
                    built,
                    limit,
                )


def agreement_flex(books: Books) -> None:
    """Months near at hand stay within their band around the published plan."""
    given = books.given
    for row in given.firm:
        last = last_day(books, row)
        for t, days in enumerate(given.days):
            published = books.options.published.get((row.vehicle, row.plant, t))
            band = _band(books, row, t)
            if published is None or band is None or not given.spell(row, days) or days[0] > last:
                continue
            units = books.said.make[row.vehicle, row.plant][t]
            least, most = published * (1 - band[0] / 100), published * (1 + band[1] / 100)
            for wrong, limit, word in (
                (books.ledger.over("agreement_flex", least, units), least, "at least"),
                (books.ledger.over("agreement_flex", units, most), most, "at most"),
            ):
                if wrong:
                    books.ledger.add(
                        "agreement_flex",
                        f"{row.agreement}, {given.months[t]}",
                        f"{row.plant} builds {units:,.1f} {row.vehicle} in {given.months[t]}; "
                        f"{published:,.1f} were published and {row.agreement} allows {word} "
                        f"{limit:,.1f}",
                        units,
                        limit,
                    )


def _band(books: Books, row: Agreement, month: int) -> tuple[float, float] | None:
    """Room below and above the published figure in percent; None where there is no bound."""
    if month < (row.freeze_months or 0):
        return 0.0, 0.0
    bands = books.options.bands.get(row.agreement)
    if not bands:
        return None if row.flex_pct is None else (row.flex_pct, row.flex_pct)
    reached = [band for band in bands if band.months_ahead <= month]
    if not reached:
        return None
    nearest = max(reached, key=lambda band: band.months_ahead)
    return nearest.down_pct, nearest.up_pct


def agreement_exit(books: Books) -> None:
    """An agreement ends early only with its notice, and nothing is built under it afterwards."""
    given = books.given
    for name, row in books.options.exits.items():
        stated = books.said.sheets["exits"].row(name)
        month = books.chosen.exits[name]
        books.ledger.checked["agreement_exit"] += 1
        if stated is None or stated["exit"] is None:
            continue
        notice = max(1, row.notice_months or 0)
        if month is None or month < notice or not given.spell(row, given.days[month]):
            message = (
                f"{name} is ended in {stated['exit']}, which is no month of it after a notice of "
                f"{notice} months"
            )
            books.ledger.add("agreement_exit", f"{name}, {stated['exit']}", message)
        if month is None:
            continue
        for t in range(month, given.count):
            if not given.spell(row, given.days[t]):
                continue
            units = books.said.make[row.vehicle, row.plant][t]
            if books.ledger.over("agreement_exit", units, 0.0):
                books.ledger.add(
                    "agreement_exit",
                    f"{name}, {given.months[t]}",
                    f"{row.plant} builds {units:,.1f} {row.vehicle} in {given.months[t]}, but "
                    f"{name} was ended in {given.months[month]}",
                    units,
                    0.0,
                )


AGREEMENT_RULES: tuple[Callable[[Books], None], ...] = (
    agreement_minimum, agreement_maximum, agreement_flex, agreement_exit,
)  # fmt: skip
