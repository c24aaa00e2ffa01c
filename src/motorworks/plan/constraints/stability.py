"""How far the plan may move from the one that was given out, and what that costs."""

import numpy as np

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def freeze(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``make = published`` in the first ``freeze_months`` months."""
    given = data.stability
    frozen = np.flatnonzero(given.month < params.freeze_months)
    units = given.units[frozen]
    rows = lp.rows("freeze", (len(frozen),), lower=units, upper=units)
    lp.terms(rows, var.make[given.allocation[frozen], given.month[frozen]], 1.0)


def plan_change(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``more - less = make - published``, where a change has a price."""
    given, changes = data.stability, var.stability
    if changes.more.size:
        rows = lp.rows("plan_change", changes.more.shape, lower=given.units, upper=given.units)
        lp.terms(rows, var.make[given.allocation, given.month], 1.0)
        lp.terms(rows, changes.more, -1.0)
        lp.terms(rows, changes.less, 1.0)
