"""Agreements year by year, those that are ended, and what they leave to both sides."""

import numpy as np
import polars as pl

from motorworks.plan.data import Floats, Ints, PlanData
from motorworks.plan.decode.frames import frame
from motorworks.plan.decode.landed import landed_columns
from motorworks.plan.decode.values import Values


def agreement_years(data: PlanData, values: Values) -> pl.DataFrame:
    """Cars of each agreement and year against the volumes still owed and allowed."""
    given, promises = data.agreements, data.promises
    return frame(
        "agreements",
        {
            "agreement": [promise.agreement for promise in promises],
            "year": [promise.year for promise in promises],
            "units": [_built(values.make, p.allocation, p.months) for p in promises],
            "minimum": [promise.minimum for promise in promises]
            - _freed(data, values, given.minimum_freed),
            "maximum": [promise.maximum for promise in promises]
            - _freed(data, values, given.maximum_freed),
            "shortfall": values.short,
        },
    )


def exits(data: PlanData, values: Values) -> pl.DataFrame:
    """When each agreement that may be ended is ended, if it is."""
    chosen = values.agreements.exit
    ended = chosen.sum(axis=1) > 0.5
    first = [int(row.argmax()) if len(row) else 0 for row in chosen]
    months = data.sets.months
    return frame(
        "exits",
        {
            "agreement": data.agreements.exits,
            "exit": [months[u] if yes else None for u, yes in zip(first, ended, strict=True)],
            "cost": (data.agreements.exit_cost * chosen).sum(axis=1),
        },
    )


def agreement_sides(data: PlanData, values: Values) -> pl.DataFrame:
    """What the cars of each agreement and year leave to its maker and its principal."""
    promises, money, sets = data.promises, data.money, data.sets
    shipped = landed_columns(data)["margin"] * values.ship
    paid = [p.shortfall_cost * float(s) for p, s in zip(promises, values.short, strict=True)]
    units = np.array([_built(values.make, p.allocation, p.months) for p in promises])
    fee = units * data.agreements.fee + np.array(paid)
    conversion = money.conversion * values.make
    maker = fee - np.array([_built(conversion, p.allocation, p.months) for p in promises])
    total = np.array(
        [shipped[sets.flow_store == p.allocation][:, p.months].sum() for p in promises]
    )
    return frame(
        "agreement_sides",
        {
            "agreement": [promise.agreement for promise in promises],
            "year": [promise.year for promise in promises],
            "units": units, "fee": fee, "maker": maker,
            "principal": total - maker, "total": total,
        },
    )  # fmt: skip


def agreement_parts(data: PlanData, values: Values) -> dict[str, float]:
    """What ending agreements costs."""
    cost = (data.agreements.exit_cost * values.agreements.exit).sum()
    return {"agreement_exit": -float(cost)}


def _built(amounts: Floats, allocation: int, months: Ints) -> float:
    return float(amounts[allocation, months].sum())


def _freed(data: PlanData, values: Values, freed: Floats) -> Floats:
    """Volume of each agreement and year that its end takes away; shape (Y,)."""
    out = np.zeros(len(data.promises))
    years = np.flatnonzero(data.agreements.promise_exit >= 0)
    ended = values.agreements.exit[data.agreements.promise_exit[years]]
    out[years] = (freed[years] * ended).sum(axis=1)
    return out
