"""What may run side by side: rules on pairs, most models and platforms, who fits no shop."""

from typing import Any

import numpy as np

from motorworks.case.case import Case
from motorworks.case.records.choices import LineRule
from motorworks.plan.data import Bools, Ints, Launches, LineRuleData, Mix, MixLimit, Sets
from motorworks.plan.encode.daily import Daily

_LIMITS = (("models_max", "models_limit"), ("platforms_max", "platforms_limit"))


def encode_mix(case: Case, sets: Sets, daily: Daily, launches: Launches) -> Mix:
    """Read line rules and the limits of plants and shops on what they hold."""
    return Mix(
        rules=_rules(case, sets),
        limits=_limits(case, sets, daily, launches),
        misfits=_misfits(case, sets, daily),
    )


def _rules(case: Case, sets: Sets) -> list[LineRuleData]:
    at = sets.allocation
    return [
        LineRuleData(row.rule, at(row.vehicle, row.plant), at(row.other, row.plant), row.kind)
        for row in case.rows(LineRule)
    ]


def _limits(case: Case, sets: Sets, daily: Daily, launches: Launches) -> list[MixLimit]:
    """Limits that some plan could exceed; the others need no rule."""
    vehicles = case.table("vehicles").rows(named=True)
    names = {
        "models_limit": [row["model"] or row["vehicle"] for row in vehicles],
        "platforms_limit": [row["platform"] for row in vehicles],
    }
    possible = _possible(launches)
    found: list[MixLimit] = []
    for place, row, allocations in _places(case, sets, daily):
        for column, family in _LIMITS:
            if row[column] is None:
                continue
            groups: dict[str, list[int]] = {}
            for allocation in allocations.tolist():
                group = names[family][sets.store_vehicle[allocation]]
                groups.setdefault(group, []).append(allocation)
            members = [np.array(group, dtype=np.int64) for group in groups.values()]
            held = np.sum([possible[group].any(axis=0) for group in members], axis=0)
            if np.any(held > row[column]):
                found.append(MixLimit(family, place, row[column], members))  # type: ignore[arg-type]
    return found


def _places(case: Case, sets: Sets, daily: Daily) -> list[tuple[str, dict[str, Any], Ints]]:
    """Plants and shops with the allocations that count there."""
    plants = sets.store_plant[: sets.n_allocations]
    rows = [
        (row["plant"], row, np.flatnonzero(plants == number))
        for number, row in enumerate(case.table("plants").iter_rows(named=True))
    ]
    return rows + [
        (row["shop"], row, np.flatnonzero(daily.work[number] > 0))
        for number, row in enumerate(case.table("shops").iter_rows(named=True))
    ]


def _possible(launches: Launches) -> Bools:
    """Months in which each allocation may run; shape (A, T)."""
    possible = launches.given > 0
    begun = np.logical_or.accumulate(launches.may_begin, axis=1)
    months = np.arange(begun.shape[1])
    possible[launches.allocation] = begun & (months <= launches.through[:, None])
    return possible


def _misfits(case: Case, sets: Sets, daily: Daily) -> Ints:
    """Allocations too heavy for a shop they pass, or with a drivetrain that it does not build."""
    vehicles = case.table("vehicles").rows(named=True)
    vehicle_of = sets.store_vehicle[: sets.n_allocations]
    misfit = np.zeros(sets.n_allocations, dtype=np.bool_)
    for number, shop in enumerate(case.table("shops").iter_rows(named=True)):
        most, able = shop["mass_max_kg"], (shop["drivetrains"] or "").split()
        if most is None and not able:
            continue
        unfit = [
            (most is not None and row["mass_kg"] is not None and row["mass_kg"] > most)
            or bool(able and row["drivetrain"] not in able)
            for row in vehicles
        ]
        misfit |= (daily.work[number] > 0) & np.array(unfit, dtype=np.bool_)[vehicle_of]
    return np.flatnonzero(misfit)
