"""Settings of the plan: defaults, bounds, and keys that do not exist."""

import pytest
from pydantic import ValidationError

from motorworks.io.case_folder import find_case, read_case
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import solve_plan


def test_an_empty_table_is_the_defaults() -> None:
    """What the pages on the plan model call a default is one."""
    assert PlanParams().model_dump() == {
        "lost_penalty": 1000.0,
        "late_penalty": 200.0,
        "late_months": 2,
        "capital_rate_pct": 8.0,
        "end_value_pct": 90.0,
        "end_cover_months": 0.0,
        "objectives": ("margin",),
        "tolerance_pct": 0.1,
        "freeze_months": 0,
        "change_penalty": 0.0,
        "carbon_price": 0.0,
        "gap_pct": 0.1,
        "time_limit_s": None,
    }


def test_a_case_without_settings_is_planned_with_the_defaults() -> None:
    """An empty table ``[plan]`` and one that repeats the defaults give the same plan."""
    tiny = read_case(find_case("tiny"))
    silent = solve_plan(tiny.with_info(plan={}))
    said = solve_plan(tiny.with_info(plan=PlanParams().model_dump(exclude={"time_limit_s"})))
    assert silent.margin == said.margin
    assert silent.settings == said.settings == PlanParams().model_dump()


@pytest.mark.parametrize(
    "wrong",
    [
        {"late_month": 3},
        {"lost_penalty": -1},
        {"late_months": 2.5},
        {"end_value_pct": 101},
        {"time_limit_s": 0},
        {"capital_rate_pct": "much"},
        {"late_months": "2"},
        {"late_months": True},
        {"objectives": []},
        {"objectives": ["profit"]},
        {"objectives": "margin"},
        {"objectives": ["margin", "margin"]},
        {"objectives": [["margin"]]},
        {"gap_pct": -1},
        {"freeze_months": 0.5},
        {"lost_penalty": float("inf")},
    ],
)
def test_unknown_keys_and_impossible_values_are_refused(wrong: dict[str, object]) -> None:
    """A slip of the pen in the settings is an error that names the key."""
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        PlanParams(**wrong)


@pytest.mark.parametrize("wrong", ["margin", [], ["margin", "profit"], 1, [["margin"]]])
def test_objectives_that_are_none_are_told_once_with_what_they_may_be(wrong: object) -> None:
    """Whatever is wrong with them, the list of names is what helps."""
    with pytest.raises(ValidationError, match="agreements, demand, margin, carbon") as caught:
        PlanParams(objectives=wrong)
    assert caught.value.error_count() == 1


def test_settings_do_not_change_once_made() -> None:
    """Settings travel with the result, so nobody may edit them."""
    with pytest.raises(ValidationError, match="frozen"):
        PlanParams().late_months = 3
