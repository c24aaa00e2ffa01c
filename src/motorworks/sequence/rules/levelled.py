"""Use of parts, spread evenly over the day.

ahead(p) = use of the first p cars - p x (use of all) / cars
cost = sum over rules of cost(rule) x sum over p of ahead(p)^2

(Goal chasing; J. Miltenburg, https://doi.org/10.1287/mnsc.35.2.192.) An exchange of two cars whose
use differs by d moves ``ahead`` by d between them, so the change follows from the sum of ``ahead``
there: 2 d (sum) + d^2 (positions). Sums are kept within blocks of positions and over whole blocks,
so that a move made is noted in time that grows with the positions between its ends.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.engines.jit import inner

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

BLOCK = 64


class LevelRules(NamedTuple):
    """(classes, rules) use, even use by position, and cost, of each rule."""

    use: Floats
    even: Floats
    cost: Floats


class LevelTally(NamedTuple):
    """How far use is ahead of even, summed.

    Parameters
    ----------
    used
        (cars of the day + 1, rules) use of all cars before a position.
    inner
        (cars of the day, rules) sum of ``ahead`` after the positions of a block, up to this one.
    outer
        (blocks + 1, rules) the same over all blocks before this one.
    """

    used: Floats
    inner: Floats
    outer: Floats


def encode(day: LineDay, example: NDArray[np.int64]) -> LevelRules:
    """Arrays of the rules, if levelling counts; ``example`` is a car of each class."""
    weight = day.weight("levelling")
    rules = [rule for rule in day.levelled if weight * rule.weight > 0]
    use = np.zeros((len(day.cars), len(rules)))
    for number, rule in enumerate(rules):
        use[day.before :, number] = rule.use
    return LevelRules(
        use[example],
        use.sum(axis=0) / max(day.count, 1),
        np.array([weight * rule.weight for rule in rules], dtype=np.float64),
    )


def new_tally(rules: LevelRules, count: int) -> LevelTally:
    """Room for the sums of a day of ``count`` cars."""
    kinds = len(rules.cost)
    blocks = -(-count // BLOCK)
    return LevelTally(
        np.zeros((count + 1, kinds)), np.zeros((count, kinds)), np.zeros((blocks + 1, kinds))
    )


@inner
def fresh(rules: LevelRules, tally: LevelTally, seq: Ints, h: int) -> None:
    """Sum everything up from the beginning of the day."""
    rewritten(rules, tally, seq, h, 0, len(seq) - h)


@inner
def ahead(rules: LevelRules, tally: LevelTally, rule: int, position: int) -> float:
    """How far use is ahead of even after the car at a position."""
    return float(tally.used[position + 1, rule] - (position + 1) * rules.even[rule])


@inner
def summed(tally: LevelTally, rule: int, position: int) -> float:
    """Sum of ``ahead`` after all positions up to this one, which may be -1."""
    if position < 0:
        return 0.0
    return float(tally.outer[position // BLOCK, rule] + tally.inner[position, rule])


@inner
def total(rules: LevelRules, tally: LevelTally) -> float:
    """Cost of an order, summed over all positions."""
    cost = 0.0
    for position in range(len(tally.inner)):
        for rule in range(len(rules.cost)):
            cost += rules.cost[rule] * ahead(rules, tally, rule, position) ** 2
    return cost


@inner
def swap_change(rules: LevelRules, tally: LevelTally, seq: Ints, h: int, i: int, j: int) -> float:
    """Change of cost if the classes at two positions were exchanged."""
    first, second = min(i, j), max(i, j)
    a, b = seq[h + first], seq[h + second]
    change = 0.0
    for rule in range(len(rules.cost)):
        more = rules.use[b, rule] - rules.use[a, rule]
        if more != 0.0:
            between = summed(tally, rule, second - 1) - summed(tally, rule, first - 1)
            change += rules.cost[rule] * more * (2.0 * between + more * (second - first))
    return change


@inner
def rewrite_change(
    rules: LevelRules, tally: LevelTally, seq: Ints, h: int, first: int, new: Ints, length: int
) -> float:
    """Change of cost if the positions from ``first`` on got the classes ``new[:length]``."""
    change = 0.0
    for rule in range(len(rules.cost)):
        more = 0.0
        for at in range(length - 1):  # behind the last of them use is as before
            more += rules.use[new[at], rule] - rules.use[seq[h + first + at], rule]
            if more != 0.0:
                was = ahead(rules, tally, rule, first + at)
                change += rules.cost[rule] * more * (2.0 * was + more)
    return change


@inner
def rewritten(
    rules: LevelRules, tally: LevelTally, seq: Ints, h: int, first: int, length: int
) -> None:
    """Sum up anew over ``length`` positions, the rest of their last block, and the blocks."""
    count = len(tally.inner)
    last = min(count, -(-(first + length) // BLOCK) * BLOCK)
    for position in range(first, last):
        kind = seq[h + position]
        for rule in range(len(rules.cost)):
            used = tally.used[position, rule] + rules.use[kind, rule]
            tally.used[position + 1, rule] = used
            so_far = 0.0 if position % BLOCK == 0 else tally.inner[position - 1, rule]
            tally.inner[position, rule] = so_far + used - (position + 1) * rules.even[rule]
    for block in range(first // BLOCK, len(tally.outer) - 1):
        end = min(count, (block + 1) * BLOCK) - 1
        for rule in range(len(rules.cost)):
            tally.outer[block + 1, rule] = tally.outer[block, rule] + tally.inner[end, rule]
