"""Random numbers of kernels: repeatable, of their own for each name, and even."""

import numpy as np

from motorworks.engines import random as kernels
from motorworks.engines.random import stream
from tests.subjects.doors import opened

below, draw, share = opened(kernels.below), opened(kernels.draw), opened(kernels.share)


def test_a_seed_and_a_name_give_the_same_numbers_again() -> None:
    """Streams repeat, and those of another name or seed differ."""
    first = [int(draw(rng)) for rng in [stream(1, "a")] for _ in range(3)]
    assert first == [int(draw(rng)) for rng in [stream(1, "a")] for _ in range(3)]
    assert first[0] not in {int(draw(stream(1, "b"))), int(draw(stream(2, "a")))}


def test_the_first_numbers_are_those_of_the_published_generator() -> None:
    """From state 0 the generator gives the numbers that SplitMix64 is known by."""
    rng = np.zeros(1, dtype=np.uint64)
    assert int(draw(rng)) == 0xE220A8397B1DCDAF
    assert int(draw(rng)) == 0x6E789E6AA1B965F4


def test_whole_numbers_and_shares_stay_within_their_limits() -> None:
    """All numbers below the limit come up, about alike; shares lie above 0 and up to 1."""
    rng = stream(3, "limits")
    counts = np.bincount([below(rng, 5) for _ in range(5000)], minlength=5)
    assert len(counts) == 5
    assert counts.min() > 850
    shares = [share(rng) for _ in range(1000)]
    assert 0 < min(shares) < 0.05
    assert 0.95 < max(shares) <= 1
