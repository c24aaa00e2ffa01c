"""Launches that may be chosen, and what may run side by side.

Letters in shapes: W launch windows, A allocations, T months.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from motorworks.plan.data.flows import Floats, Ints

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Launches:
    """Allocations whose start, and maybe end, the plan chooses, in the order of the table.

    ``allocation`` (W,); ``may_begin``, ``may_finish`` (W, T) the months that may be the first,
    the last; ``must_begin``, ``must_finish`` (W,); ``min_run`` (W,) at least 1; ``through`` (W,)
    the last month in which it can run, -1 if none; ``limit`` (W, T, T) most cars by start and
    month, with the hours of the shift calendar; ``least`` (W,) cars a month, 0 for none; ``fixed``
    (W, T) cost of a month; ``lead`` (W,) months; ``capex`` (W, T) by start; ``shifted`` (W,)
    whether the plant chooses its shifts or may work extra hours; ``given`` (A, T) 1 in the months
    in which an allocation without a window runs.
    """

    allocation: Ints
    may_begin: Bools
    may_finish: Bools
    must_begin: Bools
    must_finish: Bools
    min_run: Ints
    through: Ints
    limit: Floats
    least: Floats
    fixed: Floats
    lead: Ints
    capex: Floats
    shifted: Bools
    given: Floats

    def window_of(self, allocation: int) -> int | None:
        """The launch window of an allocation, if it has one."""
        found = np.flatnonzero(self.allocation == allocation)
        return int(found[0]) if len(found) else None


@dataclass(frozen=True)
class LineRuleData:
    """Two allocations of a plant that run apart, or together."""

    rule: str
    first: int
    second: int
    kind: Literal["apart", "together"]


@dataclass(frozen=True)
class MixLimit:
    """A plant or shop that holds at most so many models (platforms): allocations of each."""

    family: Literal["models_limit", "platforms_limit"]
    place: str
    most: int
    groups: list[Ints]


@dataclass(frozen=True)
class Mix:
    """What may run side by side: rules on pairs, most models, and who fits no shop."""

    rules: list[LineRuleData]
    limits: list[MixLimit]
    misfits: Ints
