"""Settings of the stage slot: the table ``[slot]`` of ``case.toml``."""

from dataclasses import fields

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from motorworks.case.complaints import section_problems, written_as_number
from motorworks.case.info import CaseInfo
from motorworks.case.month_of_orders import Weights
from motorworks.errors import Problem

_MOST = 1_000_000

MOVES = 500
"""Moves for each order, where neither moves nor time are given."""


class SlotParams(BaseModel):
    """What a schedule costs, and how long one is looked for.

    With no time limit the result depends on the orders, these settings and the seed alone.

    Examples
    --------
    >>> SlotParams(late=20).weights.late
    20
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    late: int = Field(10, ge=0, le=_MOST, description="Cost of a day late, times the order's rank")
    early: int = Field(1, ge=0, le=_MOST, description="Cost of a day early")
    left_out: int = Field(
        1_000, ge=0, le=_MOST, description="Cost of an order carried over, times its rank"
    )
    changed: int = Field(
        20, ge=0, le=_MOST, description="Cost of an order moved from its slot of yesterday"
    )
    option: int = Field(30, ge=0, le=_MOST, description="Cost of a car over an option's quota")
    batch: int = Field(
        1, ge=0, le=_MOST, description="Cost of a car that the last paint batch of a colour lacks"
    )
    mix: int = Field(5, ge=0, le=_MOST, description="Cost of a car off the even mix of a slot")
    sailing: int = Field(40, ge=0, le=_MOST, description="Cost of a car that a sailing lacks")
    by_shift: bool = Field(False, strict=True, description="Whether slots are shifts, not days")
    freeze_days: int = Field(
        0, ge=0, le=400, description="Working days from the first that stay as yesterday"
    )
    seed: int = Field(1, ge=0, description="Seed of all random numbers")
    time_limit_s: float | None = Field(None, gt=0, description="Most seconds for the search")
    iterations: int | None = Field(
        None, ge=0, description="Moves to weigh; 500 an order where no time limit is given"
    )
    exact_size: int = Field(
        5_000, ge=0, le=_MOST, description="Whole numbers up to which the optimum is proven"
    )
    exact_nodes: int = Field(2_000, ge=0, description="Nodes after which a proof is given up")
    bound_rounds: int = Field(
        300, ge=0, description="Rounds in which prices of limits raise the bound"
    )

    @field_validator("*", mode="before")
    @classmethod
    def _is_written_as_a_number(cls, value: object, info: ValidationInfo) -> object:
        return value if info.field_name == "by_shift" else written_as_number(value)

    @property
    def weights(self) -> Weights:
        """What one unit of each costs."""
        return Weights(**self.model_dump(include={one.name for one in fields(Weights)}))

    def moves(self, orders: int) -> int | None:
        """Moves to weigh; None where time alone ends the search."""
        if self.iterations is None and self.time_limit_s is None:
            return MOVES * orders
        return self.iterations


def setting_problems(info: CaseInfo) -> list[Problem]:
    """What is wrong with the settings of the slotting in ``case.toml``."""
    return section_problems(info.slot, SlotParams, "slot")
