"""How many cars with a trait a stretch of the day has.

cost = sum over rules of cost(rule) x (max(0, least - found) + max(0, found - most))

The cars found are kept by rule. An exchange touches the stretches that have one of its positions
and not the other; what is rewritten inside a stretch leaves it as it is.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.engines.jit import inner
from motorworks.sequence.rules.csr import lists_of
from motorworks.sequence.rules.weights import cost_of

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


class StretchRules(NamedTuple):
    """(rules, classes) whether a class has the trait; limits and cost; rules by position."""

    has: Flags
    first: Ints
    last: Ints
    least: Ints
    most: Ints
    cost: Floats
    start: Ints
    rule: Ints


def encode(day: LineDay, example: NDArray[np.int64]) -> StretchRules:
    """Arrays of the rules that count; ``example`` is a car of each class."""
    rules = [rule for rule in day.stretches if cost_of(day, rule.priority, rule.weight) > 0]
    first = [max(rule.first, 0) for rule in rules]
    last = [min(rule.last, day.count - 1) for rule in rules]
    ends = enumerate(zip(first, last, strict=True))
    pairs = ((place, number) for number, (a, b) in ends for place in range(a, b + 1))
    return StretchRules(
        day.has[example][:, [rule.trait for rule in rules]].T.copy(),
        np.array(first, dtype=np.int32),
        np.array(last, dtype=np.int32),
        np.array([rule.least for rule in rules], dtype=np.int32),
        np.array([rule.most for rule in rules], dtype=np.int32),
        np.array([cost_of(day, r.priority, r.weight) for r in rules], dtype=np.float64),
        *lists_of(pairs, day.count),
    )


@inner
def amiss(rules: StretchRules, rule: int, found: int) -> int:
    """Cars too few or too many in a stretch."""
    return int(max(0, rules.least[rule] - found) + max(0, found - rules.most[rule]))


@inner
def covers(rules: StretchRules, rule: int, position: int) -> bool:
    """Whether a stretch has a position."""
    return bool(rules.first[rule] <= position <= rules.last[rule])


@inner
def fresh(rules: StretchRules, found: Counts, seq: Ints, h: int) -> None:
    """Count the cars of each stretch."""
    for rule in range(len(rules.cost)):
        found[rule] = 0
        for position in range(rules.first[rule], rules.last[rule] + 1):
            found[rule] += rules.has[rule, seq[h + position]]


@inner
def one_side(
    rules: StretchRules, found: Counts, old: int, new: int, here: int, there: int
) -> float:
    """Change of cost in stretches that have ``here`` and not ``there`` when the class changes."""
    change = 0.0
    for at in range(rules.start[here], rules.start[here + 1]):
        rule = rules.rule[at]
        more = int(rules.has[rule, new]) - int(rules.has[rule, old])
        if more != 0 and not covers(rules, rule, there):
            wrong = amiss(rules, rule, found[rule] + more) - amiss(rules, rule, found[rule])
            change += rules.cost[rule] * wrong
    return change


@inner
def swap_change(rules: StretchRules, found: Counts, seq: Ints, h: int, i: int, j: int) -> float:
    """Change of cost if the classes at two positions were exchanged."""
    a, b = seq[h + i], seq[h + j]
    change = one_side(rules, found, a, b, i, j)
    return change + one_side(rules, found, b, a, j, i)


@inner
def gained(
    rules: StretchRules,
    rule: int,
    old: Ints,
    was: int,
    new: Ints,
    now: int,
    first: int,
    length: int,
) -> int:
    """Cars that a stretch gains when positions get other classes.

    The ``length`` positions from ``first`` on had ``old[was:]`` and get ``new[now:]``, the same
    classes in another order: a stretch that has all or none of them gains nothing.
    """
    begin = max(first, rules.first[rule])
    end = min(first + length - 1, rules.last[rule])
    more = 0
    if end - begin + 1 < length:
        for position in range(begin, end + 1):
            at = position - first
            more += int(rules.has[rule, new[now + at]]) - int(rules.has[rule, old[was + at]])
    return more


@inner
def rewrite_change(
    rules: StretchRules, found: Counts, seq: Ints, h: int, first: int, new: Ints, length: int
) -> float:
    """Change of cost if the positions from ``first`` on got the classes ``new[:length]``."""
    change = 0.0
    for rule in range(len(rules.cost)):
        more = gained(rules, rule, seq, h + first, new, 0, first, length)
        if more != 0:
            wrong = amiss(rules, rule, found[rule] + more) - amiss(rules, rule, found[rule])
            change += rules.cost[rule] * wrong
    return change


@inner
def swapped(rules: StretchRules, found: Counts, seq: Ints, h: int, i: int, j: int) -> None:
    """Take note that the classes at two positions have been exchanged."""
    for rule in range(len(rules.cost)):
        more = int(rules.has[rule, seq[h + i]]) - int(rules.has[rule, seq[h + j]])
        if more != 0:
            sides = int(covers(rules, rule, i)) - int(covers(rules, rule, j))
            found[rule] += more * sides


@inner
def rewritten(
    rules: StretchRules, found: Counts, held: Ints, seq: Ints, h: int, first: int, length: int
) -> None:
    """Take note that positions which held other classes before have been written anew."""
    for rule in range(len(rules.cost)):
        found[rule] += gained(rules, rule, held, h + first, seq, h + first, first, length)
