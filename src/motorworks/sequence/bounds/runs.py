"""How many runs the cars of one colour need at least when some ratio rules must hold.

A run holds cars of one colour in an order that breaks no rule by itself; what stands before and
after is left out, so that the count is a bound. The fewest runs that take all cars is a cutting
stock problem: with y(r) runs of kind r, n(g, r) cars of class g in one,

    min  sum_r y(r)     sum_r n(g, r) y(r) = m(g),

a linear program over very many kinds, of which only those that pay are made (P. C. Gilmore, R. E.
Gomory, https://doi.org/10.1287/opre.9.6.849). If the most worthy kind under the prices of the
classes is worth z > 1, the prices divided by z are fair to every kind, and the worth of all cars
under them is a bound of its own (A. A. Farley, https://doi.org/10.1287/opre.38.5.922), so that one
may stop at any time.
"""

import math

import numpy as np

from motorworks.case.line_day import Integers
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.highs import solve
from motorworks.sequence.bounds.automaton import Automaton
from motorworks.sequence.bounds.pricing import price_runs


def runs_for_rule(many: int, cars: int, most: int, window: int, longest: int) -> int:
    """Fewest runs of at most ``longest`` for ``cars``, ``many`` of them with the trait of a rule.

    Examples
    --------
    >>> runs_for_rule(4, 4, most=1, window=3, longest=9)
    4
    """
    lengths = np.arange(cars + 1)
    holds = lengths // window * most + np.minimum(lengths % window, most)
    best = np.where(lengths == 0, 0, -1)
    for runs in range(cars + 1):
        if best[cars] >= many:
            return runs
        after = np.full(cars + 1, -1)
        for length in range(1, min(longest, cars) + 1):
            before = best[: cars + 1 - length]
            longer = np.where(before >= 0, before + holds[length], -1)
            after[length:] = np.maximum(after[length:], longer)
        best = after
    return cars


def fewest_runs(graph: Automaton, members: Integers, longest: int, rounds: int = 200) -> int:
    """Bound of the number of runs that take ``members[class]`` cars; all its watches are hard."""
    kinds = np.eye(len(members), dtype=np.int64)
    no_toll = np.zeros(graph.cost.shape[1])
    bound = 0
    for _ in range(rounds):
        lp = Builder()
        use = lp.columns("use", (len(kinds),), cost=1.0)
        rows = lp.rows("class", (len(members),), lower=members, upper=members)
        lp.terms(rows[None, :], use[:, None], kinds)
        found = solve(lp.model())
        best = price_runs(graph, found.dual, no_toll, range(1, longest + 1), 1.0 + 1e-7)
        fair = found.dual @ members / max(1.0, best.worth.max())
        bound = max(bound, math.ceil(fair - 1e-6))
        if bound >= math.ceil(found.objective - 1e-6) or not len(best.runs.cars):
            break
        kinds = np.unique(np.vstack([kinds, best.runs.cars]), axis=0)
    return bound
