"""Cars that stand only at some positions of the day, or never there.

cost = sum over rules of cost(rule) x (cars of the rule that stand elsewhere)

What a class of cars may not do is known by its position alone, so a move costs as many steps as
its classes have rules.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.engines.jit import inner
from motorworks.sequence.rules.csr import lists_of
from motorworks.sequence.rules.weights import cost_of

Ints = NDArray[np.int32]
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


class PlaceRules(NamedTuple):
    """First and last position, whether forbidden (1), and cost of each rule; rules by class."""

    first: Ints
    last: Ints
    forbidden: Ints
    cost: Floats
    start: Ints
    rule: Ints


def encode(day: LineDay, class_of: Ints, class_count: int) -> PlaceRules:
    """Arrays of the rules that count."""
    rules = [rule for rule in day.places if cost_of(day, rule.priority, rule.weight) > 0]
    pairs = {(int(class_of[day.before + car]), k) for k, r in enumerate(rules) for car in r.cars}
    return PlaceRules(
        np.array([rule.first for rule in rules], dtype=np.int32),
        np.array([rule.last for rule in rules], dtype=np.int32),
        np.array([rule.forbidden for rule in rules], dtype=np.int32),
        np.array([cost_of(day, r.priority, r.weight) for r in rules], dtype=np.float64),
        *lists_of(sorted(pairs), class_count),
    )


@inner
def misplaced(rules: PlaceRules, rule: int, position: int) -> int:
    """Whether a car of the rule would be in the wrong place there (1 or 0)."""
    inside = rules.first[rule] <= position <= rules.last[rule]
    return 1 if inside == (rules.forbidden[rule] != 0) else 0


@inner
def cost_at(rules: PlaceRules, kind: int, position: int) -> float:
    """Cost of a car of a class at a position."""
    cost = 0.0
    for at in range(rules.start[kind], rules.start[kind + 1]):
        rule = rules.rule[at]
        cost += rules.cost[rule] * misplaced(rules, rule, position)
    return cost


@inner
def add(rules: PlaceRules, wrong: Counts, kind: int, position: int, by: int) -> None:
    """Count a car of a class at a position once more (``by`` 1) or no longer (-1)."""
    for at in range(rules.start[kind], rules.start[kind + 1]):
        rule = rules.rule[at]
        wrong[rule] += by * misplaced(rules, rule, position)


@inner
def fresh(rules: PlaceRules, wrong: Counts, seq: Ints, h: int) -> None:
    """Count the cars in wrong places, by rule."""
    wrong[:] = 0
    for position in range(len(seq) - h):
        add(rules, wrong, seq[h + position], position, 1)


@inner
def swap_change(rules: PlaceRules, seq: Ints, h: int, i: int, j: int) -> float:
    """Change of cost if the classes at two positions were exchanged."""
    a, b = seq[h + i], seq[h + j]
    now = cost_at(rules, a, i) + cost_at(rules, b, j)
    return cost_at(rules, b, i) + cost_at(rules, a, j) - now


@inner
def rewrite_change(
    rules: PlaceRules, seq: Ints, h: int, first: int, new: Ints, length: int
) -> float:
    """Change of cost if the positions from ``first`` on got the classes ``new[:length]``."""
    change = 0.0
    for at in range(length):
        old = seq[h + first + at]
        if old != new[at]:
            change += cost_at(rules, new[at], first + at) - cost_at(rules, old, first + at)
    return change


@inner
def rewritten(
    rules: PlaceRules, wrong: Counts, held: Ints, seq: Ints, h: int, first: int, length: int
) -> None:
    """Count anew at positions where the class is no longer the one held before."""
    for position in range(first, first + length):
        if held[h + position] != seq[h + position]:
            add(rules, wrong, held[h + position], position, -1)
            add(rules, wrong, seq[h + position], position, 1)
