"""Arrays back to tables: what was decided, in planners' words, a row for every key."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from motorworks.case.case import dtype_of
from motorworks.case.column import columns_of
from motorworks.plan.data import Floats, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables, revenue_if_all_sold
from motorworks.result.records import RESULT_TABLES

_SCHEMAS = {
    name: {column.name: dtype_of(column) for column in columns_of(record)}
    for name, record in RESULT_TABLES.items()
}


@dataclass(frozen=True)
class Values:
    """The value of every decision, in the shape of its block; noise of the solver cut to zero."""

    make: Floats
    stock: Floats
    ship: Floats
    market_stock: Floats
    lost: Floats
    late: Floats
    get: Floats
    component_stock: Floats
    short: Floats
    kept: Floats

    @classmethod
    def of(cls, var: Variables, x: Floats, data: PlanData) -> "Values":
        """Pick the blocks out of the solution; ``late`` is filled with zeros where unused."""
        clean = np.where(np.abs(x) < 1e-9, 0.0, x)
        blocks = {name: clean[index] for name, index in vars(var).items()}
        if not var.late.size:
            blocks["late"] = np.zeros_like(data.logistics.demand)
        return cls(**blocks)


def decode(
    data: PlanData, params: PlanParams, values: Values, only: Collection[str] = ()
) -> dict[str, pl.DataFrame]:
    """Write the decisions as tables: all but ``marginals``, which need duals, or ``only`` some."""
    sets = data.sets
    months = list(sets.months)
    vehicles, plants = (
        _names(sets.vehicles, sets.store_vehicle),
        _names(sets.plants, sets.store_plant),
    )
    own = slice(0, sets.n_allocations)
    pairs = {
        "vehicle": _names(sets.vehicles, sets.pair_vehicle),
        "market": _names(sets.markets, sets.pair_market),
    }
    groups = {"component": data.supply.group_component, "plant": data.supply.group_plant}
    tables: dict[str, Callable[[], pl.DataFrame]] = {
        "production": lambda: _monthly(
            "production", months, {"vehicle": vehicles[own], "plant": plants[own]},
            {"units": values.make, "limit": data.pace.limit},
        ),
        "plant_stock": lambda: _monthly(
            "plant_stock", months, {"vehicle": vehicles, "plant": plants}, {"units": values.stock}
        ),
        "shipments": lambda: _monthly(
            "shipments", months, _flow_names(data), {"units": values.ship}
        ),
        "market": lambda: _monthly("market", months, pairs, _market_columns(data, values)),
        "components": lambda: _monthly(
            "components", months, {"source": data.supply.sources}, {"units": values.get}
        ),
        "component_stock": lambda: _monthly(
            "component_stock", months, groups, {"units": values.component_stock}
        ),
        "agreements": lambda: _agreements(data, values),
        "end_value": lambda: _frame("end_value", {**pairs, "units": values.kept}),
        "objective": lambda: _frame("objective", _objective(data, params, values)),
        "capacity": lambda: _capacity(data, values),
        "landed": lambda: _landed(data, values),
    }  # fmt: skip
    return {name: table() for name, table in tables.items() if not only or name in only}


def _market_columns(data: PlanData, values: Values) -> dict[str, Floats]:
    return {
        "demand": data.logistics.demand,
        "sold": sold_units(data, values),
        "late": values.late,
        "lost": values.lost,
        "stock": values.market_stock,
    }


def sold_units(data: PlanData, values: Values) -> Floats:
    """``demand + late before - late after - lost``; shape (P, T)."""
    owed = np.column_stack([data.logistics.backlog, values.late[:, :-1]])
    sold = data.logistics.demand + owed - values.late - values.lost
    return np.where(np.abs(sold) < 1e-9, 0.0, sold)


def _objective(data: PlanData, params: PlanParams, values: Values) -> dict[str, ArrayLike]:
    money = data.money
    short_cost = sum(
        promise.shortfall_cost * float(short)
        for promise, short in zip(data.promises, values.short, strict=True)
    )
    keep = params.end_value_pct / 100.0
    parts = {
        "revenue": revenue_if_all_sold(data)
        - (money.net * values.lost).sum()
        - (money.net[:, -1] * values.late[:, -1]).sum(),
        "material": -(money.material * values.make).sum(),
        "conversion": -(money.conversion * values.make).sum(),
        "freight": -(money.freight * values.ship).sum(),
        "duty": -(money.duty * values.ship).sum(),
        "transit_capital": -(money.transit_capital * values.ship).sum(),
        "plant_stock": -(money.plant_stock * values.stock).sum(),
        "market_stock": -(money.market_stock * values.market_stock).sum(),
        "component_premium": -(data.supply.premium * values.get).sum(),
        "component_stock": -(data.supply.holding * values.component_stock).sum(),
        "agreement_shortfall": -short_cost,
        "lost_sales": -params.lost_penalty * (values.lost.sum() + values.late[:, -1].sum()),
        "late_sales": -params.late_penalty * values.late.sum(),
        "end_value": keep * (money.net[:, -1] * values.kept).sum()
        + (money.store_end_value * values.stock[:, -1]).sum(),
    }
    # adding 0.0 turns a negative zero into zero
    amounts = [float(amount) + 0.0 for amount in parts.values()]
    return {"part": [*parts, "margin"], "amount": [*amounts, float(np.sum(amounts))]}


def _agreements(data: PlanData, values: Values) -> pl.DataFrame:
    promises = data.promises
    return _frame(
        "agreements",
        {
            "agreement": [promise.agreement for promise in promises],
            "year": [promise.year for promise in promises],
            "units": [float(values.make[p.allocation, p.months].sum()) for p in promises],
            "minimum": [promise.minimum for promise in promises],
            "maximum": [promise.maximum for promise in promises],
            "shortfall": values.short,
        },
    )


def _capacity(data: PlanData, values: Values) -> pl.DataFrame:
    pace = data.pace
    used = np.zeros_like(pace.capacity)
    np.add.at(used, pace.work_shop, values.make[pace.work_allocation] * pace.work_factor[:, None])
    return _monthly(
        "capacity", list(data.sets.months),
        {"shop": pace.shops, "plant": _names(data.sets.plants, pace.shop_plant)},
        {"hours": pace.hours, "capacity": pace.capacity, "used": used},
    )  # fmt: skip


def _landed(data: PlanData, values: Values) -> pl.DataFrame:
    """Per car and flow: what it earns in the month it arrives and costs on the way."""
    sets, money = data.sets, data.money
    made = np.minimum(sets.flow_store, max(sets.n_allocations - 1, 0))
    built = (sets.flow_store < sets.n_allocations)[:, None]
    empty = np.zeros((1, sets.n_months))
    material = np.where(built, (money.material if sets.n_allocations else empty)[made], 0.0)
    conversion = np.where(built, (money.conversion if sets.n_allocations else empty)[made], 0.0)
    net = _net_at_arrival(data)
    costs = material + conversion + money.freight + money.duty + money.transit_capital
    return _monthly(
        "landed", list(sets.months), _flow_names(data),
        {
            "units": values.ship, "net_price": net, "material": material,
            "conversion": conversion, "freight": money.freight, "duty": money.duty,
            "transit_capital": money.transit_capital, "margin": net - costs,
        },
    )  # fmt: skip


def _net_at_arrival(data: PlanData) -> Floats:
    sets, last = data.sets, data.sets.n_months - 1
    arrival = np.minimum(np.arange(last + 1) + data.logistics.lag[sets.flow_lane][:, None], last)
    part = data.logistics.lag_part[sets.flow_lane][:, None]
    net = data.money.net[sets.flow_pair]
    at_once = np.take_along_axis(net, arrival, axis=1)
    later = np.take_along_axis(net, np.minimum(arrival + 1, last), axis=1)
    mean: Floats = (1.0 - part) * at_once + part * later
    return mean


def _flow_names(data: PlanData) -> dict[str, list[str]]:
    sets = data.sets
    return {
        "vehicle": _names(sets.vehicles, sets.flow_vehicle),
        "lane": _names(sets.lanes, sets.flow_lane),
        "plant": _names(sets.plants, sets.lane_plant[sets.flow_lane]),
        "market": _names(sets.markets, sets.lane_market[sets.flow_lane]),
    }


def _names(names: list[str], places: ArrayLike) -> list[str]:
    return [names[place] for place in np.asarray(places)]


def _monthly(
    table: str, months: list[str], names: Mapping[str, list[str]], values: Mapping[str, Floats]
) -> pl.DataFrame:
    """Arrays (n, T) as rows: the names repeated for every month."""
    count = len(next(iter(names.values())))
    repeated = np.repeat(np.arange(count), len(months))
    columns: dict[str, Any] = {
        name: pl.Series(column, dtype=pl.String).gather(repeated) for name, column in names.items()
    }
    columns["month"] = pl.Series(months).gather(np.tile(np.arange(len(months)), count))
    columns |= {name: array.ravel() for name, array in values.items()}
    return _frame(table, columns)


def _frame(table: str, columns: Mapping[str, Any]) -> pl.DataFrame:
    """A result table with its declared columns in order; inf becomes blank."""
    declared = _SCHEMAS[table]
    return pl.DataFrame([_series(name, columns[name], kind) for name, kind in declared.items()])


def _series(name: str, values: Any, kind: pl.DataType) -> pl.Series:
    if kind == pl.Float64:
        numbers = np.asarray(values, dtype=np.float64)
        series = pl.Series(name, numbers, dtype=kind)
        finite = np.isfinite(numbers)
        return series if finite.all() else series.set(pl.Series(~finite), None)
    return pl.Series(name, values, dtype=kind)
