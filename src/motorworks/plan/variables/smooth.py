"""How much production rises and falls from month to month, where that is an objective."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams


@dataclass(frozen=True)
class SmoothColumns:
    """``rise`` and ``fall`` (A, T - 1), empty where smoothness is no objective."""

    rise: NDArray[Any]
    fall: NDArray[Any]


def add_smooth(lp: Builder, data: PlanData, params: PlanParams) -> SmoothColumns:
    """Add the columns, for each allocation and month after the first."""
    wanted = "smoothness" in params.objectives
    shape = (data.sets.n_allocations if wanted else 0, max(data.sets.n_months - 1, 0))
    return SmoothColumns(lp.columns("rise", shape), lp.columns("fall", shape))
