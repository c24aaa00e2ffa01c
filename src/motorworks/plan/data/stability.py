"""The plan that was given out last."""

from dataclasses import dataclass

from motorworks.plan.data.flows import Floats, Ints


@dataclass(frozen=True)
class Stability:
    """Rows of the published plan in the horizon: ``allocation``, ``month``, ``units`` (n,)."""

    allocation: Ints
    month: Ints
    units: Floats
