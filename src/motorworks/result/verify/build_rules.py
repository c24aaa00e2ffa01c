"""Rules on what plants build: launches, shops, nameplates, agreements, pins, yards."""

from collections.abc import Callable

from motorworks.case.records.programme import Agreement, Pin
from motorworks.result.verify.books import Books


def launch(books: Books) -> None:
    """No allocation builds before its start, after its end or faster than its curve."""
    months = books.given.months
    for (vehicle, plant), limits in books.limits.launch.items():
        for t, limit in enumerate(limits):
            built = books.said.make[vehicle, plant][t]
            if limit is None:
                books.ledger.checked["launch"] += 1
            elif books.ledger.over("launch", built, limit):
                books.ledger.add(
                    "launch",
                    f"{vehicle} at {plant}, {months[t]}",
                    f"{plant} built {built - limit:,.1f} more {vehicle} in {months[t]} than the "
                    f"launch curve allows: {built:,.1f} against {limit:,.1f}",
                    built,
                    limit,
                )


def shop_load(books: Books, shop: str, month: int) -> float:
    """Standard vehicles of work that the plan puts on a shop."""
    plant = books.given.shops[shop].plant
    return sum(
        books.limits.work[vehicle, at, shop] * books.said.make[vehicle, at][month]
        for vehicle, at in books.given.allocations
        if at == plant
    )


def shop_capacity(books: Books) -> None:
    """No shop does more work than its pace allows in its staffed hours."""
    for shop, capacity in books.limits.capacity.items():
        for t, limit in enumerate(capacity):
            used = shop_load(books, shop, t)
            if books.ledger.over("shop_capacity", used, limit):
                month = books.given.months[t]
                books.ledger.add(
                    "shop_capacity",
                    f"{shop}, {month}",
                    f"{shop} builds {used - limit:,.1f} standard vehicles more in {month} than "
                    f"its hours and pace allow: {used:,.1f} against {limit:,.1f}",
                    used,
                    limit,
                )


def nameplate(books: Books) -> None:
    """No plant builds more in a calendar year than its nameplate, by months in the horizon."""
    for name, plant in books.given.plants.items():
        if plant.nameplate is None:
            continue
        for year in books.given.calendar_years:
            months = books.given.months_of(year)
            limit = plant.nameplate * len(months) / 12
            built = sum(
                books.said.make[key][t]
                for key in books.given.allocations
                if key[1] == name
                for t in months
            )
            if books.ledger.over("nameplate", built, limit):
                books.ledger.add(
                    "nameplate",
                    f"{name}, {year}",
                    f"{name} builds {built - limit:,.1f} cars more in {year} than its nameplate "
                    f"allows: {built:,.1f} against {limit:,.1f}",
                    built,
                    limit,
                )


def plant_balance(books: Books) -> None:
    """Cars at a plant: those of the month before, and built, less shipped."""
    given, said = books.given, books.said
    leaving: dict[tuple[str, str], list[str]] = {}
    for vehicle, lane in given.flows:
        leaving.setdefault((vehicle, given.lanes[lane].plant), []).append(lane)
    for key in given.stocked:
        vehicle, plant = key
        before = given.plant_opening.get(key, 0.0)
        for t, month in enumerate(given.months):
            shipped = sum(said.ship[vehicle, lane][t] for lane in leaving.get(key, []))
            due = before + said.make[key][t] - shipped
            stock = said.stock[key][t]
            gross = max(before, said.make[key][t], shipped)
            if books.ledger.differs("plant_balance", stock, due, gross):
                books.ledger.add(
                    "plant_balance",
                    f"{vehicle} at {plant}, {month}",
                    f"{plant} should hold {due:,.1f} {vehicle} at the end of {month} "
                    f"({before:,.1f} before, {said.make[key][t]:,.1f} built, "
                    f"{shipped:,.1f} shipped), "
                    f"but the plan says {stock:,.1f}",
                    stock,
                    due,
                )
            before = stock


def plant_yard(books: Books) -> None:
    """Cars at a plant fit its yard."""
    for name, plant in books.given.plants.items():
        if plant.yard_slots is None:
            continue
        for t, month in enumerate(books.given.months):
            held = sum(books.said.stock[key][t] for key in books.given.stocked if key[1] == name)
            if books.ledger.over("plant_yard", held, plant.yard_slots):
                books.ledger.add(
                    "plant_yard",
                    f"{name}, {month}",
                    f"the yard of {name} holds {held - plant.yard_slots:,.1f} cars too many at the "
                    f"end of {month}: {held:,.1f} on {plant.yard_slots:,.1f} places",
                    held,
                    plant.yard_slots,
                )


def agreement_share(books: Books, row: Agreement, year: int) -> float:
    """Share of a calendar year's days inside both agreement and horizon."""
    given = books.given
    inside = sum(given.spell(row, given.days[t]) for t in given.months_of(year))
    return inside / (366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365)


def agreement_units(books: Books, row: Agreement, year: int) -> float:
    """Cars built in the months of a year that count for an agreement."""
    make = books.said.make[row.vehicle, row.plant]
    return sum(make[t] for t in books.given.counted(row, year))


def agreement_minimum(books: Books) -> None:
    """Cars built under an agreement and the stated shortfall reach its minimum."""
    for row in books.given.firm:
        if row.min_per_year is None:
            continue
        for year in books.given.years(row):
            limit = row.min_per_year * agreement_share(books, row, year)
            built = agreement_units(books, row, year)
            said = books.said.tables["agreements"].get((row.agreement, year), {})
            short = said.get("shortfall", 0.0)
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


def pins(books: Books) -> None:
    """What a planner has fixed is kept."""
    place = {month: t for t, month in enumerate(books.given.months)}
    for pin in books.given.case.rows(Pin):
        if pin.month in place:
            _pin(books, pin, place[pin.month])


def _pin(books: Books, pin: Pin, month: int) -> None:
    if pin.market is None:
        units = books.said.make[pin.vehicle, pin.plant][month]
        what = f"{pin.plant} builds {units:,.1f} {pin.vehicle} in {pin.month}"
        where = f"{pin.vehicle} at {pin.plant}, {pin.month}"
    else:
        lanes = [
            lane.lane
            for lane in books.given.lanes.values()
            if (lane.plant, lane.market) == (pin.plant, pin.market)
        ]
        units = sum(books.said.ship[pin.vehicle, lane][month] for lane in lanes)
        what = f"{pin.plant} ships {units:,.1f} {pin.vehicle} to {pin.market} in {pin.month}"
        where = f"{pin.vehicle} from {pin.plant} to {pin.market}, {pin.month}"
    least, most = pin.minimum, pin.maximum
    if least is not None and books.ledger.over("pins", least, units):
        message = f"{what}, but at least {least:,.1f} are fixed ({pin.reason})"
        books.ledger.add("pins", where, message, units, least)
    if most is not None and books.ledger.over("pins", units, most):
        message = f"{what}, but at most {most:,.1f} are fixed ({pin.reason})"
        books.ledger.add("pins", where, message, units, most)


BUILD_RULES: tuple[Callable[[Books], None], ...] = (
    launch, shop_capacity, nameplate, plant_balance, plant_yard,
    agreement_minimum, agreement_maximum, pins,
)  # fmt: skip
