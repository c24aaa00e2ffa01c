"""Rules on what plants build and hold: launches, shops, nameplates, yards, pins."""

from collections.abc import Callable

import numpy as np

from motorworks.case.records.programme import Pin
from motorworks.result.verify.books import Books
from motorworks.result.verify.findings import Array
from motorworks.result.verify.given import Pair
from motorworks.result.verify.market_rules import recent


def launch(books: Books) -> None:
    """No allocation builds before its start, after its end or faster than its curve."""
    for key in books.given.allocations:
        if key not in books.options.launches and key[1] not in books.options.staffed:
            _within_limit(books, "launch", key)


def launch_choice(books: Books) -> None:
    """The same for the start, the shifts and the extra hours that were chosen."""
    for key in books.given.allocations:
        if key in books.options.launches or key[1] in books.options.staffed:
            _within_limit(books, "launch_choice", key)


def _within_limit(books: Books, rule: str, key: Pair) -> None:
    vehicle, plant = key
    for t, limit in enumerate(books.limits.launch[key]):
        built, month = books.said.make[key][t], books.given.months[t]
        if limit is None:
            books.ledger.checked[rule] += 1
        elif books.ledger.over(rule, built, limit):
            books.ledger.add(
                rule,
                f"{vehicle} at {plant}, {month}",
                f"{plant} built {built - limit:,.1f} more {vehicle} in {month} than the "
                f"launch curve allows: {built:,.1f} against {limit:,.1f}",
                built,
                limit,
            )


def shop_load(books: Books, shop: str) -> Array:
    """Standard vehicles of work that the plan puts on a shop, by month."""
    given, plant = books.given, books.given.shops[shop].plant
    load = np.zeros(given.count)
    for vehicle, at in given.allocations:
        if at == plant:
            load = load + books.limits.work[vehicle, at, shop] * books.said.make[vehicle, at]
    for name, (at, _) in given.made.items():
        if at == shop:
            load = load + given.sources[name].work * books.said.get[(name,)]
    return load


def shop_capacity(books: Books) -> None:
    """No shop does more work than its pace allows in its staffed hours."""
    for shop, capacity in books.limits.capacity.items():
        used = shop_load(books, shop)
        for t in books.ledger.each_over("shop_capacity", used, capacity):
            month, limit = books.given.months[t], capacity[t]
            books.ledger.add(
                "shop_capacity",
                f"{shop}, {month}",
                f"{shop} builds {used[t] - limit:,.1f} standard vehicles more in {month} than "
                f"its hours and pace allow: {used[t]:,.1f} against {limit:,.1f}",
                used[t],
                limit,
            )


def built_at(books: Books, plant: str) -> Array:
    """Cars that a plant builds, by month."""
    total = np.zeros(books.given.count)
    for key in books.given.allocations:
        if key[1] == plant:
            total = total + books.said.make[key]
    return total


def nameplate(books: Books) -> None:
    """No plant builds more in a calendar year than its nameplate, by months in the horizon.

    For a plant that may open or close, ``site_capacity`` counts the months in which it is open.
    """
    for name, plant in books.given.plants.items():
        if plant.nameplate is None or name in books.options.plant_sites:
            continue
        cars = built_at(books, name)
        for year in books.given.calendar_years:
            months = books.given.months_of(year)
            limit, built = plant.nameplate * len(months) / 12, cars[months].sum()
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
    leaving: dict[Pair, list[str]] = {}
    for vehicle, lane in given.flows:
        leaving.setdefault((vehicle, given.lanes[lane].plant), []).append(lane)
    for key in given.stocked:
        vehicle, plant = key
        stock, made = said.stock[key], said.make[key]
        shipped = np.zeros(given.count)
        for lane in leaving.get(key, []):
            shipped = shipped + said.ship[vehicle, lane]
        before = np.concatenate([[given.plant_opening.get(key, 0.0)], stock[:-1]])
        due = before + made - shipped
        gross = np.maximum(np.maximum(before, made), shipped)
        for t in books.ledger.each_differs("plant_balance", stock, due, gross):
            month = given.months[t]
            books.ledger.add(
                "plant_balance",
                f"{vehicle} at {plant}, {month}",
                f"{plant} should hold {due[t]:,.1f} {vehicle} at the end of {month} "
                f"({before[t]:,.1f} before, {made[t]:,.1f} built, {shipped[t]:,.1f} shipped), "
                f"but the plan says {stock[t]:,.1f}",
                stock[t],
                due[t],
            )


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


def plant_age(books: Books) -> None:
    """With first in, first out, no car stands at a plant for more months than it may."""
    given = books.given
    for key in given.stocked:
        vehicle, plant = key
        most = given.plants[plant].stock_age_months
        if most is None:
            continue
        young = recent(books.said.make[key], most, given.plant_opening.get(key, 0.0))
        stock = books.said.stock[key]
        for t in books.ledger.each_over("plant_age", stock, young):
            month = given.months[t]
            books.ledger.add(
                "plant_age",
                f"{vehicle} at {plant}, {month}",
                f"{stock[t] - young[t]:,.1f} {vehicle} stand at {plant} at the end of {month} "
                f"for longer than {most} months: {young[t]:,.1f} of {stock[t]:,.1f} came since",
                stock[t],
                young[t],
            )


def pins(books: Books) -> None:
    """What a planner has fixed is kept."""
    for pin in books.given.case.rows(Pin):
        if pin.month in books.given.place:
            _pin(books, pin, books.given.place[pin.month])


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
    launch, launch_choice, shop_capacity, nameplate, plant_balance, plant_yard, plant_age, pins,
)  # fmt: skip
