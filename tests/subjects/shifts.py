"""Shift patterns to choose from and extra hours of a random case."""

from motorworks.case.records import sites
from motorworks.case.records.choices import ShiftOption, Workforce
from tests.subjects.draft import Draft


def shift_options(draft: Draft) -> None:
    """Plants that choose their pattern month by month; some with extra hours."""
    for pattern in draft.of(sites.ShiftPattern):
        number = 30 if pattern.pattern == "one" else 55
        least = draft.rng.choice([None, 0, 12 * draft.rng.uniform(5, 60)])
        cost = draft.money("cost_per_hour", 400) if draft.odds(0.6) else {}
        draft.change(pattern, heads=number, volume_min=least, **cost)
    if draft.odds(0.4):
        draft.add(sites.ShiftPattern(pattern="rest", name="rest", shifts_per_day=0,
                                     minutes_per_shift=0, days_per_week=5, heads=4))  # fmt: skip
    plants = draft.of(sites.Plant)
    for plant in draft.some(plants, 0.2 if draft.months < 4 else 0):
        for pattern in draft.of(sites.ShiftPattern):
            draft.add(ShiftOption(plant=plant.plant, pattern=pattern.pattern))
        if draft.odds(0.75):
            draft.add(_workforce(draft, plant.plant))


def workforces(draft: Draft) -> None:
    """Plants with extra hours on top of the pattern of their calendar."""
    there = {row.plant for row in draft.of(Workforce)}
    for plant in draft.some(draft.of(sites.Plant)):
        if plant.plant not in there:
            draft.add(_workforce(draft, plant.plant))


def _workforce(draft: Draft, plant: str) -> Workforce:
    pay = draft.money("head_cost", 4_000)
    hour = pay["head_cost"] / 10
    return Workforce(
        plant=plant, notice_months=draft.rng.choice([0, 0, 1, 2]),
        min_stay_months=draft.rng.choice([1, 1, 2, 3]), head_cost=pay["head_cost"],
        hire_cost=pay["head_cost"] * draft.rng.choice([0, 2]),
        release_cost=pay["head_cost"] * draft.rng.choice([0, 3]),
        overtime_hours_max=draft.rng.choice([0, 25]), overtime_cost=hour,
        weekend_hours_max=draft.rng.choice([0, 16]), weekend_cost=hour * 1.5,
        account_hours=draft.rng.choice([0, 20, 60]), currency=pay["currency"],
    )  # fmt: skip
