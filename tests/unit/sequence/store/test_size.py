"""Sizing a store: scrambles are what was asked for, and no smaller store is enough."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.body_store import BodyStore
from motorworks.errors import CaseError
from motorworks.result.body_store import place_figures
from motorworks.sequence.store.free import in_wanted_order
from motorworks.sequence.store.size import Scramble, smallest_lanes, smallest_store


@settings(deadline=None)
@given(st.permutations(range(12)), st.integers(1, 11))
def test_more_places_never_keep_fewer_bodies_in_order(wanted: list[int], places: int) -> None:
    """The share is monotone, so halving finds the smallest store."""
    shares = [
        place_figures(tuple(wanted), tuple(in_wanted_order(wanted, size)))["in_order_pct"]
        for size in (places, places + 1)
    ]
    assert shares[0] <= shares[1]


def test_the_smallest_store_is_the_smallest() -> None:
    """It is enough, and the store with one place less was tried and is not."""
    sized = smallest_store(Scramble(8, (5, 25)), 98, count=300, replications=6)
    assert sized.smallest is not None
    places = sized.smallest.store.places
    shares = {one.store.places: one.low_pct for one in sized.tried}
    assert shares[places] >= 98 > shares[places - 1]
    assert sized.smallest.low_pct <= sized.smallest.in_order_pct <= sized.smallest.high_pct


def test_a_delay_of_so_many_positions_needs_as_many_places() -> None:
    """Where repairs take d positions and none goes back twice, d places restore all, not fewer."""
    rng = np.random.default_rng(3)
    out = np.arange(500) + 7 * (rng.random(500) < 0.1)
    wanted = tuple(np.argsort(out, kind="stable").tolist())
    figures = [place_figures(wanted, tuple(in_wanted_order(wanted, n))) for n in (6, 7)]
    assert figures[0]["in_order_pct"] < figures[1]["in_order_pct"] == 100


def test_repairs_come_as_often_as_stated() -> None:
    """Where repairs take far longer than all else, the bodies overtaken are those repaired."""
    wanted = Scramble(10, (400, 400)).order(4000, np.random.default_rng(5))
    figures = place_figures(wanted, tuple(range(4000)))
    assert figures["in_order_pct"] == pytest.approx(90, abs=2)


def test_ovens_side_by_side_scramble_within_their_jitter() -> None:
    """No body is further from its position than ovens may hold up; one oven keeps the order."""
    wanted = Scramble(0, ovens=3, oven_jitter=4).order(600, np.random.default_rng(5))
    assert 0 < place_figures(wanted, tuple(range(600)))["displaced_most"] <= 4
    alone = Scramble(0, ovens=1, oven_jitter=4).order(600, np.random.default_rng(5))
    assert alone == tuple(range(600))


def test_the_same_seed_sizes_the_same() -> None:
    """Seeds decide all, and another seed draws another scramble."""
    first, again, other = (
        smallest_store(Scramble(8), 95, count=200, replications=4, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again != other


def test_a_store_that_is_never_enough_is_told() -> None:
    """No store up to the largest is enough: all tried are shown, none is the answer."""
    sized = smallest_store(Scramble(20, (50, 90)), 100, count=300, replications=3, largest=8)
    assert sized.smallest is None
    assert sized.tried[-1].store.places == 8


def test_lanes_are_tried_from_short_to_long() -> None:
    """The first length that is enough is the answer; it has room to choose a lane."""
    sized = smallest_lanes(Scramble(8, (3, 9)), 95, 3, count=80, replications=3)
    assert sized.smallest is not None
    assert sized.smallest is sized.tried[-1]
    length = sized.smallest.store.lanes[0]
    assert sized.smallest.store == BodyStore((length,) * 3, 2 * length, 2 * length)
    assert all(one.low_pct < 95 for one in sized.tried[:-1])


@pytest.mark.parametrize(
    ("scramble", "target", "words"),
    [
        (Scramble(100), 95, "below 100 %"),
        (Scramble(5, (9, 3)), 95, "not 9 to 3"),
        (Scramble(5, ovens=0), 95, "at least one oven"),
        (Scramble(5), 0, "above 0"),
    ],
)
def test_settings_that_mean_nothing_are_refused(
    scramble: Scramble, target: float, words: str
) -> None:
    """Each is told with what is allowed."""
    with pytest.raises(CaseError, match=words):
        smallest_store(scramble, target)
