"""At which temperatures the objectives of a day melt and freeze."""

from dataclasses import dataclass

from motorworks.sequence.line import Line
from motorworks.sequence.rules.others import Others, broken
from motorworks.sequence.rules.units import unit_costs
from motorworks.sequence.rules.weights import HARD
from motorworks.sequence.walk import Walker

COLD = 0.08
"""Temperature at which a cooling ends, in costs of one violation."""

MELT_AT, MOST_MELT, MELT_BY_WINDOW = 0.18, 1.0, 0.05
"""Temperatures at which scales melt, in costs of one violation: at least, at most, and for each car
of the longest window of their ratios.

A car that goes elsewhere breaks or mends many windows of a wide ratio, but few colour changes.
"""

APART = 30.0
"""Costs of one violation that are so many times apart are frozen and melt one after the other."""


@dataclass(frozen=True)
class Cooling:
    """How a search cools.

    Parameters
    ----------
    rounds
        Share of the search that is over when each round ends.
    hot
        Highest temperature, in costs of one violation; a scale that melts below begins there.
    batch
        Moves between two looks at the clock, each at one temperature.
    heaviest
        Whether the heaviest scale is cooled where there are lighter ones, too.
    """

    rounds: tuple[float, ...]
    hot: float
    batch: int
    heaviest: bool


MELT = Cooling((0.05, 0.2, 1.0), MOST_MELT, 100_000, heaviest=True)
"""All that was decided is given up at first, each scale in its turn."""

MEND = Cooling((1.0,), 0.2, 5_000, heaviest=False)
"""An order that is good but for a few places is kept, but for these.

A scale that melts takes all lighter ones with it. Left cold, a violation of the heaviest one goes
as soon as any move takes it away, whatever that costs of the others, which are cooled after it.
"""


@dataclass
class Scale:
    """Costs of one violation near to each other, which are annealed together.

    Parameters
    ----------
    most, least
        The largest and the smallest of them.
    melts
        Temperature at which all is lost that was found, in the largest of them.
    """

    most: float
    least: float
    melts: float = MELT_AT

    def temperature(self, done: float, hot: float = MELT.hot) -> float:
        """Temperature when a share of the cooling is done; it falls by the same factor each time.

        Examples
        --------
        >>> Scale(1000.0, 1000.0).temperature(0.0)
        180.0
        """
        begin, end = min(hot, self.melts) * self.most, COLD * self.least
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
        widest = int(line.ratio["window"][line.ratio["weight"] == cost].max(initial=0))
        scales[-1].melts = max(scales[-1].melts, min(MELT_BY_WINDOW * widest, MOST_MELT))
    return scales


def _costs_of_others(rules: Others, walker: Walker) -> set[float]:
    """Costs of one step of the planner's other rules; of a hard one only where some is broken."""
    costs = unit_costs(rules)
    if rules.active and broken(rules, walker.walk.tally):
        costs.add(HARD)
    return costs
