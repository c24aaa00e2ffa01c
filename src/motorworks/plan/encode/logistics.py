"""Transit, space on ships, yards, opening positions and demand."""

import numpy as np
import polars as pl

from motorworks.case.case import Case
from motorworks.case.lag import month_lag
from motorworks.case.reading import filled
from motorworks.case.steps import fill_steps, month_numbers, places
from motorworks.plan.data import Floats, Ints, Logistics, Sets


def encode_logistics(case: Case, sets: Sets) -> Logistics:
    """Read lanes, sailings, yards, demand and what stands or travels at the start."""
    lag, part = month_lag(case.table("lanes")["transit_days"].to_numpy())
    ceu = case.table("vehicles")["ceu"].to_numpy()
    stock = case.table("opening_stock")
    incoming, after = _incoming(case, sets)
    return Logistics(
        lag=lag,
        lag_part=part,
        space=_space(case, sets),
        ceu=ceu[sets.flow_vehicle],
        plant_yard=filled(case.table("plants")["yard_slots"], np.inf),
        market_yard=filled(case.table("markets")["yard_slots"], np.inf),
        opening_store=_sum_at(_store_at(sets, stock), stock["units"], len(sets.store_plant)),
        opening_pair=_sum_at(pair_at(sets, stock), stock["units"], len(sets.pair_market)),
        backlog=_sum_at(
            pair_at(sets, case.table("opening_backlog")),
            case.table("opening_backlog")["units"],
            len(sets.pair_market),
        ),
        incoming=incoming,
        incoming_after=after,
        demand=_demand(case, sets),
    )


def pair_at(sets: Sets, table: pl.DataFrame) -> Ints:
    """Pair of each row of a table with vehicle and market; -1 where there is none."""
    vehicle, market = places(sets.vehicles, table["vehicle"]), places(sets.markets, table["market"])
    return _pair_lookup(sets)[vehicle, market]


def _pair_lookup(sets: Sets) -> Ints:
    """Pair by vehicle and market, -1 for none; the last row and column answer for -1."""
    lookup = np.full((len(sets.vehicles) + 1, len(sets.markets) + 1), -1)
    lookup[sets.pair_vehicle, sets.pair_market] = np.arange(len(sets.pair_market))
    return lookup


def _store_at(sets: Sets, table: pl.DataFrame) -> Ints:
    lookup = np.full((len(sets.vehicles) + 1, len(sets.plants) + 1), -1)
    lookup[sets.store_vehicle, sets.store_plant] = np.arange(len(sets.store_plant))
    return lookup[places(sets.vehicles, table["vehicle"]), places(sets.plants, table["plant"])]


def _sum_at(at: Ints, units: pl.Series, count: int) -> Floats:
    known = at >= 0
    return np.bincount(at[known], units.to_numpy()[known], minlength=count).astype(np.float64)


def _space(case: Case, sets: Sets) -> Floats:
    """CEU that each lane holds in each month; inf for lanes without sailings."""
    table = case.table("sailings")
    monthly = table["sailings_per_month"].to_numpy() * table["allotment_ceu"].to_numpy()
    space = fill_steps(
        places(sets.lanes, table["lane"]),
        month_numbers(case, table["start"]),
        np.repeat(monthly[:, None], sets.n_months, axis=1),
        len(sets.lanes),
    )
    return np.where(np.isnan(space), np.inf, space)


def _incoming(case: Case, sets: Sets) -> tuple[Floats, Floats]:
    """Cars under way at the start: by month of arrival, and those arriving after the horizon."""
    table = case.table("in_transit")
    month = month_numbers(case, table["arrives"])
    lane = places(sets.lanes, table["lane"])
    pair = _pair_lookup(sets)[places(sets.vehicles, table["vehicle"]), sets.lane_market[lane]]
    ahead = month >= 0
    at = np.minimum(month[ahead], sets.n_months)
    arrivals = np.zeros((len(sets.pair_market), sets.n_months + 1))
    np.add.at(arrivals, (pair[ahead], at), table["units"].to_numpy()[ahead])
    return arrivals[:, :-1], arrivals[:, -1]


def _demand(case: Case, sets: Sets) -> Floats:
    table = case.table("demand")
    month = month_numbers(case, table["month"])
    inside = (month >= 0) & (month < sets.n_months)
    demand = np.zeros((len(sets.pair_market), sets.n_months))
    demand[pair_at(sets, table)[inside], month[inside]] = table["units"].to_numpy()[inside]
    return demand
