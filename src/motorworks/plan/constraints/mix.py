"""What may run side by side at a plant or in a shop."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.plan.constraints.launches import running
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def line_rules(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``on[a,t] + on[b,t] <= 1`` for vehicles kept apart, ``on[a,t] = on[b,t]`` together."""
    rules = data.mix.rules
    sign = np.array([1.0 if rule.kind == "apart" else -1.0 for rule in rules])
    first = [running(data, var, rule.first) for rule in rules]
    second = [running(data, var, rule.second) for rule in rules]
    given = [one.given + s * two.given for one, s, two in zip(first, sign, second, strict=True)]
    level = np.array(given).reshape(len(rules), data.sets.n_months)
    upper = np.where(sign > 0, 1.0, 0.0)[:, None] - level
    lower = np.where(sign[:, None] > 0, -np.inf, -level)
    rows = lp.rows("line_rules", level.shape, lower=lower, upper=upper)
    for row, one, s, two in zip(rows, first, sign, second, strict=True):
        one.add(lp, row)
        two.add(lp, row, s)


def models_limit(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """Models at a plant or shop ``<= models_max``: those of which some allocation runs."""
    _held(lp, data, var, "models_limit")


def platforms_limit(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """Platforms at a plant or shop ``<= platforms_max``."""
    _held(lp, data, var, "platforms_limit")


def _held(lp: Builder, data: PlanData, var: Variables, family: str) -> None:
    """``on[a,t] <= present[g,t]`` for each allocation of a group, ``sum_g present <= most``."""
    months, first = data.sets.n_months, 0
    groups, members = [], []
    for limit in data.mix.limits:
        if limit.family == family:
            groups.append((limit.most, np.arange(first, first + len(limit.groups))))
            members += [
                (first + number, running(data, var, allocation))
                for number, group in enumerate(limit.groups)
                for allocation in group.tolist()
            ]
        first += len(limit.groups)
    most = np.array([most for most, _ in groups], dtype=np.float64).reshape(-1, 1)
    rows = lp.rows(family, (len(groups), months), upper=most)
    for row, (_, present) in zip(rows, groups, strict=True):
        lp.terms(row, var.launches.present[present], 1.0)
    given = np.array([state.given for _, state in members]).reshape(-1, months)
    rows = lp.rows(f"{family}_on", (len(members), months), upper=-given)
    for row, (group, state) in zip(rows, members, strict=True):
        state.add(lp, row)
        lp.terms(row, var.launches.present[group], -1.0)
