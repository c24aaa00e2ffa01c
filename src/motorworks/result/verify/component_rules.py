"""Rules on components: what is received, used and in store, and the cells behind it."""

from collections.abc import Callable

import numpy as np

from motorworks.case.records.supply import CellSupply
from motorworks.result.verify.books import Books
from motorworks.result.verify.findings import Array
from motorworks.result.verify.given import Pair


def component_balance(books: Books) -> None:
    """Components at a plant: those of the month before, and received, less used and sold."""
    given, said, sold = books.given, books.said, components_sold(books)
    for component, plant in given.stores:
        sources = [
            s.source for s in given.sources.values() if (s.component, s.plant) == (component, plant)
        ]
        received = sum((said.get[(source,)] for source in sources), np.zeros(given.count))
        used = components_used(books, component, plant)
        gone = sold.get((component, plant), np.zeros(given.count))
        before = given.store_opening.get((component, plant), 0.0)
        for t, month in enumerate(given.months):
            due = before + received[t] - used[t] - gone[t]
            stock = said.in_store[component, plant][t]
            gross = max(before, received[t], used[t], gone[t])
            if books.ledger.differs("component_balance", stock, due, gross):
                books.ledger.add(
                    "component_balance",
                    f"{component} at {plant}, {month}",
                    f"{plant} should hold {due:,.1f} {component} at the end of {month} "
                    f"({before:,.1f} before, {received[t]:,.1f} received, {used[t]:,.1f} built in, "
                    f"{gone[t]:,.1f} sold), but the plan says {stock:,.1f}",
                    stock,
                    due,
                )
            before = stock


def components_used(books: Books, component: str, plant: str) -> Array:
    """Units that cars, and components made at the plant, take by month."""
    given, said = books.given, books.said
    used = np.zeros(given.count)
    for vehicle, at in given.allocations:
        if at == plant:
            used = used + given.use.get((vehicle, component), 0.0) * said.make[vehicle, plant]
    for name, (_, at) in given.made.items():
        if at == plant:
            many = given.needs.get(given.sources[name].component, {}).get(component, 0.0)
            used = used + many * said.get[(name,)]
    return used


def components_sold(books: Books) -> dict[Pair, Array]:
    """Units sold to others by (component, plant) and month."""
    sold: dict[Pair, Array] = {}
    for (component, plant, month), row in books.said.sheets["component_sales"].rows():
        series = sold.setdefault((component, plant), np.zeros(books.given.count))
        series[books.given.place[month]] += row["units"]
    return sold


def component_sales(books: Books) -> None:
    """No more is sold than others want, nor what the plant does not have."""
    stores = set(books.given.stores)
    for key, row in books.said.sheets["component_sales"].rows():
        component, plant, month = key
        limit = books.options.sales[key].units if (component, plant) in stores else 0.0
        if books.ledger.over("component_sales", row["units"], limit):
            books.ledger.add(
                "component_sales",
                f"{component} at {plant}, {month}",
                f"{plant} sells {row['units']:,.1f} {component} in {month}, but others take "
                f"{limit:,.1f}",
                row["units"],
                limit,
            )


def component_capacity(books: Books) -> None:
    """No source delivers more than it can, nor outside its dates."""
    given = books.given
    for name, source in given.sources.items():
        for t, month in enumerate(given.months):
            inside = given.spell(source, given.days[t]) / len(given.days[t])
            if source.capacity is None and inside > 0:
                books.ledger.checked["component_capacity"] += 1
                continue
            limit = (source.capacity or 0.0) * inside
            units = books.said.get[(name,)][t]
            if books.ledger.over("component_capacity", units, limit):
                books.ledger.add(
                    "component_capacity",
                    f"{name}, {month}",
                    f"{name} delivers {units - limit:,.1f} {source.component} more in {month} than "
                    f"it can: {units:,.1f} against {limit:,.1f}",
                    units,
                    limit,
                )


def cell_supply(books: Books) -> None:
    """Packs need no more cells than their makers deliver; compared in packs of the largest kind."""
    given = books.given
    for supply in given.case.rows(CellSupply):
        energy = {
            name: given.components[source.component].kwh or 0.0
            for name, source in given.sources.items()
            if source.cell_supply == supply.cell_supply
        }
        pack = max(energy.values(), default=0.0)
        if not pack:
            continue
        for t, month in enumerate(given.months):
            year = int(month[:4])
            days = 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
            limit = supply.gwh_per_year * 1e6 * given.spell(supply, given.days[t]) / days
            used = sum(kwh * books.said.get[(name,)][t] for name, kwh in energy.items())
            if books.ledger.over("cell_supply", used / pack, limit / pack):
                books.ledger.add(
                    "cell_supply",
                    f"{supply.cell_supply}, {month}",
                    f"packs made in {month} need {(used - limit) / 1000:,.3f} MWh of cells more "
                    f"than {supply.cell_supply} delivers: {used / 1000:,.3f} against "
                    f"{limit / 1000:,.3f}",
                    used / 1e6,
                    limit / 1e6,
                )


COMPONENT_RULES: tuple[Callable[[Books], None], ...] = (
    component_balance, component_capacity, cell_supply, component_sales,
)  # fmt: skip
