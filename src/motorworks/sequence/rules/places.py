"""Cars that stand only at some positions of the day, or never there.

cost = sum over rules of cost(rule) x (cars of the rule that stand elsewhere)

What a class of cars may not do is known by its position alone, so a move costs as many steps as
its classes have rules.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.engines.jit import jit
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
    """Arrays of the rules; a rule whose objective does not count costs nothing."""
    pairs = {
        (int(class_of[day.before + car]), number)
        for number, rule in enumerate(day.places)
        for car in rule.cars
    }
    return PlaceRules(
        np.array([rule.first for rule in day.places], dtype=np.int32),
        np.array([rule.last for rule in day.places], dtype=np.int32),
        np.array([rule.forbidden for rule in day.places], dtype=np.int32),
        np.array([cost_of(day, r.priority, r.weight) for r in day.places], dtype=np.float64),
        *lists_of(sorted(pairs), class_count),
    )


@jit
def misplaced(rules: PlaceRules, rule: int, position: int) -> int:
    """Whether a car of the rule would be in the wrong place there (1 or 0)."""
    inside = rules.first[rule] <= position <= rules.last[rule]
    return 1 if inside == (rules.forbidden[rule] != 0) else 0


@jit
def move_cost(rules: PlaceRules, kind: int, before: int, after: int) -> float:
    """Change of cost when a car of a class goes from one position to another."""
    change = 0.0
    for at in range(rules.start[kind], rules.start[kind + 1]):
        rule = rules.rule[at]
        wrong = misplaced(rules, rule, after) - misplaced(rules, rule, before)
        change += wrong * rules.cost[rule]
    return change


@jit
def add(rules: PlaceRules, wrong: Counts, kind: int, position: int, by: int) -> None:
    """Count a car of a class at a position once more (``by`` 1) or no longer (-1)."""
    for at in range(rules.start[kind], rules.start[kind + 1]):
        rule = rules.rule[at]
        wrong[rule] += by * misplaced(rules, rule, position)


@jit
def fresh(rules: PlaceRules, wrong: Counts, seq: Ints, h: int) -> None:
    """Count the cars in wrong places, by rule."""
    wrong[:] = 0
    for position in range(len(seq) - h):
        add(rules, wrong, seq[h + position], position, 1)


@jit
def swap_change(rules: PlaceRules, seq: Ints, h: int, i: int, j: int) -> float:
    """Change of cost if the classes at two positions were exchanged."""
    return move_cost(rules, seq[h + i], i, j) + move_cost(rules, seq[h + j], j, i)


@jit
def rewrite_change(
    rules: PlaceRules, seq: Ints, h: int, first: int, new: Ints, length: int
) -> float:
    """Change of cost if the positions from ``first`` on got the classes ``new[:length]``."""
    change = 0.0
    for at in range(length):
        old = seq[h + first + at]
        if old != new[at]:
            for number in range(rules.start[old], rules.start[old + 1]):
                rule = rules.rule[number]
                change -= misplaced(rules, rule, first + at) * rules.cost[rule]
            for number in range(rules.start[new[at]], rules.start[new[at] + 1]):
                rule = rules.rule[number]
                change += misplaced(rules, rule, first + at) * rules.cost[rule]
    return change


@jit
def rewritten(
    rules: PlaceRules, wrong: Counts, held: Ints, seq: Ints, h: int, first: int, length: int
) -> None:
    """Count anew at positions where the class is no longer the one held before."""
    for position in range(first, first + length):
        if held[h + position] != seq[h + position]:
            add(rules, wrong, held[h + position], position, -1)
            add(rules, wrong, seq[h + position], position, 1)
