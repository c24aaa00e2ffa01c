"""All objectives with their values, those that were optimised first."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from motorworks.plan.decode.frames import frame
from motorworks.plan.objectives import UNITS
from motorworks.plan.params import Objective


def objectives_table(
    values: Mapping[Objective, float], ranks: Mapping[Objective, tuple[float, float]]
) -> pl.DataFrame:
    """Write ``values`` in their order; ``ranks`` has best and bound of those optimised."""
    place = {name: number for number, name in enumerate(ranks, start=1)}
    columns: dict[str, Any] = {
        "objective": list(values),
        "rank": [place.get(name) for name in values],
        "value": list(values.values()),
        "best": [ranks[name][0] if name in ranks else None for name in values],
        "bound": [ranks[name][1] if name in ranks else None for name in values],
        "unit": [UNITS[name] for name in values],
    }
    return frame("objectives", columns)
