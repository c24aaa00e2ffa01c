"""Launches of the dense plan: starts and ends chosen, rules between what runs together."""

import datetime as dt
from typing import Any

from tests.oracle.dense_figures import INF
from tests.oracle.dense_plan import Plan
from tests.oracle.dense_program import Name


def options(plan: Plan) -> dict[Name, list[Any]]:
    """Pairs of start and end of every launch window, None for never."""
    return {("launch", r["vehicle"], r["plant"]): _pairs(plan, r)
            for r in plan.rows("launch_windows")}  # fmt: skip


def _pairs(plan: Plan, row: dict[str, Any]) -> list[tuple[int | None, int | None]]:
    last = plan.count - 1
    number = plan.calendar.month_number
    latest = last if row["latest"] is None else number(row["latest"])
    lead = plan.made[row["vehicle"], row["plant"]]["lead_months"] or 0
    over, run = end_month(plan, row["vehicle"], row["plant"]), row["min_run_months"]
    starts = [
        u for u in range(plan.count)
        if max(number(row["earliest"]), lead) <= u <= latest
        and u <= over and (over > last or u + run - 1 <= over)
    ]  # fmt: skip
    ends: list[int] = []
    if row["end_earliest"] is not None or row["end_latest"] is not None:
        first = 0 if row["end_earliest"] is None else number(row["end_earliest"])
        final = last if row["end_latest"] is None else number(row["end_latest"])
        ends = [u for u in range(plan.count) if first <= u <= final]
    must_end = row["end_latest"] is not None and 0 <= number(row["end_latest"]) <= last
    found: list[tuple[int | None, int | None]] = [
        (u, e) for u in starts for e in ends if u <= e - max(run, 1) + 1
    ]
    if not must_end:
        found += [(u, None) for u in starts]
    if row["optional"] or row["latest"] is None or latest > last:
        found.append((None, None))
    return found


def end_month(plan: Plan, vehicle: str, plant: str) -> float:
    """Month in which the dates of an allocation end it."""
    end = plan.made[vehicle, plant]["end"]
    if end is None:
        return INF
    return plan.calendar.month_number(f"{plan.calendar.resolve(end):%Y-%m}")


def begun(plan: Plan, vehicle: str, plant: str) -> dt.date | None:
    """First day of the month chosen as a start, None where none is to be chosen."""
    start, _ = plan.chosen.get(("launch", vehicle, plant), (None, None))
    return None if start is None else plan.calendar.days_of(start)[0]


def on(plan: Plan, vehicle: str, plant: str, t: int) -> bool:
    """Whether an allocation runs in a month."""
    if (vehicle, plant) not in plan.made:
        return False
    chosen = plan.chosen.get(("launch", vehicle, plant))
    if chosen is None:
        row = plan.made[vehicle, plant]
        days = plan.calendar.days_of(t)
        return any(plan.calendar.inside(day, row["start"], row["end"]) for day in days)
    start, end = chosen
    if start is None or t > end_month(plan, vehicle, plant):
        return False
    return bool(start <= t and (end is None or t <= end))


def costs(plan: Plan) -> float:
    """Fixed cost of the months that launches run, and investment."""
    total = 0.0
    for row in plan.rows("launch_windows"):
        a = row["vehicle"], row["plant"]
        for t in range(plan.count):
            total += row["fixed_cost"] * plan.fx(row["currency"], t) * on(plan, *a, t)
        start, _ = plan.chosen["launch", *a]
        if start is not None:
            given = plan.made[a]
            decided = start - (given["lead_months"] or 0)
            total += (given["capex"] or 0.0) * plan.fx(given["currency"], decided)
    return total


def allowed(plan: Plan) -> bool:
    """Whether line rules and most models and platforms hold."""
    return all(
        _rules_hold(plan, t) and _few_enough(plan, t, "models_max", _model)
        and _few_enough(plan, t, "platforms_max", lambda row: row["platform"])
        for t in range(plan.count)
    )  # fmt: skip


def _rules_hold(plan: Plan, t: int) -> bool:
    for row in plan.rows("line_rules"):
        one = on(plan, row["vehicle"], row["plant"], t)
        other = on(plan, row["other"], row["plant"], t)
        if row["kind"] == "apart" and one and other:
            return False
        if row["kind"] == "together" and one != other:
            return False
    return True


def _model(row: dict[str, Any]) -> str:
    return str(row["vehicle"] if row["model"] is None else row["model"])


def _few_enough(plan: Plan, t: int, column: str, name: Any) -> bool:
    """Whether plants and shops hold no more names than they may."""
    running = [(i, p) for i, p in plan.made if on(plan, i, p, t)]
    for plant, row in plan.plants.items():
        held = {name(plan.vehicles[i]) for i, p in running if p == plant}
        if row[column] is not None and len(held) > row[column]:
            return False
    for shop, row in plan.shops.items():
        held = {
            name(plan.vehicles[i]) for i, p in running
            if p == row["plant"] and plan.work(i, p, shop) > 0
        }  # fmt: skip
        if row[column] is not None and len(held) > row[column]:
            return False
    return True


def fits(plan: Plan, vehicle: str, plant: str) -> bool:
    """Whether the shops that a vehicle passes carry its mass and build its drivetrain."""
    given = plan.vehicles[vehicle]
    for shop in plan.shops_of(plant):
        row = plan.shops[shop]
        if plan.work(vehicle, plant, shop) == 0:
            continue
        most, mass = row["mass_max_kg"], given["mass_kg"]
        if most is not None and mass is not None and mass > most:
            return False
        able = (row["drivetrains"] or "").split()
        if able and given["drivetrain"] not in able:
            return False
    return True


def least_rows(plan: Plan, limit: Any) -> None:
    """Least cars of a month in which a launch runs; ``limit`` says what its ramp allows."""
    for row in plan.rows("launch_windows"):
        a = row["vehicle"], row["plant"]
        for t in range(plan.count):
            if row["min_per_month"] is not None and on(plan, *a, t):
                plan.program.row(
                    {("make", *a, t): 1.0}, min(row["min_per_month"], limit(*a, t)), INF
                )
