"""Shifts of the dense plan: patterns chosen month by month, extra hours, the time account."""

from itertools import product
from typing import Any

from tests.oracle import dense_launches, dense_sites
from tests.oracle.dense_figures import INF
from tests.oracle.dense_plan import Plan
from tests.oracle.dense_program import Name, Terms


def workforce(plan: Plan, plant: str) -> dict[str, Any] | None:
    """The row of a plant in ``workforces``."""
    return next((row for row in plan.rows("workforces") if row["plant"] == plant), None)


def offered(plan: Plan, plant: str) -> list[str]:
    """Patterns that a plant may choose."""
    return [row["pattern"] for row in plan.rows("shift_options") if row["plant"] == plant]


def plant_site(plan: Plan, plant: str) -> dict[str, Any] | None:
    """The row of a plant that may open or close as a whole."""
    rows = (r for r in plan.rows("site_windows") if r["plant"] == plant and r["shop"] is None)
    return next(rows, None)


def options(plan: Plan) -> dict[Name, list[Any]]:
    """Patterns of all months, None while the plant is closed; months that save hours."""
    found: dict[Name, list[Any]] = {}
    for plant in plan.plants:
        patterns: list[str | None] = [*offered(plan, plant)]
        if patterns:
            if plant_site(plan, plant) is not None:
                patterns.append(None)
            every = product(patterns, repeat=plan.count)
            found["pattern", plant] = [way for way in every if _may_follow(plan, plant, way)]
        rules = workforce(plan, plant)
        if rules is not None and rules["account_hours"] > 0:
            found |= {("saving", plant, t): [False, True] for t in range(plan.count)}
    return found


def usual(plan: Plan, plant: str, t: int) -> str:
    """The pattern that the calendar has on the first day of a month."""
    step = plan.calendar.step(plant, plan.calendar.days_of(t)[0])
    assert step is not None
    return str(step["pattern"])


def _may_follow(plan: Plan, plant: str, way: tuple[str | None, ...]) -> bool:
    """Whether patterns keep the notice and the least stay."""
    rules = workforce(plan, plant) or {"notice_months": 0, "min_stay_months": 1}
    if plant_site(plan, plant) is None:
        bound = range(min(rules["notice_months"], plan.count))
        if any(way[t] != usual(plan, plant, t) for t in bound):
            return False
    for pattern in offered(plan, plant):
        before = [usual(plan, plant, 0), *way]
        switched = [way[t] == pattern != before[t] for t in range(plan.count)]
        for t in range(plan.count):
            since = switched[max(0, t - rules["min_stay_months"] + 1) : t + 1]
            if sum(since) > (way[t] == pattern):
                return False
    return True


def allowed(plan: Plan) -> bool:
    """Whether plants have a pattern in the months in which they are open, and in no other."""
    return all(
        (way[t] is not None) == dense_sites.plant_up(plan, key[1], t)
        for key, way in plan.chosen.items() if key[0] == "pattern"
        for t in range(plan.count)
    )  # fmt: skip


def hours(plan: Plan, plant: str, pattern: str | None, t: int) -> float:
    """Hours of a plant in a month, with a pattern or by the calendar."""
    days = plan.calendar.days_of(t)
    return sum(plan.calendar.hours(plant, day, pattern) for day in days)


def chosen_hours(plan: Plan, plant: str, t: int) -> float:
    """Hours of a plant in a month with the pattern chosen, without extra hours."""
    way = plan.chosen.get(("pattern", plant))
    if way is None:
        return hours(plan, plant, None, t)
    return 0.0 if way[t] is None else hours(plan, plant, way[t], t)


def capacity(plan: Plan, shop: str, t: int) -> float:
    """Capacity of a shop with the pattern chosen, without extra hours."""
    plant = plan.shops[shop]["plant"]
    way = plan.chosen.get(("pattern", plant))
    if way is not None and way[t] is None:
        return 0.0
    pattern = None if way is None else way[t]
    return sum(
        plan.calendar.hours(plant, day, pattern) * plan.calendar.pace(shop, day)
        for day in plan.calendar.days_of(t)
    )


def launch_limit(plan: Plan, vehicle: str, plant: str, t: int) -> float:
    """Launch limit for the start and the pattern chosen, without extra hours; 0 while not on."""
    if not dense_launches.on(plan, vehicle, plant, t):
        return 0.0
    way = plan.chosen.get(("pattern", plant))
    if way is not None and way[t] is None:
        return 0.0
    begun = dense_launches.begun(plan, vehicle, plant)
    return float(plan.limit(vehicle, plant, t, begun, None if way is None else way[t]))


def extra(plan: Plan, plant: str, t: int, factor: float) -> Terms:
    """Extra hours of a month times a factor, as they bound shops."""
    if workforce(plan, plant) is None:
        return {}
    paid = {(name, plant, t): factor for name in ("overtime", "weekend", "plus")}
    return {**paid, ("minus", plant, t): -factor}


def mean_pace(plan: Plan, shop: str, t: int) -> float:
    """Mean pace of a shop over the days of a month."""
    days = plan.calendar.days_of(t)
    return sum(plan.calendar.pace(shop, day) for day in days) / len(days)


def columns(plan: Plan) -> None:
    """Labour, extra hours and the account."""
    for plant in plan.plants:
        rules = workforce(plan, plant)
        if rules is None:
            continue
        for t in range(plan.count):
            fx = plan.fx(rules["currency"], t)
            is_up = dense_sites.plant_up(plan, plant, t) and chosen_hours(plan, plant, t) > 0
            saving = plan.chosen.get(("saving", plant, t))
            most = INF if is_up else 0.0
            weekend = rules["weekend_hours_max"] if is_up else 0.0
            less = chosen_hours(plan, plant, t) if is_up else 0.0
            plan.program.add(("overtime", plant, t), -rules["overtime_cost"] * fx, most)
            plan.program.add(("weekend", plant, t), -rules["weekend_cost"] * fx, weekend)
            plan.program.add(("plus", plant, t), 0.0, most if saving is True else 0.0)
            plan.program.add(("minus", plant, t), 0.0, less if saving is False else 0.0)
            # what the account holds above its lowest
            plan.program.add(("account", plant, t), 0.0, 2 * rules["account_hours"])
    plan.program.constant -= _labour(plan)


def _labour(plan: Plan) -> float:
    """Cost of heads and hours of the patterns chosen, and of changing heads."""
    total = 0.0
    rows = plan.keyed("shift_patterns")
    for key, way in plan.chosen.items():
        if key[0] != "pattern":
            continue
        plant = key[1]
        rules = workforce(plan, plant)
        site = plant_site(plan, plant)
        heads = {name: row["heads"] or 0 for name, row in rows.items()}
        before = heads[usual(plan, plant, 0)]
        if site is not None and not site["open_at_start"]:
            before = 0
        for t, pattern in enumerate(way):
            now = 0 if pattern is None else heads[pattern]
            if pattern is not None:
                hour = (rows[pattern]["cost_per_hour"] or 0.0) * plan.fx(
                    rows[pattern]["currency"], t
                )
                total += hour * hours(plan, plant, pattern, t)
            if rules is not None:
                fx = plan.fx(rules["currency"], t)
                total += rules["head_cost"] * now * fx
                total += rules["hire_cost"] * max(0, now - before) * fx
                total += rules["release_cost"] * max(0, before - now) * fx
            before = now
    return total


def rows(plan: Plan) -> None:
    """Extra hours, account, and the volume that justifies a pattern."""
    for plant in plan.plants:
        rules = workforce(plan, plant)
        for t in range(plan.count) if rules is not None else ():
            assert rules is not None
            both = {("overtime", plant, t): 1.0, ("plus", plant, t): 1.0}
            plan.program.row(both, -INF, rules["overtime_hours_max"])
            _account_rows(plan, plant, rules["account_hours"], t)
    patterns = plan.keyed("shift_patterns")
    for key, way in plan.chosen.items():
        for t, pattern in enumerate(way) if key[0] == "pattern" else ():
            least = 0.0 if pattern is None else (patterns[pattern]["volume_min"] or 0.0) / 12
            made = {("make", i, p, t): 1.0 for i, p in plan.made if p == key[1]}
            plan.program.row(made, least, INF)


def _account_rows(plan: Plan, plant: str, most: float, t: int) -> None:
    terms = {("account", plant, t): 1.0, ("plus", plant, t): -1.0, ("minus", plant, t): 1.0}
    if t:
        terms["account", plant, t - 1] = -1.0
    start = 0.0 if t else most
    plan.program.row(terms, start, start)
    if t == plan.count - 1 or plan.months[t].endswith("-12"):
        plan.program.row({("account", plant, t): 1.0}, most, most)


def launch_rows(plan: Plan) -> None:
    """Launch limits with extra hours, where a plant has a workforce."""
    for i, p in plan.made:
        for t in range(plan.count) if workforce(plan, p) is not None else ():
            most = launch_limit(plan, i, p, t)
            days = plan.calendar.days_of(t)
            if most == INF or not dense_launches.on(plan, i, p, t):
                continue
            paces = [plan.plateau(i, p, day) for day in days]
            rate = -sum(pace or 0.0 for pace in paces) / len(days)
            hourly = {(name, p, t): rate for name in ("overtime", "weekend", "plus")}
            plan.program.row({("make", i, p, t): 1.0, **hourly}, -INF, most)
