"""Draws by key and index: the same whenever asked for, and distributed as their law says."""

from typing import get_args

import numpy as np
import pytest
from scipy import stats

from motorworks.case.plant_model import LawKind
from motorworks.engines.draws import LAW_KINDS, draws_at, key_of, uniforms_at
from motorworks.engines.random import draw, stream
from tests.subjects.doors import opened

KEY = key_of(7, 0, "weld time")

LAWS = {
    "exponential": (None, stats.expon(scale=3.0)),
    "erlang": (4.0, stats.gamma(4.0, scale=0.75)),
    "gamma": (0.7, stats.gamma(0.7, scale=3.0 / 0.7)),
    "weibull": (2.0, stats.weibull_min(2.0, scale=3.0 / 0.886226925452758)),
    "lognormal": (0.5, stats.lognorm(0.5, scale=3.0 * np.exp(-0.125))),
    "uniform": (0.5, stats.uniform(1.5, 3.0)),
    "triangular": (0.5, stats.triang(0.5, loc=1.5, scale=3.0)),
}


@pytest.mark.parametrize("kind", LAWS)
def test_draws_follow_their_law(kind: str) -> None:
    """20,000 draws are as near to the distribution function of scipy as chance has them."""
    shape, law = LAWS[kind]
    drawn = draws_at(kind, 3.0, shape, (), KEY, range(20_000))
    assert stats.kstest(drawn, law.cdf).pvalue > 0.001
    assert law.mean() == pytest.approx(3.0)


def test_a_geometric_draw_counts_slots() -> None:
    """A mean of 4 slots: 1 with probability 1/4, and on."""
    drawn = draws_at("geometric", 4.0, None, (), KEY, range(20_000))
    shares = np.bincount(drawn.astype(int), minlength=4)[1:4] / 20_000
    assert shares == pytest.approx([1 / 4, 3 / 16, 9 / 64], abs=0.01)
    assert set(draws_at("geometric", 1.0, None, (), KEY, range(9))) == {1.0}


def test_a_bernoulli_draw_is_one_as_often_as_its_mean() -> None:
    """Ones and zeros."""
    drawn = draws_at("bernoulli", 0.8, None, (), KEY, range(20_000))
    assert set(drawn) == {0.0, 1.0}
    assert drawn.mean() == pytest.approx(0.8, abs=0.01)


def test_an_empirical_law_is_scaled_to_its_mean() -> None:
    """Values of mean 2 asked for with mean 6 are drawn alike often, each three times as long."""
    drawn = draws_at("empirical", 6.0, None, (1.0, 2.0, 3.0), KEY, range(30_000))
    values, counts = np.unique(drawn, return_counts=True)
    assert values.tolist() == [3.0, 6.0, 9.0]
    assert counts / 30_000 == pytest.approx([1 / 3] * 3, abs=0.01)


def test_a_fixed_law_draws_nothing() -> None:
    """The mean, whatever the index."""
    assert set(draws_at("fixed", 1.5, None, (), KEY, range(9))) == {1.5}


def test_every_kind_of_law_of_the_plant_is_known() -> None:
    """The kernel's list of kinds is that of the model."""
    assert get_args(LawKind) == LAW_KINDS


def test_an_index_gives_the_same_number_in_any_order() -> None:
    """Asked for backwards, or alone, the numbers are those asked for in a row."""
    row = uniforms_at(KEY, range(100))
    assert uniforms_at(KEY, range(99, -1, -1)).tolist() == row[::-1].tolist()
    assert uniforms_at(KEY, [2**40 + 3]) == uniforms_at(KEY, np.array([2**40 + 3]))
    assert row.min() > 0.0
    assert row.max() <= 1.0


def test_bits_are_those_of_the_stream_of_the_same_word() -> None:
    """Counted or stepped, SplitMix64 gives the same numbers."""
    rng = stream(3, "any")
    key = rng[0]
    stepped = [opened(draw)(rng) for _ in range(3)]
    shares = [(np.float64(int(word) >> 11) + 1.0) * 2.0**-53 for word in stepped]
    assert uniforms_at(key, range(3)).tolist() == pytest.approx(shares, rel=1e-15)


def test_streams_of_other_names_have_nothing_in_common() -> None:
    """Neither seed, replication nor name may be mixed up; no correlation between two streams."""
    keys = {int(key_of(s, r, n)) for s in (1, 11) for r in (0, 1, 11) for n in ("a", "b")}
    assert len(keys) == 12
    a, b = (uniforms_at(key_of(1, 0, name), range(10_000)) for name in "ab")
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.04
