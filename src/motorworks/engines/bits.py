"""Rows of bits in words of 64: count them, read any 64 of them, set them.

A set of rows is one (rows, words) array of uint64; bit b of row r is bit b mod 64 of word
``[r, b // 64]``. Rows need one word more than their bits fill, so that reading over a word's border
stays inside.
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import inlined

Words = NDArray[np.uint64]

ONE = np.uint64(1)
ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
SIXTY_THREE = np.uint64(63)


def words_for(bits: int) -> int:
    """Words that a row of so many bits takes, with the spare one."""
    return bits // 64 + 2


@inlined
def ones(word: np.uint64) -> int:
    """Count the bits that are set.

    The sums side by side are those of H. S. Warren, Hacker's Delight, section 5-1; the compiler
    knows them and puts the processor's own instruction in their place.
    """
    pairs = word - ((word >> ONE) & np.uint64(0x5555555555555555))
    fours = (pairs & np.uint64(0x3333333333333333)) + (
        (pairs >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    eights = (fours + (fours >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int(np.int64((eights * np.uint64(0x0101010101010101)) >> np.uint64(56)))


@inlined
def has_bit(rows: Words, row: int, bit: int) -> int:
    """Read one bit, as 0 or 1."""
    return int(np.int64((rows[row, bit >> 6] >> np.uint64(bit & 63)) & ONE))


@inlined
def set_bit(rows: Words, row: int, bit: int, value: int) -> None:
    """Set or clear one bit in place."""
    mask = ONE << np.uint64(bit & 63)
    if value:
        rows[row, bit >> 6] |= mask
    else:
        rows[row, bit >> 6] &= ~mask


@inlined
def read(rows: Words, row: int, first: int) -> np.uint64:
    """Read 64 bits from any bit on."""
    word, shift = first >> 6, np.uint64(first & 63)
    # two steps, as a shift by 64 is not defined
    above = (rows[row, word + 1] << ONE) << (SIXTY_THREE - shift)
    bits: np.uint64 = (rows[row, word] >> shift) | above
    return bits


@inlined
def lowest(count: int) -> np.uint64:
    """Return a word whose lowest ``count`` bits are set, 1 to 64 of them."""
    return ALL >> np.uint64(64 - count)


@inlined
def ones_from(rows: Words, row: int, first: int, count: int) -> int:
    """Count the set bits among ``count`` bits from ``first`` on; none for a count below 1."""
    if count <= 0:
        return 0
    last = first + count - 1
    word, end = first >> 6, last >> 6
    head = ALL << np.uint64(first & 63)
    tail = ALL >> np.uint64(63 - (last & 63))
    if word == end:
        return ones(rows[row, word] & head & tail)
    total = ones(rows[row, word] & head) + ones(rows[row, end] & tail)
    for between in range(word + 1, end):
        total += ones(rows[row, between])
    return total


@inlined
def shift_down(rows: Words, row: int, first: int, last: int) -> None:
    """Give bits ``first`` to ``last - 1`` the values of the next ones; bit ``last`` stays."""
    if first >= last:
        return
    for word in range(first >> 6, ((last - 1) >> 6) + 1):
        change = ALL
        if word == first >> 6:
            change &= ALL << np.uint64(first & 63)
        if word == (last - 1) >> 6:
            change &= ALL >> np.uint64(63 - ((last - 1) & 63))
        moved = (rows[row, word] >> ONE) | (rows[row, word + 1] << SIXTY_THREE)
        rows[row, word] = (rows[row, word] & ~change) | (moved & change)


@inlined
def shift_up(rows: Words, row: int, first: int, last: int) -> None:
    """Give bits ``first + 1`` to ``last`` the values of those before; bit ``first`` stays."""
    if first >= last:
        return
    for word in range(last >> 6, ((first + 1) >> 6) - 1, -1):
        change = ALL
        if word == (first + 1) >> 6:
            change &= ALL << np.uint64((first + 1) & 63)
        if word == last >> 6:
            change &= ALL >> np.uint64(63 - (last & 63))
        carry = rows[row, word - 1] >> SIXTY_THREE if word > 0 else np.uint64(0)
        moved = (rows[row, word] << ONE) | carry
        rows[row, word] = (rows[row, word] & ~change) | (moved & change)
