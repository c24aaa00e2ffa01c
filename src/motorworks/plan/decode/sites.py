"""Sites and conversions as tables, and what they leave of hours and capacity."""

import numpy as np
import polars as pl

from motorworks.plan.data import Floats, PlanData
from motorworks.plan.decode.frames import frame, monthly
from motorworks.plan.decode.values import Values


def site_table(data: PlanData, values: Values) -> pl.DataFrame:
    """Whether each site is open, month by month."""
    up = site_up(data, values).astype(np.int64)
    return monthly("sites", list(data.sets.months), {"site": data.sites.names}, {"up": up})


def conversion_table(data: PlanData, values: Values) -> pl.DataFrame:
    """When each conversion begins, and what it costs."""
    halt = np.rint(values.sites.halt)
    months = [data.sets.months[int(row.argmax())] if row.any() else None for row in halt]
    return frame(
        "conversions",
        {
            "conversion": data.conversions.names,
            "start": months,
            "cost": (data.conversions.cost * halt).sum(axis=1),
        },
    )


def site_parts(data: PlanData, values: Values) -> dict[str, float]:
    """What sites and conversions add to the margin."""
    sites = data.sites
    opened, shut = np.rint(values.sites.open), np.rint(values.sites.shut)
    invested = (sites.capex * opened).sum() + (sites.close_cost * shut).sum()
    return {
        "site_fixed": -float((sites.fixed * site_up(data, values)).sum()),
        "site_capex": -float(invested),
        "halt_cost": -float((data.conversions.cost * np.rint(values.sites.halt)).sum()),
    }


def site_up(data: PlanData, values: Values) -> Floats:
    """1 in the months in which each site is open; shape (W, T)."""
    opened, shut = np.rint(values.sites.open), np.rint(values.sites.shut)
    given = data.sites.open_at_start[:, None].astype(np.float64)
    up: Floats = given + np.cumsum(opened, axis=1) - np.cumsum(shut, axis=1) + shut
    return up


def share_left(data: PlanData, values: Values) -> Floats:
    """What sites and conversions leave of each shop's hours; shape (n_shops, T), 0 to 1."""
    left = np.ones(data.pace.capacity.shape)
    up = site_up(data, values)
    np.minimum.at(left, data.sites.shop, up[data.sites.shop_site])
    lost = np.einsum("cut,cu->ct", data.conversions.share, np.rint(values.sites.halt))
    conversion, shop = np.nonzero(data.conversions.plant[:, None] == data.pace.shop_plant)
    np.minimum.at(left, shop, 1.0 - lost[conversion])
    return left
