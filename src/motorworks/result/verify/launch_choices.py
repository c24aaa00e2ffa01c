"""Rules on starts and ends of production, and on vehicles that share a plant or a shop."""

from collections.abc import Callable, Iterable

from motorworks.case.dates import months_between
from motorworks.case.records.choices import LaunchWindow, LineRule
from motorworks.result.verify.books import Books
from motorworks.result.verify.given import Pair


def one_start(books: Books) -> None:
    """Production starts once, in a month of its window, or not at all where it need not."""
    for key, row in books.options.launches.items():
        stated = books.said.sheets["launches"].row(*key)
        books.ledger.checked["one_start"] += 1
        if stated is None:
            continue
        name = f"{key[0]} at {key[1]}"
        if stated["start"] is None:
            if not may_stay_out(books, row.optional, row.latest):
                message = f"{name} never starts, but it must by {row.latest}"
                books.ledger.add("one_start", name, message)
        elif books.chosen.start[key] not in _starts(books, key, row):
            message = f"{name} starts in {stated['start']}, which is not a month of its window"
            books.ledger.add("one_start", f"{name}, {stated['start']}", message)


def may_stay_out(books: Books, optional: bool, latest: str | None) -> bool:
    """Whether something with a window may never happen."""
    return optional or latest is None or latest > books.given.months[-1]


def _last(books: Books, key: Pair) -> int | None:
    """Number of the month in which an allocation ends by the case, before the horizon or after."""
    end = books.given.day(books.given.allocations[key].end)
    return None if end is None else months_between(books.given.months[0], f"{end:%Y-%m}")


def _starts(books: Books, key: Pair, row: LaunchWindow) -> list[int]:
    """Months in which production may start."""
    last, lead = _last(books, key), books.given.allocations[key].lead_months or 0
    months = [u for u in books.options.between(row.earliest, row.latest) if u >= lead]
    if last is not None:
        months = [u for u in months if u <= last]
        if 0 <= last < books.given.count:
            months = [u for u in months if u + row.min_run_months - 1 <= last]
    return months


def one_end(books: Books) -> None:
    """Production ends once, in a month that may be its last, and has run for its least time."""
    for key, row in books.options.launches.items():
        stated = books.said.sheets["launches"].row(*key)
        books.ledger.checked["one_end"] += 1
        if stated is None:
            continue
        name, start, end = f"{key[0]} at {key[1]}", books.chosen.start[key], books.chosen.end[key]
        due = row.end_latest is not None and row.end_latest in books.given.place
        message = None
        if stated["end"] is None:
            if due and start is not None:
                message = f"{name} runs on, but must end by {row.end_latest}"
        elif end not in _ends(books, row):
            message = f"{name} ends in {stated['end']}, which may not be its last month"
        elif start is None:
            message = f"{name} ends in {stated['end']}, but never starts"
        elif end is not None and end < start + max(row.min_run_months, 1) - 1:
            message = f"{name} ends in {stated['end']}, within {row.min_run_months} months of start"
        if message is not None:
            books.ledger.add("one_end", name, message)


def _ends(books: Books, row: LaunchWindow) -> list[int]:
    """Months that may be the last of production."""
    if row.end_earliest is None and row.end_latest is None:
        return []
    return books.options.between(row.end_earliest, row.end_latest)


def least_run(books: Books) -> None:
    """What has started is built in some number, as far as its launch and the shifts allow."""
    for key, row in books.options.launches.items():
        if row.min_per_month is None:
            continue
        for t, limit in enumerate(books.limits.curve_limit[key]):
            if not books.chosen.on[key][t]:
                continue
            least = row.min_per_month if limit is None else min(row.min_per_month, limit)
            built = books.said.make[key][t]
            if books.ledger.over("least_run", least, built):
                month = books.given.months[t]
                books.ledger.add(
                    "least_run",
                    f"{key[0]} at {key[1]}, {month}",
                    f"{key[1]} builds {built:,.1f} {key[0]} in {month}, fewer than the least of "
                    f"{least:,.1f}",
                    built,
                    least,
                )


def line_rules(books: Books) -> None:
    """Vehicles that must run at a plant together do so; those that must not do not."""
    for row in books.given.case.rows(LineRule):
        one = books.chosen.on.get((row.vehicle, row.plant))
        two = books.chosen.on.get((row.other, row.plant))
        if one is None or two is None:
            continue
        for t, month in enumerate(books.given.months):
            books.ledger.checked["line_rules"] += 1
            if row.kind == "apart" and one[t] and two[t]:
                message = f"{row.vehicle} and {row.other} both run at {row.plant} in {month}"
            elif row.kind == "together" and one[t] != two[t]:
                message = f"{row.vehicle} and {row.other} do not both run at {row.plant} in {month}"
            else:
                continue
            books.ledger.add("line_rules", f"{row.rule}, {month}", f"{message} ({row.rule})")


def models_limit(books: Books) -> None:
    """A plant or shop holds no more models at a time than it can."""
    models = {name: car.model or name for name, car in books.given.vehicles.items()}
    for place, most, keys in _holders(books, "models_max"):
        _at_most(books, "models_limit", place, most, keys, models)


def platforms_limit(books: Books) -> None:
    """A plant or shop holds no more platforms at a time than it can."""
    platforms = {name: car.platform for name, car in books.given.vehicles.items()}
    for place, most, keys in _holders(books, "platforms_max"):
        _at_most(books, "platforms_limit", place, most, keys, platforms)


def _holders(books: Books, column: str) -> Iterable[tuple[str, int, list[Pair]]]:
    """Plants and shops with a limit, and the allocations that pass them."""
    for name, plant in books.given.plants.items():
        most = getattr(plant, column)
        if most is not None:
            yield name, most, [key for key in books.given.allocations if key[1] == name]
    for name, shop in books.given.shops.items():
        most = getattr(shop, column)
        if most is not None:
            yield name, most, _passing(books, name)


def _passing(books: Books, shop: str) -> list[Pair]:
    """Allocations with work in a shop."""
    return [key for key in books.given.allocations if books.limits.work.get((*key, shop), 0.0) > 0]


def _at_most(
    books: Books, rule: str, place: str, most: int, keys: list[Pair], kinds: dict[str, str]
) -> None:
    for t, month in enumerate(books.given.months):
        found = sorted({kinds[key[0]] for key in keys if books.chosen.on[key][t]})
        books.ledger.checked[rule] += 1
        if len(found) > most:
            message = f"{place} holds {len(found)} in {month}, at most {most}: {', '.join(found)}"
            books.ledger.add(rule, f"{place}, {month}", message, len(found), most)


def shop_fit(books: Books) -> None:
    """Nothing is built that is too heavy for a shop it passes, or of a drive it cannot build."""
    for name, shop in books.given.shops.items():
        able = (shop.drivetrains or "").split()
        if not able and shop.mass_max_kg is None:
            continue
        for key in _passing(books, name):
            car = books.given.vehicles[key[0]]
            heavy = shop.mass_max_kg is not None and (car.mass_kg or 0.0) > shop.mass_max_kg
            fits = not heavy and (not able or car.drivetrain in able)
            for t, month in enumerate(books.given.months):
                built = 0.0 if fits else books.said.make[key][t]
                if books.ledger.over("shop_fit", built, 0.0):
                    message = f"{name} cannot take {key[0]}, but {built:,.1f} are built in {month}"
                    books.ledger.add("shop_fit", f"{name}, {month}", message, built, 0.0)


LAUNCH_RULES: tuple[Callable[[Books], None], ...] = (
    one_start, one_end, least_run, line_rules, models_limit, platforms_limit, shop_fit,
)  # fmt: skip
