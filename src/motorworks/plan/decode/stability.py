"""What became of the published plan."""

import polars as pl

from motorworks.plan.data import PlanData
from motorworks.plan.decode.frames import frame, names_at
from motorworks.plan.decode.values import Values
from motorworks.plan.params import PlanParams


def changes(data: PlanData, values: Values) -> pl.DataFrame:
    """Each row of the published plan in the horizon beside this plan."""
    sets, given = data.sets, data.stability
    return frame(
        "changes",
        {
            "vehicle": names_at(sets.vehicles, sets.store_vehicle[given.allocation]),
            "plant": names_at(sets.plants, sets.store_plant[given.allocation]),
            "month": names_at(list(sets.months), given.month),
            "published": given.units,
            "units": values.make[given.allocation, given.month],
        },
    )


def stability_parts(params: PlanParams, values: Values) -> dict[str, float]:
    """What cars more and less than published cost."""
    cars = values.stability.more.sum() + values.stability.less.sum()
    return {"plan_change": -params.change_penalty * float(cars)}
