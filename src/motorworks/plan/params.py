"""Settings of the stage plan: the table ``[plan]`` of ``case.toml``."""

from pydantic import BaseModel, ConfigDict, Field, field_validator


class PlanParams(BaseModel):
    """What may be tuned in the plan; money in the reporting currency.

    Examples
    --------
    >>> PlanParams().late_months
    2
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    lost_penalty: float = Field(1000.0, ge=0, description="Goodwill lost per lost sale")
    late_penalty: float = Field(200.0, ge=0, description="Cost per vehicle and month late")
    late_months: int = Field(2, ge=0, le=24, description="Most months that a customer waits")
    capital_rate_pct: float = Field(8.0, ge=0, le=100, description="Cost of capital, % a year")
    end_value_pct: float = Field(
        90.0, ge=0, le=100, description="Share of value kept by cars unsold at the end, %"
    )
    end_cover_months: float = Field(
        0.0, ge=0, le=24, description="Months of demand, on top of those at sea, that keep it"
    )
    time_limit_s: float | None = Field(None, gt=0, description="Most seconds for the solver")

    @field_validator("*", mode="before")
    @classmethod
    def _is_written_as_a_number(cls, value: object) -> object:
        if isinstance(value, bool | str):
            msg = "must be a number, without quotes"
            raise ValueError(msg)
        return value
