"""The day of Busan that the main job puts in order: what is drawn from the plan, and its rules."""

from collections import Counter
from unittest.mock import patch

import pytest

from motorworks.case.case import Case
from motorworks.result.days import DaySequence, DaysResult
from motorworks.result.plan import PlanResult
from motorworks.result.verify.days import verify_days
from motorworks.sequence import days as stage
from tests.unit.sequence.drawn import backwards


@pytest.fixture(scope="module")
def days(busan: Case, busan_plan: PlanResult) -> DaysResult:
    """The day by default and the one before it, in the order of no search."""
    with patch.object(stage, "solve_sequence", backwards):
        return stage.sequence_days(busan, busan_plan.tables)


@pytest.fixture(scope="module")
def day(days: DaysResult) -> DaySequence:
    """The day by default."""
    return days.asked[0]


def test_the_day_is_the_first_of_the_first_full_month_of_the_polestar_4(days: DaysResult) -> None:
    """Production starts at the end of September 2025; the day before is the last of it."""
    assert [one.day.name for one in days.days] == ["2025-09-30", "2025-10-01"]


def test_the_day_is_an_eighteenth_of_its_month(day: DaySequence, busan_plan: PlanResult) -> None:
    """October has eighteen working days; each vehicle misses its share by less than a car."""
    month = busan_plan.table("production").filter(plant="busan", month="2025-10")
    cars = Counter(order.vehicle for order in day.orders)
    shares = dict(month.select("vehicle", "units").iter_rows())
    assert {name: abs(cars[name] - units / 18) < 1 for name, units in shares.items()} == (
        dict.fromkeys(shares, True)
    )
    assert day.day.count == round(sum(shares.values()) / 18)


def test_the_orders_keep_plan_and_option_rules(
    busan: Case, busan_plan: PlanResult, days: DaysResult
) -> None:
    """Only cars for the United Kingdom have the wheel on the right, and all of those do."""
    found = verify_days(busan, busan_plan, days)
    assert found.clean, str(found)
    assert {
        order.market for order in days.asked[0].orders
        if "right-hand-drive" in (order.options or "").split()
    } == {"united-kingdom"}  # fmt: skip


def test_options_and_colours_of_the_day_are_missed_by_a_car_at_most(day: DaySequence) -> None:
    """Over all vehicles; a single vehicle may be a car and a half off."""
    for kind in ("option", "colour"):
        for name in {share.name for share in day.shares if share.kind == kind}:
            own = [share for share in day.shares if share.name == name]
            assert abs(sum(one.wanted - one.drawn for one in own)) <= 1.0
            assert all(abs(one.wanted - one.drawn) <= 2.0 for one in own)


def test_only_rules_that_need_no_more_than_ratios_and_colours_count(day: DaySequence) -> None:
    """So the main job stays quick; the even spread is on record and not ranked."""
    assert [one.name for one in day.day.objectives] == ["high", "colour", "low"]
    assert len(day.day.ratios) == 7
    others = (day.day.in_a_row, day.day.places, day.day.stretches, day.day.links)
    assert others == ((), (), (), ())
    assert day.day.paint is not None
