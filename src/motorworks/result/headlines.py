"""The figures a board asks for first, read from a plan's tables."""

from dataclasses import dataclass

import polars as pl

from motorworks.case.case import Case
from motorworks.case.reading import rows_of
from motorworks.result.plan import PlanResult

TABLES_READ = ("production", "market", "capacity", "landed")
"""Result tables that :func:`figures` needs."""


@dataclass(frozen=True)
class Figure:
    """A headline figure of one plan: short name, words, unit, value."""

    key: str
    label: str
    unit: str
    value: float


def figures(case: Case, result: PlanResult) -> list[Figure]:
    """List the headlines that every case has, and those of its focus."""
    money = case.info.currency
    market = result.table("market")
    built, sold = total(result.table("production"), "units"), total(market, "sold")
    wanted, lost = total(market, "demand"), total(market, "lost")
    out = [
        Figure("margin", "Margin over the horizon", money, result.margin),
        Figure("built", "Cars built", "vehicles", built),
        Figure("sold", "Cars sold", "vehicles", sold),
    ]
    if sold > 0:
        per_car = result.margin / sold
        out.append(Figure("margin_per_car", "Margin per car sold", f"{money}/vehicle", per_car))
    if wanted > 0:
        out.append(Figure("lost_share", "Demand lost", "%", 100 * lost / wanted))
    return out + _load(case, result) + _focus(case, result)


def total(frame: pl.DataFrame, column: str) -> float:
    """Sum of a column, 0 for an empty table."""
    return float(frame[column].sum() or 0.0)


def _load(case: Case, result: PlanResult) -> list[Figure]:
    """Mean load of the fullest shop of each plant, or of the plant the case is about."""
    shops = (
        result.table("capacity")
        .group_by("plant", "shop", maintain_order=True)
        .agg(pl.col("used", "capacity").sum())
    )
    shops = shops.filter(pl.col("capacity") > 0).with_columns(
        (pl.col("used") / pl.col("capacity")).alias("load")
    )
    focus = case.info.focus
    if focus is not None:
        shops = shops.filter(pl.col("plant") == focus.plant)
    fullest = shops.sort("plant", "load", "shop", descending=[False, True, False]).unique(
        "plant", keep="first", maintain_order=True
    )
    capacity = total(fullest, "capacity")
    if capacity <= 0:
        return []
    name = "the plants" if focus is None else name_of(case, "plants", "plant", focus.plant)
    load = 100 * total(fullest, "used") / capacity
    return [Figure("mean_load", f"Mean load of {name}", "%", load)]


def _focus(case: Case, result: PlanResult) -> list[Figure]:
    focus = case.info.focus
    if focus is None:
        return []
    name, place = focus_names(case)
    here = (pl.col("vehicle") == focus.vehicle) & (pl.col("plant") == focus.plant)
    built = total(result.table("production").filter(here), "units")
    out = [Figure("focus_built", f"{name} built at {place}", "vehicles", built)]
    landed = result.table("landed").filter(here & (pl.col("units") > 0))
    shipped = total(landed, "units")
    if shipped > 0:
        earned = float((landed["units"] * landed["margin"]).sum()) / shipped
        label = f"{name} from {place}: margin per car"
        out.append(Figure("focus_margin", label, f"{case.info.currency}/vehicle", earned))
    return out


def focus_names(case: Case) -> tuple[str, str]:
    """Full names of the vehicle and the plant that the case is about."""
    focus = case.info.focus
    if focus is None:
        return "", ""
    vehicle = name_of(case, "vehicles", "vehicle", focus.vehicle)
    return vehicle, name_of(case, "plants", "plant", focus.plant)


def name_of(case: Case, table: str, column: str, key: str) -> str:
    """Full name of a row, or its key where there is none."""
    return str(dict(rows_of(case.table(table), column, "name")).get(key, key))
