"""Arrays back to tables: what was decided, in planners' words, a row for every key."""

from collections.abc import Callable, Collection
from functools import partial

import numpy as np
import polars as pl

from motorworks.plan.data import Floats, PlanData
from motorworks.plan.decode.agreements import agreement_sides, agreement_years, exits
from motorworks.plan.decode.carbon import carbon_table, goals_table
from motorworks.plan.decode.components import component_sales
from motorworks.plan.decode.frames import empty, frame, monthly, names_at
from motorworks.plan.decode.landed import landed_columns
from motorworks.plan.decode.lanes import spot_space
from motorworks.plan.decode.launches import launch_limit, launch_table
from motorworks.plan.decode.objective import objective_parts
from motorworks.plan.decode.origin import origin_table, parts_table, preferred_table
from motorworks.plan.decode.shifts import shift_table, shop_capacity, shop_hours
from motorworks.plan.decode.sites import conversion_table, share_left, site_table
from motorworks.plan.decode.stability import changes
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
            {"units": values.make, "limit": launch_limit(data, values)},
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
        "agreements": lambda: agreement_years(data, values),
        "end_value": lambda: frame("end_value", {**pairs, "units": values.kept}),
        "objective": lambda: frame("objective", objective_parts(data, params, values)),
        "capacity": lambda: _capacity(data, values),
        "landed": lambda: _landed(data, values),
        "launches": lambda: launch_table(data, values),
        "shifts": lambda: shift_table(data, values),
        "sites": lambda: site_table(data, values),
        "conversions": lambda: conversion_table(data, values),
        "exits": lambda: exits(data, values),
        "agreement_sides": lambda: agreement_sides(data, values),
        "spot": lambda: spot_space(data, values),
        "changes": lambda: changes(data, values),
        "component_sales": lambda: component_sales(data, values),
        "carbon": lambda: carbon_table(data, values),
        "origin": lambda: origin_table(data, values),
        "origin_parts": lambda: parts_table(data, values),
        "preferred": lambda: preferred_table(data, values),
        "carbon_goals": lambda: goals_table(data, values),
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


def _capacity(data: PlanData, values: Values) -> pl.DataFrame:
    pace = data.pace
    used = np.zeros_like(pace.capacity)
    np.add.at(used, pace.work_shop, values.make[pace.work_allocation] * pace.work_factor[:, None])
    made = data.components
    np.add.at(used, made.made_shop, values.get[made.made_source] * made.made_work[:, None])
    left = share_left(data, values)
    return monthly(
        "capacity", list(data.sets.months),
        {"shop": pace.shops, "plant": names_at(data.sets.plants, pace.shop_plant)},
        {
            "hours": left * shop_hours(data, values),
            "capacity": left * shop_capacity(data, values),
            "used": used,
        },
    )  # fmt: skip


def _landed(data: PlanData, values: Values) -> pl.DataFrame:
    """Per car and flow: what it earns in the month it arrives and costs on the way."""
    return monthly(
        "landed", list(data.sets.months), _flow_names(data),
        {"units": values.ship, **landed_columns(data)},
    )  # fmt: skip


def _flow_names(data: PlanData) -> dict[str, list[str]]:
    sets = data.sets
    return {
        "vehicle": names_at(sets.vehicles, sets.flow_vehicle),
        "lane": names_at(sets.lanes, sets.flow_lane),
        "plant": names_at(sets.plants, sets.lane_plant[sets.flow_lane]),
        "market": names_at(sets.markets, sets.lane_market[sets.flow_lane]),
    }
