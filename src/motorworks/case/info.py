"""What stands in ``case.toml``: the frame that all tables share."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from motorworks.case.complaints import written_as_number
from motorworks.case.dates import Resolve, add_months, check_month, month_list

STAGES = ("plan", "slot", "sequence", "simulate")
"""Tables of ``case.toml`` with settings; what may stand in one is for its stage to say."""


class Focus(BaseModel):
    """The allocation the case is about: a vehicle at a plant, whose worth is a headline."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    vehicle: str
    plant: str


class CaseInfo(BaseModel):
    """Name, horizon, reporting currency and settings of a case.

    Examples
    --------
    >>> info = CaseInfo(name="demo", title="Demo", start="2024-11", months=3, currency="USD")
    >>> info.month_names
    ('2024-11', '2024-12', '2025-01')
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Short name of the case")
    title: str = Field(description="What the case is, in a line")
    start: str = Field(description="First month of the horizon, as 2024-01")
    months: int = Field(ge=1, le=600, description="Number of months in the horizon")
    currency: str = Field(pattern=r"^[A-Z]{3}$", description="Reporting currency")
    dates: Resolve = Field("mid", description="How rough dates resolve: early, mid or late")
    focus: Focus | None = Field(None, description="The vehicle and plant the case is about")
    plan: dict[str, Any] = Field(default_factory=dict, description="Settings of the plan stage")
    slot: dict[str, Any] = Field(default_factory=dict, description="Settings of the slot stage")
    sequence: dict[str, Any] = Field(
        default_factory=dict, description="Settings of the sequence stage"
    )
    simulate: dict[str, Any] = Field(
        default_factory=dict, description="Settings of the simulate stage"
    )

    @field_validator("start")
    @classmethod
    def _start_is_a_month(cls, text: str) -> str:
        return check_month(text)

    @field_validator("months", mode="before")
    @classmethod
    def _months_are_a_number(cls, value: object) -> object:
        return written_as_number(value)

    @field_validator("months")
    @classmethod
    def _horizon_has_dates(cls, months: int, info: ValidationInfo) -> int:
        start = info.data.get("start")
        if start is not None and len(add_months(start, months)) > len(start):
            msg = f"the horizon from {start} ends after the year 9999"
            raise ValueError(msg)
        return months

    @property
    def month_names(self) -> tuple[str, ...]:
        """The months of the horizon, in order."""
        return month_list(self.start, self.months)
