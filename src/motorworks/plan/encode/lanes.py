"""Spot space, least lots, ports, and how old stock may be."""

import numpy as np
import polars as pl

from motorworks.case.case import Case
from motorworks.case.lag import DAYS_PER_MONTH
from motorworks.case.reading import filled
from motorworks.case.steps import Rates, fill_steps, money, month_numbers, places
from motorworks.plan.data import Floats, Ints, Lanes, Sets

_BY_PORT = ("roro", "container")


def encode_lanes(case: Case, sets: Sets, rates: Rates) -> Lanes:
    """Read what limits lanes, ports and stocks beyond space and slots."""
    spot_lane, spot_most, spot_premium = _spot(case, sets, rates)
    lanes, ports = case.table("lanes"), case.table("ports")
    lots = filled(lanes["min_lot_ceu"])
    names = ports["port"].to_list()
    by_port = np.array([mode in _BY_PORT for mode in lanes["mode"]], dtype=np.bool_)
    leaving, reaching = (
        np.where(by_port, places(names, case.table(table)["port"])[at], -1)
        for table, at in (("plants", sets.lane_plant), ("markets", sets.lane_market))
    )
    return Lanes(
        spot_lane=spot_lane,
        spot_most=spot_most,
        spot_premium=spot_premium,
        lot_lane=np.flatnonzero(lots > 0),
        lot_least=lots[lots > 0],
        ports=names,
        port_slots=ports["slots"].to_numpy(),
        port_dwell=ports["dwell_days"].to_numpy() / DAYS_PER_MONTH,
        port_incoming=_incoming(case, sets, len(names), reaching),
        port_leaving=leaving[sets.flow_lane],
        port_reaching=reaching[sets.flow_lane],
        plant_age=_months(case.table("plants")["stock_age_months"]),
        market_age=_months(case.table("markets")["stock_age_months"]),
    )


def _spot(case: Case, sets: Sets, rates: Rates) -> tuple[Ints, Floats, Floats]:
    """Lanes that have spot space on top of what is held, the most of it, and its premium."""
    table = case.table("spot_space")
    held = set(case.table("sailings")["lane"])
    offered = set(table["lane"]) & held
    lanes = np.array(
        [number for number, lane in enumerate(sets.lanes) if lane in offered], dtype=np.int64
    )
    at = places([sets.lanes[lane] for lane in lanes], table["lane"])
    start = month_numbers(case, table["start"])
    most = np.repeat(table["ceu"].to_numpy()[:, None], sets.n_months, axis=1)
    premium = money(case, table, "premium", rates)
    return (
        lanes,
        fill_steps(at, start, most, len(lanes)),
        fill_steps(at, start, premium, len(lanes)),
    )


def _incoming(case: Case, sets: Sets, ports: int, reaching: Ints) -> Floats:
    """Cars under way at the start that reach each port, by month."""
    table = case.table("in_transit")
    month = month_numbers(case, table["arrives"])
    port = reaching[places(sets.lanes, table["lane"])]
    kept = (port >= 0) & (month >= 0) & (month < sets.n_months)
    incoming = np.zeros((ports, sets.n_months))
    np.add.at(incoming, (port[kept], month[kept]), table["units"].to_numpy()[kept])
    return incoming


def _months(column: pl.Series) -> Ints:
    return filled(column).astype(np.int64)
