"""Settings of the stage plan: the table ``[plan]`` of ``case.toml``."""

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from motorworks.case.column import LARGEST
from motorworks.case.complaints import section_problems, written_as_number
from motorworks.case.info import CaseInfo
from motorworks.errors import Problem

Objective = Literal["agreements", "demand", "margin", "carbon", "smoothness"]

OBJECTIVES: tuple[Objective, ...] = get_args(Objective)


class PlanParams(BaseModel):
    """What may be tuned in the plan; money in the reporting currency.

    Examples
    --------
    >>> PlanParams().late_months
    2
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    lost_penalty: float = Field(1000.0, ge=0, le=LARGEST, description="Goodwill lost per lost sale")
    late_penalty: float = Field(
        200.0, ge=0, le=LARGEST, description="Cost per vehicle and month late"
    )
    late_months: int = Field(2, ge=0, le=24, description="Most months that a customer waits")
    capital_rate_pct: float = Field(8.0, ge=0, le=100, description="Cost of capital, % a year")
    end_value_pct: float = Field(
        90.0, ge=0, le=100, description="Share of value kept by cars unsold at the end, %"
    )
    end_cover_months: float = Field(
        0.0, ge=0, le=24, description="Months of demand, on top of those at sea, that keep it"
    )
    objectives: tuple[Objective, ...] = Field(
        ("margin",), min_length=1, description="What is optimised, most important first"
    )
    tolerance_pct: float = Field(
        0.1, ge=0, le=100, description="What an earlier objective may give up for the next, %"
    )
    freeze_months: int = Field(
        0, ge=0, le=600, description="Months in which the published plan may not change"
    )
    change_penalty: float = Field(
        0.0, ge=0, le=LARGEST, description="Cost of a car more or less than in the published plan"
    )
    carbon_price: float = Field(0.0, ge=0, le=LARGEST, description="Cost of a tonne of carbon")
    gap_pct: float = Field(
        0.1, ge=0, le=100, description="Stop when proven within this of the best plan, %"
    )
    time_limit_s: float | None = Field(None, gt=0, description="Most seconds for the solver")

    @field_validator("objectives", mode="before")
    @classmethod
    def _is_a_list_of_objectives(cls, value: object) -> object:
        known = ", ".join(OBJECTIVES)
        if not isinstance(value, list | tuple) or not value:
            msg = f"must be a list of some of {known}, most important first"
            raise ValueError(msg)
        unknown = [str(name) for name in value if name not in OBJECTIVES]
        if unknown:
            msg = f"must be a list of some of {known}; {', '.join(unknown)} is none of them"
            raise ValueError(msg)
        if len(set(value)) < len(value):
            msg = "must name no objective twice"
            raise ValueError(msg)
        return value

    @field_validator("*", mode="before")
    @classmethod
    def _is_written_as_a_number(cls, value: object, info: ValidationInfo) -> object:
        return value if info.field_name == "objectives" else written_as_number(value)


def setting_problems(info: CaseInfo) -> list[Problem]:
    """What is wrong with the settings of the plan in ``case.toml``."""
    return section_problems(info.plan, PlanParams, "plan")
