"""Shift patterns to choose from, and extra hours."""

from typing import Any

import numpy as np
import polars as pl

from motorworks.case.calendar import Days, pattern_hours, planned_patterns
from motorworks.case.case import Case
from motorworks.case.reading import filled, rows_of
from motorworks.case.steps import Rates, money, places
from motorworks.plan.data import Floats, Ints, Launches, Sets
from motorworks.plan.data.shifts import Shifts
from motorworks.plan.encode.daily import Daily
from motorworks.plan.encode.shift_limits import encode_limits


def encode_shifts(case: Case, sets: Sets, daily: Daily, launches: Launches, rates: Rates) -> Shifts:
    """List the plants with options or a workforce, and what each pattern gives and costs."""
    days = daily.days
    options, workforce = case.table("shift_options"), case.table("workforces")
    plants = list(dict.fromkeys([*options["plant"], *workforce["plant"]]))
    plant = places(sets.plants, pl.Series(plants, dtype=pl.String))
    names = pl.DataFrame({"plant": plants}, schema={"plant": pl.String})
    own = names.join(workforce, on="plant", how="left", maintain_order="left")
    planned = _planned(case, days, plants)
    heads = _heads(case, planned, days.months)
    option_plant = places(plants, options["plant"])
    hours = pattern_hours(case, days, options.rows())
    return Shifts(
        plant=plant,
        chooses=np.isin(np.arange(len(plants)), option_plant),
        planned=planned,
        planned_option=_planned_options(plants, planned, options, days.months),
        calendar_hours=days.by_month(daily.hours)[plant],
        calendar_heads=heads,
        heads_before=heads[:, 0] * _there_at_start(case, plants),
        settled=_settled(sets.months),
        **_workforce(case, own, rates),
        **_options(case, options, own, days.by_month(hours), option_plant, rates),
        **_shops(case, sets, daily, own, option_plant, hours),
        **encode_limits(case, sets, daily, launches, plant, option_plant, hours, own),
    )


def _workforce(case: Case, own: pl.DataFrame, rates: Rates) -> dict[str, Any]:
    """Terms of each plant; without a row no notice, no cost and no extra hour."""
    most = {
        "overtime_most": "overtime_hours_max",
        "weekend_most": "weekend_hours_max",
        "account": "account_hours",
    }
    cost = {
        "hire": "hire_cost",
        "release": "release_cost",
        "overtime_cost": "overtime_cost",
        "weekend_cost": "weekend_cost",
    }
    return {
        "notice": filled(own["notice_months"]).astype(np.int64),
        "stay": filled(own["min_stay_months"], 1).astype(np.int64),
        **{name: filled(own[column]) for name, column in most.items()},
        **{name: money(case, own, column, rates) for name, column in cost.items()},
    }


def _options(
    case: Case,
    options: pl.DataFrame,
    own: pl.DataFrame,
    hours: Floats,
    option_plant: Ints,
    rates: Rates,
) -> dict[str, Any]:
    """What each pattern that may be chosen gives, needs and costs."""
    table = case.table("shift_patterns")
    patterns = table[places(table["pattern"].to_list(), options["pattern"])]
    heads = filled(patterns["heads"])
    pay = money(case, own, "head_cost", rates)[option_plant] * heads[:, None]
    return {
        "pattern": options["pattern"].to_list(),
        "option_plant": option_plant,
        "hours": hours,
        "heads": heads,
        "volume": filled(patterns["volume_min"]) / 12.0,
        "labour": pay + money(case, patterns, "cost_per_hour", rates) * hours,
    }


def _shops(
    case: Case,
    sets: Sets,
    daily: Daily,
    own: pl.DataFrame,
    option_plant: Ints,
    hours: Floats,
) -> dict[str, Any]:
    """Capacity of each shop in each pattern, and its pace in extra hours where there are any."""
    plant = places(sets.plants, own["plant"])
    more = filled(own["overtime_hours_max"] + own["weekend_hours_max"]) > 0
    rated = np.flatnonzero(~np.isnan(daily.pace[:, 0]))
    pace = daily.pace[rated]
    at = places(sets.plants, case.table("shops")["plant"][rated.tolist()])
    shop, option = np.nonzero(at[:, None] == plant[option_plant])
    extra_shop, extra_plant = np.nonzero((at[:, None] == plant) & more)
    return {
        "shop": shop,
        "shop_option": option,
        "shop_capacity": daily.days.by_month(hours[option] * pace[shop]),
        "extra_shop": extra_shop,
        "extra_plant": extra_plant,
        "extra_pace": daily.days.by_month(pace[extra_shop]) / daily.days.per_month(),
    }


def _planned(case: Case, days: Days, plants: list[str]) -> list[list[str]]:
    """Pattern of the calendar for each plant and month."""
    known = planned_patterns(case, days) if plants else {}
    return [known[plant] for plant in plants]


def _planned_options(
    plants: list[str], planned: list[list[str]], options: pl.DataFrame, months: int
) -> Ints:
    """Option that the calendar has in force; shape (H, T), -1 for a plant without options."""
    number = {row: place for place, row in enumerate(options.rows())}
    found = [
        [number.get((plant, pattern), -1) for pattern in patterns]
        for plant, patterns in zip(plants, planned, strict=True)
    ]
    return np.array(found, dtype=np.int64).reshape(-1, months)


def _heads(case: Case, planned: list[list[str]], months: int) -> Floats:
    """People of the patterns planned; shape (H, T)."""
    heads = dict(rows_of(case.table("shift_patterns"), "pattern", "heads"))
    found = [[heads[pattern] or 0 for pattern in patterns] for patterns in planned]
    return np.array(found, dtype=np.float64).reshape(-1, months)


def _there_at_start(case: Case, plants: list[str]) -> Floats:
    """0 for a plant that has yet to open, else 1."""
    sites = rows_of(case.table("site_windows"), "plant", "shop", "open_at_start")
    later = {plant for plant, shop, open_ in sites if shop is None and not open_}
    return np.array([0.0 if plant in later else 1.0 for plant in plants])


def _settled(months: tuple[str, ...]) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """Months at whose end the time account is empty: Decembers, and the last."""
    return np.array([month.endswith("-12") for month in months[:-1]] + [True])
