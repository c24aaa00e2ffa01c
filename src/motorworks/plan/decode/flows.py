"""Arrays back to tables: what was decided, in planners' words, a row for every key."""

from collections.abc import Callable, Collection
from functools import partial

import numpy as np
import polars as pl

from motorworks.plan.data import Floats, PlanData
from motorworks.plan.decode.components import component_sales
from motorworks.plan.decode.frames import empty, frame, monthly, names_at
from motorworks.plan.decode.objective import objective_parts
from motorworks.plan.decode.values import Values, sold_units
from motorworks.plan.params import PlanParams
from motorworks.result.choice_records import CHOICE_RECORDS


def decode(
    data: PlanData, params: PlanParams, values: Values, only: Collection[str] = ()
) -> dict[str, pl.DataFrame]:
    """Write the decisions as tables: all but ``marginals``, which need duals, or ``only`` some."""
    sets = data.sets
    months = list(sets.months)
    vehicles, plants = (
        names_at(sets.vehicles, sets.store_vehicle),
        names_at(sets.plants, sets.store_plant),
    )
    own = slice(0, sets.n_allocations)
    pairs = {
        "vehicle": names_at(sets.vehicles, sets.pair_vehicle),
        "market": names_at(sets.markets, sets.pair_market),
    }
    groups = {"component": data.supply.group_component, "plant": data.supply.group_plant}
    tables: dict[str, Callable[[], pl.DataFrame]] = {
        "production": lambda: monthly(
            "production", months, {"vehicle": vehicles[own], "plant": plants[own]},
            {"units": values.make, "limit": data.pace.limit},
        ),
        "plant_stock": lambda: monthly(
            "plant_stock", months, {"vehicle": vehicles, "plant": plants}, {"units": values.stock}
        ),
        "shipments": lambda: monthly(
            "shipments", months, _flow_names(data), {"units": values.ship}
        ),
        "market": lambda: monthly("market", months, pairs, _market_columns(data, values)),
        "components": lambda: monthly(
            "components", months, {"source": data.supply.sources}, {"units": values.get}
        ),
        "component_stock": lambda: monthly(
            "component_stock", months, groups, {"units": values.component_stock}
        ),
        "agreements": lambda: _agreements(data, values),
        "end_value": lambda: frame("end_value", {**pairs, "units": values.kept}),
        "objective": lambda: frame("objective", objective_parts(data, params, values)),
        "capacity": lambda: _capacity(data, values),
        "landed": lambda: _landed(data, values),
        "component_sales": lambda: component_sales(data, values),
    }  # fmt: skip
    for record in CHOICE_RECORDS:
        tables.setdefault(record.TABLE, partial(empty, record.TABLE))
    return {name: table() for name, table in tables.items() if not only or name in only}


def _market_columns(data: PlanData, values: Values) -> dict[str, Floats]:
    return {
        "demand": data.logistics.demand,
        "sold": sold_units(data, values),
        "late": values.late,
        "lost": values.lost,
        "stock": values.market_stock,
    }


def _agreements(data: PlanData, values: Values) -> pl.DataFrame:
    promises = data.promises
    return frame(
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
    made = data.components
    np.add.at(used, made.made_shop, values.get[made.made_source] * made.made_work[:, None])
    return monthly(
        "capacity", list(data.sets.months),
        {"shop": pace.shops, "plant": names_at(data.sets.plants, pace.shop_plant)},
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
    return monthly(
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
        "vehicle": names_at(sets.vehicles, sets.flow_vehicle),
        "lane": names_at(sets.lanes, sets.flow_lane),
        "plant": names_at(sets.plants, sets.lane_plant[sets.flow_lane]),
        "market": names_at(sets.markets, sets.lane_market[sets.flow_lane]),
    }
