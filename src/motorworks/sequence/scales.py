"""At which temperatures the objectives of a day melt and freeze."""

from dataclasses import dataclass

from motorworks.sequence.line import Line
from motorworks.sequence.rules.others import Others, broken
from motorworks.sequence.rules.units import unit_costs
from motorworks.sequence.rules.weights import HARD
from motorworks.sequence.walk import Walker

HOT, COLD = 0.3, 0.08
"""Temperatures at which a cooling begins and ends, in costs of one violation."""

APART = 30.0
"""Costs of one violation that are so many times apart are frozen and melt one after the other."""


@dataclass
class Scale:
    """Costs of one violation near to each other, which are annealed together.

    Parameters
    ----------
    most, least
        The largest and the smallest of them.
    """

    most: float
    least: float

    def temperature(self, done: float) -> float:
        """Temperature when a share of the cooling is done; it falls by the same factor each time.

        Examples
        --------
        >>> Scale(1000.0, 1000.0).temperature(0.0)
        300.0
        """
        begin, end = HOT * self.most, COLD * self.least
        return float(begin * (end / begin) ** min(max(done, 0.0), 1.0))


def scales_of(line: Line, rules: Others, walker: Walker) -> list[Scale]:
    """Group the costs of one violation, the largest first."""
    costs = {float(cost) for cost in line.ratio["weight"]} | {line.colour_weight}
    costs |= _costs_of_others(rules, walker)
    scales: list[Scale] = []
    for cost in sorted((cost for cost in costs if cost > 0), reverse=True):
        if scales and cost * APART > scales[-1].least:
            scales[-1].least = cost
        else:
            scales.append(Scale(cost, cost))
    return scales


def _costs_of_others(rules: Others, walker: Walker) -> set[float]:
    """Costs of one step of the planner's other rules; of a hard one only where some is broken."""
    costs = unit_costs(rules)
    if rules.active and broken(rules, walker.walk.tally):
        costs.add(HARD)
    return costs
