"""Ways out of a conflict: amounts in planners' words, each confirmed by a plan with it."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.case import Case, table_of
from motorworks.case.records.choices import LaunchWindow
from motorworks.plan.explain.conflict import find_conflicts
from motorworks.plan.explain.rules import Rule
from motorworks.plan.explain.ways import Way, ways_out
from motorworks.plan.explain.words import ease_words, month_words
from motorworks.plan.solve import solve_plan
from tests.unit.plan.explain.choosing import choosing_shifts, choosing_start
from tests.unit.plan.explain.over_pinned import TINY, has_a_plan, pin, pinned, system_of


def ways_of(case: Case) -> list[Way]:
    """Ways out of a case, cheapest first, each tried again by the test on the plain program."""
    system = system_of(case)
    conflicts = find_conflicts(system)
    assert conflicts
    ways = ways_out(system, conflicts)
    numbers = {rule: number for number, rule in enumerate(system.rules(system.every))}
    for way in ways:
        assert way.confirmed
        eased = np.zeros(len(system.every))
        eased[[numbers[ease.rule] for ease in way.eases]] = [ease.amount for ease in way.eases]
        if way.eases:
            assert has_a_plan(system.model_with(system.every, eased))
    margins = [way.margin for way in ways if way.margin is not None]
    assert len(margins) == len(ways)
    assert margins == sorted(margins, reverse=True)
    return ways


def texts(case: Case) -> list[str]:
    """Ways out in words."""
    return [way.text for way in ways_of(case)]


def test_a_shop_too_full_needs_hours_or_fewer_cars() -> None:
    """130 Alpha and 130 Beta where 230 fit: 30 fewer of either, or 24 hours at 1.25 an hour."""
    pins = [pin(vehicle, "north", "2025-01", 130) for vehicle in ("alpha", "beta")]
    assert texts(pinned(pins)) == [
        "30 fewer beta at north in January 2025",
        "24 more hours at north (north-line) in January 2025",
        "30 fewer alpha at north in January 2025",
    ]


def test_a_launch_too_late_is_told_as_such_with_the_pin_put_off() -> None:
    """Five Gamma in February: none, or two months later, or by another start and more packs."""
    found = texts(pinned([pin("gamma", "south", "2025-02", 5)]))
    assert "5 fewer gamma at south in February 2025" in found
    assert "5 gamma at south of February 2025 2 months later" in found
    assert ("5 more gamma at south than its launch allows in February 2025 and "
            "5 more units from pack-from-cell-works in February 2025") in found  # fmt: skip


def test_the_margin_of_a_way_is_that_of_the_plan_with_it() -> None:
    """Without the pin that a way cuts to nothing, the case is as it was."""
    ways = ways_of(pinned([pin("gamma", "south", "2025-02", 5)]))
    best = solve_plan(TINY).margin
    assert ways[0].margin == pytest.approx(best)
    both = [pin(vehicle, "north", "2025-01", 130) for vehicle in ("alpha", "beta")]
    ways = ways_of(pinned(both))
    fewer = next(way for way in ways if way.text.startswith("30 fewer alpha"))
    other = pinned([pin("alpha", "north", "2025-01", 100), pin("beta", "north", "2025-01", 130)])
    assert fewer.margin == pytest.approx(solve_plan(other).margin)


def test_notice_may_be_waived_where_shifts_are_chosen() -> None:
    """300 Alpha in the first month need a second shift, which needs a month's notice."""
    found = texts(pinned([pin("alpha", "north", "2025-01", 300)], choosing_shifts()))
    assert "no notice for leaving one-shift at north in January 2025" in found
    assert "70 fewer alpha at north in January 2025" in found


def test_a_launch_window_cannot_be_eased_by_an_amount() -> None:
    """The pin gives way, or what the launch allows; a month left out is not opened halfway."""
    case = choosing_start(earliest="2025-05", latest="2025-06")
    ways = ways_of(pinned([pin("gamma", "south", "2025-04", 80)], case))
    assert "80 fewer gamma at south in April 2025" in [way.text for way in ways]
    assert not any("launch_window" in ease.rule.family for way in ways for ease in way.eases)


@settings(deadline=None, max_examples=6)
@given(st.integers(231, 900), st.sampled_from(["alpha", "beta"]))
def test_cutting_a_pin_takes_just_what_is_too_much(least: int, vehicle: str) -> None:
    """Whatever is asked above the 230 of January, the cut brings it back to 230."""
    found = texts(pinned([pin(vehicle, "north", "2025-01", least)]))
    assert f"{least - 230} fewer {vehicle} at north in January 2025" in found


def test_amounts_are_said_as_planners_say_them() -> None:
    """Every family has its words; one that none are written for is told by its name."""
    system = system_of(TINY)
    rules = {
        "6 more yard slots at north in May 2025": Rule(
            "plant_yard", "north", "2025-05", "at most", 10, "slots"),
        "6 CEU more space on the lane north-away in May 2025": Rule(
            "lane_space", "north-away", "2025-05", "at most", 10, "CEU"),
        "6 more cars than the agreement x allows in 2025": Rule(
            "agreement_maximum", "x", "2025", "at most", 10, "vehicles"),
        "6 cars away from the frozen plan of x at y in May 2025": Rule(
            "freeze", "x at y", "2025-05", "at most", 10, "vehicles"),
        "6 t more than carbon_cap of all says in 2025": Rule(
            "carbon_cap", "all", "2025", "at most", 10, "t"),
        "6 fewer cars than wished": Rule("wish", "40 x at y", "", "at least", 40, "vehicles"),
    }  # fmt: skip
    assert [ease_words([(rule, 6.0)], system.data) for rule in rules.values()] == list(rules)
    yard = [Rule("plant_yard", "north", month, "at most", 10, "slots")
            for month in ("2025-01", "2025-02", "2025-03")]  # fmt: skip
    assert ease_words([(rule, 6.0) for rule in yard], system.data) == (
        "6 more yard slots at north over 3 periods, January 2025 to March 2025"
    )
    assert month_words("2025") == "2025"


def test_models_too_many_for_a_plant_are_told_without_the_bookkeeping_behind() -> None:
    """Two models at a plant for one, from April on: one more, or no start of the second."""
    window = LaunchWindow(vehicle="beta", plant="north", earliest="2025-01", latest="2025-04")
    plants = TINY.table("plants").with_columns(models_max=pl.lit(1, pl.Int64))
    case = TINY.replace(plants=plants, launch_windows=table_of(LaunchWindow, [window]))
    (conflict,) = find_conflicts(system_of(case))
    assert sorted(rule.family for rule in conflict.rules) == ["models_limit", "one_start"]
    assert sorted(texts(case)) == [
        "1 more models at north over 3 periods, April 2025 to June 2025",
        "no start of beta at north",
    ]
