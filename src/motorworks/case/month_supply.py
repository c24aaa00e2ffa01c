"""What comes in: components of the month, and pieces of parts by day."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
import polars as pl

from motorworks.case.case import Case
from motorworks.case.dates import add_months, first_day, last_day
from motorworks.case.month_horizon import Horizon, rounded_up
from motorworks.case.month_of_orders import Limit
from motorworks.case.month_traits import Traits
from motorworks.case.records.line import Station
from motorworks.case.records.plant import PartArrival
from motorworks.case.records.sites import Shop
from motorworks.case.records.supply import (
    CellSupply,
    Component,
    ComponentSource,
    OpeningComponent,
)
from motorworks.case.subjects import Subject
from motorworks.case.volumes import Tables, worked_hours

_ALMOST = 1e-9
_MONTHS = 12.0
_KWH_PER_GWH = 1e6


def components(
    case: Case, plan: Tables | None, horizon: Horizon, traits: Traits, *, planned: bool
) -> Iterator[Limit]:
    """Engines, battery packs and castings that are in store or have come in by the end of a day.

    Those of a month come evenly over its hours. Where orders are those of a plan, there are at
    least as many by the end of a month as they need.
    """
    sources_of = _limited_sources(case, horizon.plant) if horizon.slots else {}
    for name, sources in sources_of.items():
        trait = traits.use(Subject(component=name))
        if traits.total(trait) <= 0.0:
            continue
        need, come = traits.even(trait), np.zeros(len(horizon.slots))
        store = _in_store(case, plan, horizon, name)
        come[0] = store
        for month in dict.fromkeys(horizon.months):
            own = np.array([one == month for one in horizon.months])
            hours = float(horizon.hours[own].sum())
            part = hours / max(_hours_of(case, horizon, month), hours)
            come_in = part * sum(_monthly(case, horizon, row, month) for row in sources)
            used = float(need[own].sum())
            enough = max(come_in, used - store) if planned else come_in
            come[own] += enough * horizon.hours[own] / max(hours, _ALMOST)
            store = max(store + enough - used, 0.0)
        for end, most in zip(horizon.ends, np.cumsum(come)[horizon.ends].tolist(), strict=True):
            if np.isfinite(most):
                yield Limit(name, "part", trait, 0, end, most=rounded_up(most))


def _hours_of(case: Case, horizon: Horizon, month: str) -> float:
    """Staffed hours of a whole month, for each line, as those of slots are counted."""
    lines = len({slot.line for slot in horizon.slots})
    first = first_day(month)
    inside = horizon.days.span(first, last_day(month))
    return lines * float(worked_hours(case, horizon.days, horizon.plant)[inside].sum())


def _in_store(case: Case, plan: Tables | None, horizon: Horizon, component: str) -> float:
    """Units in store when the first month begins, by the plan; at its very start as given."""
    month = horizon.months[0]
    if month == case.info.start:
        return sum(
            row.units for row in case.rows(OpeningComponent)
            if (row.component, row.plant) == (component, horizon.plant)
        )  # fmt: skip
    if plan is None or "component_stock" not in plan:
        return 0.0
    table = plan["component_stock"].filter(
        (pl.col("component") == component) & (pl.col("plant") == horizon.plant)
        & (pl.col("month") == add_months(month, -1))
    )  # fmt: skip
    return float(table["units"].sum())


def _limited_sources(case: Case, plant: str) -> dict[str, list[ComponentSource]]:
    """Sources of the components of which no source at a plant is without a limit."""
    found: dict[str, list[ComponentSource]] = {}
    for row in case.rows(ComponentSource):
        if row.plant == plant:
            found.setdefault(row.component, []).append(row)
    return {
        name: rows
        for name, rows in found.items()
        if all(row.capacity is not None or row.cell_supply is not None for row in rows)
    }


def _monthly(case: Case, horizon: Horizon, row: ComponentSource, month: str) -> float:
    """Units of a source in a month: its capacity, and what its cells are enough for."""
    days, middle = horizon.days, horizon.days.number(dt.date.fromisoformat(f"{month}-15"))
    if days.within(row.start, row.end, case.info.dates)[middle] <= 0.0:
        return 0.0
    limits = [] if row.capacity is None else [row.capacity]
    kwh = next((one.kwh for one in case.rows(Component) if one.component == row.component), None)
    for cells in case.rows(CellSupply):
        if cells.cell_supply == row.cell_supply and kwh:
            flows = days.within(cells.start, cells.end, case.info.dates)[middle] > 0.0
            limits.append(cells.gwh_per_year * _KWH_PER_GWH / _MONTHS / kwh if flows else 0.0)
    return min(limits, default=float("inf"))


def arrivals(case: Case, horizon: Horizon, traits: Traits) -> Iterator[Limit]:
    """Pieces of a part that have come to a station by the end of each day, as ``part_arrivals``."""
    own = {row.shop for row in case.rows(Shop) if row.plant == horizon.plant}
    here = {row.station for row in case.rows(Station) if row.shop in own}
    pieces: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for row in case.rows(PartArrival):
        if row.station in here:
            pieces.setdefault((row.part, row.station), []).append((row.day or "", row.pieces))
    for (part, _), came in pieces.items():
        trait = traits.use(Subject(part=part))
        for end in horizon.ends if traits.total(trait) > 0.0 else ():
            today = horizon.slots[end].date.isoformat()
            most = sum(count for day, count in came if day <= today)
            yield Limit(part, "part", trait, 0, end, most=most)
