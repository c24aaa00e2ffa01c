"""What the product makes of a case that an oracle solves, too."""

from motorworks.case.case import Case
from motorworks.errors import InfeasibleError
from motorworks.plan.solve import solve_plan
from motorworks.result.verify import verify_plan


def margin_of(case: Case) -> float | None:
    """The plan's margin, verified; None where no plan meets all rules."""
    try:
        result = solve_plan(case)
    except InfeasibleError:
        return None
    verified = verify_plan(case, result)
    assert verified.clean, str(verified)
    return result.margin
