"""Draws without state: the number of a stream at an index, the same whenever it is asked for.

The bits at index i are those that SplitMix64 (https://doi.org/10.1145/2660193.2660195) gives at
its step i + 1 when it begins at the key. A key comes from a seed, a replication and a name, and
an index says what is drawn for, such as the number of a car. So two models that differ in one
machine draw the same numbers everywhere else, in whatever order things happen: common random
numbers (P. Glasserman, D. D. Yao, https://doi.org/10.1287/mnsc.38.6.884).
"""

import hashlib
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import inlined, inner, lean
from motorworks.engines.random import GAMMA, MIX_1, MIX_2

Floats = NDArray[np.float64]

LAW_KINDS = (
    "fixed", "exponential", "erlang", "gamma", "weibull", "lognormal", "uniform", "triangular",
    "empirical", "bernoulli", "geometric",
)  # fmt: skip
"""Kinds of laws; kernels know them by their place in this list."""

(
    FIXED, EXPONENTIAL, ERLANG, GAMMA_LAW, WEIBULL, LOGNORMAL, UNIFORM, TRIANGULAR,
    EMPIRICAL, BERNOULLI, GEOMETRIC,
) = range(len(LAW_KINDS))  # fmt: skip

NO_VALUES = np.zeros(0)


def key_of(seed: int, replication: int, name: str) -> np.uint64:
    """Key of a stream; those of another seed, replication or name have nothing to do with it.

    Examples
    --------
    >>> bool(key_of(1, 0, "weld") != key_of(1, 1, "weld"))
    True
    """
    digest = hashlib.sha256(f"{seed}/{replication}/{name}".encode()).digest()
    return np.uint64(int.from_bytes(digest[:8], "little"))


@inlined
def bits_at(key: np.uint64, index: int) -> np.uint64:
    """64 random bits of a stream at an index."""
    word = np.uint64(key) + GAMMA * (np.uint64(index) + np.uint64(1))
    word = (word ^ (word >> np.uint64(30))) * MIX_1
    word = (word ^ (word >> np.uint64(27))) * MIX_2
    mixed: np.uint64 = word ^ (word >> np.uint64(31))
    return mixed


@inlined
def uniform_at(key: np.uint64, index: int) -> float:
    """Return a number from 0 (exclusive) to 1 (inclusive)."""
    return (np.float64(bits_at(key, index) >> np.uint64(11)) + 1.0) * (1.0 / 9007199254740992.0)


@inner
def law_at(
    kind: int,
    mean: float,
    shape: float,
    values: Floats,
    first: int,
    last: int,
    key: np.uint64,
    index: int,
) -> float:
    """Draw from a law; ``values[first:last]`` are those of an empirical one, of mean 1.

    ``shape`` is the phases of erlang, the shape of gamma and weibull, the standard deviation of
    the logarithm of lognormal, half of the width over the mean of uniform and triangular. A
    Bernoulli draw is 1 with probability ``mean``, else 0; a geometric one a whole number from 1.
    """
    if kind == FIXED:
        return mean
    if kind in (ERLANG, GAMMA_LAW, LOGNORMAL):
        return mean * _of_many(kind, shape, bits_at(key, index))
    u = uniform_at(key, index)
    if kind == EMPIRICAL:
        return float(mean * values[first + math.ceil(u * (last - first)) - 1])
    return _of_one(kind, mean, shape, u)


@inner
def _of_one(kind: int, mean: float, shape: float, u: float) -> float:
    """Draw from a law that takes one uniform number."""
    if kind == EXPONENTIAL:
        return -mean * math.log(u)
    if kind == WEIBULL:
        return float(mean / math.gamma(1.0 + 1.0 / shape) * (-math.log(u)) ** (1.0 / shape))
    if kind == UNIFORM:
        return mean * (1.0 + shape * (2.0 * u - 1.0))
    if kind == TRIANGULAR:
        if u < 0.5:
            return mean * (1.0 - shape + shape * math.sqrt(2.0 * u))
        return mean * (1.0 + shape - shape * math.sqrt(2.0 * (1.0 - u)))
    if kind == BERNOULLI:
        return 1.0 if u <= mean else 0.0
    if mean <= 1.0:
        return 1.0
    return 1.0 + math.floor(math.log(u) / math.log(1.0 - 1.0 / mean))


@inner
def _of_many(kind: int, shape: float, key: np.uint64) -> float:
    """Draw, with mean 1, from a law that takes several uniform numbers: a stream of its own."""
    if kind == ERLANG:
        total = 0.0
        for phase in range(int(shape)):
            total -= math.log(uniform_at(key, phase))
        return total / shape
    if kind == LOGNORMAL:
        return math.exp(shape * _normal(key, 0) - 0.5 * shape * shape)
    return _gamma(shape, key) / shape


@inner
def _normal(key: np.uint64, index: int) -> float:
    """Draw from the standard normal law (G. E. P. Box, M. E. Muller, 10.1214/aoms/1177706645)."""
    radius = math.sqrt(-2.0 * math.log(uniform_at(key, index)))
    return radius * math.cos(2.0 * math.pi * uniform_at(key, index + 1))


@inner
def _gamma(shape: float, key: np.uint64) -> float:
    """Draw from the gamma law of scale 1 (G. Marsaglia, W. W. Tsang, 10.1145/358407.358414)."""
    lift = 1.0
    if shape < 1.0:
        lift = uniform_at(key, 0) ** (1.0 / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    index = 1
    while True:
        x = _normal(key, index)
        v = (1.0 + c * x) ** 3
        if v > 0.0:
            u = uniform_at(key, index + 2)
            if math.log(u) < 0.5 * x * x + d * (1.0 - v + math.log(v)):
                return d * v * lift
        index += 3


@lean
def _fill(
    out: Floats,
    kind: int,
    mean: float,
    shape: float,
    values: Floats,
    key: np.uint64,
    indices: NDArray[np.int64],
) -> None:
    """Draw at each of the indices."""
    for i in range(len(out)):
        out[i] = law_at(kind, mean, shape, values, 0, len(values), key, indices[i])


def draws_at(
    kind: str,
    mean: float,
    shape: float | None,
    values: Sequence[float],
    key: np.uint64,
    indices: Sequence[int] | NDArray[np.int64],
) -> Floats:
    """Draw from a law at each of the indices: :func:`law_at` for those outside of kernels.

    Parameters
    ----------
    kind
        One of :data:`LAW_KINDS`.
    mean, shape
        See :func:`law_at`.
    values
        Those of an empirical law, of any mean; they are scaled to ``mean``.
    key
        Of :func:`key_of`.
    indices
        What is drawn for.

    Examples
    --------
    >>> draws_at("empirical", 2.0, None, (1.0, 3.0), key_of(1, 0, "a"), range(4)).tolist()
    [1.0, 3.0, 3.0, 1.0]
    """
    at = np.asarray(indices, dtype=np.int64)
    out = np.empty(len(at))
    scaled = of_mean_one(values)
    _fill(out, LAW_KINDS.index(kind), float(mean), float(shape or 0.0), scaled, key, at)
    return out


def uniforms_at(key: np.uint64, indices: Sequence[int] | NDArray[np.int64]) -> Floats:
    """Uniform numbers in (0, 1] at each of the indices, as :func:`uniform_at`."""
    with np.errstate(over="ignore"):  # products of 64 bits are meant to overflow
        word = np.uint64(key) + GAMMA * (np.asarray(indices, dtype=np.uint64) + np.uint64(1))
        word = (word ^ (word >> np.uint64(30))) * MIX_1
        word = (word ^ (word >> np.uint64(27))) * MIX_2
    word ^= word >> np.uint64(31)
    drawn: Floats = ((word >> np.uint64(11)).astype(np.float64) + 1.0) * 2.0**-53
    return drawn


def of_mean_one(values: Sequence[float]) -> Floats:
    """Scale values to a mean of 1."""
    given = np.array(values, dtype=np.float64)
    return given / given.mean() if len(given) else NO_VALUES
