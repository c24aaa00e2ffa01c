"""What an onlooker is told of a simulation."""

from collections.abc import Callable
from dataclasses import dataclass

from motorworks.result.simulation import Estimate


@dataclass(frozen=True)
class Progress:
    """How far a simulation has come.

    Parameters
    ----------
    phase
        ``warm-up`` while pilots run, then ``replications``.
    done, planned
        Replications of this phase done, and as many as are planned by now.
    seconds, seconds_left
        Time since the simulation began, and what this phase is likely to take yet.
    cars_a_day
        The estimate so far; None in the warm-up.
    """

    phase: str
    done: int
    planned: int
    seconds: float
    seconds_left: float
    cars_a_day: Estimate | None = None


OnProgress = Callable[[Progress], None]
