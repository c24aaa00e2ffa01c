"""The plans of the shipped cases hold, base and scenario alike."""

import pytest

from motorworks.io.case_folder import find_case, read_case
from motorworks.io.scenarios import resolve
from motorworks.plan.solve import solve_plan
from motorworks.result.verify import verify_plan


@pytest.mark.parametrize(("name", "scenarios"), [
    ("tiny", []), ("tiny", ["gamma-late"]), ("busan", []), ("busan", ["us-duty-25", "dates-late"]),
])  # fmt: skip
def test_plan_of_a_shipped_case_verifies_clean(name: str, scenarios: list[str]) -> None:
    """Nothing is wrong, and the most basic rules have each been put to the test."""
    folder = find_case(name)
    case, _ = resolve(read_case(folder), folder, scenarios)
    verification = verify_plan(case, solve_plan(case))
    assert verification.findings == ()
    for rule in ("launch", "shop_capacity", "lane_space", "market_balance", "component_balance"):
        assert verification.checked[rule] > 0


def test_plan_of_a_shipped_case_with_choices_verifies_clean() -> None:
    """Start and shifts chosen together: nothing is wrong, and their rules were put to the test."""
    folder = find_case("tiny")
    case, _ = resolve(read_case(folder), folder, ["choose-start", "choose-shifts"])
    verification = verify_plan(case, solve_plan(case))
    assert verification.findings == ()
    for rule in ("one_start", "launch_choice", "one_pattern", "heads"):
        assert verification.checked[rule] > 0
