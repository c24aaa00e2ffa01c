"""Cars more or less than in the published plan."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams


@dataclass(frozen=True)
class Changes:
    """``more``, ``less``: cars by row of the published plan; empty where change costs nothing."""

    more: NDArray[Any]
    less: NDArray[Any]


def add_stability(lp: Builder, data: PlanData, params: PlanParams) -> Changes:
    """Add the changes against the published plan, at their price."""
    count = len(data.stability.units) if params.change_penalty > 0 else 0
    return Changes(
        more=lp.columns("more", (count,), cost=params.change_penalty),
        less=lp.columns("less", (count,), cost=params.change_penalty),
    )
