"""Explanations as tables, with the columns that :mod:`motorworks.result.explanations` declares."""

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from motorworks.case.case import dtype_of
from motorworks.case.column import Record, columns_of
from motorworks.plan.data import PlanData
from motorworks.plan.explain.alternatives import Alternatives
from motorworks.plan.explain.answer import CHOICES
from motorworks.plan.explain.conflict import Conflict
from motorworks.plan.explain.ways import Way
from motorworks.result.explanations import (
    AlternativeChoice,
    AlternativeYear,
    ConflictRule,
    SharedYear,
    WayOut,
)
from motorworks.result.plan import PlanResult


def _table(record: type[Record], rows: Iterable[Sequence[Any]]) -> pl.DataFrame:
    schema = {column.name: dtype_of(column) for column in columns_of(record)}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def conflict_table(conflicts: Sequence[Conflict]) -> pl.DataFrame:
    """Every rule of every set."""
    return _table(
        ConflictRule,
        (
            (number, rule.family, rule.what, rule.when, rule.side, rule.limit, rule.unit,
             conflict.checked)
            for number, conflict in enumerate(conflicts, 1)
            for rule in conflict.rules
        ),
    )  # fmt: skip


def ways_table(ways: Sequence[Way]) -> pl.DataFrame:
    """Every rule that gives way in every way out; a way that eases none has one row."""
    rows: list[Sequence[Any]] = []
    for rank, way in enumerate(ways, 1):
        sure = way.margin, way.confirmed
        if not way.eases:
            rows.append((rank, 1, way.text, *[None] * 7, *sure))
        for part, ease in enumerate(way.eases, 1):
            rule = ease.rule
            figures = rule.side, rule.limit, ease.amount, rule.unit
            rows.append((rank, part, way.text, rule.family, rule.what, rule.when, *figures, *sure))
    return _table(WayOut, rows)


def alternative_tables(
    found: Alternatives, data: PlanData, plans: Sequence[PlanResult], best: PlanResult
) -> dict[str, pl.DataFrame]:
    """Alternatives beside the best plan, and what they share.

    Parameters
    ----------
    found
        What :func:`motorworks.plan.explain.alternatives.alternatives` gives.
    data
        Names of the allocations.
    plans
        The alternatives as tables, in the same order.
    best
        The best plan.
    """
    sets, cells = data.sets, found.cells
    names = [
        (
            sets.vehicles[sets.store_vehicle[allocation]],
            sets.plants[sets.store_plant[allocation]],
            int(year),
        )
        for allocation, year in zip(cells.allocation, cells.year, strict=True)
    ]
    every = [best, *plans]
    cars = [_cars(plan, names) for plan in every]
    years = [
        (number, *name, units, plan.margin)
        for number, (plan, made) in enumerate(zip(every, cars, strict=True))
        for name, units in zip(names, made, strict=True)
    ]
    shared = [
        (*name, units, min(float(least), units), max(float(most), units), bool(proven))
        for name, units, least, most, proven in zip(
            names, cars[0], found.least, found.most, found.proven, strict=True
        )
    ]
    return {
        "alternatives": _table(AlternativeYear, years),
        "alternative_choices": _table(AlternativeChoice, _choices(every)),
        "shared": _table(SharedYear, shared),
    }


def _cars(plan: PlanResult, names: Sequence[tuple[str, str, int]]) -> list[float]:
    made: dict[tuple[str, str, int], float] = {}
    for vehicle, plant, month, units in (
        plan.table("production").select("vehicle", "plant", "month", "units").rows()
    ):
        key = vehicle, plant, int(month[:4])
        made[key] = made.get(key, 0.0) + units
    return [made.get(name, 0.0) for name in names]


def _choices(plans: Sequence[PlanResult]) -> list[Sequence[Any]]:
    """Choices that are not the same in all plans, in every plan."""
    rows: list[Sequence[Any]] = []
    for kind, table, what, place, time, value in CHOICES:
        keys = [name for name in (what, place, time) if name]
        chosen = [
            {row[:-1]: row[-1] for row in plan.table(table).select(*keys, value).rows()}
            for plan in plans
        ]
        for key in chosen[0]:
            if len({str(plan[key]) for plan in chosen}) > 1:
                parts = dict(zip(keys, key, strict=True))
                for number, plan in enumerate(chosen):
                    said = None if plan[key] is None else str(plan[key])
                    rows.append(
                        (number, kind, parts[what], parts.get(place or "", ""),
                         parts.get(time or ""), said)
                    )  # fmt: skip
    return rows
