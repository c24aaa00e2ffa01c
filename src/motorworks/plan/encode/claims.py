"""Claims of origin: which cars a rule counts together, and what it asks of each."""

from itertools import pairwise

import numpy as np

from motorworks.case.case import Case
from motorworks.case.reading import rows_of
from motorworks.case.records.trade import OriginRule
from motorworks.case.steps import fill_steps, month_numbers
from motorworks.plan.data import Claim, Floats, Ints, Money, Sets

Under = dict[tuple[int, int], Floats]
"""Least customs value by month of each allocation under a regime."""


def encode_claims(
    case: Case, sets: Sets, money: Money, regimes: list[str], under: Under
) -> tuple[list[Claim], Ints, Floats, Floats]:
    """Claims, what they cover (claim, allocation, month), local value and need of each car."""
    claims: list[Claim] = []
    covered = [np.zeros((0, 3), dtype=np.int64)]
    local, need = [np.zeros(0)], [np.zeros(0)]
    own = _local_values(case, sets, money, regimes, under)
    for rule in case.rows(OriginRule):
        if rule.regime not in regimes:
            continue
        place = regimes.index(rule.regime)
        groups = _groups(case, sets, rule, [a for a, r in under if r == place])
        for (plant, group), allocations in groups.items():
            for period, months in _periods(sets, rule).items():
                for a in allocations:
                    rows = np.array([(len(claims), a, month) for month in months])
                    covered.append(rows.astype(np.int64))
                    local.append(own[a, place][months])
                    need.append(_need(rule, money, a, under[a, place])[months])
                claims.append(Claim(rule.regime, rule.method, plant, group, period))
    return claims, np.concatenate(covered), np.concatenate(local), np.concatenate(need)


def worth_claiming(claims: list[Claim], covered: Ints, need: Floats) -> Floats:
    """1.0 for a claim, 0.0 where another on the same cars never asks for more of any of them."""
    spans = np.searchsorted(covered[:, 0], np.arange(len(claims) + 1))
    needs = [need[first:last] for first, last in pairwise(spans)]
    same: dict[tuple[str, bytes], list[int]] = {}
    for number, (claim, (first, last)) in enumerate(zip(claims, pairwise(spans), strict=True)):
        same.setdefault((claim.regime, covered[first:last, 1:].tobytes()), []).append(number)
    most = np.ones(len(claims))
    for rivals in same.values():
        for one in rivals:
            for other in rivals:
                if one != other and most[other] and (needs[other] <= needs[one]).all():
                    most[one] = 0.0
    return most


def _groups(
    case: Case, sets: Sets, rule: OriginRule, allocations: list[int]
) -> dict[tuple[str, str], list[int]]:
    """Allocations that a rule counts together, by plant and name of the group."""
    drivetrains = case.table("vehicles")["drivetrain"].to_list()
    groups: dict[tuple[str, str], list[int]] = {}
    for allocation in allocations:
        vehicle = int(sets.store_vehicle[allocation])
        group = sets.vehicles[vehicle]
        if rule.averaging == "class":
            group = drivetrains[vehicle]
        elif rule.averaging == "plant":
            group = "all"
        plant = sets.plants[sets.store_plant[allocation]]
        groups.setdefault((plant, group), []).append(allocation)
    return groups


def _periods(sets: Sets, rule: OriginRule) -> dict[str, list[int]]:
    """Months over which a rule counts, by name of the period."""
    periods: dict[str, list[int]] = {}
    for number, month in enumerate(sets.months):
        name = month if rule.averaging == "car" else month[:4]
        periods.setdefault(name, []).append(number)
    return periods


def _need(rule: OriginRule, money: Money, allocation: int, value: Floats) -> Floats:
    """Originating value that a rule asks of a car, by month; ``value`` is its customs value."""
    material = money.material[allocation]
    threshold = rule.threshold_pct / 100.0
    cost: Floats = material + money.conversion[allocation]
    needs: dict[str, Floats] = {
        "build_up": threshold * value,
        "build_down": material - (1.0 - threshold) * value,
        "net_cost": material - (1.0 - threshold) * cost,
    }
    return needs[rule.method]


def _local_values(case: Case, sets: Sets, money: Money, regimes: list[str], under: Under) -> Under:
    """Originating value of a car apart from counted parts, by allocation and regime."""
    table = case.table("local_content")
    keys = list(under)
    number = {key: place for place, key in enumerate(keys)}
    vehicle = {name: place for place, name in enumerate(sets.vehicles)}
    plant = {name: place for place, name in enumerate(sets.plants)}
    at = [
        number.get(
            (sets.allocation_number.get((vehicle[row[0]], plant[row[1]]), -1),
             regimes.index(row[2]) if row[2] in regimes else -1), -1,
        )
        for row in rows_of(table, "vehicle", "plant", "regime")
    ]  # fmt: skip
    share = np.repeat(table["local_pct"].to_numpy()[:, None] / 100.0, sets.n_months, axis=1)
    start = month_numbers(case, table["start"])
    filled = np.nan_to_num(fill_steps(np.array(at, dtype=np.int64), start, share, len(keys)))
    return {key: filled[place] * money.material[key[0]] for place, key in enumerate(keys)}
