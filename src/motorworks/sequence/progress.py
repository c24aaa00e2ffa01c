"""What an onlooker is told of a search."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from motorworks.case.line_day import ObjectiveName


@dataclass(frozen=True)
class Progress:
    """How far a search has come.

    Parameters
    ----------
    seconds, moves
        Time since it began, and moves evaluated.
    mark, broken, values
        Of the best order: its mark, violations of hard rules, and value of each objective.
    bound
        No order has a lower mark.
    """

    seconds: float
    moves: int
    mark: float
    broken: int
    values: Mapping[ObjectiveName, float]
    bound: float

    @property
    def moves_a_second(self) -> float:
        """Moves evaluated a second so far."""
        return self.moves / self.seconds if self.seconds > 0 else 0.0


OnProgress = Callable[[Progress], None]
