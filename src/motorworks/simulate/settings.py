"""Settings of the stage in a case: the table ``[simulate]`` of ``case.toml``."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from motorworks.case.column import Day
from motorworks.case.complaints import section_problems
from motorworks.errors import Problem
from motorworks.simulate.params import SimulateParams


class SimulateSettings(SimulateParams):
    """Which plant of a case is simulated, from which day on, how finely, and how.

    Examples
    --------
    >>> SimulateSettings(level="station", seed=7).simulation.seed
    7
    """

    plant: str | None = Field(
        None, description="Plant to simulate; the one the case is about if blank"
    )
    level: Literal["shop", "station"] = Field(
        "shop", description="An element for each shop, or for each station"
    )
    first: Day | None = Field(
        None, description="First day; the first of the first full month of production if blank"
    )
    days: int | None = Field(28, ge=1, description="Days to simulate")

    @property
    def simulation(self) -> SimulateParams:
        """What the simulation alone is told."""
        return SimulateParams(**self.model_dump(include=set(SimulateParams.model_fields)))


def setting_problems(given: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with the table ``[simulate]`` of ``case.toml``."""
    return section_problems(given, SimulateSettings, "simulate")
