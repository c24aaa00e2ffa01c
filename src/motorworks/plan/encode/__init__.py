"""Case to arrays: one file per subject, wired in :func:`encode`."""

from motorworks.case.case import Case
from motorworks.case.steps import exchange_rates
from motorworks.plan.data import PlanData
from motorworks.plan.encode.agreements import encode_agreements
from motorworks.plan.encode.carbon import encode_carbon
from motorworks.plan.encode.components import encode_components
from motorworks.plan.encode.conversions import encode_conversions
from motorworks.plan.encode.daily import encode_daily
from motorworks.plan.encode.lanes import encode_lanes
from motorworks.plan.encode.launches import encode_launches
from motorworks.plan.encode.logistics import encode_logistics
from motorworks.plan.encode.mix import encode_mix
from motorworks.plan.encode.money import encode_money
from motorworks.plan.encode.origin import encode_origin
from motorworks.plan.encode.pace import encode_pace
from motorworks.plan.encode.promises import encode_pins, encode_promises
from motorworks.plan.encode.sets import encode_sets
from motorworks.plan.encode.shifts import encode_shifts
from motorworks.plan.encode.sites import encode_sites
from motorworks.plan.encode.stability import encode_stability
from motorworks.plan.encode.supply import encode_supply
from motorworks.plan.params import PlanParams

__all__ = ["encode"]


def encode(case: Case, params: PlanParams) -> PlanData:
    """Turn a case into the arrays of the plan model.

    Parameters
    ----------
    case
        A case that :func:`motorworks.case.check.check_case` finds nothing wrong with.
    params
        Settings of the plan.
    """
    sets = encode_sets(case)
    daily = encode_daily(case, sets)
    days = daily.days
    rates = exchange_rates(case)
    logistics = encode_logistics(case, sets)
    launches = encode_launches(case, sets, daily, rates)
    shifts = encode_shifts(case, sets, daily, launches, rates)
    pace = encode_pace(case, sets, daily, launches, shifts)
    supply = encode_supply(case, sets, days, rates)
    components = encode_components(case, sets, pace, supply, days, rates)
    promises = encode_promises(case, sets, days, rates)
    stability = encode_stability(case, sets)
    paid = encode_money(case, sets, logistics, days, rates, params)
    return PlanData(
        sets=sets,
        pace=pace,
        logistics=logistics,
        money=paid,
        supply=supply,
        components=components,
        carbon=encode_carbon(case, sets, days, rates),
        origin=encode_origin(case, sets, logistics, paid, supply, components, pace, days, rates),
        promises=promises,
        pins=encode_pins(case, sets),
        agreements=encode_agreements(case, sets, days, rates, promises, stability),
        lanes=encode_lanes(case, sets, rates),
        stability=stability,
        launches=launches,
        shifts=shifts,
        mix=encode_mix(case, sets, daily, launches),
        sites=encode_sites(case, sets, daily, pace, rates),
        conversions=encode_conversions(case, sets, daily, launches, rates),
    )
