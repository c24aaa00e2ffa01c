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
        Time since the stage was called, and moves evaluated.
    mark, broken, values
        Of the best order: its mark, violations of hard rules, and value of each objective.
    bound
        No order has a lower mark.
    searched_s
        Seconds of the search alone, without those for bounds and for the first order.
    """

    seconds: float
    moves: int
    mark: float
    broken: int
    values: Mapping[ObjectiveName, float]
    bound: float
    searched_s: float = 0.0

    @property
    def moves_a_second(self) -> float:
        """Moves evaluated a second of search so far."""
        return self.moves / self.searched_s if self.searched_s > 0 else 0.0


OnProgress = Callable[[Progress], None]
