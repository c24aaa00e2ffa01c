"""Recomputes sequenced days of a case: their orders, held against plan and rules, then each order.

Nothing is shared with the stage that draws and sequences them.
"""

from collections import Counter

from motorworks.case.case import Case
from motorworks.case.day_on_line import plant_of
from motorworks.case.records.line import Order
from motorworks.case.records.products import Option, OptionRule
from motorworks.result.days import DaySequence, DaysResult
from motorworks.result.plan import PlanResult
from motorworks.result.verify.findings import Ledger, Verification
from motorworks.result.verify.sequence import SEQUENCE_RULES, verify_sequence

DAY_RULES = ("day_volumes", "option_rules", *SEQUENCE_RULES)
"""Every rule that can object to sequenced days."""

_A_CAR = 1.0 + 1e-6


def verify_days(case: Case, plan: PlanResult, days: DaysResult) -> Verification:
    """Hold sequenced days against the case and its plan, by the written rules alone.

    A month's days hold no more cars of a vehicle than its plan, rounded to whole ones. Every order
    keeps the rules between options and has at most one option of a group. Then
    :func:`motorworks.result.verify.verify_sequence` looks at each day.

    Parameters
    ----------
    case
        The resolved case.
    plan
        Its plan.
    days
        Its days.
    """
    ledger = Ledger()
    _volumes(ledger, case, plan, days)
    for one in days.days:
        _options(ledger, case, one)
        found = verify_sequence(one.day, one.result, line=one.line)
        ledger.checked.update(found.checked)
        ledger.findings += found.findings
    return ledger.close(DAY_RULES)


def _volumes(ledger: Ledger, case: Case, plan: PlanResult, days: DaysResult) -> None:
    """Cars of a vehicle in the days of a month, against the month's plan."""
    cars: Counter[tuple[str, str, str]] = Counter()
    for one in days.days:
        for order in one.orders:
            cars[order.vehicle, plant_of(case, one.line), f"{one.date:%Y-%m}"] += 1
    rows = plan.table("production").select("vehicle", "plant", "month", "units").iter_rows()
    planned = {tuple(key): units for *key, units in rows}
    for key, count in cars.items():
        ledger.checked["day_volumes"] += 1
        units = planned.get(key, 0.0)
        if count > units + _A_CAR:
            vehicle, plant, month = key
            message = f"days of {month} at {plant} hold {count} {vehicle}, the plan {units:.1f}"
            ledger.add("day_volumes", f"{vehicle} at {plant}, {month}", message, count, units)


def _options(ledger: Ledger, case: Case, one: DaySequence) -> None:
    """Each order against the rules between options, and against groups."""
    group = {row.option: row.group for row in case.rows(Option)}
    rules = case.rows(OptionRule)
    for order in one.orders:
        ledger.checked["option_rules"] += 1
        has = (order.options or "").split()
        groups = Counter(group[name] for name in has if group.get(name))
        broken = [f"two of group {name}" for name, count in groups.items() if count > 1]
        broken += [rule.rule for rule in rules if _breaks(order, has, rule)]
        for what in broken:
            message = f"order {order.order} of {one.day.name} breaks {what}"
            ledger.add("option_rules", f"{order.order}", message)


def _breaks(order: Order, has: list[str], rule: OptionRule) -> bool:
    if rule.option not in has or rule.vehicle not in (None, order.vehicle):
        return False
    return {
        "needs": rule.other not in has,
        "excludes": rule.other in has,
        "only_market": order.market != rule.market,
        "not_market": order.market == rule.market,
    }[rule.kind]
