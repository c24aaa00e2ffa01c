"""Capacity: what is promised can be reached by some shift pattern."""

from datetime import timedelta

import numpy as np

from motorworks.case.calendar import Days, launch_curve, staffed_hours
from motorworks.case.case import Case
from motorworks.case.check.find import (
    ASIDE,
    Row,
    groups,
    lookup,
    pairs,
    plain,
    problem,
    rows,
    window,
)
from motorworks.case.depth import FEEDERS, shops_passed
from motorworks.errors import Problem

_HOURS_PER_YEAR = 24.0 * 366.0


def shops_of_allocations(case: Case) -> dict[tuple[str, str], list[tuple[Row, float]]]:
    """Shops that each allocated vehicle passes, with its work content (above 0) in each.

    As the plan has it: 1 where no row stands, none in engine, foundry and battery shops, and a
    kit passes only the shops its depth of assembly needs.
    """
    content = {(r["vehicle"], r["shop"]): r["factor"] for _, r in rows(case, "work_content")}
    shops = groups(rows(case, "shops"), "plant")
    found: dict[tuple[str, str], list[tuple[Row, float]]] = {}
    for _, row in rows(case, "allocations"):
        passed = found.setdefault((row["vehicle"], row["plant"]), [])
        for _, shop in shops.get((row["plant"],), []):
            usual = 0.0 if shop["kind"] in FEEDERS else 1.0
            factor = content.get((row["vehicle"], shop["shop"]), usual)
            if factor and shop["kind"] in shops_passed(row["depth"] or "full"):
                passed.append((shop, factor))
    return found


def best_rates(case: Case) -> dict[str, float]:
    """The fastest pace each shop ever has, in standard vehicles per staffed hour."""
    best: dict[str, float] = {}
    for _, row in rows(case, "shop_rates"):
        pace = (row["jph"] or 0.0) * (row["availability_pct"] or 0.0) / 100.0
        best[row["shop"]] = max(best.get(row["shop"], 0.0), pace)
    return best


def best_paces(case: Case) -> dict[tuple[str, str], float]:
    """Most cars an hour of each allocation at the best, where a shop or its plateau limits it."""
    rates = best_rates(case)
    passed = shops_of_allocations(case)
    paces: dict[tuple[str, str], float] = {}
    for _, row in rows(case, "allocations"):
        pair = (row["vehicle"], row["plant"])
        limits = [rates[s["shop"]] / factor for s, factor in passed[pair] if s["shop"] in rates]
        if row["plateau_jph"] is not None:
            limits = [row["plateau_jph"]]
        if limits:
            paces[pair] = min(limits)
    return paces


def plant_paces(case: Case) -> dict[str, float]:
    """Cars an hour of each plant at the best: the slowest shop that every car must pass.

    Shops that some vehicle goes round, or passes with less work, do not count.
    """
    rates = best_rates(case)
    content = groups(rows(case, "work_content"), "shop")
    paces: dict[str, float] = {}
    for _, shop in rows(case, "shops"):
        light = any((row["factor"] or 0.0) < 1 for _, row in content.get((shop["shop"],), []))
        if shop["shop"] in rates and shop["kind"] not in ASIDE and not light:
            plant = shop["plant"]
            paces[plant] = min(paces.get(plant, rates[shop["shop"]]), rates[shop["shop"]])
    return paces


def longest_year(case: Case) -> tuple[str, float]:
    """The shift pattern with the most hours in a year, with full overtime, and those hours."""
    best = ("", 0.0)
    for _, row in rows(case, "shift_patterns"):
        minutes = (row["minutes_per_shift"] or 0.0) + (row["overtime_max_min"] or 0.0)
        hours = (row["shifts_per_day"] or 0) * minutes / 60.0
        year = min(hours, 24.0) * (row["days_per_week"] or 0) * 366.0 / 7.0
        best = max(best, (row["pattern"], year), key=lambda item: item[1])
    return best


def allocations_have_a_pace(case: Case) -> list[Problem]:
    """Some shop that an allocated vehicle passes has a pace, or the allocation has a plateau.

    Without either nothing limits it, and the plan would build every car there.
    """
    paces = best_paces(case)
    shops = set(case.table("shops")["plant"])
    return [
        problem("allocations", number, "plateau_jph", None,
                f"nothing limits {row['vehicle']} at {row['plant']}; fill it, or add the pace of "
                "a shop it passes to shop_rates.csv")
        for number, row in rows(case, "allocations")
        if row["plant"] in shops and (row["vehicle"], row["plant"]) not in paces
    ]  # fmt: skip


def nameplates_can_be_reached(case: Case) -> list[Problem]:
    """A nameplate is at most what the plant's pace gives if it ran day and night all year.

    Above that the figure, or its unit, is wrong.
    """
    paces = plant_paces(case)
    found: list[Problem] = []
    for number, row in rows(case, "plants"):
        pace, name = paces.get(row["plant"]), row["nameplate"]
        if pace is not None and name is not None and name > pace * _HOURS_PER_YEAR:
            most = plain(round(pace * _HOURS_PER_YEAR))
            message = f"at {plain(pace)} an hour, day and night, a year gives at most {most}"
            found.append(problem("plants", number, "nameplate", name, message))
    return found


def nameplates_fit_a_pattern(case: Case) -> list[Problem]:
    """Some shift pattern of the case reaches the nameplate.

    A nameplate above is often a figure of design or of advertising; staffed hours times pace is
    what limits the plan.
    """
    paces = plant_paces(case)
    pattern, hours = longest_year(case)
    found: list[Problem] = []
    for number, row in rows(case, "plants"):
        pace = paces.get(row["plant"])
        name = row["nameplate"]
        if pace is not None and name is not None and pace * hours < name <= pace * _HOURS_PER_YEAR:
            message = (
                f"no shift pattern reaches it: the longest, {pattern or 'none'}, gives "
                f"{plain(round(pace * hours))} in a year at {plain(pace)} an hour"
            )
            found.append(problem("plants", number, "nameplate", name, message))
    return found


def agreed_minimums_can_be_built(case: Case) -> list[Problem]:
    """The longest shift pattern, and the nameplate, allow the minimum of an agreement.

    A minimum beyond is a promise that cannot be kept, or a wrong figure.
    """
    paces = best_paces(case)
    _, hours = longest_year(case)
    plants = lookup(case, "plants", "plant")
    found: list[Problem] = []
    for number, row in rows(case, "agreements"):
        least = row["min_per_year"] or 0.0
        pace = paces.get((row["vehicle"], row["plant"]))
        name = plants[row["plant"]]["nameplate"] if row["plant"] in plants else None
        message = None
        if pace is not None and hours and least > pace * hours:
            most = plain(round(pace * hours))
            message = f"no shift pattern reaches it; the longest gives at most {most} in a year"
        elif name is not None and least > name:
            message = f"is above the plant's nameplate of {plain(name)} in a year"
        if message:
            found.append(problem("agreements", number, "min_per_year", least, message))
    return found


def pinned_minimums_can_be_built(case: Case) -> list[Problem]:
    """The minimum of a pin can be built in its month: window, launch curve, hours and pace.

    A plan that must build more than it can has no solution. Where the plan chooses the start, the
    shifts or extra hours, it finds out itself.
    """
    chosen = pairs(case, "launch_windows", "vehicle", "plant")
    flexible = set(case.table("shift_options")["plant"]) | set(case.table("workforces")["plant"])
    pinned = [
        (number, row)
        for number, row in rows(case, "pins")
        if row["market"] is None and row["minimum"] and row["month"] in case.info.month_names
        and row["plant"] not in flexible and (row["vehicle"], row["plant"]) not in chosen
    ]  # fmt: skip
    if not pinned:
        return []
    try:
        days = Days.of(case.info)
        staffed = dict(zip(case.table("plants")["plant"], staffed_hours(case, days), strict=True))
    except (KeyError, ValueError):
        return []  # names or dates that cannot be read; the rules on them say so
    paces = best_paces(case)
    ramps = lookup(case, "ramps", "ramp")
    allocations = {(row["vehicle"], row["plant"]): row for _, row in rows(case, "allocations")}
    found: list[Problem] = []
    for number, row in pinned:
        pair = (row["vehicle"], row["plant"])
        if pair not in allocations or row["plant"] not in staffed:
            continue
        month = case.info.month_names.index(row["month"])
        most = _most(case, days, staffed[row["plant"]], allocations[pair], paces.get(pair), ramps)
        if row["minimum"] > most[month] * (1 + 1e-9):
            message = f"at most {plain(float(most[month]))} can be built there in {row['month']}"
            found.append(problem("pins", number, "minimum", row["minimum"], message))
    return found


def _most(
    case: Case,
    days: Days,
    hours: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    allocation: Row,
    pace: float | None,
    ramps: dict[str, Row],
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Most cars of an allocation in each month; without a pace no limit while it runs."""
    start, end = window(case, allocation)
    inside = days.inside(start, end)
    if pace is None:
        return np.where(days.by_month(inside) > 0, np.inf, 0.0)
    curve = np.ones(len(days))
    ramp = ramps.get(allocation["ramp"])
    if ramp is not None:
        since = np.maximum(np.arange(len(days)) - (start - days.first) / timedelta(days=1), 0.0)
        curve = launch_curve(ramp["curve"], ramp["t50_weeks"], ramp["slope_per_week"], since / 7.0)
    return days.by_month(hours * inside * curve * pace)


RULES = (
    allocations_have_a_pace,
    nameplates_can_be_reached,
    agreed_minimums_can_be_built,
    pinned_minimums_can_be_built,
)
DOUBTS = (nameplates_fit_a_pattern,)
