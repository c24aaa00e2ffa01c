"""Claims of origin, the parts counted for them, and cars shipped under preference."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from motorworks.engines.lp.builder import Builder
from motorworks.plan.data import PlanData


@dataclass(frozen=True)
class OriginVars:
    """Columns, or their values.

    ``claim`` (H,) 0 or 1; ``part`` (Q, T); ``claimed``, ``kept`` (D, T) cars built under a claim,
    and those of them that stand at the plant; ``preferred`` (N, T).
    """

    claim: NDArray[Any]
    part: NDArray[Any]
    claimed: NDArray[Any]
    kept: NDArray[Any]
    preferred: NDArray[Any]


def add_origin(lp: Builder, data: PlanData) -> OriginVars:
    """A car under preference earns the duty it saves."""
    origin = data.origin
    built = (len(origin.under_allocation), data.sets.n_months)
    return OriginVars(
        claim=lp.columns("claim", origin.claim_most.shape, upper=origin.claim_most, integer=True),
        part=lp.columns("origin_part", origin.part_value.shape),
        claimed=lp.columns("claimed", built),
        kept=lp.columns("claimed_kept", built),
        preferred=lp.columns("preferred", origin.saved.shape, cost=-origin.saved),
    )
