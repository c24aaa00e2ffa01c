"""Lists of like cars: they say at any time where each car stands, and draw none that is unlike."""

import numpy as np
import pytest

from motorworks.engines.random import stream
from motorworks.sequence import peers as lists
from motorworks.sequence.classes import classes_of
from motorworks.sequence.encode import encode
from motorworks.sequence.kinds import SWAPS
from motorworks.sequence.line import Line
from motorworks.sequence.peers import COLOUR, HEAVIEST, TRAITS, Peers, new_peers, relist
from motorworks.sequence.rules.others import encode_others
from motorworks.sequence.walk import Walker, new_walker, walk
from tests.small_days import drawn_day
from tests.subjects.doors import opened

like, like_in_colour = opened(lists.like), opened(lists.like_in_colour)
traded, with_trait = opened(lists.traded), opened(lists.with_trait)
DAYS = (1, 2, 3, 4, 5)


def listed(seed: int) -> tuple[Line, Walker]:
    """A walk at the beginning of a small day, five cars of the day before first."""
    day = drawn_day(seed, 40, 5)
    classes = classes_of(day)
    line, rules = encode(day, classes), encode_others(day, classes.of, len(classes.example))
    return line, new_walker(line, rules, classes.of, stream(seed, "peers"))


def assert_right(line: Line, seq: np.ndarray, peers: Peers) -> None:
    """Each slot is at the place that has it, and holds a car of the class that stands there."""
    places = np.arange(line.first, line.cars)
    assert sorted(peers.where) == list(places)
    assert (peers.where[peers.slot[places]] == places).all()
    assert (peers.kind[peers.slot[places]] == seq[places]).all()
    assert (peers.top == -1).all()


@pytest.mark.parametrize("seed", DAYS)
def test_slots_follow_their_cars(seed: int) -> None:
    """After cars have changed places, and after any stretch was written anew."""
    line, walker = listed(seed)
    seq, peers = walker.state.seq.copy(), new_peers(line, walker.state.seq)
    assert_right(line, seq, peers)
    i, j = line.first + 3, line.cars - 1
    seq[i], seq[j] = seq[j], seq[i]
    traded(peers, i, j)
    assert_right(line, seq, peers)
    np.random.default_rng(seed).shuffle(seq[i : j + 1])
    relist(seq, peers, i, j)
    assert_right(line, seq, peers)


@pytest.mark.parametrize("seed", DAYS)
def test_a_walk_keeps_its_lists_right(seed: int) -> None:
    """After moves of all kinds, at a temperature at which nearly all are made."""
    line, walker = listed(seed)
    kinds = len(walker.walk.tried)
    shares = np.append(np.arange(1, kinds) / kinds, 1.0)
    walk(line, walker.state, None, walker.walk, shares, 1e4, 2_000)
    assert walker.walk.made[SWAPS:].any(), "no insertion or stretch was made"
    assert_right(line, walker.state.seq, walker.walk.peers)


@pytest.mark.parametrize("seed", DAYS)
def test_drawn_cars_are_alike(seed: int) -> None:
    """Of another class and the same colour, traits of the heaviest rules, or all traits."""
    line, walker = listed(seed)
    seq, peers, rng = walker.state.seq, walker.walk.peers, stream(seed, "draw")
    labels = {COLOUR: line.colour, HEAVIEST: line.group}
    found = 0
    for position in range(line.first, line.cars):
        for way, label in labels.items():
            other = like(seq, peers, rng, way, position)
            assert label[seq[other]] == label[seq[position]]
            assert (other == position) or seq[other] != seq[position]
            found += other != position
        other = like_in_colour(seq, peers, rng, TRAITS, position, 0)
        assert (line.rules[seq[other]] == line.rules[seq[position]]).all()
        assert other == position or line.colour[seq[other]] == 0
    assert found


@pytest.mark.parametrize("seed", DAYS)
def test_a_car_with_a_trait_is_drawn_for_each_rule(seed: int) -> None:
    """Every one of them at times, and none without it; none at all where no car has it."""
    line, walker = listed(seed)
    seq, peers, rng = walker.state.seq, walker.walk.peers, stream(seed, "trait")
    for rule in range(len(line.ratio)):
        have = {
            position
            for position in range(line.first, line.cars)
            if int(line.rules[seq[position], rule >> 6]) >> (rule & 63) & 1
        }
        assert {with_trait(peers, rng, rule) for _ in range(600)} == (have or {-1})
