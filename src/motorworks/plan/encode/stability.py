"""The published plan, month by month."""

import numpy as np

from motorworks.case.case import Case
from motorworks.case.steps import month_numbers, places
from motorworks.plan.data import Sets, Stability


def encode_stability(case: Case, sets: Sets) -> Stability:
    """Read the rows of the published plan that lie in the horizon."""
    table = case.table("published_plan")
    month = month_numbers(case, table["month"])
    inside = (month >= 0) & (month < sets.n_months)
    vehicles, plants = places(sets.vehicles, table["vehicle"]), places(sets.plants, table["plant"])
    numbers = sets.allocation_number
    pairs = zip(vehicles[inside].tolist(), plants[inside].tolist(), strict=True)
    return Stability(
        allocation=np.array([numbers[pair] for pair in pairs], dtype=np.int64),
        month=month[inside],
        units=table["units"].to_numpy()[inside],
    )
