"""Rules on shift patterns, people, extra hours and the working-time account."""

from collections.abc import Callable

from motorworks.case.records.choices import Workforce
from motorworks.result.verify.books import Books
from motorworks.result.verify.build_rules import built_at
from motorworks.result.verify.findings import Array


def workforce(books: Books, plant: str) -> Workforce:
    """Terms on which a plant changes shifts; a plant without a row has no extra hours."""
    return books.options.workforces.get(plant) or Workforce(plant=plant)


def one_pattern(books: Books) -> None:
    """A plant that is open works one of its patterns, and keeps the calendar's until its notice."""
    for plant, patterns in books.options.patterns.items():
        notice = workforce(books, plant).notice_months
        site = plant in books.options.plant_sites
        for t, name in enumerate(_stated(books, plant)):
            month = books.given.months[t]
            up = books.chosen.plant_up(plant, t)
            first = books.given.staffing.pattern_on(plant, books.given.days[t][0])
            books.ledger.checked["one_pattern"] += 1
            if not up and name is not None:
                message = f"{plant} works {name} in {month}, but it is closed"
            elif up and name not in patterns:
                message = f"{plant} works {name} in {month}, which is not among its options"
            elif up and not site and t < notice and name != first:
                message = f"{plant} works {name} in {month}, but is bound to {first} for its notice"
            else:
                continue
            books.ledger.add("one_pattern", f"{plant}, {month}", message)


def _stated(books: Books, plant: str) -> list[str | None]:
    sheet = books.said.sheets["shifts"]
    return list(sheet.columns["pattern"][sheet.place[(plant,)]])


def stay(books: Books) -> None:
    """A pattern once changed to is worked for its least time."""
    for plant in books.options.patterns:
        least = workforce(books, plant).min_stay_months
        worked = _stated(books, plant)
        before = books.given.staffing.pattern_on(plant, books.given.days[0][0])
        for t, name in enumerate(worked):
            was = worked[t - 1] if t else before
            if name is None or name == was:
                continue
            for v in range(t, min(t + least, books.given.count)):
                books.ledger.checked["stay"] += 1
                if worked[v] != name:
                    month = books.given.months[v]
                    message = (
                        f"{plant} changes to {name} in {books.given.months[t]}, but leaves it in "
                        f"{month}, within {least} months"
                    )
                    books.ledger.add("stay", f"{plant}, {month}", message)
                    break


def heads_of(books: Books, pattern: str | None) -> float:
    """People of a pattern; none where blank."""
    row = books.given.staffing.patterns.get(pattern or "")
    return float(row.heads or 0) if row else 0.0


def heads(books: Books) -> None:
    """Whoever is more than the month before was taken on; whoever is fewer was let go."""
    hired, freed = (books.said.series("shifts", name) for name in ("hired", "freed"))
    for plant in books.options.patterns:
        site = books.options.plant_sites.get(plant)
        first = books.given.staffing.pattern_on(plant, books.given.days[0][0])
        before = heads_of(books, first if site is None or site.open_at_start else None)
        for t, name in enumerate(_stated(books, plant)):
            now, month = heads_of(books, name), books.given.months[t]
            for said, due, word in (
                (hired[(plant,)][t], now - before, "takes on"),
                (freed[(plant,)][t], before - now, "lets go"),
            ):
                if books.ledger.over("heads", due, said):
                    message = (
                        f"{plant} {word} {said:,.1f} people in {month}, but goes from "
                        f"{before:,.1f} to {now:,.1f}"
                    )
                    books.ledger.add("heads", f"{plant}, {month}", message, said, due)
            before = now


def shift_volume(books: Books) -> None:
    """A pattern is worked only where the cars built justify it."""
    for plant in books.options.patterns:
        cars = built_at(books, plant)
        for t, name in enumerate(books.chosen.pattern[plant]):
            if name is None:
                continue
            least = (books.given.staffing.patterns[name].volume_min or 0.0) / 12
            if books.ledger.over("shift_volume", least, cars[t]):
                month = books.given.months[t]
                message = (
                    f"{plant} builds {cars[t]:,.1f} cars in {month}, but {name} is worked from "
                    f"{least:,.1f} on"
                )
                books.ledger.add("shift_volume", f"{plant}, {month}", message, cars[t], least)


def month_hours(books: Books, plant: str) -> Array:
    """Hours of a plant by month in the patterns chosen, or of the calendar."""
    return books.given.by_month(books.chosen.hours[plant])


def extra_hours(books: Books) -> None:
    """Overtime, weekends and hours of the account stay within their limits, and open plants."""
    columns = ("overtime", "weekend", "plus", "minus")
    said = {name: books.said.series("shifts", name) for name in columns}
    for plant in books.options.staffed:
        row, usual = workforce(books, plant), month_hours(books, plant)
        for t, month in enumerate(books.given.months):
            up = books.chosen.plant_up(plant, t)
            overtime, weekend, plus, minus = (said[name][(plant,)][t] for name in columns)
            account = row.account_hours > 0
            for what, hours, most in (
                ("overtime and hours for the account", overtime + plus, row.overtime_hours_max),
                ("weekend work", weekend, row.weekend_hours_max),
                ("hours for the account", plus, row.overtime_hours_max if account else 0.0),
                ("hours off the account", minus, usual[t] if account else 0.0),
                ("hours both put in and taken", min(plus, minus), 0.0),
            ):
                limit = most if up and usual[t] > 0 else 0.0
                if books.ledger.over("extra_hours", hours, limit):
                    message = f"{plant} has {hours:,.1f} h of {what} in {month}, of {limit:,.1f}"
                    books.ledger.add("extra_hours", f"{plant}, {month}", message, hours, limit)


def time_account(books: Books) -> None:
    """The account holds what was put in less what was taken, and is even at the end of a year."""
    given = books.given
    plus, minus, said = (books.said.series("shifts", c) for c in ("plus", "minus", "balance"))
    for plant in books.options.staffed:
        most, before = workforce(books, plant).account_hours, 0.0
        for t, month in enumerate(given.months):
            due = before + plus[(plant,)][t] - minus[(plant,)][t]
            balance = said[(plant,)][t]
            where = f"{plant}, {month}"
            if books.ledger.differs("time_account", balance, due, abs(before)):
                message = f"the account of {plant} stands at {due:,.1f} h after {month}, not at"
                message = f"{message} {balance:,.1f}"
                books.ledger.add("time_account", where, message, balance, due)
            even = month.endswith("-12") or t == given.count - 1
            limit = 0.0 if even else most
            if books.ledger.over("time_account", abs(balance), limit):
                message = f"the account of {plant} stands at {balance:,.1f} h after {month}, but"
                message = f"{message} may be off by {limit:,.1f}"
                books.ledger.add("time_account", where, message, balance, limit)
            before = balance


SHIFT_RULES: tuple[Callable[[Books], None], ...] = (
    one_pattern, stay, heads, shift_volume, extra_hours, time_account,
)  # fmt: skip
