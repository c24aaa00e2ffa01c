"""What one more unit of something tight is worth, read from the duals of the program."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from motorworks.case.case import dtype_of
from motorworks.case.column import columns_of
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Floats, Indices, Solution
from motorworks.plan.data import PlanData
from motorworks.plan.limit_worth import launch_worth, nameplate_chosen, shop_worth
from motorworks.plan.variables import Variables
from motorworks.result.records import Marginal

Row = tuple[str, str, str, float, float, str, float | None]

_WORTH_SHOWING = 1e-6


def marginals(
    lp: Builder,
    data: PlanData,
    var: Variables,
    solution: Solution,
    capacity: pl.DataFrame,
    production: pl.DataFrame,
) -> pl.DataFrame:
    """Tight limits with what one more unit adds to the margin, most valuable first.

    What was chosen (starts, shifts, sites ...) stays as it is. ``capacity`` and ``production``
    are the result tables of these names: what shops and launches allow under those choices.
    """
    found = _all(lp, data, var, solution, capacity, production)
    rows = [row for row in found if abs(row[4]) > _WORTH_SHOWING]
    schema = {column.name: dtype_of(column) for column in columns_of(Marginal)}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.sort(["value", "family", "what", "month"], descending=[True, False, False, False])


def _all(
    lp: Builder,
    data: PlanData,
    var: Variables,
    solution: Solution,
    capacity: pl.DataFrame,
    production: pl.DataFrame,
) -> Iterator[Row]:
    sets, months = data.sets, data.sets.months
    yield from _shops(lp, data, solution, capacity)
    for family, names, limit, unit in _blocks(data):
        if family in lp.row_blocks:
            rows = lp.row_blocks[family].index
            worth = -solution.dual[rows]
            upper = np.broadcast_to(lp.row_blocks[family].upper, worth.shape)
            held = upper if limit is None else limit
            until = held + _until(solution.row_until, rows, upper)
            yield from _grid(family, names, months, held, worth, unit, until)
    most = data.supply.capacity
    sources = np.where(most > 0, -np.minimum(solution.reduced[var.get], 0.0), 0.0)
    until = most + _until(solution.column_until, var.get, most)
    names = data.supply.sources
    yield from _grid("component_capacity", names, months, most, sources, "unit", until)
    launches = [
        f"{sets.vehicles[v]} at {sets.plants[p]}"
        for v, p in zip(sets.store_vehicle, sets.store_plant, strict=True)
    ][: sets.n_allocations]
    most = production["limit"].fill_null(np.inf).to_numpy().reshape(data.pace.limit.shape)
    worth, more = launch_worth(lp, data, solution)
    # a limit of 0 has a worth whether it matters or not
    worth = np.where(most > 0, worth, 0.0)
    yield from _grid("launch", launches, months, most, worth, "vehicle", most + more)
    yield from _lists(lp, data, var, solution)


def _blocks(data: PlanData) -> Iterator[tuple[str, list[str], Floats | None, str]]:
    """Families by place and month: names, limits (None: those of the rows), unit."""
    sets, space = data.sets, data.logistics.space
    limited = np.atleast_1d(np.isfinite(space).any(axis=1))
    lanes = [name for name, limit in zip(sets.lanes, limited, strict=True) if limit]
    yield "lane_space", lanes, space[limited], "CEU"
    yield "cell_supply", data.supply.cells, data.supply.cell_capacity, "GWh"
    yield "plant_yard", _limited(sets.plants, data.logistics.plant_yard), None, "vehicle"
    yield "market_yard", _limited(sets.markets, data.logistics.market_yard), None, "vehicle"
    slots = np.repeat(data.lanes.port_slots[:, None], sets.n_months, axis=1)
    yield "port_space", data.lanes.ports, slots, "vehicle"


def _shops(
    lp: Builder, data: PlanData, solution: Solution, capacity: pl.DataFrame
) -> Iterator[Row]:
    """One more slot of a shop, and one more working hour of its plant."""
    pace, months = data.pace, data.sets.months
    worth, more = shop_worth(lp, data, solution)
    shape = worth.shape
    most, hours = (capacity[name].to_numpy().reshape(shape) for name in ("capacity", "hours"))
    yield from _grid(
        "shop_capacity", pace.shops, months, most, worth, "standard vehicle", most + more
    )
    speed = np.divide(most, hours, out=np.zeros(shape), where=hours > 0)
    for plant in np.unique(pace.shop_plant):
        own = pace.shop_plant == plant
        by_hour = (worth * speed)[own]
        # an hour more moves all shops of the plant, until the first of them loses its worth
        tight = (by_hour > _WORTH_SHOWING) & (speed[own] > 0)
        ends = np.divide(more[own], speed[own], out=np.full(by_hour.shape, np.nan), where=tight)
        until = hours[own].max(axis=0) + np.where(tight, ends, np.inf).min(axis=0)
        names = [data.sets.plants[plant]]
        yield from _grid(
            "extra_hours", names, months, hours[own].max(axis=0)[None], by_hour.sum(axis=0)[None],
            "h", until[None],
        )  # fmt: skip


def _until(until: Floats | None, index: Indices, limit: Floats) -> Floats:
    """By how much each limit may rise before its worth changes; NaN where not worked out."""
    if until is None:
        return np.full(index.shape, np.nan)
    # limits without end are not tight, and have no worth that could change
    with np.errstate(invalid="ignore"):
        more: Floats = np.where(np.isfinite(limit), until[index] - limit, np.nan)
    return more


def _lists(lp: Builder, data: PlanData, var: Variables, solution: Solution) -> Iterator[Row]:
    """Families with one row per rule."""
    for family in ("agreement_minimum", "agreement_maximum"):
        if family in lp.row_blocks:
            for row, promise in zip(lp.row_blocks[family].index, data.promises, strict=True):
                limit = promise.minimum if family == "agreement_minimum" else promise.maximum
                yield _single(family, promise.agreement, str(promise.year), limit, row, solution)
    if "carbon_cap" in lp.row_blocks:
        for row, cap in zip(lp.row_blocks["carbon_cap"].index, data.carbon.caps, strict=True):
            yield _single("carbon_cap", "carbon", str(cap.year), cap.tonnes, row, solution, "t")
    if "nameplate" in lp.row_blocks:
        index = lp.row_blocks["nameplate"].index
        chosen = nameplate_chosen(data, var, solution)
        for row, (plant, year, *_), (most, more) in zip(
            index, data.pace.nameplate, chosen, strict=True
        ):
            name = data.sets.plants[plant]
            yield _single("nameplate", name, str(year), most, row, solution, more=more)
    if "pins" in lp.row_blocks:
        for row, pin in zip(lp.row_blocks["pins"].index, data.pins, strict=True):
            limit = pin.minimum if solution.dual[row] > 0 else pin.maximum
            yield _single("pins", pin.label, data.sets.months[pin.month], limit, row, solution)


def _single(
    family: str,
    what: str,
    month: str,
    limit: float,
    row: int,
    solution: Solution,
    unit: str = "vehicle",
    more: float = 0.0,
) -> Row:
    """One rule; up to where its worth holds is known for upper limits.

    ``more`` is what choices add to the right-hand side of its row.
    """
    value = -float(solution.dual[row])
    until = None if solution.row_until is None else float(solution.row_until[row]) + more
    upper = value > 0 and until is not None and np.isfinite(until)
    return family, what, month, limit, value, unit, until if upper else None


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
