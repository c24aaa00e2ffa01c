"""Carbon by year and where it comes from, goals missed, and what both cost."""

import numpy as np
import polars as pl

from motorworks.plan.data import Floats, PlanData
from motorworks.plan.decode.frames import frame
from motorworks.plan.decode.values import Values
from motorworks.plan.params import PlanParams


def tonnes(data: PlanData, values: Values) -> dict[str, Floats]:
    """Tonnes by part and month; shape (T,) each."""
    carbon = data.carbon
    return {
        "materials": carbon.materials @ values.make,
        "plant": (carbon.plant * values.make).sum(axis=0) + carbon.base,
        "lane": carbon.lane @ values.ship,
    }


def carbon_table(data: PlanData, values: Values) -> pl.DataFrame:
    """Tonnes by calendar year and part, where the case says anything of carbon."""
    years = np.array([int(month[:4]) for month in data.sets.months])
    rows = [
        (int(year), part, float(amount[years == year].sum()))
        for year in (np.unique(years) if data.carbon.counted else ())
        for part, amount in tonnes(data, values).items()
    ]
    return frame(
        "carbon",
        {
            "year": [year for year, _, _ in rows],
            "part": [part for _, part, _ in rows],
            "tonnes": [amount for _, _, amount in rows],
        },
    )


def goals_table(data: PlanData, values: Values) -> pl.DataFrame:
    """By how much each goal of a year of the horizon is missed."""
    years = [goal.year for goal in data.carbon.goals]
    return frame("carbon_goals", {"year": years, "over": values.carbon.over})


def carbon_parts(data: PlanData, params: PlanParams, values: Values) -> dict[str, float]:
    """Parts of the margin."""
    cost = np.array([goal.excess_cost for goal in data.carbon.goals])
    emitted = sum(float(amount.sum()) for amount in tonnes(data, values).values())
    return {
        "carbon_goal": -float(np.sum(cost * values.carbon.over)),
        "carbon_price": -params.carbon_price * emitted,
    }
