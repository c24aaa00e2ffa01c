"""Carbon above a goal."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data import PlanData


@dataclass(frozen=True)
class CarbonVars:
    """Columns, or their values: ``over`` (n_goals,) tonnes above each goal."""

    over: NDArray[Any]


def add_carbon(lp: Builder, data: PlanData) -> CarbonVars:
    """``over >= 0``, at the cost of a tonne above the goal."""
    goals = data.carbon.goals
    cost = [goal.excess_cost for goal in goals]
    return CarbonVars(over=lp.columns("carbon_over", (len(goals),), cost=cost))
