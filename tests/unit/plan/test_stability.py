"""The published plan: frozen months, and the price of changes."""

import pytest

from motorworks.case.case import Case
from motorworks.case.check import check_case
from motorworks.case.records.programme import PublishedPlan
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult
from tests.unit.plan.small_case import PROFIT, STANDING, published, small_case


def _solved(case: Case) -> PlanResult:
    assert check_case(case) == []
    return solve_plan(case)


def _built(result: PlanResult) -> list[float]:
    return [round(units, 6) for units in result.table("production")["units"]]


def test_frozen_months_are_as_published() -> None:
    """Two months stay at 80 of 100 wanted; from March on the plan is free."""
    result = _solved(small_case([100] * 4, *published(80, 80, 80, 80), plan={"freeze_months": 2}))
    assert _built(result) == [80, 80, 100, 100]
    assert result.table("changes")["published"].to_list() == [80, 80, 80, 80]
    assert result.table("changes")["units"].to_list() == pytest.approx([80, 80, 100, 100])


def test_months_that_nobody_published_are_free_in_the_freeze() -> None:
    """A freeze holds rows of the published plan, and only rows inside the horizon."""
    before = PublishedPlan(vehicle="car", plant="works", month="2024-12", units=7)
    rows = [before, *published(80)]
    result = _solved(small_case([100, 100], *rows, plan={"freeze_months": 2}))
    assert _built(result) == [80, 100]
    assert result.table("changes").height == 1


def test_a_change_is_made_where_it_earns_more_than_it_costs() -> None:
    """A car more earns 4,900: at 4,899 a change all are built, at 4,901 none is added."""
    for penalty, built in ((PROFIT - 1, 100), (PROFIT + 1, 80)):
        case = small_case([100, 100], *published(80), plan={"change_penalty": penalty})
        result = _solved(case)
        assert _built(result)[0] == built
        parts = dict(result.table("objective").iter_rows())
        assert parts["plan_change"] == pytest.approx(-penalty * (built - 80))


def test_less_than_published_costs_as_much_as_more() -> None:
    """40 too many stand for a month until sold, at 1 each; moving them costs two changes each."""
    for penalty, built in ((STANDING / 4, [60, 100]), (STANDING, [100, 60])):
        case = small_case([60, 100], *published(100, 60), plan={"change_penalty": penalty})
        assert _built(_solved(case)) == built


def test_without_a_price_nothing_is_charged() -> None:
    """The published plan then is only shown beside the plan."""
    result = _solved(small_case([100], *published(80)))
    assert _built(result) == [100]
    assert dict(result.table("objective").iter_rows())["plan_change"] == 0.0
