"""Spot space taken."""

import polars as pl

from motorworks.plan.data import PlanData
from motorworks.plan.decode.frames import monthly, names_at
from motorworks.plan.decode.values import Values


def spot_space(data: PlanData, values: Values) -> pl.DataFrame:
    """Spot space taken on each lane that has some, by month."""
    lanes = names_at(data.sets.lanes, data.lanes.spot_lane)
    return monthly("spot", list(data.sets.months), {"lane": lanes}, {"ceu": values.lanes.spot})


def lane_parts(data: PlanData, values: Values) -> dict[str, float]:
    """What spot space costs on top of the freight."""
    return {"spot_freight": -float((data.lanes.spot_premium * values.lanes.spot).sum())}
