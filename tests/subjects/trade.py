"""Agreements, lanes, ports, ages and the published plan of a random case."""

from motorworks.case.records import markets as mk
from motorworks.case.records import programme as pg
from motorworks.case.records import sites
from motorworks.case.records import trade as td
from tests.subjects.draft import Draft


def _agreements(draft: Draft) -> list[pg.Agreement]:
    """Agreements that bind in the horizon, one for each of some allocations; once for a case."""
    known = draft.of(pg.Agreement)
    if any(row.principal == "x" for row in known):
        return known
    draft.drop(*known)
    for row in draft.some(draft.of(pg.Allocation)):
        draft.add(
            pg.Agreement(
                agreement=f"deal-{row.vehicle}-{row.plant}", name="a", principal="x", maker="o",
                vehicle=row.vehicle, plant=row.plant, start=f"{draft.some_month(-1)}-11",
                end=draft.maker.maybe(draft.month(draft.months)), status="firm",
                min_per_year=draft.maker.maybe(draft.rng.uniform(100, 900)),
                max_per_year=draft.maker.maybe(draft.rng.uniform(900, 2000)),
                take_or_pay_pct=draft.rng.choice([100, 50]), fee=500,
                **draft.money("shortfall_cost", 9_000),
            )
        )  # fmt: skip
    return draft.of(pg.Agreement)


def publish(draft: Draft) -> None:
    """A plan given out before, where there is none yet."""
    if draft.of(pg.PublishedPlan):
        return
    for row in draft.some(draft.of(pg.Allocation), 0.7):
        for t in range(-1, draft.months + 1):
            if draft.odds(0.7):
                units = draft.rng.choice([0, draft.rng.uniform(0, 25)])
                draft.add(
                    pg.PublishedPlan(
                        vehicle=row.vehicle, plant=row.plant, month=draft.month(t), units=units
                    )
                )


def flexibility(draft: Draft) -> None:
    """Agreements whose months may move so far from the published plan."""
    publish(draft)
    for deal in _agreements(draft):
        draft.change(
            deal, flex_pct=draft.maker.maybe(draft.rng.choice([10, 50, 150])),
            freeze_months=draft.rng.choice([None, 0, 1]),
        )  # fmt: skip
        reach = draft.rng.randrange(2)
        for ahead in range(reach, reach + draft.rng.choice([0, 0, 1, 2])):
            draft.add(
                pg.FlexBand(
                    agreement=deal.agreement, months_ahead=ahead,
                    down_pct=draft.rng.choice([0, 20, 100]), up_pct=draft.rng.choice([0, 30, 200]),
                )
            )  # fmt: skip


def exits(draft: Draft) -> None:
    """Agreements that may be ended."""
    for deal in _agreements(draft):
        cost = draft.rng.choice([0, deal.shortfall_cost * draft.rng.uniform(1, 40)])
        draft.change(deal, exit_cost=cost, notice_months=draft.rng.choice([None, 0, 1, 2]),
                     min_per_year=draft.rng.uniform(300, 3000), max_per_year=None)  # fmt: skip


def spot_space(draft: Draft) -> None:
    """Space on lanes beyond what is held."""
    held = {row.lane for row in draft.of(td.Sailing)}
    for lane in draft.some(draft.of(td.Lane)):
        if lane.lane not in held:
            draft.add(td.Sailing(lane=lane.lane, start=draft.month(0),
                                 sailings_per_month=1, allotment_ceu=15))  # fmt: skip
        for start in draft.maker.steps():
            draft.add(td.SpotSpace(lane=lane.lane, start=start, ceu=draft.rng.uniform(0, 60),
                                   **draft.money("premium", 700)))  # fmt: skip


def lots(draft: Draft) -> None:
    """A lane on which little is not worth a ship."""
    lanes = draft.of(td.Lane)
    for lane in draft.some(lanes, 0.3 if draft.months < 3 else 0):
        draft.change(lane, min_lot_ceu=draft.rng.choice([0, 8, 40, 40]))


def ports(draft: Draft) -> None:
    """Ports with room for so many cars, and lanes of all modes."""
    codes = ("KRPUS", "DEBRV", "USLAX")
    for code in codes:
        if draft.odds(0.7):
            draft.add(td.Port(port=code, name=code, slots=draft.rng.uniform(10, 60),
                              dwell_days=draft.rng.choice([0, 9, 30])))  # fmt: skip
    there = [row.port for row in draft.of(td.Port)] or [None]
    for place in (*draft.of(sites.Plant), *draft.of(mk.Market)):
        draft.change(place, port=draft.maker.maybe(draft.rng.choice(there), 0.8))
    for lane in draft.of(td.Lane):
        draft.change(lane, mode=draft.rng.choice(["roro", "container", "roro", "rail", "truck"]))


def ages(draft: Draft) -> None:
    """Cars that may not stand for long."""
    for place in draft.some([*draft.of(sites.Plant), *draft.of(mk.Market)]):
        draft.change(place, stock_age_months=draft.rng.choice([1, 1, 2, 3]))


def stability(draft: Draft) -> None:
    """A published plan that may not change at first, and costs to change later."""
    publish(draft)
    draft.settings |= {
        "freeze_months": draft.rng.choice([0, 0, 0, 1, 2]),
        "change_penalty": draft.rng.choice([0, 300, 20_000]),
    }
