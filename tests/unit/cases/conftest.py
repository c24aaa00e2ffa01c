"""The shipped case busan and its plan, read and solved once."""

import pytest

from motorworks.case.case import Case
from motorworks.io.case_folder import find_case, read_case
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult


@pytest.fixture(scope="session")
def busan() -> Case:
    """The case busan as shipped."""
    return read_case(find_case("busan"))


@pytest.fixture(scope="session")
def busan_plan(busan: Case) -> PlanResult:
    """Its plan, without scenario."""
    return solve_plan(busan)
