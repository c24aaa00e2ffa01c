"""The rows that each result table must hold, and no others."""

from collections.abc import Iterable

from motorworks.result.verify.findings import PARTS
from motorworks.result.verify.given import Given
from motorworks.result.verify.options import Options
from motorworks.result.verify.regimes import Regimes
from motorworks.result.verify.settings import OBJECTIVES
from motorworks.result.verify.sheets import Due, Key

CARBON_PARTS = ("materials", "plant", "lane")


def expected(given: Given, options: Options, regimes: Regimes) -> dict[str, Due]:
    """Keys by table, as the package's docstring lists them; free tables are left out."""
    years: list[Key] = [(row.agreement, year) for row in given.firm for year in given.years(row)]
    carbon: list[Key] = [
        (year, part) for year in given.calendar_years for part in CARBON_PARTS if options.carbon
    ]
    return {
        "production": Due(list(given.allocations), monthly=True),
        "plant_stock": Due(list(given.stocked), monthly=True),
        "shipments": Due(list(given.flows), monthly=True),
        "landed": Due(list(given.flows), monthly=True),
        "market": Due(list(given.demand), monthly=True),
        "components": Due(_each(given.sources), monthly=True),
        "component_stock": Due(list(given.stores), monthly=True),
        "agreements": Due(years),
        "end_value": Due(list(given.demand)),
        "objective": Due(_each((*PARTS, "margin"))),
        "capacity": Due(_each(given.paces), monthly=True),
        "launches": Due(list(options.launches)),
        "sites": Due(_each(options.sites), monthly=True),
        "conversions": Due(_each(options.conversions)),
        "shifts": Due(_each(options.staffed), monthly=True),
        "exits": Due(_each(options.exits)),
        "spot": Due(_each(options.spot), monthly=True),
        "component_sales": Due(list(options.sales)),
        "origin": Due(list(regimes.groups)),
        "preferred": Due(list(regimes.flows), monthly=True),
        "carbon": Due(carbon),
        "carbon_goals": Due(_each(options.goals)),
        "changes": Due(list(options.changes)),
        "objectives": Due(_each(OBJECTIVES)),
        "agreement_sides": Due(years),
    }


def _each(names: Iterable[object]) -> list[Key]:
    return [(name,) for name in names]
