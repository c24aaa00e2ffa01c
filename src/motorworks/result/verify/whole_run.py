"""Checks all that a run holds: each stage by itself, and each against the one before it."""

from motorworks.case.case import Case
from motorworks.result.days import DaysResult
from motorworks.result.plan import PlanResult
from motorworks.result.simulated_days import SimulatedDays
from motorworks.result.slotted import SlottedMonths
from motorworks.result.verify.chain import verify_chain
from motorworks.result.verify.days import verify_days
from motorworks.result.verify.findings import Verification
from motorworks.result.verify.run import verify_plan
from motorworks.result.verify.simulated_days import verify_simulated
from motorworks.result.verify.slot import verify_slot


def verify_run(
    case: Case,
    plan: PlanResult,
    slotted: SlottedMonths | None = None,
    days: DaysResult | None = None,
    simulated: SimulatedDays | None = None,
) -> Verification:
    """Hold all that a run found against its case.

    Parameters
    ----------
    case
        The resolved case.
    plan, slotted, days, simulated
        What each stage found; None for a stage that was left out.
    """
    found = [verify_plan(case, plan)]
    found += [verify_slot(one.month, one.result) for one in (slotted.months if slotted else ())]
    if days is not None:
        found.append(verify_days(case, plan, days))
        if simulated is not None:
            found.append(verify_simulated(case, days, simulated))
        found.append(verify_chain(case, plan, slotted, days, simulated))
    return together(found)


def together(parts: list[Verification]) -> Verification:
    """The checks of several things as one."""
    checked: dict[str, int] = {}
    for part in parts:
        for rule, count in part.checked.items():
            checked[rule] = checked.get(rule, 0) + count
    return Verification(tuple(one for part in parts for one in part.findings), checked)
