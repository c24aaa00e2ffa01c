"""Names and positions: allocations, stores, pairs, lanes, flows."""

import numpy as np
import polars as pl

from motorworks.case.case import Case
from motorworks.case.steps import month_numbers, places
from motorworks.plan.data import Ints, Sets


def encode_sets(case: Case) -> Sets:
    """List the sets of the plan model in the order of the case's tables."""
    vehicles = case.table("vehicles")["vehicle"].to_list()
    plants = case.table("plants")["plant"].to_list()
    markets = case.table("markets")["market"].to_list()
    allocations, stores = _stores(case)
    pairs = _pairs(case)
    lanes = case.table("lanes")
    store_vehicle = places(vehicles, stores["vehicle"])
    store_plant = places(plants, stores["plant"])
    pair_vehicle = places(vehicles, pairs["vehicle"])
    pair_market = places(markets, pairs["market"])
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
        n_allocations=allocations.height,
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


def _stores(case: Case) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Allocations, and all stores: allocations first, then stores with opening stock only."""
    columns = ["vehicle", "plant"]
    allocations = case.table("allocations").select(columns)
    stock = case.table("opening_stock").filter(pl.col("plant").is_not_null()).select(columns)
    return allocations, pl.concat([allocations, stock]).unique(keep="first", maintain_order=True)


def _pairs(case: Case) -> pl.DataFrame:
    """Pairs of vehicle and market that demand, backlog, stock or cars under way name."""
    columns = ["vehicle", "market"]
    demand = case.table("demand")
    numbers = month_numbers(case, demand["month"])
    inside = demand.filter((numbers >= 0) & (numbers < case.info.months))
    stock = case.table("opening_stock").filter(pl.col("market").is_not_null())
    transit = case.table("in_transit").join(case.table("lanes"), on="lane", how="inner")
    parts = [inside, case.table("opening_backlog"), stock, transit]
    return pl.concat([part.select(columns) for part in parts]).unique(
        keep="first", maintain_order=True
    )


def _flows(
    store_vehicle: Ints,
    store_plant: Ints,
    lane_plant: Ints,
    lane_market: Ints,
    pair_vehicle: Ints,
    pair_market: Ints,
) -> tuple[Ints, Ints, Ints]:
    """Vehicles on lanes: a store at the lane's plant and a pair at its market."""
    stores = pl.DataFrame({"vehicle": store_vehicle, "plant": store_plant}).with_row_index("store")
    lanes = pl.DataFrame({"plant": lane_plant, "market": lane_market}).with_row_index("lane")
    pairs = pl.DataFrame({"vehicle": pair_vehicle, "market": pair_market}).with_row_index("pair")
    flows = (
        stores.join(lanes, on="plant")
        .join(pairs, on=["vehicle", "market"])
        .sort("store", "lane")
        .select(pl.col("store", "lane", "pair").cast(pl.Int64))
    )
    return tuple(np.asarray(flows[name]) for name in ("store", "lane", "pair"))  # type: ignore[return-value]
