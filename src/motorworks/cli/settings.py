"""Settings of the stages in ``case.toml``, held against what each stage declares."""

from pydantic import ValidationError

from motorworks.case.info import CaseInfo
from motorworks.errors import Problem
from motorworks.io.toml import problems_of
from motorworks.plan.params import PlanParams


def setting_problems(info: CaseInfo) -> list[Problem]:
    """What is wrong with the sections of ``case.toml`` that belong to stages."""
    try:
        PlanParams(**info.plan)
    except ValidationError as error:
        return problems_of(error, PlanParams, "case.toml", section="plan")
    return []
