"""Cars that stand at least so many positions before others.

cost = sum over links of cost(link) x max(0, gap - (position of later - position of earlier))

A linked car is alone in its class; where each stands is kept, so a move costs as many steps as
the cars that it moves have links.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.engines.jit import inner
from motorworks.sequence.rules.csr import lists_of
from motorworks.sequence.rules.weights import cost_of

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class LinkRules(NamedTuple):
    """Linked cars, called members here, and the links between them.

    ``member`` is the member that a class is, -1 for none. ``earlier`` and ``later`` are the members
    of each link. ``link[start[m]:start[m + 1]]`` are the links of member m.
    """

    member: Ints
    earlier: Ints
    later: Ints
    gap: Ints
    cost: Floats
    start: Ints
    link: Ints


class LinkTally(NamedTuple):
    """Position of each member, and room for where a move would take it."""

    where: Ints
    moved: Ints


def encode(day: LineDay, class_of: Ints, class_count: int) -> LinkRules:
    """Arrays of the links that count."""
    links = [link for link in day.links if cost_of(day, link.priority, link.weight) > 0]
    cars = sorted({car for link in links for car in (link.earlier, link.later)})
    number = {car: member for member, car in enumerate(cars)}
    member = np.full(class_count, -1, dtype=np.int32)
    for car in cars:
        member[class_of[day.before + car]] = number[car]
    pairs = [(number[c], k) for k, link in enumerate(links) for c in (link.earlier, link.later)]
    return LinkRules(
        member,
        np.array([number[link.earlier] for link in links], dtype=np.int32),
        np.array([number[link.later] for link in links], dtype=np.int32),
        np.array([link.gap for link in links], dtype=np.int32),
        np.array([cost_of(day, k.priority, k.weight) for k in links], dtype=np.float64),
        *lists_of(pairs, len(cars)),
    )


@inner
def fresh(rules: LinkRules, tally: LinkTally, seq: Ints, h: int) -> None:
    """Find where each member stands."""
    settle(rules, tally, seq, h, 0, len(seq) - h)


@inner
def settle(rules: LinkRules, tally: LinkTally, seq: Ints, h: int, first: int, length: int) -> None:
    """Take note of the members among ``length`` positions from ``first`` on."""
    for position in range(first, first + length):
        member = rules.member[seq[h + position]]
        if member >= 0:
            tally.where[member] = position


@inner
def lacking(rules: LinkRules, tally: LinkTally, link: int) -> int:
    """Positions that a link lacks."""
    apart = tally.where[rules.later[link]] - tally.where[rules.earlier[link]]
    return int(max(0, rules.gap[link] - apart))


@inner
def other_end(rules: LinkRules, link: int, member: int) -> int:
    """The member at the other end of a link."""
    begins = rules.earlier[link] == member
    return int(rules.later[link] if begins else rules.earlier[link])


@inner
def link_change(
    rules: LinkRules, tally: LinkTally, link: int, member: int, here: int, there: int
) -> float:
    """Change of cost if a member stood ``here`` and the other end of its link ``there``."""
    apart = there - here if rules.earlier[link] == member else here - there
    lack = max(0, rules.gap[link] - apart) - lacking(rules, tally, link)
    return float(rules.cost[link] * lack)


@inner
def moved_one(rules: LinkRules, tally: LinkTally, member: int, here: int, met: int) -> float:
    """Change of cost if one member stood ``here`` and only member ``met`` (or none) moved too.

    Links to ``met`` are left out.
    """
    change = 0.0
    for at in range(rules.start[member], rules.start[member + 1]):
        end = other_end(rules, rules.link[at], member)
        if end != met:
            change += link_change(rules, tally, rules.link[at], member, here, tally.where[end])
    return change


@inner
def swap_change(rules: LinkRules, tally: LinkTally, seq: Ints, h: int, i: int, j: int) -> float:
    """Change of cost if the classes at two positions were exchanged."""
    a, b = rules.member[seq[h + i]], rules.member[seq[h + j]]
    change = 0.0
    if a >= 0:
        change += moved_one(rules, tally, a, j, b)
    if b >= 0:
        change += moved_one(rules, tally, b, i, a)
    if a >= 0 and b >= 0:
        for at in range(rules.start[a], rules.start[a + 1]):
            if other_end(rules, rules.link[at], a) == b:
                change += link_change(rules, tally, rules.link[at], a, j, i)
    return change


@inner
def rewrite_change(
    rules: LinkRules, tally: LinkTally, seq: Ints, h: int, first: int, new: Ints, length: int
) -> float:
    """Change of cost if the positions from ``first`` on got the classes ``new[:length]``."""
    for at in range(length):
        if rules.member[new[at]] >= 0:
            tally.moved[rules.member[new[at]]] = first + at
    change = 0.0
    for at in range(length):
        member = rules.member[new[at]]
        if member >= 0:
            for number in range(rules.start[member], rules.start[member + 1]):
                link = rules.link[number]
                end = other_end(rules, link, member)
                there = tally.where[end]
                if first <= there < first + length:
                    if rules.later[link] == member:
                        continue  # both ends move: counted at the earlier one
                    there = tally.moved[end]
                change += link_change(rules, tally, link, member, first + at, there)
    return change


@inner
def swapped(rules: LinkRules, tally: LinkTally, seq: Ints, h: int, i: int, j: int) -> None:
    """Take note that the classes at two positions have been exchanged."""
    settle(rules, tally, seq, h, i, 1)
    settle(rules, tally, seq, h, j, 1)


@inner
def rewritten(
    rules: LinkRules, tally: LinkTally, seq: Ints, h: int, first: int, length: int
) -> None:
    """Take note that positions have been written anew."""
    settle(rules, tally, seq, h, first, length)
