"""Rules on carbon: from materials, plants and lanes, against caps and goals of a year."""

from collections.abc import Callable

import numpy as np

from motorworks.case.records.energy import GridFactor, Meter
from motorworks.result.verify.books import Books
from motorworks.result.verify.build_rules import built_at
from motorworks.result.verify.calendar import steps_by
from motorworks.result.verify.findings import Array


def materials_kg(books: Books) -> Array:
    """Carbon of what is built, by month: the row for the plant, or else the one for any."""
    total, rows = np.zeros(books.given.count), books.options.footprints
    for key in books.given.allocations:
        kg = rows.get(key, rows.get((key[0], None), 0.0))
        total = total + kg * books.said.make[key]
    return total


def plant_kg(books: Books) -> Array:
    """Carbon of the plants' meters, by month: a base load, and what goes with the cars built."""
    given, total = books.given, np.zeros(books.given.count)
    grid = steps_by(
        [row for row in given.case.rows(GridFactor) if row.method == "location"],
        lambda r: r.country,
        lambda r: (r.start, r.kg_per_mwh),
    )
    for meter in books.options.meters:
        cars = built_at(books, meter.plant)
        country = given.plants[meter.plant].country
        for t, month in enumerate(given.months):
            mwh = meter.base_mwh_per_day * len(given.days[t])
            mwh += meter.kwh_per_vehicle / 1000 * cars[t]
            steps = grid.get(country) if _from_grid(meter) else None
            total[t] += mwh * (steps.at(month) if steps else meter.kg_per_mwh or 0.0)
    return total


def _from_grid(meter: Meter) -> bool:
    return meter.kg_per_mwh is None and meter.carrier == "electricity"


def lane_kg(books: Books) -> Array:
    """Carbon of the lanes, by month of departure."""
    given, total = books.given, np.zeros(books.given.count)
    for vehicle, lane in given.flows:
        kg = given.lanes[lane].co2_kg_per_ceu or 0.0
        if kg:
            total = total + given.vehicles[vehicle].ceu * kg * books.said.ship[vehicle, lane]
    return total


def tonnes(books: Books) -> dict[tuple[int, str], float]:
    """Tonnes by calendar year and part."""
    parts = {"materials": materials_kg, "plant": plant_kg, "lane": lane_kg}
    result: dict[tuple[int, str], float] = {}
    for name, weigh in parts.items():
        kg = weigh(books)
        for year in books.given.calendar_years:
            result[year, name] = float(kg[books.given.months_of(year)].sum()) / 1000
    return result


def of_year(books: Books, year: int) -> float:
    """Tonnes of a calendar year."""
    return sum(amount for (when, _), amount in tonnes(books).items() if when == year)


def carbon_cap(books: Books) -> None:
    """No year has more carbon than its cap, by its months in the horizon."""
    for year, row in books.options.caps.items():
        limit, found = row.tonnes * len(books.given.months_of(year)) / 12, of_year(books, year)
        if books.ledger.over("carbon_cap", found, limit):
            message = f"{found:,.1f} t of carbon in {year}, but the cap is {limit:,.1f}"
            books.ledger.add("carbon_cap", str(year), message, found, limit)


def carbon_goal(books: Books) -> None:
    """What a year has above its goal is stated."""
    for year, row in books.options.goals.items():
        limit, found = row.tonnes * len(books.given.months_of(year)) / 12, of_year(books, year)
        stated = books.said.sheets["carbon_goals"].row(year)
        over = stated["over"] if stated else 0.0
        if books.ledger.over("carbon_goal", found, limit + over):
            message = f"{found:,.1f} t of carbon in {year}, but the goal is {limit:,.1f} and only"
            message = f"{message} {over:,.1f} are stated to be above it"
            books.ledger.add("carbon_goal", str(year), message, found, limit + over)


CARBON_RULES: tuple[Callable[[Books], None], ...] = (carbon_cap, carbon_goal)
