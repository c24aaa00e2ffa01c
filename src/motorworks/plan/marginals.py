"""What one more unit of something tight is worth, read from the duals of the program."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from motorworks.case.case import dtype_of
from motorworks.case.column import columns_of
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Floats, Indices, Solution
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
            rows = lp.row_blocks[family].index
            worth = -solution.dual[rows]
            upper = np.broadcast_to(lp.row_blocks[family].upper, worth.shape)
            until = _until(solution.row_until, rows, upper)
            held = upper if limit is None else limit
            yield from _grid(family, names, months, held, worth, unit, held + until)
    sources = -np.minimum(solution.reduced[var.get], 0.0)
    sources[supply.capacity <= 0] = 0.0
    until = supply.capacity + _until(solution.column_until, var.get, supply.capacity)
    yield from _grid(
        "component_capacity", supply.sources, months, supply.capacity, sources, "unit", until
    )
    launches = [
        f"{sets.vehicles[v]} at {sets.plants[p]}"
        for v, p in zip(sets.store_vehicle, sets.store_plant, strict=True)
    ][: sets.n_allocations]
    worth = -np.minimum(solution.reduced[var.make], 0.0)
    worth[data.pace.limit <= 0] = 0.0
    until = data.pace.limit + _until(solution.column_until, var.make, data.pace.limit)
    yield from _grid("launch", launches, months, data.pace.limit, worth, "vehicle", until)
    yield from _lists(lp, data, solution)


def _until(until: Floats | None, index: Indices, limit: Floats) -> Floats:
    """By how much each limit may rise before its worth changes; NaN where not worked out."""
    if until is None:
        return np.full(index.shape, np.nan)
    # limits without end are not tight, and have no worth that could change
    with np.errstate(invalid="ignore"):
        more: Floats = np.where(np.isfinite(limit), until[index] - limit, np.nan)
    return more


def _lists(lp: Builder, data: PlanData, solution: Solution) -> Iterator[Row]:
    """Families with one row per rule."""
    for family in ("agreement_minimum", "agreement_maximum"):
        if family in lp.row_blocks:
            for row, promise in zip(lp.row_blocks[family].index, data.promises, strict=True):
                limit = promise.minimum if family == "agreement_minimum" else promise.maximum
                yield _single(family, promise.agreement, str(promise.year), limit, row, solution)
    if "nameplate" in lp.row_blocks:
        index = lp.row_blocks["nameplate"].index
        for row, (plant, year, _, most) in zip(index, data.pace.nameplate, strict=True):
            yield _single("nameplate", data.sets.plants[plant], str(year), most, row, solution)
    if "pins" in lp.row_blocks:
        for row, pin in zip(lp.row_blocks["pins"].index, data.pins, strict=True):
            limit = pin.minimum if solution.dual[row] > 0 else pin.maximum
            yield _single("pins", pin.label, data.sets.months[pin.month], limit, row, solution)


def _single(family: str, what: str, month: str, limit: float, row: int, solution: Solution) -> Row:
    """One rule; up to where its worth holds is known for upper limits."""
    value = -float(solution.dual[row])
    until = None if solution.row_until is None else float(solution.row_until[row])
    upper = value > 0 and until is not None and np.isfinite(until)
    return family, what, month, limit, value, "vehicle", until if upper else None


def _grid(
    family: str,
    names: list[str],
    months: tuple[str, ...],
    limit: Floats,
    worth: Floats,
    unit: str,
    until: Floats,
) -> Iterator[Row]:
    for place, month in zip(*np.nonzero(np.abs(worth) > _WORTH_SHOWING), strict=True):
        end = float(until[place, month])
        yield (
            family, names[place], months[month],
            float(limit[place, month]), float(worth[place, month]), unit,
            end if np.isfinite(end) else None,
        )  # fmt: skip


def _limited(names: list[str], slots: Floats) -> list[str]:
    return [name for name, limit in zip(names, np.isfinite(slots), strict=True) if limit]
