"""Sites and conversions of the dense plan: what opens, closes, or stands still."""

import datetime as dt
from typing import Any

from tests.oracle.dense_plan import Plan
from tests.oracle.dense_program import Name


def options(plan: Plan) -> dict[Name, list[Any]]:
    """Opening and last month of every site, first month of every standstill."""
    found: dict[Name, list[Any]] = {}
    for row in plan.rows("site_windows"):
        found["site", row["site"]] = _spans(plan, row)
    for row in plan.rows("conversions"):
        found["halt", row["conversion"]] = _beginnings(plan, row)
    return found


def _window(plan: Plan, row: dict[str, Any]) -> list[int]:
    number = plan.calendar.month_number
    first = 0 if row["earliest"] is None else number(row["earliest"])
    last = plan.count - 1 if row["latest"] is None else number(row["latest"])
    return [u for u in range(plan.count) if first <= u <= last]


def _spans(plan: Plan, row: dict[str, Any]) -> list[tuple[int | None, int | None]]:
    last = plan.count - 1
    closings: list[int | None] = [None, *range(plan.count)] if row["closable"] else [None]
    if row["open_at_start"]:
        return [(None, v) for v in closings]
    months = [u for u in _window(plan, row) if u >= row["lead_months"]]
    found: list[tuple[int | None, int | None]] = [
        (u, v) for u in months for v in closings if v is None or u <= v
    ]
    late = row["latest"] is None or plan.calendar.month_number(row["latest"]) > last
    return [*found, (None, None)] if row["optional"] or late else found


def _beginnings(plan: Plan, row: dict[str, Any]) -> list[int | None]:
    months: list[int | None] = [*_window(plan, row)]
    if row["vehicle"] is None:
        return months
    if any((r["vehicle"], r["plant"]) == (row["vehicle"], row["plant"])
           for r in plan.rows("launch_windows")):  # fmt: skip
        return [None, *months]
    sop = plan.calendar.resolve(plan.made[row["vehicle"], row["plant"]]["start"])
    return [u for u in months if u is not None and _over_by(plan, row, u, sop)]


def _over_by(plan: Plan, row: dict[str, Any], u: int, day: dt.date) -> bool:
    return (day - plan.calendar.days_of(u)[0]).days >= 7 * row["weeks"]


def allowed(plan: Plan) -> bool:
    """Whether every standstill precedes the start that it is for."""
    for row in plan.rows("conversions"):
        launch = plan.chosen.get(("launch", row["vehicle"], row["plant"]))
        if launch is None:
            continue
        halt, start = plan.chosen["halt", row["conversion"]], launch[0]
        if (halt is None) != (start is None):
            return False
        if halt is not None and not _over_by(plan, row, halt, plan.calendar.days_of(start)[0]):
            return False
    return True


def up(plan: Plan, row: dict[str, Any], t: int) -> bool:
    """Whether a site is open in a month."""
    start, end = plan.chosen["site", row["site"]]
    there = row["open_at_start"] or (start is not None and start <= t)
    return there and (end is None or t <= end)


def plant_up(plan: Plan, plant: str, t: int) -> bool:
    """Whether a plant is open in a month."""
    rows = [r for r in plan.rows("site_windows") if r["plant"] == plant and r["shop"] is None]
    return all(up(plan, row, t) for row in rows)


def shop_up(plan: Plan, shop: str, t: int) -> bool:
    """Whether a shop and its plant are open in a month."""
    rows = [row for row in plan.rows("site_windows") if row["shop"] == shop]
    return plant_up(plan, plan.shops[shop]["plant"], t) and all(up(plan, row, t) for row in rows)


def halted_shares(plan: Plan, plant: str, t: int) -> list[float]:
    """Shares of a month's calendar hours that standstills take."""
    shares = []
    for row in plan.rows("conversions"):
        start = plan.chosen["halt", row["conversion"]]
        if row["plant"] != plant or start is None:
            continue
        first = plan.calendar.days_of(start)[0]
        days = plan.calendar.days_of(t)
        total = sum(plan.calendar.hours(plant, day) for day in days)
        lost = sum(
            plan.calendar.hours(plant, day) for day in days
            if 0 <= (day - first).days <= 7 * row["weeks"] - 1
        )  # fmt: skip
        shares.append(lost / total if total > 0 else 0.0)
    return shares


def costs(plan: Plan) -> float:
    """Months open, openings, closings and standstills."""
    total = 0.0
    for row in plan.rows("site_windows"):
        start, end = plan.chosen["site", row["site"]]
        for t in range(plan.count):
            total += row["fixed_cost"] * plan.fx(row["currency"], t) * up(plan, row, t)
        if start is not None:
            total += row["capex"] * plan.fx(row["currency"], start - row["lead_months"])
        if end is not None:
            total += row["close_cost"] * plan.fx(row["currency"], end)
    for row in plan.rows("conversions"):
        halt = plan.chosen["halt", row["conversion"]]
        if halt is not None:
            total += row["cost"] * plan.fx(row["currency"], halt)
    return total
