"""Names and positions: allocations, stores, pairs, lanes, flows."""

import numpy as np
import polars as pl

from motorworks.case.case import Case
from motorworks.case.reading import rows_of
from motorworks.case.steps import places
from motorworks.plan.data import Ints, Sets


def encode_sets(case: Case) -> Sets:
    """List the sets of the plan model in the order of the case's tables."""
    vehicles = case.table("vehicles")["vehicle"].to_list()
    plants = case.table("plants")["plant"].to_list()
    markets = case.table("markets")["market"].to_list()
    stores = _stores(case)
    pairs = _pairs(case)
    lanes = case.table("lanes")
    store_vehicle, store_plant = _both(vehicles, plants, stores)
    pair_vehicle, pair_market = _both(vehicles, markets, pairs)
    lane_plant, lane_market = places(plants, lanes["plant"]), places(markets, lanes["market"])
    flow_store, flow_lane, flow_pair = _flows(
        store_vehicle, store_plant, lane_plant, lane_market, pair_vehicle, pair_market
    )
    return Sets(
        months=case.info.month_names,
        vehicles=vehicles,
        plants=plants,
        markets=markets,
        lanes=lanes["lane"].to_list(),
        n_allocations=case.table("allocations").height,
        store_vehicle=store_vehicle,
        store_plant=store_plant,
        lane_plant=lane_plant,
        lane_market=lane_market,
        flow_store=flow_store,
        flow_lane=flow_lane,
        flow_pair=flow_pair,
        pair_vehicle=pair_vehicle,
        pair_market=pair_market,
    )


def _stores(case: Case) -> list[tuple[str, str]]:
    """Vehicle and plant of each store: allocations, then stores with opening stock only."""
    columns = ("vehicle", "plant")
    rows = rows_of(case.table("allocations"), *columns)
    rows += [row for row in rows_of(case.table("opening_stock"), *columns) if row[1] is not None]
    return list(dict.fromkeys(rows))


def _pairs(case: Case) -> list[tuple[str, str]]:
    """Pairs of vehicle and market that demand, backlog, stock or cars under way name."""
    columns = ("vehicle", "market")
    months = case.info.month_names
    inside = pl.col("month").is_between(pl.lit(months[0]), pl.lit(months[-1]))
    wanted = case.table("demand").lazy().filter(inside).select(columns).unique(maintain_order=True)
    market_of = dict(rows_of(case.table("lanes"), "lane", "market"))
    rows: list[tuple[str, str]] = wanted.collect().rows()
    rows += rows_of(case.table("opening_backlog"), *columns)
    rows += [row for row in rows_of(case.table("opening_stock"), *columns) if row[1] is not None]
    transit = rows_of(case.table("in_transit"), "vehicle", "lane")
    rows += [(vehicle, market_of[lane]) for vehicle, lane in transit]
    return list(dict.fromkeys(rows))


def _both(left: list[str], right: list[str], rows: list[tuple[str, str]]) -> tuple[Ints, Ints]:
    """Positions of both members of pairs of names."""
    lefts, rights = pl.Series([row[0] for row in rows]), pl.Series([row[1] for row in rows])
    return places(left, lefts), places(right, rights)


def _flows(
    store_vehicle: Ints,
    store_plant: Ints,
    lane_plant: Ints,
    lane_market: Ints,
    pair_vehicle: Ints,
    pair_market: Ints,
) -> tuple[Ints, Ints, Ints]:
    """Vehicles on lanes: a store at the lane's plant and a pair at its market."""
    store, lane = np.nonzero(store_plant[:, None] == lane_plant[None, :])
    n_markets = 1 + max(lane_market.max(initial=0), pair_market.max(initial=0))
    n_vehicles = 1 + max(store_vehicle.max(initial=0), pair_vehicle.max(initial=0))
    pair_at = np.full((n_vehicles, n_markets), -1)
    pair_at[pair_vehicle, pair_market] = np.arange(len(pair_vehicle))
    pair = pair_at[store_vehicle[store], lane_market[lane]]
    wanted = pair >= 0
    return store[wanted], lane[wanted], pair[wanted]
