"""Where the cars of each class stand, and which cars are alike: for moves between like cars.

Every car that may change its place has a slot. The slots of a class lie side by side; which car of
the class has which of them matters to nothing. A way of being alike parts the cars into buckets,
lists of slots that never change. So a like car is drawn at once, however few there are.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import inlined, lean
from motorworks.engines.random import Stream, below
from motorworks.sequence.encode import flags_of
from motorworks.sequence.line import Line

Ints = NDArray[np.int32]

COLOUR, HEAVIEST, HEAVIEST_COLOUR, TRAITS, TRAITS_COLOUR = range(5)
"""In what cars may be alike: colour; traits of the heaviest rules, these and colour; traits of all
rules, these and colour."""

TRIES = 4
"""Draws for a car of another class among like ones before a move is given up."""


class Peers(NamedTuple):
    """Slots of cars, by class and by what cars are alike in.

    Parameters
    ----------
    slot, where
        (cars,) slot of the car at a position, -1 where none may change; (slots,) the position.
    kind
        (slots,) class of the car in a slot.
    bucket
        (ways, classes) bucket of a class for each way of being alike, each way with its own.
    mixed
        (buckets,) 1 where a bucket has cars of more than one class.
    begin, members
        Where each bucket begins among the members, and where the last one ends; slots.
    by_trait
        The first of the buckets that follow those of the ways: for each ratio rule the cars with
        its trait.
    painted
        (buckets, colours) for a bucket of cars of like traits, that of those of a colour among
        them; -1 where no class is like that.
    top, chain
        (classes,) and (slots,) room for :func:`relist`; top is -1 in between.
    """

    slot: Ints
    where: Ints
    kind: Ints
    bucket: Ints
    mixed: Ints
    begin: Ints
    members: Ints
    by_trait: int
    painted: Ints
    top: Ints
    chain: Ints


def new_peers(line: Line, seq: Ints) -> Peers:
    """Give the cars of an order of classes their slots."""
    moved = seq[line.first : line.end]
    order = np.argsort(moved, kind="stable").astype(np.int32)
    slot = np.full(line.cars, -1, dtype=np.int32)
    slot[line.first + order] = np.arange(len(moved))
    kind, bucket = moved[order], _buckets(line)
    buckets = int(bucket.max(initial=-1)) + 1
    members, begin, mixed = _members(bucket[:, kind], kind, buckets)
    members, begin = _with_traits(line, kind, members, begin)
    painted = np.full((buckets, int(line.colour.max(initial=0)) + 1), -1, dtype=np.int32)
    for alike, joint in ((HEAVIEST, HEAVIEST_COLOUR), (TRAITS, TRAITS_COLOUR)):
        painted[bucket[alike], line.colour] = bucket[joint]
    return Peers(
        slot, line.first + order, kind, bucket, mixed, begin, members, buckets, painted,
        np.full(len(line.colour), -1, dtype=np.int32), np.full(len(moved), -1, dtype=np.int32),
    )  # fmt: skip


def _buckets(line: Line) -> Ints:
    """Number the buckets, those of each way after those of the one before."""
    traits = np.unique(line.rules, axis=0, return_inverse=True)[1].reshape(-1)
    colours = int(line.colour.max(initial=0)) + 1
    ways = (
        line.colour, line.group, line.group * colours + line.colour,
        traits, traits * colours + line.colour,
    )  # fmt: skip
    rows, used = [], 0
    for way in ways:
        numbers = np.unique(way, return_inverse=True)[1].reshape(-1)
        rows.append(used + numbers)
        used += int(numbers.max(initial=-1)) + 1
    return np.array(rows, dtype=np.int32)


def _members(of_slots: Ints, kind: Ints, buckets: int) -> tuple[Ints, Ints, Ints]:
    """List the slots of each bucket; say where each begins, and whether it has several classes."""
    flat = of_slots.reshape(-1)
    order = np.argsort(flat, kind="stable")
    begin = np.searchsorted(flat[order], np.arange(buckets + 1))
    pairs = np.unique(np.column_stack([flat, np.tile(kind, len(of_slots))]), axis=0)
    mixed = np.bincount(pairs[:, 0], minlength=buckets) > 1
    members = order % max(len(kind), 1)
    return members.astype(np.int32), begin.astype(np.int32), mixed.astype(np.int32)


def _with_traits(line: Line, kind: Ints, members: Ints, begin: Ints) -> tuple[Ints, Ints]:
    """Add a bucket for each ratio rule: the slots of the cars with its trait."""
    traits = flags_of(line.rules[kind], len(line.ratio))
    ends = begin[-1] + np.cumsum(traits.sum(axis=0))
    slots = np.nonzero(traits.T)[1]
    return (
        np.concatenate([members, slots]).astype(np.int32),
        np.concatenate([begin, ends]).astype(np.int32),
    )


@lean
def relist(seq: Ints, peers: Peers, first: int, last: int) -> None:
    """Take note of what stands at positions ``first`` to ``last``, a permutation of before."""
    for position in range(first, last + 1):  # chain up the slots of each class
        slot = peers.slot[position]
        kind = peers.kind[slot]
        peers.chain[slot] = peers.top[kind]
        peers.top[kind] = slot
    for position in range(first, last + 1):
        kind = seq[position]
        slot = peers.top[kind]
        peers.top[kind] = peers.chain[slot]
        peers.slot[position] = slot
        peers.where[slot] = position


@inlined
def traded(peers: Peers, i: int, j: int) -> None:
    """Take note that the cars at positions i and j have changed places."""
    a, b = peers.slot[i], peers.slot[j]
    peers.slot[i], peers.slot[j] = b, a
    peers.where[a], peers.where[b] = j, i


@inlined
def like(seq: Ints, peers: Peers, rng: Stream, way: int, position: int) -> int:
    """Draw a car alike in a way and of another class; the position itself where none is found."""
    kind = seq[position]
    bucket = peers.bucket[way, kind]
    if not peers.mixed[bucket]:
        return position
    for _ in range(TRIES):
        other = member(peers, rng, bucket)
        if seq[other] != kind:
            return other
    return position


@inlined
def like_in_colour(
    seq: Ints, peers: Peers, rng: Stream, way: int, position: int, colour: int
) -> int:
    """Draw a car alike in traits and of a colour; the position itself where there is none."""
    bucket = peers.painted[peers.bucket[way, seq[position]], colour]
    if bucket < 0 or peers.begin[bucket] == peers.begin[bucket + 1]:
        return position
    return member(peers, rng, bucket)


@inlined
def with_trait(peers: Peers, rng: Stream, rule: int) -> int:
    """Draw a car with the trait of a rule; its position, -1 where there is none."""
    bucket = peers.by_trait + rule
    if peers.begin[bucket] == peers.begin[bucket + 1]:
        return -1
    return member(peers, rng, bucket)


@inlined
def member(peers: Peers, rng: Stream, bucket: int) -> int:
    """Draw a car of a bucket that is not empty; its position."""
    begin = peers.begin[bucket]
    return int(peers.where[peers.members[begin + below(rng, peers.begin[bucket + 1] - begin)]])
