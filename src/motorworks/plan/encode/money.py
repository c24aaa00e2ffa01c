"""Prices, costs, freight, duty and capital in the reporting currency."""

import numpy as np

from motorworks.case.calendar import Days
from motorworks.case.case import Case
from motorworks.case.reading import rows_of
from motorworks.case.steps import (
    Rates,
    duty_for,
    duty_rates,
    fill_steps,
    money,
    month_numbers,
    places,
)
from motorworks.errors import CaseError, Problem
from motorworks.plan.data import Floats, Ints, Logistics, Money, Sets
from motorworks.plan.encode.logistics import pair_at
from motorworks.plan.params import PlanParams


def encode_money(
    case: Case,
    sets: Sets,
    logistics: Logistics,
    days: Days,
    rates: Rates,
    params: PlanParams,
) -> Money:
    """Work out what a car earns and costs, by month, in the reporting currency."""
    net, customs = encode_prices(case, sets, rates)
    material, conversion = _costs(case, sets, rates)
    capital = params.capital_rate_pct / 100.0
    value = money(case, case.table("vehicles"), "stock_value", rates)
    transit_years = case.table("lanes")["transit_days"].to_numpy() / 365.0
    plant_yard = money(case, case.table("plants"), "yard_cost", rates)
    market_yard = money(case, case.table("markets"), "yard_cost", rates)
    keep = params.end_value_pct / 100.0
    extra_stores = len(sets.store_plant) - sets.n_allocations
    return Money(
        net=net,
        material=material,
        conversion=conversion,
        freight=_freight(case, sets, rates)[sets.flow_lane] * logistics.ceu[:, None],
        duty=_duty(case, sets, logistics, days, customs),
        transit_capital=value[sets.flow_vehicle]
        * (capital * transit_years[sets.flow_lane])[:, None],
        plant_stock=plant_yard[sets.store_plant] + value[sets.store_vehicle] * capital / 12.0,
        market_stock=market_yard[sets.pair_market] + value[sets.pair_vehicle] * capital / 12.0,
        store_end_value=np.concatenate(
            [keep * (material + conversion).min(axis=1), np.zeros(extra_stores)]
        ),
    )


def encode_prices(case: Case, sets: Sets, rates: Rates) -> tuple[Floats, Floats]:
    """Net price and customs value of each pair; shapes (P, T)."""
    table = case.table("prices")
    at, start = pair_at(sets, table), month_numbers(case, table["start"])
    net = money(case, table, "price", rates) * table["net_share_pct"].to_numpy()[:, None] / 100.0
    customs = net * table["customs_share_pct"].to_numpy()[:, None] / 100.0
    pairs = len(sets.pair_market)
    return (
        np.nan_to_num(fill_steps(at, start, net, pairs)),
        np.nan_to_num(fill_steps(at, start, customs, pairs)),
    )


def _costs(case: Case, sets: Sets, rates: Rates) -> tuple[Floats, Floats]:
    """Material and conversion cost of each allocation; shapes (A, T)."""
    table = case.table("costs")
    lookup = np.full((len(sets.vehicles) + 1, len(sets.plants) + 1), -1)
    own = slice(0, sets.n_allocations)
    lookup[sets.store_vehicle[own], sets.store_plant[own]] = np.arange(sets.n_allocations)
    at = lookup[places(sets.vehicles, table["vehicle"]), places(sets.plants, table["plant"])]
    start = month_numbers(case, table["start"])
    material, conversion = (
        fill_steps(at, start, money(case, table, name, rates), sets.n_allocations)
        for name in ("material_cost", "conversion_cost")
    )
    return np.nan_to_num(material), np.nan_to_num(conversion)


def _freight(case: Case, sets: Sets, rates: Rates) -> Floats:
    """Freight per CEU of each lane; shape (L, T)."""
    table = case.table("lane_rates")
    freight = fill_steps(
        places(sets.lanes, table["lane"]),
        month_numbers(case, table["start"]),
        money(case, table, "freight", rates),
        len(sets.lanes),
    )
    return np.nan_to_num(freight)


def _duty(case: Case, sets: Sets, logistics: Logistics, days: Days, customs: Floats) -> Floats:
    """Duty on a car by flow and month of departure, at the rate of its arrival; shape (F, T)."""
    rates = duty_rates(case, days)
    area = dict(rows_of(case.table("countries"), "country", "customs_area"))
    exporters = [area[country] for country in case.table("plants")["country"]]
    importers = [area[country] for country in case.table("markets")["country"]]
    drivetrains = case.table("vehicles")["drivetrain"].to_list()
    importer = [importers[market] for market in sets.lane_market]
    exporter = [exporters[plant] for plant in sets.lane_plant]
    kinds: dict[tuple[str, str, str], int] = {}
    kind = [
        kinds.setdefault((importer[lane], exporter[lane], drivetrains[vehicle]), len(kinds))
        for vehicle, lane in zip(sets.flow_vehicle.tolist(), sets.flow_lane.tolist(), strict=True)
    ]
    shares = np.zeros((len(kinds), sets.n_months))
    for name, number in kinds.items():
        if name[0] != name[1]:
            shares[number] = _known_duty(rates, *name)
    due = shares[np.array(kind, dtype=np.int64)] * customs[sets.flow_pair]
    return at_arrival(sets, logistics, np.arange(len(due)), due)


def at_arrival(sets: Sets, logistics: Logistics, flows: Ints, due: Floats) -> Floats:
    """What falls due in a month, by flow and month of departure; shape (n_flows, T) as ``due``."""
    lanes = sets.flow_lane[flows]
    arrival = np.minimum(
        np.arange(sets.n_months) + logistics.lag[lanes][:, None], sets.n_months - 1
    )
    part = logistics.lag_part[lanes][:, None]
    at_once = np.take_along_axis(due, arrival, axis=1)
    later = np.take_along_axis(due, np.minimum(arrival + 1, sets.n_months - 1), axis=1)
    mean: Floats = (1.0 - part) * at_once + part * later
    return mean


def _known_duty(
    rates: dict[tuple[str, str, str], Floats], importer: str, exporter: str, drivetrain: str
) -> Floats:
    """Duty between two areas; a pair that no row speaks of is unknown, which is not zero."""
    rate = duty_for(rates, importer, exporter, drivetrain)
    if rate is None:
        message = f"no duty on record for {drivetrain} cars from {exporter} into {importer}"
        raise CaseError([Problem("tariffs.csv", message)])
    return rate
