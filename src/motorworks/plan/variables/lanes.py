"""Spot space taken, and lanes on which anything is shipped at all."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data import PlanData


@dataclass(frozen=True)
class LaneChoices:
    """``spot`` CEU by lane with spot space and month; ``sail`` is 1 where a lot is shipped."""

    spot: NDArray[Any]
    sail: NDArray[Any]


def add_lanes(lp: Builder, data: PlanData) -> LaneChoices:
    """Add spot space, at its premium, and a choice for each month of a lane with a least lot."""
    given = data.lanes
    lots = (len(given.lot_lane), data.sets.n_months)
    return LaneChoices(
        spot=lp.columns("spot", given.spot_premium.shape, cost=given.spot_premium),
        sail=lp.columns("sail", lots, upper=1.0, integer=True),
    )
