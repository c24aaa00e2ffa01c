"""Random numbers for kernels: one word of state per stream, seeded by number and name.

The generator is SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom
number generators", OOPSLA 2014, https://doi.org/10.1145/2660193.2660195): a counter and a mixing
of bits, the quickest that passes the usual tests.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import inlined

Stream = NDArray[np.uint64]

GAMMA = np.uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def stream(seed: int, name: str) -> Stream:
    """Begin a stream of random numbers; those of another seed or name have nothing to do with it.

    Examples
    --------
    >>> bool(stream(1, "walk")[0] != stream(1, "build")[0])
    True
    """
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return np.frombuffer(digest[:8], dtype="<u8").astype(np.uint64)


@inlined
def draw(rng: Stream) -> np.uint64:
    """Draw 64 random bits."""
    rng[0] += GAMMA
    word = rng[0]
    word = (word ^ (word >> np.uint64(30))) * MIX_1
    word = (word ^ (word >> np.uint64(27))) * MIX_2
    mixed: np.uint64 = word ^ (word >> np.uint64(31))
    return mixed


@inlined
def below(rng: Stream, most: int) -> int:
    """Draw a whole number from 0 to ``most`` - 1, ``most`` below 2**32.

    The upper half of 32 random bits times ``most`` (D. Lemire, https://doi.org/10.1145/3230636),
    without its second draw: the numbers differ in likelihood by less than most / 2**32.
    """
    return int(np.int64(((draw(rng) >> np.uint64(32)) * np.uint64(most)) >> np.uint64(32)))


@inlined
def share(rng: Stream) -> float:
    """Draw a number from 0 (exclusive) to 1 (inclusive)."""
    return (np.float64(draw(rng) >> np.uint64(11)) + 1.0) * (1.0 / 9007199254740992.0)
