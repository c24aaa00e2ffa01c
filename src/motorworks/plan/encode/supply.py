"""Components: who needs them, who delivers them, and the cells behind battery packs."""

import numpy as np
import polars as pl

from motorworks.case.calendar import Days
from motorworks.case.case import Case
from motorworks.case.reading import rows_of
from motorworks.case.steps import Rates, money
from motorworks.plan.data import Floats, Sets, Supply
from motorworks.plan.encode.components import component_groups


def encode_supply(case: Case, sets: Sets, days: Days, rates: Rates) -> Supply:
    """Read components where a plant has both a use and a source for them."""
    users = _users(case, sets)
    table = case.table("component_sources")
    groups = component_groups(case, [user[:2] for user in users])
    number = {group: place for place, group in enumerate(groups)}
    users = [user for user in users if user[:2] in number]
    kept = table.filter(
        pl.Series([group in number for group in rows_of(table, "component", "plant")],
                  dtype=pl.Boolean)
    )  # fmt: skip
    opening = {
        (row["component"], row["plant"]): row["units"]
        for row in case.table("opening_components").iter_rows(named=True)
    }
    components = case.table("components")
    component_at = {name: place for place, name in enumerate(components["component"])}
    holding = money(case, components, "holding_cost", rates)
    kwh = dict(rows_of(components, "component", "kwh"))
    cells = case.table("cell_supplies")["cell_supply"].to_list()
    group_component = [component for component, _ in groups]
    return Supply(
        group_component=group_component,
        group_plant=[plant for _, plant in groups],
        opening=np.array([opening.get(group, 0.0) for group in groups]),
        holding=holding[[component_at[component] for component in group_component]],
        use_group=np.array([number[user[:2]] for user in users], dtype=np.int64),
        use_allocation=np.array([user[2] for user in users], dtype=np.int64),
        use_quantity=np.array([user[3] for user in users]),
        sources=kept["source"].to_list(),
        source_group=np.array(
            [number[group] for group in rows_of(kept, "component", "plant")], dtype=np.int64
        ),
        capacity=_source_capacity(case, kept, days),
        premium=money(case, kept, "premium", rates),
        cells=cells,
        cell_of_source=np.array(
            [-1 if name is None else cells.index(name) for name in kept["cell_supply"]],
            dtype=np.int64,
        ),
        cell_gwh=np.array([(kwh[name] or 0.0) / 1e6 for name in kept["component"]]),
        cell_capacity=_cell_capacity(case, days),
    )


def _users(case: Case, sets: Sets) -> list[tuple[str, str, int, float]]:
    """Component, plant, allocation and quantity of every need."""
    needs: dict[str, list[tuple[str, float]]] = {}
    for vehicle, component, quantity in case.table("component_use").rows():
        needs.setdefault(vehicle, []).append((component, quantity))
    return [
        (component, sets.plants[sets.store_plant[allocation]], allocation, quantity)
        for allocation in range(sets.n_allocations)
        for component, quantity in needs.get(sets.vehicles[sets.store_vehicle[allocation]], [])
    ]


def _source_capacity(case: Case, sources: pl.DataFrame, days: Days) -> Floats:
    capacity = np.full((sources.height, days.months), np.inf)
    for place, row in enumerate(sources.iter_rows(named=True)):
        inside = days.within(row["start"], row["end"], case.info.dates)
        share = days.by_month(inside) / days.per_month()
        most = np.inf if row["capacity"] is None else row["capacity"]
        capacity[place] = np.where(share > 0, most * np.where(share > 0, share, 1.0), 0.0)
    return capacity


def _cell_capacity(case: Case, days: Days) -> Floats:
    table = case.table("cell_supplies")
    days_of_year = days.per_year()
    capacity = np.zeros((table.height, days.months))
    for place, row in enumerate(table.iter_rows(named=True)):
        inside = days.within(row["start"], row["end"], case.info.dates)
        daily = inside * row["gwh_per_year"] / days_of_year
        capacity[place] = days.by_month(daily)
    return capacity
