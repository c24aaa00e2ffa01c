"""What one more unit of something tight is worth, read from the duals of the program."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from motorworks.case.case import dtype_of
from motorworks.case.column import columns_of
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Floats, Solution
from motorworks.plan.data import PlanData
from motorworks.plan.variables import Variables
from motorworks.result.records import Marginal

Row = tuple[str, str, str, float, float, str, float | None]

_WORTH_SHOWING = 1e-6


def marginals(lp: Builder, data: PlanData, var: Variables, solution: Solution) -> pl.DataFrame:
    """Tight limits with what one more unit adds to the margin, most valuable first."""
    rows = [row for row in _all(lp, data, var, solution) if abs(row[4]) > _WORTH_SHOWING]
    schema = {column.name: dtype_of(column) for column in columns_of(Marginal)}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.sort(["value", "family", "what", "month"], descending=[True, False, False, False])


def _all(lp: Builder, data: PlanData, var: Variables, solution: Solution) -> Iterator[Row]:
    sets, months = data.sets, data.sets.months
    pace, supply = data.pace, data.supply
    limited = np.atleast_1d(np.isfinite(data.logistics.space).any(axis=1))
    lanes = [name for name, limit in zip(sets.lanes, limited, strict=True) if limit]
    blocks = (
        ("shop_capacity", pace.shops, pace.capacity, "standard vehicle"),
        ("lane_space", lanes, data.logistics.space[limited], "CEU"),
        ("cell_supply", supply.cells, supply.cell_capacity, "GWh"),
        ("plant_yard", _limited(sets.plants, data.logistics.plant_yard), None, "vehicle"),
        ("market_yard", _limited(sets.markets, data.logistics.market_yard), None, "vehicle"),
    )
    for family, names, limit, unit in blocks:
        if family in lp.row_blocks:
            worth = -solution.dual[lp.row_blocks[family].index]
            upper = np.broadcast_to(lp.row_blocks[family].upper, worth.shape)
            yield from _grid(family, names, months, upper if limit is None else limit, worth, unit)
    sources = -np.minimum(solution.reduced[var.get], 0.0)
    sources[supply.capacity <= 0] = 0.0
    yield from _grid("component_capacity", supply.sources, months, supply.capacity, sources, "unit")
    launches = [
        f"{sets.vehicles[v]} at {sets.plants[p]}"
        for v, p in zip(sets.store_vehicle, sets.store_plant, strict=True)
    ][: sets.n_allocations]
    worth = -np.minimum(solution.reduced[var.make], 0.0)
    worth[data.pace.limit <= 0] = 0.0
    yield from _grid("launch", launches, months, data.pace.limit, worth, "vehicle")
    yield from _lists(lp, data, solution)


def _lists(lp: Builder, data: PlanData, solution: Solution) -> Iterator[Row]:
    """Families with one row per rule."""
    for family in ("agreement_minimum", "agreement_maximum"):
        if family in lp.row_blocks:
            for row, promise in zip(lp.row_blocks[family].index, data.promises, strict=True):
                limit = promise.minimum if family == "agreement_minimum" else promise.maximum
                value = -float(solution.dual[row])
                yield family, promise.agreement, str(promise.year), limit, value, "vehicle", None
    if "nameplate" in lp.row_blocks:
        index = lp.row_blocks["nameplate"].index
        for row, (plant, year, _, most) in zip(index, data.pace.nameplate, strict=True):
            value = -float(solution.dual[row])
            yield "nameplate", data.sets.plants[plant], str(year), most, value, "vehicle", None
    if "pins" in lp.row_blocks:
        for row, pin in zip(lp.row_blocks["pins"].index, data.pins, strict=True):
            value = -float(solution.dual[row])
            limit = pin.maximum if value > 0 else pin.minimum
            yield "pins", pin.label, data.sets.months[pin.month], limit, value, "vehicle", None


def _grid(
    family: str, names: list[str], months: tuple[str, ...], limit: Floats, worth: Floats, unit: str
) -> Iterator[Row]:
    for place, month in zip(*np.nonzero(np.abs(worth) > _WORTH_SHOWING), strict=True):
        yield (
            family, names[place], months[month],
            float(limit[place, month]), float(worth[place, month]), unit, None,
        )  # fmt: skip


def _limited(names: list[str], slots: Floats) -> list[str]:
    return [name for name, limit in zip(names, np.isfinite(slots), strict=True) if limit]
