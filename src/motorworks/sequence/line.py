"""A day of cars as flat arrays: what the kernels of the search read and never change.

Kernels count positions from the first car of the day before: position q of the sequence is
position q - ``before`` of the day.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Words = NDArray[np.uint64]

RATIO = np.dtype(
    [
        ("window", np.int32),
        ("most", np.int32),
        ("once", np.int32),
        ("begin", np.int32),
        ("end", np.int32),
        ("weight", np.float64),
        ("rest", np.float64),
    ]
)
"""A ratio rule: its window and the most of it; 1 where a broken window counts once; first and last
beginning of a window that counts; cost of one; what all lighter rules together can save at most
when two cars change places."""


class Line(NamedTuple):
    """The day, its ratio rules and its colours; few arrays, as each makes every kernel larger.

    Parameters
    ----------
    before, first, end, cars
        Cars of the day before; first position that may change; the one after the last that may;
        positions in all.
    ratio
        (rules,) the ratio rules, heaviest first: :data:`RATIO`.
    saves
        What all ratio rules together can save at most when two cars change places.
    rules
        (classes, words) bit r says whether a car of the class has the trait of ratio rule r.
    group
        (classes,) number alike for classes that are alike for the heaviest rules.
    colour, run_most
        (classes,) colour; (colours,) most cars in a run.
    colour_weight, run_begin, limited
        Cost of a colour change; position from which runs count; whether any run can be too long.
    """

    before: int
    first: int
    end: int
    cars: int
    ratio: NDArray[Any]
    saves: float
    rules: Words
    group: Ints
    colour: Ints
    run_most: Ints
    colour_weight: float
    run_begin: int
    limited: bool
