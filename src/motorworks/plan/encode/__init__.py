"""Case to arrays: one file per subject, wired in :func:`encode`."""

from motorworks.case.calendar import Days
from motorworks.case.case import Case
from motorworks.case.steps import exchange_rates
from motorworks.plan.data import PlanData
from motorworks.plan.encode.logistics import encode_logistics
from motorworks.plan.encode.money import encode_money
from motorworks.plan.encode.pace import encode_pace
from motorworks.plan.encode.promises import encode_pins, encode_promises
from motorworks.plan.encode.sets import encode_sets
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
    days = Days.of(case.info)
    sets = encode_sets(case)
    rates = exchange_rates(case)
    logistics = encode_logistics(case, sets)
    return PlanData(
        sets=sets,
        pace=encode_pace(case, sets, days),
        logistics=logistics,
        money=encode_money(case, sets, logistics, days, rates, params),
        supply=encode_supply(case, sets, days, rates),
        promises=encode_promises(case, sets, days, rates),
        pins=encode_pins(case, sets),
    )
