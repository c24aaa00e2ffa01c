"""Production that rises and falls as little as possible, where that is an objective."""

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables


def smoothness(lp: Builder, data: PlanData, var: Variables, params: PlanParams) -> None:
    """``rise[t] - fall[t] = make[t] - make[t-1]``."""
    if var.smooth.rise.size:
        rows = lp.rows("smoothness", var.smooth.rise.shape, lower=0.0, upper=0.0)
        lp.terms(rows, var.smooth.rise, 1.0)
        lp.terms(rows, var.smooth.fall, -1.0)
        lp.terms(rows, var.make[:, 1:], -1.0)
        lp.terms(rows, var.make[:, :-1], 1.0)
