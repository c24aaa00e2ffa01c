"""What has been promised or fixed: firm agreements and pins."""

import numpy as np

from motorworks.case.calendar import Days
from motorworks.case.case import Case
from motorworks.case.dates import months_between
from motorworks.case.records.programme import Agreement, Pin
from motorworks.case.steps import Rates
from motorworks.plan.data import Ints, PinRule, Promise, Sets


def encode_promises(case: Case, sets: Sets, days: Days, rates: Rates) -> list[Promise]:
    """Firm agreements, year by year, with volumes in proportion to the days they cover."""
    promises = []
    for row in case.rows(Agreement):
        if row.status != "firm":
            continue
        inside = days.within(row.start, row.end, case.info.dates) > 0
        for year in np.unique(days.year[inside]):
            counted = inside & (days.year == year)
            months = np.unique(days.month[counted])
            share = counted.sum() / days.per_year()[counted][0]
            worth = rates[row.currency][months[-1]]
            promises.append(
                Promise(
                    agreement=row.agreement,
                    year=int(year),
                    allocation=sets.allocation(row.vehicle, row.plant),
                    months=months,
                    minimum=-np.inf if row.min_per_year is None else row.min_per_year * share,
                    maximum=np.inf if row.max_per_year is None else row.max_per_year * share,
                    shortfall_cost=row.take_or_pay_pct / 100.0 * row.shortfall_cost * worth,
                )
            )
    return promises


def encode_pins(case: Case, sets: Sets) -> list[PinRule]:
    """What a planner has fixed; pins outside the horizon hold nothing."""
    flows_of: dict[tuple[str, str, str], Ints] = {}
    rules = []
    for vehicle, plant, market, month, least, most, _ in case.table(Pin.TABLE).rows():
        number = months_between(case.info.start, month)
        if not 0 <= number < sets.n_months:
            continue
        if market is not None and (vehicle, plant, market) not in flows_of:
            flows_of[vehicle, plant, market] = _flows(sets, vehicle, plant, market)
        rules.append(
            PinRule(
                label=f"{vehicle} at {plant}" + (f" to {market}" if market else ""),
                allocation=sets.allocation(vehicle, plant),
                flows=None if market is None else flows_of[vehicle, plant, market],
                month=number,
                minimum=0.0 if least is None else least,
                maximum=np.inf if most is None else most,
            )
        )
    return rules


def _flows(sets: Sets, vehicle: str, plant: str, market: str) -> Ints:
    """Flows of a vehicle from a plant to a market."""
    return np.flatnonzero(
        (sets.flow_vehicle == sets.vehicles.index(vehicle))
        & (sets.lane_plant[sets.flow_lane] == sets.plants.index(plant))
        & (sets.lane_market[sets.flow_lane] == sets.markets.index(market))
    )
