"""Launches, rules between them, sites and conversions of a random case."""

from itertools import combinations

from motorworks.case.records import products as pr
from motorworks.case.records import programme as pg
from motorworks.case.records import sites
from motorworks.case.records.choices import Conversion, LaunchWindow, LineRule, SiteWindow
from tests.subjects.draft import Draft


def launches(draft: Draft) -> None:
    """Some allocations start, and maybe end, when the plan chooses; once for a case."""
    if draft.of(LaunchWindow):
        return
    for row in draft.some(draft.of(pg.Allocation), 0.4):
        costs = draft.money("capex", 90_000) if draft.odds(0.7) else {}
        row = draft.change(row, lead_months=draft.rng.choice([None, 0, 1]), **costs)
        early = min(draft.rng.randrange(draft.months) for _ in range(2))
        late = draft.rng.choice([None, draft.rng.randint(early, draft.months)])
        fixed = draft.money("fixed_cost", 15_000) if draft.odds() else {}
        draft.add(
            LaunchWindow(
                vehicle=row.vehicle, plant=row.plant, earliest=draft.month(early),
                latest=None if late is None else draft.month(late), optional=draft.odds(0.4),
                min_per_month=draft.rng.choice([None, None, 5, 30]),
                min_run_months=draft.rng.choice([0, 0, 1, 2]), **_ends(draft, early), **fixed,
            )
        )  # fmt: skip


def _ends(draft: Draft, early: int) -> dict[str, str]:
    """When a launch may end, perhaps."""
    first = draft.rng.randint(early, draft.months - 1)
    return draft.rng.choice([
        {},
        {"end_earliest": draft.month(first)},
        {"end_earliest": draft.month(first), "end_latest": draft.some_month(first, 1)},
        {"end_latest": draft.some_month(first, 1)},
    ])  # fmt: skip


def line_rules(draft: Draft) -> None:
    """Launches, and what may or must run together."""
    launches(draft)
    allocated = draft.of(pg.Allocation)
    pairs = [(a, b) for a, b in combinations(allocated, 2) if a.plant == b.plant]
    for number, (one, other) in enumerate(draft.some(pairs)):  # type: ignore[type-var]
        draft.add(
            LineRule(
                rule=f"rule-{number}", plant=one.plant, vehicle=one.vehicle, other=other.vehicle,
                kind=draft.rng.choice(["apart", "together"]),
            )
        )  # fmt: skip


def models(draft: Draft) -> None:
    """Launches, at plants and in shops that take one model or platform, or two."""
    launches(draft)
    draft.add(pr.Platform(platform="q", name="q"))
    for vehicle in draft.of(pr.Vehicle):
        draft.change(vehicle, platform=draft.rng.choice("pq"), model=draft.maker.maybe("same"))
    for place in [*draft.some(draft.of(sites.Plant)), *draft.some(draft.of(sites.Shop), 0.3)]:
        column = draft.rng.choice(["models_max", "platforms_max"])
        draft.change(place, **{column: draft.rng.choice([1, 1, 2])})


def site_windows(draft: Draft) -> None:
    """Plants and shops that open or close."""
    plants = [(row.plant, None) for row in draft.of(sites.Plant)]
    shops = [(row.plant, row.shop) for row in draft.of(sites.Shop)]
    chosen = draft.rng.sample([*plants, *plants, *shops], draft.rng.choice([1, 1, 2]))
    for plant, shop in dict.fromkeys(chosen):
        there = draft.odds(0.4)
        early = draft.rng.randrange(draft.months)
        amounts = draft.money("capex", 300_000)
        draft.add(
            SiteWindow(
                site=shop or plant, plant=plant, shop=shop, open_at_start=there,
                optional=draft.odds(0.7), closable=there or draft.odds(0.3),
                earliest=draft.maker.maybe(draft.month(early)),
                latest=draft.maker.maybe(draft.some_month(early, 1)),
                lead_months=draft.rng.choice([0, 0, 1]), capex=amounts["capex"],
                fixed_cost=amounts["capex"] / 10, close_cost=amounts["capex"] / 20,
                currency=amounts["currency"],
            )
        )  # fmt: skip


def conversions(draft: Draft) -> None:
    """Plants that stand still for some weeks, some of them before a start that is chosen."""
    launches(draft)
    windows = draft.of(LaunchWindow)
    for number in range(draft.rng.choice([1, 1, 2])):
        early = draft.rng.randrange(draft.months)
        window = draft.rng.choice([None, *windows])
        plant = draft.rng.choice(draft.of(sites.Plant)).plant if window is None else window.plant
        draft.add(
            Conversion(
                conversion=f"works-{number}", plant=plant,
                vehicle=None if window is None else window.vehicle,
                weeks=draft.rng.choice([0.5, 1, 2.5, 4, 6]),
                earliest=draft.maker.maybe(draft.month(early)),
                latest=draft.maker.maybe(draft.some_month(early, 1)), **draft.money("cost", 50_000),
            )
        )  # fmt: skip
