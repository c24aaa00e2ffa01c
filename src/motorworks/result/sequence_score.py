"""What an order of a day's cars counts: objectives, mark, broken rules, paint batches."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Broken:
    """A rule that does not hold between two positions, and what that counts.

    ``priority`` is ``hard``, ``high`` or ``low``, or the objective that counts it; ``cost`` is what
    it adds there, a hard rule's without a weight.
    """

    rule: str
    first: int
    last: int
    priority: str
    found: float
    allowed: float
    cost: float


@dataclass(frozen=True)
class Batch:
    """Cars of one colour in a row; ``most`` of them are allowed, ``None`` without a limit."""

    first: int
    last: int
    colour: int
    most: int | None

    @property
    def cars(self) -> int:
        """Cars in it."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Score:
    """What an order counts.

    Parameters
    ----------
    values
        Every objective there is, ranked in the day or not.
    mark
        Weighted sum of the objectives of the day.
    broken
        Violations of hard rules, counted as in soft ones without their weights: 0 in an order that
        may be built.
    violations
        Every place where a rule is broken, rule by rule.
    batches
        Runs of one colour.
    """

    values: Mapping[str, float]
    mark: float
    broken: int
    violations: tuple[Broken, ...]
    batches: tuple[Batch, ...]
