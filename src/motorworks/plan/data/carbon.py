"""Carbon of what is built and shipped, and limits on it."""

from dataclasses import dataclass
from typing import Literal

from motorworks.plan.data.flows import Floats


@dataclass(frozen=True)
class CarbonYear:
    """A cap or a goal in a calendar year: its months, tonnes, and cost of a tonne above."""

    year: int
    kind: Literal["cap", "goal"]
    months: slice
    tonnes: float
    excess_cost: float


@dataclass(frozen=True)
class Carbon:
    """Tonnes of carbon dioxide equivalent.

    A car built brings ``materials`` (A,) and, by month, ``plant`` (A, T); a car shipped ``lane``
    (F,); plants give off ``base`` (T,) whatever they build. ``counted`` is whether the case says
    anything of carbon.
    """

    counted: bool
    materials: Floats
    plant: Floats
    lane: Floats
    base: Floats
    limits: list[CarbonYear]

    @property
    def made(self) -> Floats:
        """Tonnes of a car built, by allocation and month; shape (A, T)."""
        made: Floats = self.materials[:, None] + self.plant
        return made

    @property
    def goals(self) -> list[CarbonYear]:
        """The limits that may be passed at a cost."""
        return [limit for limit in self.limits if limit.kind == "goal"]

    @property
    def caps(self) -> list[CarbonYear]:
        """The limits that may not."""
        return [limit for limit in self.limits if limit.kind == "cap"]
