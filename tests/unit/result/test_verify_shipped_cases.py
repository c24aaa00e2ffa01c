"""The plans of the shipped cases hold, base and scenario alike."""

import pytest

from motorworks.io.case_folder import find_case, read_case
from motorworks.io.scenarios import resolve
from motorworks.plan.solve import solve_plan
from motorworks.result.verify import verify_plan


@pytest.mark.parametrize(("name", "scenarios"), [
    ("tiny", []), ("tiny", ["gamma-late"]), ("tiny", ["choose-start", "choose-shifts"]),
    ("busan", []), ("busan", ["us-duty-25", "dates-late"]),
])  # fmt: skip
def test_plan_of_a_shipped_case_verifies_clean(name: str, scenarios: list[str]) -> None:
    """Nothing is wrong, and the most basic rules have each been put to the test."""
    folder = find_case(name)
    case, _ = resolve(read_case(folder), folder, scenarios)
    verification = verify_plan(case, solve_plan(case))
    assert verification.findings == ()
    for rule in ("launch", "shop_capacity", "lane_space", "market_balance", "component_balance"):
        assert verification.checked[rule] > 0
