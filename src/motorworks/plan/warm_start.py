"""Start the search for a plan from the choices of another one, as its result tables tell them."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from motorworks.engines.lp.model import Floats
from motorworks.plan.data import PlanData
from motorworks.plan.variables import Variables

Tables = Mapping[str, pl.DataFrame]


def start_from(tables: Tables, data: PlanData, var: Variables, columns: int) -> Floats:
    """Values of the columns that choose, by names: another horizon, or other rows, may be told of.

    Parameters
    ----------
    tables
        Result tables of a plan; those that are missing or speak of nothing here are passed over.
    data, var, columns
        The program to start, and how many columns it has.

    Returns
    -------
    Floats
        Shape (columns,), NaN where the tables say nothing.
    """
    x = np.full(columns, np.nan)
    month = {name: number for number, name in enumerate(data.sets.months)}
    for record, column, names, block in _chosen_months(data, var):
        for row, place in _known(tables, record, names):
            _mark(x, block[place], row[column], month)
    for site, name in enumerate(data.sites.names):
        ups = _ups(tables, name, data.sets.months)
        if ups is not None:
            opened, shut = _switches(ups, bool(data.sites.open_at_start[site]))
            x[var.sites.open[site]], x[var.sites.shut[site]] = opened, shut
    plants = [data.sets.plants[plant] for plant in data.shifts.plant]
    for row, place in _known(tables, "shifts", {(name,): n for n, name in enumerate(plants)}):
        own = np.flatnonzero(data.shifts.option_plant == place)
        if row["month"] in month:
            worked = [data.shifts.pattern[option] == row["pattern"] for option in own]
            x[var.shifts.pattern[own, month[row["month"]]]] = worked
    return x


Names = dict[tuple[str, ...], int]


def _chosen_months(data: PlanData, var: Variables) -> list[tuple[str, str, Names, Any]]:
    """Tables that tell a month chosen: table, column, places by key, columns by place and month."""
    sets = data.sets
    windows: Names = {
        (sets.vehicles[sets.store_vehicle[a]], sets.plants[sets.store_plant[a]]): place
        for place, a in enumerate(data.launches.allocation)
    }
    conversions: Names = {(name,): place for place, name in enumerate(data.conversions.names)}
    exits: Names = {(name,): place for place, name in enumerate(data.agreements.exits)}
    return [
        ("launches", "start", windows, var.launches.begin),
        ("launches", "end", windows, var.launches.finish),
        ("conversions", "start", conversions, var.sites.halt),
        ("exits", "exit", exits, var.agreements.exit),
    ]


def _mark(x: Floats, columns: Any, when: str | None, month: Mapping[str, int]) -> None:
    """Set 1 in the month told and 0 in the others; none told means never."""
    if when is None or when in month:
        x[columns] = 0.0
        if when is not None:
            x[columns[month[when]]] = 1.0


def _known(tables: Tables, table: str, names: Names) -> Iterator[tuple[dict[str, Any], int]]:
    """Rows of a table whose first columns are among ``names``, with the place there."""
    length = len(next(iter(names), ()))
    for row in tables[table].iter_rows(named=True) if table in tables else ():
        place = names.get(tuple(list(row.values())[:length]))
        if place is not None:
            yield row, place


def _ups(tables: Tables, site: str, months: tuple[str, ...]) -> list[int] | None:
    """Whether a site is open, month by month; None where the tables do not tell all of it."""
    rows = {row["month"]: row["up"] for row, _ in _known(tables, "sites", {(site,): 0})}
    return [rows[name] for name in months] if all(name in rows for name in months) else None


def _switches(ups: list[int], open_at_start: bool) -> tuple[Floats, Floats]:
    """When it opens (first month open) and shuts (last month open)."""
    opened, shut, before = np.zeros(len(ups)), np.zeros(len(ups)), int(open_at_start)
    for number, now in enumerate(ups):
        if now and not before:
            opened[number] = 1.0
        if before and not now and number:
            shut[number - 1] = 1.0
        before = now
    return opened, shut
