"""Colour changes and paint batches.

cost = weight x positions of the day where the colour differs from that of the car before

A run longer than its colour's limit is never made: moves that would make one are refused.
"""

import numpy as np
from numpy.typing import NDArray

from motorworks.engines.jit import inlined, lean
from motorworks.sequence.line import Line

Ints = NDArray[np.int32]


@lean
def changes(line: Line, seq: Ints) -> int:
    """Colour changes of the day, that against the last car of the day before included."""
    count = 0
    for position in range(max(line.before, 1), len(seq)):
        if line.colour[seq[position]] != line.colour[seq[position - 1]]:
            count += 1
    return count


@inlined
def seam(line: Line, left: int, right: int) -> int:
    """1 where two classes in a row differ in colour; -1 stands for no car."""
    if left < 0 or right < 0:
        return 0
    return 1 if line.colour[left] != line.colour[right] else 0


@lean
def rewrite_changes(line: Line, seq: Ints, first: int, new: Ints, length: int) -> int:
    """Change in the number of colour changes if positions from ``first`` on got ``new``."""
    count = 0
    left = was = at(line, seq, first - 1)
    for step in range(length):
        count += seam(line, left, new[step]) - seam(line, was, seq[first + step])
        left, was = new[step], seq[first + step]
    right = at(line, seq, first + length)
    return count + seam(line, left, right) - seam(line, was, right)


@inlined
def at(line: Line, seq: Ints, position: int) -> int:
    """Class at a position; -1 beyond the ends."""
    return seq[position] if 0 <= position < line.cars else -1


@lean
def rewritten_fits(line: Line, seq: Ints, first: int, new: Ints, length: int) -> bool:
    """Whether no run is too long once positions from ``first`` on have ``new[:length]``.

    Looks at runs that touch the stretch only.
    """
    colour = line.colour[new[0]]
    run = 0
    position = first - 1
    while position >= line.run_begin and line.colour[seq[position]] == colour:
        run += 1
        position -= 1
    for step in range(length):
        if line.colour[new[step]] != colour:
            colour = line.colour[new[step]]
            run = 0
        run += 1
        if run > line.run_most[colour]:
            return False
    position = first + length
    while position < line.cars and line.colour[seq[position]] == colour:
        run += 1
        position += 1
    return bool(run <= line.run_most[colour])


@lean
def fits_at(line: Line, seq: Ints, position: int) -> bool:
    """Whether the run through a position is not too long."""
    colour = line.colour[seq[position]]
    most = line.run_most[colour]
    left = right = position
    while left > line.run_begin and line.colour[seq[left - 1]] == colour:
        left -= 1
        if position - left >= most:
            return False
    while right + 1 < line.cars and line.colour[seq[right + 1]] == colour:
        right += 1
        if right - left >= most:
            return False
    return True


@inlined
def source(i: int, j: int, position: int) -> int:
    """Position from which the car comes that stands at a position once the car at i went to j."""
    if position == j:
        return i
    if i <= position < j:
        return position + 1
    if j < position <= i:
        return position - 1
    return position


@lean
def fits_moved(line: Line, seq: Ints, i: int, j: int, position: int) -> bool:
    """Whether the run through a position is not too long once the car at i has gone to j."""
    colour = line.colour[seq[source(i, j, position)]]
    most = line.run_most[colour]
    left = right = position
    while left > line.run_begin and line.colour[seq[source(i, j, left - 1)]] == colour:
        left -= 1
        if position - left >= most:
            return False
    while right + 1 < line.cars and line.colour[seq[source(i, j, right + 1)]] == colour:
        right += 1
        if right - left >= most:
            return False
    return True


@lean
def too_long(line: Line, seq: Ints) -> int:
    """Runs that are too long and of which a car may still be moved."""
    count, run, colour = 0, 0, -1
    for position in range(line.run_begin, line.cars):
        run = run + 1 if line.colour[seq[position]] == colour else 1
        colour = line.colour[seq[position]]
        if run == line.run_most[colour] + 1:
            count += 1
    return count
