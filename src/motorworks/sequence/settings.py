"""Settings of the stage in a case: the table ``[sequence]`` of ``case.toml``."""

from typing import get_args

from pydantic import Field, field_validator, model_validator

from motorworks.case.column import LARGEST
from motorworks.case.complaints import section_problems, written_as_number
from motorworks.case.day_of_orders import DEFAULT_OBJECTIVES, objectives_in_order
from motorworks.case.info import CaseInfo
from motorworks.case.line_day import Objective, ObjectiveName
from motorworks.errors import Problem
from motorworks.sequence.params import SequenceParams

OBJECTIVES: tuple[ObjectiveName, ...] = get_args(ObjectiveName)


class SequenceSettings(SequenceParams):
    """What is kept small in a day of a case, and how long an order is searched for.

    Examples
    --------
    >>> SequenceSettings(objectives=["high", "colour"]).ranked
    (Objective(name='high', weight=1000), Objective(name='colour', weight=1))
    """

    iterations: int | None = Field(
        2_000_000, ge=0, description="Moves to evaluate for a day; the same number, the same result"
    )
    objectives: tuple[ObjectiveName, ...] = Field(
        DEFAULT_OBJECTIVES, min_length=1, description="What is kept small, most important first"
    )
    weights: tuple[int, ...] | None = Field(
        None, description="Weight of each in the mark; each 1,000 times the next if left out"
    )

    @field_validator("objectives", mode="before")
    @classmethod
    def _are_some_of_those_known(cls, value: object) -> object:
        known = ", ".join(OBJECTIVES)
        if not isinstance(value, list | tuple) or not value:
            msg = f"must be a list of some of {known}, most important first"
            raise ValueError(msg)
        unknown = [str(name) for name in value if name not in OBJECTIVES]
        if unknown or len(set(value)) < len(value):
            told = f"{', '.join(unknown)} is none of them" if unknown else "one stands twice"
            msg = f"must be a list of some of {known}; {told}"
            raise ValueError(msg)
        return value

    @field_validator("seed", "iterations", "threads", "time_limit_s", "target", mode="before")
    @classmethod
    def _is_written_as_a_number(cls, value: object) -> object:
        return written_as_number(value)

    @field_validator("weights", mode="before")
    @classmethod
    def _are_whole_numbers(cls, value: object) -> object:
        whole = isinstance(value, list | tuple) and all(
            isinstance(one, int) and not isinstance(one, bool) and 0 <= one <= LARGEST
            for one in value
        )
        if value is not None and not whole:
            msg = "must be a list of whole numbers of at least 0"
            raise ValueError(msg)
        return value

    @model_validator(mode="after")
    def _has_a_weight_for_each(self) -> "SequenceSettings":
        if self.weights is not None and len(self.weights) != len(self.objectives):
            msg = f"weights must be {len(self.objectives)} numbers, one for each objective"
            raise ValueError(msg)
        return self

    @property
    def ranked(self) -> tuple[Objective, ...]:
        """The objectives with their weights."""
        if self.weights is None:
            return objectives_in_order(self.objectives)
        return tuple(map(Objective, self.objectives, self.weights))

    @property
    def search(self) -> SequenceParams:
        """What the search alone is told."""
        return SequenceParams(**self.model_dump(include=set(SequenceParams.model_fields)))


def setting_problems(info: CaseInfo) -> list[Problem]:
    """What is wrong with the settings of the sequence in ``case.toml``."""
    return section_problems(info.sequence, SequenceSettings, "sequence")
