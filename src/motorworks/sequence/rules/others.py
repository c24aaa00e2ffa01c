"""All rules of the planner but ratios and colours, joined: one call for the walk.

The walk asks what a move would change (:func:`swap_change`, :func:`rewrite_change`), makes it in
its sequence, and then tells so (:func:`swapped`, :func:`rewritten`). Positions count from 0 in the
day; ``seq`` holds the class of each car, the ``h`` cars of the day before first. Each family of
rules has a file of its own with the same functions; one without rules is passed over.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay
from motorworks.engines.jit import inlined, inner, lean
from motorworks.sequence.rules import (
    in_a_row,
    levelled,
    links,
    places,
    stations,
    stretches,
    wanted,
)
from motorworks.sequence.rules.in_a_row import RunRules
from motorworks.sequence.rules.levelled import LevelRules, LevelTally
from motorworks.sequence.rules.links import LinkRules, LinkTally
from motorworks.sequence.rules.places import PlaceRules
from motorworks.sequence.rules.stations import Stations, StationTally
from motorworks.sequence.rules.stretches import StretchRules
from motorworks.sequence.rules.wanted import WantedPlaces
from motorworks.sequence.rules.weights import HARD

Ints = NDArray[np.int32]
Counts = NDArray[np.int64]


class Others(NamedTuple):
    """The rules as arrays; ``active`` is false where there are none: leave all calls out then."""

    active: bool
    runs: RunRules
    places: PlaceRules
    stretches: StretchRules
    links: LinkRules
    levelled: LevelRules
    stations: Stations
    wanted: WantedPlaces


class Tally(NamedTuple):
    """What an order counts: the sequence it stands for, and what each family keeps of it.

    Parameters
    ----------
    held
        (cars,) the sequence, those of the day before first.
    lacks
        (rules,) cars that runs lack.
    misplaced
        (rules,) cars in wrong places.
    found
        (rules,) cars with the trait in each stretch.
    links, levels, stations
        What these families keep.
    moved
        (1,) cars that stand elsewhere than wanted.
    """

    held: Ints
    lacks: Counts
    misplaced: Counts
    found: Counts
    links: LinkTally
    levels: LevelTally
    stations: StationTally
    moved: Counts


def encode_others(day: LineDay, class_of: Ints, class_count: int) -> Others:
    """Rules of a day as arrays by class; cars of one class are alike in every rule.

    Parameters
    ----------
    day
        The day.
    class_of
        Class of each car, the cars of the day before first.
    class_count
        How many classes there are, each with a car.
    """
    example = np.unique(class_of, return_index=True)[1].astype(np.int64)
    others = Others(
        False,
        in_a_row.encode(day, example),
        places.encode(day, class_of, class_count),
        stretches.encode(day, example),
        links.encode(day, class_of, class_count),
        levelled.encode(day, example),
        stations.encode(day, example),
        wanted.encode(day, class_of),
    )
    return others._replace(active=has_rules(others))


def has_rules(others: Others) -> bool:
    """Whether any family has a rule."""
    families = (others.runs, others.places, others.stretches, others.links)
    counted = [len(family.cost) for family in (*families, others.levelled, others.stations)]
    return any(counted) or len(others.wanted.start) > 0


def fresh_tally(others: Others, seq: Ints, h: int) -> Tally:
    """Count everything in an order from scratch."""
    count, members = len(seq) - h, int(others.links.member.max(initial=-1)) + 1
    stopped = len(others.stations.cost)
    tally = Tally(
        held=seq.copy(),
        lacks=np.zeros(len(others.runs.cost), dtype=np.int64),
        misplaced=np.zeros(len(others.places.cost), dtype=np.int64),
        found=np.zeros(len(others.stretches.cost), dtype=np.int64),
        links=LinkTally(np.zeros(members, dtype=np.int32), np.zeros(members, dtype=np.int32)),
        levels=levelled.new_tally(others.levelled, count),
        stations=StationTally(
            np.zeros((stopped, count + 1), dtype=np.int64), np.zeros(stopped, dtype=np.int64)
        ),
        moved=np.zeros(1, dtype=np.int64),
    )
    if others.active:
        recount(others, tally, seq, h)
    return tally


@lean
def recount(others: Others, tally: Tally, seq: Ints, h: int) -> None:
    """Count everything in an order from scratch, into a tally that is there."""
    for q in range(len(seq)):
        tally.held[q] = seq[q]
    in_a_row.fresh(others.runs, tally.lacks, seq, h)
    places.fresh(others.places, tally.misplaced, seq, h)
    stretches.fresh(others.stretches, tally.found, seq, h)
    links.fresh(others.links, tally.links, seq, h)
    levelled.fresh(others.levelled, tally.levels, seq, h)
    stations.fresh(others.stations, tally.stations, seq, h)
    wanted.fresh(others.wanted, tally.moved, seq, h)


@lean
def total(others: Others, tally: Tally) -> float:
    """Cost of all these rules: their part of the mark, and the hard ones at their weight."""
    cost = levelled.total(others.levelled, tally.levels) + others.wanted.cost * tally.moved[0]
    for rule in range(len(others.runs.cost)):
        cost += others.runs.cost[rule] * tally.lacks[rule]
    for rule in range(len(others.places.cost)):
        cost += others.places.cost[rule] * tally.misplaced[rule]
    for rule in range(len(others.stretches.cost)):
        cost += others.stretches.cost[rule] * stretches.amiss(
            others.stretches, rule, tally.found[rule]
        )
    for link in range(len(others.links.cost)):
        cost += others.links.cost[link] * links.lacking(others.links, tally.links, link)
    for station in range(len(others.stations.cost)):
        cost += others.stations.cost[station] * tally.stations.over[station]
    return float(cost)


@lean
def broken(others: Others, tally: Tally) -> int:
    """Violations of hard rules."""
    count = 0
    for rule in range(len(others.runs.cost)):
        if others.runs.cost[rule] == HARD:
            count += tally.lacks[rule]
    for rule in range(len(others.places.cost)):
        if others.places.cost[rule] == HARD:
            count += tally.misplaced[rule]
    for rule in range(len(others.stretches.cost)):
        if others.stretches.cost[rule] == HARD:
            count += stretches.amiss(others.stretches, rule, tally.found[rule])
    for link in range(len(others.links.cost)):
        if others.links.cost[link] == HARD:
            count += links.lacking(others.links, tally.links, link)
    return count


@inlined
def swap_change(others: Others, tally: Tally, seq: Ints, h: int, i: int, j: int) -> float:
    """Change of cost if the classes at positions i and j were exchanged."""
    change = 0.0
    if len(others.runs.cost):
        change += in_a_row.swap_change(others.runs, seq, h, i, j)
    if len(others.places.cost):
        change += places.swap_change(others.places, seq, h, i, j)
    if len(others.stretches.cost):
        change += stretches.swap_change(others.stretches, tally.found, seq, h, i, j)
    if len(others.links.cost):
        change += links.swap_change(others.links, tally.links, seq, h, i, j)
    if len(others.levelled.cost):
        change += levelled.swap_change(others.levelled, tally.levels, seq, h, i, j)
    if len(others.stations.cost):
        change += stations.swap_change(others.stations, tally.stations, seq, h, i, j)
    if len(others.wanted.start):
        change += wanted.swap_change(others.wanted, seq, h, i, j)
    return change


@inlined
def rewrite_change(
    others: Others, tally: Tally, seq: Ints, h: int, first: int, new: Ints, length: int
) -> float:
    """Change of cost if positions from ``first`` on got the classes ``new[:length]``.

    They are a permutation of the classes that stand there.
    """
    change = 0.0
    if len(others.runs.cost):
        change += in_a_row.rewrite_change(others.runs, seq, h, first, new, length)
    if len(others.places.cost):
        change += places.rewrite_change(others.places, seq, h, first, new, length)
    if len(others.stretches.cost):
        change += stretches.rewrite_change(
            others.stretches, tally.found, seq, h, first, new, length
        )
    if len(others.links.cost):
        change += links.rewrite_change(others.links, tally.links, seq, h, first, new, length)
    if len(others.levelled.cost):
        change += levelled.rewrite_change(others.levelled, tally.levels, seq, h, first, new, length)
    if len(others.stations.cost):
        change += stations.rewrite_change(
            others.stations, tally.stations, seq, h, first, new, length
        )
    if len(others.wanted.start):
        change += wanted.rewrite_change(others.wanted, seq, h, first, new, length)
    return change


@inner
def swapped(others: Others, tally: Tally, seq: Ints, h: int, i: int, j: int) -> None:
    """Take note that the classes at positions i and j have been exchanged in ``seq``."""
    first, length = min(i, j), abs(i - j) + 1
    in_a_row.swapped(others.runs, tally.lacks, seq, h, i, j)
    stretches.swapped(others.stretches, tally.found, seq, h, i, j)
    links.swapped(others.links, tally.links, seq, h, i, j)
    levelled.rewritten(others.levelled, tally.levels, seq, h, first, length)
    stations.rewritten(others.stations, tally.stations, tally.held, seq, h, first, length)
    for position in (i, j):
        places.rewritten(others.places, tally.misplaced, tally.held, seq, h, position, 1)
        if len(others.wanted.start):
            wanted.rewritten(others.wanted, tally.moved, tally.held, seq, h, position, 1)
    tally.held[h + i] = seq[h + i]
    tally.held[h + j] = seq[h + j]


@inner
def rewritten(others: Others, tally: Tally, seq: Ints, h: int, first: int, length: int) -> None:
    """Take note that positions from ``first`` on, ``length`` of them, have been written anew."""
    held = tally.held
    in_a_row.rewritten(others.runs, tally.lacks, held, seq, h, first, length)
    places.rewritten(others.places, tally.misplaced, held, seq, h, first, length)
    stretches.rewritten(others.stretches, tally.found, held, seq, h, first, length)
    links.rewritten(others.links, tally.links, seq, h, first, length)
    levelled.rewritten(others.levelled, tally.levels, seq, h, first, length)
    stations.rewritten(others.stations, tally.stations, held, seq, h, first, length)
    if len(others.wanted.start):
        wanted.rewritten(others.wanted, tally.moved, held, seq, h, first, length)
    for q in range(h + first, h + first + length):
        held[q] = seq[q]
