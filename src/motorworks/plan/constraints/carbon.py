"""Caps and goals for the carbon of a year."""

from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.plan.data import CarbonYear, PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def carbon_cap(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_t tonnes <= cap x months/12``."""
    _limited(lp, "carbon_cap", data, var, data.carbon.caps)


def carbon_goal(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``sum_t tonnes <= goal x months/12 + over``."""
    rows = _limited(lp, "carbon_goal", data, var, data.carbon.goals)
    lp.terms(rows, var.carbon.over, -1.0)


def _limited(
    lp: Builder, name: str, data: PlanData, var: Variables, limits: list[CarbonYear]
) -> Indices:
    """``sum made make + sum lane ship <= limit - base`` in the months of each limit."""
    carbon = data.carbon
    upper = [limit.tonnes - carbon.base[limit.months].sum() for limit in limits]
    rows = lp.rows(name, (len(limits),), upper=upper)
    for row, limit in zip(rows, limits, strict=True):
        lp.terms(row, var.make[:, limit.months], carbon.made[:, limit.months])
        lp.terms(row, var.ship[:, limit.months], carbon.lane[:, None])
    return rows
