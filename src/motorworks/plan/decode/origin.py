"""Origin claimed, the parts counted for it, cars under preference, and the duty saved."""

import numpy as np
import polars as pl

from motorworks.plan.data import PlanData
from motorworks.plan.decode.frames import frame, monthly, names_at
from motorworks.plan.decode.values import Values


def origin_table(data: PlanData, values: Values) -> pl.DataFrame:
    """A row for every claim that could be made."""
    given = data.origin
    made = values.make[given.member_allocation, given.member_month]
    count = len(given.claims)
    content = np.bincount(given.member_claim, given.member_local * made, minlength=count)
    part, member = given.members_of(given.part_allocation, given.part_regime)
    month = given.member_month[member]
    worth = given.part_value[part, month] * values.origin.part[part, month]
    content += np.bincount(given.member_claim[member], worth, minlength=count)
    return frame(
        "origin",
        {
            "regime": [claim.regime for claim in given.claims],
            "method": [claim.method for claim in given.claims],
            "plant": [claim.plant for claim in given.claims],
            "group": [claim.group for claim in given.claims],
            "period": [claim.period for claim in given.claims],
            "claimed": np.rint(values.origin.claim).astype(np.int64),
            "content": content,
            "needed": np.bincount(given.member_claim, given.member_need * made, minlength=count),
        },
    )


def parts_table(data: PlanData, values: Values) -> pl.DataFrame:
    """Units of originating sources that are counted."""
    given, sets = data.origin, data.sets
    part, month = np.nonzero(values.origin.part > 0)
    allocation = given.part_allocation[part]
    return frame(
        "origin_parts",
        {
            "source": names_at(data.supply.sources, given.part_source[part]),
            "regime": names_at(given.regimes, given.part_regime[part]),
            "vehicle": names_at(sets.vehicles, sets.store_vehicle[allocation]),
            "plant": names_at(sets.plants, sets.store_plant[allocation]),
            "month": names_at(list(sets.months), month),
            "units": values.origin.part[part, month],
        },
    )


def preferred_table(data: PlanData, values: Values) -> pl.DataFrame:
    """Cars under preference on every flow that falls under a regime."""
    given, sets = data.origin, data.sets
    names = {
        "vehicle": names_at(sets.vehicles, sets.flow_vehicle[given.flow]),
        "lane": names_at(sets.lanes, sets.flow_lane[given.flow]),
        "regime": names_at(given.regimes, given.flow_regime),
    }
    amounts = {"units": values.origin.preferred, "saved": given.saved}
    return monthly("preferred", list(sets.months), names, amounts)


def origin_parts(data: PlanData, values: Values) -> dict[str, float]:
    """Part of the margin."""
    return {"duty_preference": float(np.sum(data.origin.saved * values.origin.preferred))}
