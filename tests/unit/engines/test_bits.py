"""Rows of bits: counting, reading and shifting agree with plain lists of 0 and 1."""

import numpy as np
import pytest
from numpy.typing import NDArray

from motorworks.engines import bits as kernels
from motorworks.engines.bits import words_for
from tests.subjects.doors import opened

BITS = 200

lowest, ones, ones_from = opened(kernels.lowest), opened(kernels.ones), opened(kernels.ones_from)
read, set_bit = opened(kernels.read), opened(kernels.set_bit)
shift_down, shift_up = opened(kernels.shift_down), opened(kernels.shift_up)


def drawn_rows() -> tuple[NDArray[np.uint64], list[int]]:
    """Two rows, the second with bits drawn at random, and these bits."""
    bits = np.random.default_rng(1).integers(0, 2, BITS).tolist()
    rows = np.zeros((2, words_for(BITS)), dtype=np.uint64)
    for bit, value in enumerate(bits):
        set_bit(rows, 1, bit, value)
    return rows, bits


def written(rows: NDArray[np.uint64]) -> list[int]:
    """The bits of the second row."""
    return [int(read(rows, 1, bit)) & 1 for bit in range(BITS)]


def test_bits_read_back_as_written() -> None:
    """Setting and clearing touches the bit that is meant and no other row."""
    rows, bits = drawn_rows()
    assert written(rows) == bits
    assert not rows[0].any()
    set_bit(rows, 1, 64, 1)
    set_bit(rows, 1, 64, 0)
    assert written(rows)[64] == 0


def test_words_count_their_bits() -> None:
    """All, none and some bits of a word are counted."""
    assert [ones(np.uint64(n)) for n in (0, 1, 0xFF00, 2**64 - 1)] == [0, 1, 8, 64]
    assert [ones(np.uint64(lowest(n))) for n in (1, 63, 64)] == [1, 63, 64]


@pytest.mark.parametrize(("first", "count"), [(0, 0), (3, 0), (0, 64), (63, 2), (5, 190), (64, 64)])
def test_any_stretch_of_bits_is_counted(first: int, count: int) -> None:
    """A stretch inside a word, over one border or over several counts right."""
    rows, bits = drawn_rows()
    assert ones_from(rows, 1, first, count) == sum(bits[first : first + count])


@pytest.mark.parametrize(("first", "last"), [(0, 199), (63, 64), (64, 127), (10, 11), (7, 7)])
def test_shifts_move_each_bit_by_one(first: int, last: int) -> None:
    """Bits between the ends move by one, and those outside stay."""
    rows, bits = drawn_rows()
    shift_down(rows, 1, first, last)
    down = bits[:first] + bits[first + 1 : last + 1] + bits[last:]
    assert written(rows) == down
    rows, bits = drawn_rows()
    shift_up(rows, 1, first, last)
    assert written(rows) == bits[: first + 1] + bits[first:last] + bits[last + 1 :]
