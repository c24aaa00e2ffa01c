"""Cars with a trait that come at least so many in a row.

cost = sum over rules of cost(rule) x sum over runs that end inside the day of
max(0, least - cars in the run)

A run that ends with the day before is past and one that reaches the end of the day may go on:
neither counts. A move looks no further than ``least`` cars to either side of what it changes.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.engines.jit import inner
from motorworks.sequence.rules.weights import cost_of

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


class RunRules(NamedTuple):
    """(rules, classes) whether a class has the trait; least in a row, and cost, of each rule."""

    has: Flags
    least: Ints
    cost: Floats


def encode(day: LineDay, example: NDArray[np.int64]) -> RunRules:
    """Arrays of the rules that count; ``example`` is a car of each class."""
    rules = [rule for rule in day.in_a_row if cost_of(day, rule.priority, rule.weight) > 0]
    return RunRules(
        day.has[example][:, [rule.trait for rule in rules]].T.copy(),
        np.array([rule.least for rule in rules], dtype=np.int32),
        np.array([cost_of(day, r.priority, r.weight) for r in rules], dtype=np.float64),
    )


@inner
def run_before(rules: RunRules, rule: int, seq: Ints, q: int) -> int:
    """Cars with the trait in a row that end just before ``q`` in ``seq``; ``least`` is enough."""
    run = 0
    while run < rules.least[rule] and q - run > 0 and rules.has[rule, seq[q - run - 1]]:
        run += 1
    return run


@inner
def run_after(rules: RunRules, rule: int, seq: Ints, q: int) -> int:
    """Cars with the trait in a row from ``q`` on in ``seq``; ``least`` of them is enough.

    A run that reaches the end of the day counts as long enough.
    """
    run = 0
    while run < rules.least[rule] and q + run < len(seq) and rules.has[rule, seq[q + run]]:
        run += 1
    return rules.least[rule] if q + run == len(seq) else run


@inner
def lacking(
    rules: RunRules, rule: int, seq: Ints, h: int, first: int, kinds: Ints, begin: int, length: int
) -> int:
    """Cars that runs in and beside a part of the day lack.

    The part has ``length`` positions from ``first`` on, and holds ``kinds[begin:begin + length]``;
    around it stands ``seq``.
    """
    least = rules.least[rule]
    run = run_before(rules, rule, seq, h + first)
    # a run that ended with the day before is past: as good as long enough
    if first == 0 and length > 0 and not rules.has[rule, kinds[begin]]:
        run = least
    lack = 0
    for at in range(length):
        if rules.has[rule, kinds[begin + at]]:
            run += 1
        else:
            if run > 0:
                lack += max(0, least - run)
            run = 0
    run += run_after(rules, rule, seq, h + first + length)
    return lack + max(0, least - run) if run > 0 else lack


@inner
def fresh(rules: RunRules, lacks: Counts, seq: Ints, h: int) -> None:
    """Count the cars that runs of the day lack, by rule."""
    for rule in range(len(rules.least)):
        lacks[rule] = lacking(rules, rule, seq, h, 0, seq, h, len(seq) - h)


@inner
def flip_lacks(rules: RunRules, rule: int, seq: Ints, h: int, q: int) -> int:
    """Change of what runs lack when the car at ``q`` gains or loses the trait."""
    least = rules.least[rule]
    left = run_before(rules, rule, seq, q)
    right = run_after(rules, rule, seq, q + 1)
    apart = 0
    if left > 0 and q > h:
        apart += max(0, least - left)
    if right > 0:
        apart += max(0, least - right)
    joined = max(0, least - left - 1 - right)
    return int(apart - joined if rules.has[rule, seq[q]] else joined - apart)


@inner
def swap_lacks(rules: RunRules, rule: int, seq: Ints, h: int, i: int, j: int) -> int:
    """Change of what runs lack if the classes at two positions were exchanged."""
    a, b = seq[h + i], seq[h + j]
    if rules.has[rule, a] == rules.has[rule, b]:
        return 0
    change = flip_lacks(rules, rule, seq, h, h + i)
    seq[h + i] = b  # the second flip sees the first
    change += flip_lacks(rules, rule, seq, h, h + j)
    seq[h + i] = a
    return change


@inner
def swap_change(rules: RunRules, seq: Ints, h: int, i: int, j: int) -> float:
    """Change of cost if the classes at two positions were exchanged."""
    change = 0.0
    for rule in range(len(rules.least)):
        change += rules.cost[rule] * swap_lacks(rules, rule, seq, h, i, j)
    return change


@inner
def rewrite_change(rules: RunRules, seq: Ints, h: int, first: int, new: Ints, length: int) -> float:
    """Change of cost if the positions from ``first`` on got the classes ``new[:length]``."""
    change = 0.0
    for rule in range(len(rules.least)):
        lack = lacking(rules, rule, seq, h, first, new, 0, length)
        lack -= lacking(rules, rule, seq, h, first, seq, h + first, length)
        change += rules.cost[rule] * lack
    return change


@inner
def swapped(rules: RunRules, lacks: Counts, seq: Ints, h: int, i: int, j: int) -> None:
    """Take note of an exchange that has been made: what undoing it would change, turned round."""
    for rule in range(len(rules.least)):
        lacks[rule] -= swap_lacks(rules, rule, seq, h, i, j)


@inner
def rewritten(
    rules: RunRules, lacks: Counts, held: Ints, seq: Ints, h: int, first: int, length: int
) -> None:
    """Take note that positions which held other classes before have been written anew."""
    for rule in range(len(rules.least)):
        lacks[rule] += lacking(rules, rule, seq, h, first, seq, h + first, length)
        lacks[rule] -= lacking(rules, rule, seq, h, first, held, h + first, length)
