"""The outcome of the stage simulate for one plant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl


@dataclass(frozen=True)
class Estimate:
    """A mean over replications and how sure it is.

    ``half`` is the half-width of its confidence interval, infinite with one replication.

    Examples
    --------
    >>> print(Estimate(60.0, 1.25, 10))
    60 ± 1.25
    """

    mean: float
    half: float
    replications: int

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.mean - self.half

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.mean + self.half

    def __str__(self) -> str:
        """Mean and half-width."""
        return f"{self.mean:,.6g} ± {self.half:.3g}"


@dataclass(frozen=True)
class WarmUp:
    """What was cut off at the start, and why.

    ``how``: found by MSER-5, given by the user, or none. ``settled`` is False where MSER-5 found
    no cut in the first half of the span, so that the span is too short to tell.
    """

    minutes: float
    how: Literal["mser5", "given", "none"]
    reason: str
    settled: bool = True


@dataclass(frozen=True)
class Simulated:
    """How the figures were found.

    ``stopped`` says why no more replications followed: ``replications``, ``precision`` (the one
    asked for was reached), ``most`` (it was not, within the most allowed) or ``interrupted``.
    """

    seed: int
    replications: int
    events: int
    seconds: float
    workers: int
    stopped: str
    engine: str
    engine_reason: str
    version: str

    @property
    def events_a_second(self) -> float:
        """Events handled a second, all cores together."""
        return self.events / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True)
class SimulationResult:
    """What the plant does.

    Parameters
    ----------
    plant
        Name of the plant that was simulated.
    cars_a_day
        Cars that leave on a working day.
    jph_net, jph_gross
        Cars an open hour, and an hour in which the busiest element works.
    lead_time
        Minutes from the first element to the exit.
    warmup
        What was cut off at the start.
    simulated
        How it was found.
    tables
        Declared in :mod:`motorworks.result.simulation_records`; ``sim_visits`` has rows where
        visits were asked for.
    settings
        The resolved settings of the stage.
    """

    plant: str
    cars_a_day: Estimate
    jph_net: Estimate
    jph_gross: Estimate
    lead_time: Estimate
    warmup: WarmUp
    simulated: Simulated
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
