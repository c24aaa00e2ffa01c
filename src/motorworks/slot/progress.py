"""What an onlooker is told of a search for a schedule."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How far a search has come: the cost of its best schedule, and a bound on all."""

    seconds: float
    moves: int
    cost: float
    bound: float


OnProgress = Callable[[Progress], None]
