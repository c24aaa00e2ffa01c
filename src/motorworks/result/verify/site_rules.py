"""Rules on sites that open or close, and on plants that stand still for a conversion."""

from collections.abc import Callable

import numpy as np

from motorworks.case.records.choices import Conversion, SiteWindow
from motorworks.result.verify.books import Books
from motorworks.result.verify.build_rules import built_at, shop_load
from motorworks.result.verify.findings import Array
from motorworks.result.verify.launch_choices import may_stay_out


def opened(books: Books, site: str) -> list[int]:
    """Months in which a site opens, by what is said of it."""
    up = books.chosen.up[site]
    before = [books.options.sites[site].open_at_start, *up[:-1]]
    return [t for t, (was, now) in enumerate(zip(before, up, strict=True)) if now and not was]


def closed(books: Books, site: str) -> list[int]:
    """Months that are the last of a site; -1 is the month before the horizon."""
    up = books.chosen.up[site]
    before = [books.options.sites[site].open_at_start, *up[:-1]]
    return [t - 1 for t, (was, now) in enumerate(zip(before, up, strict=True)) if was and not now]


def openings(books: Books, row: SiteWindow) -> list[int]:
    """Months in which a site may open."""
    if row.open_at_start:
        return []
    return [u for u in books.options.between(row.earliest, row.latest) if u >= row.lead_months]


def site_once(books: Books) -> None:
    """A site opens once, in a month of its window, and closes at most once, if at all."""
    stated = books.said.series("sites", "up")
    for name, row in books.options.sites.items():
        allowed, start, end = openings(books, row), opened(books, name), closed(books, name)
        months = ("before the horizon", *books.given.months)
        wrong = [f"opens in {books.given.months[u]}" for u in start if u not in allowed]
        wrong += [f"closes after {months[u + 1]}" for u in end if u < 0 or not row.closable]
        wrong += [f"opens {len(start)} times"] * (len(start) > 1)
        wrong += [f"closes {len(end)} times"] * (len(end) > 1)
        may_wait = may_stay_out(books, row.optional, row.latest)
        if not start and not row.open_at_start and not may_wait:
            wrong.append(f"does not open, but must by {row.latest}")
        if not set(stated[(name,)]) <= {0.0, 1.0}:
            wrong.append("is stated as neither 0 nor 1 in a month")
        books.ledger.checked["site_once"] += 1
        for what in wrong:
            books.ledger.add("site_once", name, f"{name} {what}, against its row in site_windows")


def site_capacity(books: Books) -> None:
    """Where a site is closed nothing is done; a plant builds by the months in which it is open."""
    given = books.given
    for name, row in books.options.sites.items():
        shops = [row.shop] if row.shop else books.limits.shops_at[row.plant]
        loads = {shop: shop_load(books, shop) for shop in shops}
        if row.shop is None:
            loads[row.plant] = built_at(books, row.plant)
        for place, load in loads.items():
            shut = np.where(books.chosen.up[name], 0.0, load)
            for t in books.ledger.each_over("site_capacity", shut, np.zeros(given.count)):
                message = f"{place} builds {load[t]:,.1f} in {given.months[t]} with {name} closed"
                books.ledger.add(
                    "site_capacity", f"{place}, {given.months[t]}", message, load[t], 0.0
                )
    for row in books.options.plant_sites.values():
        _nameplate(books, row)


def _nameplate(books: Books, row: SiteWindow) -> None:
    most = books.given.plants[row.plant].nameplate
    if most is None:
        return
    cars = built_at(books, row.plant)
    for year in books.given.calendar_years:
        months = books.given.months_of(year)
        limit = most / 12 * sum(books.chosen.up[row.site][t] for t in months)
        built = cars[months].sum()
        if books.ledger.over("site_capacity", built, limit):
            message = (
                f"{row.plant} builds {built - limit:,.1f} cars more in {year} than its nameplate "
                f"allows in the months it is open: {built:,.1f} against {limit:,.1f}"
            )
            books.ledger.add("site_capacity", f"{row.plant}, {year}", message, built, limit)


def halt_once(books: Books) -> None:
    """A conversion begins once, in a month of its window; with a vehicle's start or not at all."""
    for name, row in books.options.conversions.items():
        stated = books.said.sheets["conversions"].row(name)
        books.ledger.checked["halt_once"] += 1
        if stated is None:
            continue
        month = books.chosen.halts[name]
        key = (row.vehicle or "", row.plant)
        chosen = key in books.options.launches
        due = books.chosen.start[key] is not None if chosen else True
        if stated["start"] is None:
            if due:
                books.ledger.add("halt_once", name, f"{name} never begins, but must")
        elif month not in books.options.between(row.earliest, row.latest):
            message = f"{name} begins in {stated['start']}, which is not a month of its window"
            books.ledger.add("halt_once", f"{name}, {stated['start']}", message)
        elif not due:
            message = f"{name} begins in {stated['start']}, but {row.vehicle} never starts"
            books.ledger.add("halt_once", f"{name}, {stated['start']}", message)


def halt_before_start(books: Books) -> None:
    """A conversion for a vehicle is over when the vehicle starts."""
    for name, row in books.options.conversions.items():
        first = books.chosen.first.get((row.vehicle or "", row.plant))
        month = books.chosen.halts[name]
        if first is None or month is None:
            continue
        days = (first - books.given.days[month][0]).days
        books.ledger.checked["halt_before_start"] += 1
        if days < 7 * row.weeks - 1e-9:
            message = (
                f"{name} begins {days} days before {row.vehicle} starts on {first}, but lasts "
                f"{row.weeks:g} weeks"
            )
            books.ledger.add("halt_before_start", name, message, days, 7 * row.weeks)


def halt_capacity(books: Books) -> None:
    """In the weeks of a conversion the shops of a plant do not work."""
    for name, row in books.options.conversions.items():
        left = 1 - books.chosen.taken(name)
        for shop in books.limits.shops_at[row.plant]:
            if shop in books.limits.capacity:
                _held(books, row, shop, left)


def _held(books: Books, row: Conversion, shop: str, left: Array) -> None:
    limits, load = left * books.limits.capacity[shop], shop_load(books, shop)
    within = np.where(left < 1, load, 0.0)
    for t in books.ledger.each_over("halt_capacity", within, np.where(left < 1, limits, 0.0)):
        month = books.given.months[t]
        message = (
            f"{shop} builds {load[t]:,.1f} standard vehicles in {month}, but {row.conversion} "
            f"leaves it {limits[t]:,.1f}"
        )
        books.ledger.add("halt_capacity", f"{shop}, {month}", message, load[t], limits[t])


SITE_RULES: tuple[Callable[[Books], None], ...] = (
    site_once, site_capacity, halt_once, halt_before_start, halt_capacity,
)  # fmt: skip
