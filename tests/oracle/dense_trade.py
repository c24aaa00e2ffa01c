"""Agreements, lanes, ports, age and the published plan, as choices see them."""

from typing import Any

from tests.oracle.dense_figures import INF
from tests.oracle.dense_plan import Plan
from tests.oracle.dense_program import Name, Terms

BY_SEA = ("roro", "container")


def firm(plan: Plan) -> list[dict[str, Any]]:
    """Agreements that bind the plan."""
    return [row for row in plan.rows("agreements") if row["status"] == "firm"]


def touches(plan: Plan, deal: dict[str, Any], t: int) -> bool:
    """Whether an agreement holds on a day of a month."""
    days = plan.calendar.days_of(t)
    return any(plan.calendar.inside(day, deal["start"], deal["end"]) for day in days)


def options(plan: Plan) -> dict[Name, list[Any]]:
    """First month without each agreement, and whether anything sails on lanes with a lot."""
    found: dict[Name, list[Any]] = {}
    for deal in firm(plan):
        if deal["exit_cost"] is not None:
            first = max(1, deal["notice_months"] or 0)
            months = [u for u in range(first, plan.count) if touches(plan, deal, u)]
            found["exit", deal["agreement"]] = [None, *months]
    for lane, row in plan.lanes.items():
        if row["min_lot_ceu"] and any(at == lane for _, at in plan.flows):
            found |= {("sail", lane, t): [False, True] for t in range(plan.count)}
    return found


def ended(plan: Plan, deal: dict[str, Any], t: int) -> bool:
    """Whether an agreement has been left by a month."""
    left = plan.chosen.get(("exit", deal["agreement"]))
    return left is not None and t >= left


def forbidden(plan: Plan, vehicle: str, plant: str, t: int) -> bool:
    """Whether an agreement left keeps a vehicle from being built."""
    return any(
        (deal["vehicle"], deal["plant"]) == (vehicle, plant)
        and touches(plan, deal, t) and ended(plan, deal, t)
        for deal in firm(plan)
    )  # fmt: skip


def exit_costs(plan: Plan) -> float:
    """Paid for agreements left."""
    total = 0.0
    for deal in firm(plan):
        left = plan.chosen.get(("exit", deal["agreement"]))
        if left is not None:
            total += deal["exit_cost"] * plan.fx(deal["currency"], left)
    return total


def published(plan: Plan) -> dict[Name, float]:
    """The published plan of allocations, in the horizon."""
    return {
        (row["vehicle"], row["plant"], plan.at[row["month"]]): row["units"]
        for row in plan.rows("published_plan")
        if row["month"] in plan.at and (row["vehicle"], row["plant"]) in plan.made
    }


def flex_rows(plan: Plan) -> None:
    """How far months of an agreement may move from the published plan."""
    for deal in firm(plan):
        for (i, p, t), units in published(plan).items():
            if (i, p) != (deal["vehicle"], deal["plant"]):
                continue
            band = _band(plan, deal, t)
            if band is not None and touches(plan, deal, t) and not ended(plan, deal, t):
                least, most = units * (1 - band[0] / 100), units * (1 + band[1] / 100)
                plan.program.row({("make", i, p, t): 1.0}, least, most)


def _band(plan: Plan, deal: dict[str, Any], t: int) -> tuple[float, float] | None:
    """Per cent down and up in a month."""
    if t < (deal["freeze_months"] or 0):
        return 0.0, 0.0
    bands = [row for row in plan.rows("flex_bands") if row["agreement"] == deal["agreement"]]
    if not bands:
        flex = deal["flex_pct"]
        return None if flex is None else (flex, flex)
    reached = [row for row in bands if row["months_ahead"] <= t]
    if not reached:
        return None
    row = max(reached, key=lambda row: int(row["months_ahead"]))
    return row["down_pct"], row["up_pct"]


def lane_ceu(plan: Plan, lane: str, t: int) -> Terms:
    """Space that the cars of a lane take in a month."""
    return {("ship", i, at, t): plan.vehicles[i]["ceu"] for i, at in plan.flows if at == lane}


def space_rows(plan: Plan) -> None:
    """Space held and spot space."""
    for lane in plan.lanes:
        for t in range(plan.count):
            held = plan.found("sailings", t, lane=lane)
            if held is None:
                continue
            terms = lane_ceu(plan, lane, t)
            offer = plan.found("spot_space", t, lane=lane)
            if offer is not None:
                premium = offer["premium"] * plan.fx(offer["currency"], t)
                plan.program.add(("spot", lane, t), -premium, offer["ceu"])
                terms["spot", lane, t] = -1.0
            most = held["sailings_per_month"] * held["allotment_ceu"]
            plan.program.row(terms, -INF, most)


def lot_rows(plan: Plan) -> None:
    """All or nothing on lanes with a least lot."""
    for key, sails in plan.chosen.items():
        if key[0] == "sail":
            _, lane, t = key
            least, most = (plan.lanes[lane]["min_lot_ceu"], INF) if sails else (0.0, 0.0)
            plan.program.row(lane_ceu(plan, lane, t), least, most)


def port_rows(plan: Plan) -> None:
    """Cars that stand at a port."""
    for row in plan.rows("ports"):
        share = row["dwell_days"] / 30.4375
        for t in range(plan.count):
            terms: Terms = {}
            under_way = 0.0
            for lane, given in plan.lanes.items():
                if given["mode"] not in BY_SEA:
                    continue
                if plan.plants[given["plant"]]["port"] == row["port"]:
                    for i, at in plan.flows:
                        if at == lane:
                            _add(terms, ("ship", i, lane, t), share)
                if plan.markets[given["market"]]["port"] == row["port"]:
                    _add_arrivals(plan, terms, lane, t, share)
                    under_way += share * incoming(plan, lane, t)
            plan.program.row(terms, -INF, row["slots"] - under_way)


def incoming(plan: Plan, lane: str, t: int) -> float:
    """Cars under way at the start that arrive on a lane in a month."""
    return sum(
        row["units"] for row in plan.rows("in_transit")
        if row["lane"] == lane and plan.calendar.month_number(row["arrives"]) == t
    )  # fmt: skip


def _add(terms: Terms, name: Name, factor: float) -> None:
    terms[name] = terms.get(name, 0.0) + factor


def _add_arrivals(
    plan: Plan, terms: Terms, lane: str, t: int, factor: float, vehicle: str | None = None
) -> None:
    whole, part = plan.lag(lane)
    for i, at in plan.flows:
        if at != lane or vehicle not in (None, i):
            continue
        for left, share in ((t - whole, 1 - part), (t - whole - 1, part)):
            if left >= 0:
                _add(terms, ("ship", i, lane, left), factor * share)


def age_rows(plan: Plan) -> None:
    """Nothing stands longer than it may, with first in, first out."""
    for i, p in plan.stores:
        age = plan.plants[p]["stock_age_months"]
        for t in range(plan.count) if age is not None else ():
            terms = {("stock", i, p, t): 1.0}
            if (i, p) in plan.made:
                terms |= {("make", i, p, v): -1.0 for v in range(max(0, t - age + 1), t + 1)}
            old = plan.opening.get((i, p), 0.0) if t - age + 1 <= -1 else 0.0
            plan.program.row(terms, -INF, old)
    for i, m in plan.pairs:
        age = plan.markets[m]["stock_age_months"]
        for t in range(plan.count) if age is not None else ():
            terms = {("mstock", i, m, t): 1.0}
            most = plan.opening.get((i, m), 0.0) if t - age + 1 <= -1 else 0.0
            for v in range(max(0, t - age + 1), t + 1):
                for lane in plan.lanes_to(i, m):
                    _add_arrivals(plan, terms, lane, v, -1.0, i)
                most += plan.incoming[i, m, v]
            plan.program.row(terms, -INF, most)


def change_columns(plan: Plan) -> None:
    """Cars more and less than published, where that costs."""
    penalty = plan.case.info.plan.get("change_penalty", 0)
    for key, units in published(plan).items() if penalty > 0 else ():
        plan.program.add(("more", *key), -penalty)
        plan.program.add(("less", *key), -penalty)
        terms = {("more", *key): 1.0, ("less", *key): -1.0, ("make", *key): -1.0}
        plan.program.row(terms, -units, -units)


def freeze_rows(plan: Plan) -> None:
    """The first months stay as published."""
    frozen = plan.case.info.plan.get("freeze_months", 0)
    for key, units in published(plan).items():
        if key[2] < frozen:
            plan.program.row({("make", *key): 1.0}, units, units)
