"""The ways to try a move, and how often each is tried while a scale is cooled."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.sequence.line import Line


class Kind(NamedTuple):
    """A way to try a move.

    Parameters
    ----------
    name
        What the walk calls it.
    often
        How often it is tried beside the others.
    colour, heaviest, others
        Whether it leaves the colour changes, the ratio rules of the largest weight, and all other
        ratio rules as they are, always or mostly.
    paints
        Whether it is tried for the sake of colour changes alone.
    """

    name: str
    often: float
    colour: bool = False
    heaviest: bool = False
    others: bool = False
    paints: bool = False


KINDS = (
    Kind("swap any", 15),
    Kind("swap near", 5),
    Kind("swap broken", 10),
    Kind("swap same colour", 15, colour=True, paints=True),
    Kind("swap same heaviest", 10, heaviest=True),
    Kind("swap same heaviest and colour", 5, colour=True, heaviest=True, paints=True),
    Kind("swap same traits", 3, heaviest=True, others=True),
    Kind("swap to join colours, same heaviest", 6, heaviest=True, paints=True),
    Kind("swap to join colours, same traits", 3, heaviest=True, others=True, paints=True),
    Kind("swap ends of runs, same heaviest", 6, heaviest=True, paints=True),
    Kind("insert any", 1),
    Kind("insert near", 10),
    Kind("insert at its colour", 4, colour=True, paints=True),
    Kind("insert broken", 1),
    Kind("reverse", 6),
    Kind("shuffle", 6),
    Kind("exchange blocks", 1),
    Kind("reverse run", 2, colour=True, paints=True),
    Kind("exchange runs", 3, colour=True, paints=True),
    Kind("double swap", 5),
)
"""In the order of their numbers in the walk: swaps, insertions, stretches written anew, and two
swaps at once."""

SWAPS, INSERTS, STRETCHES = 10, 14, 19
"""Numbers below which a kind is a swap, an insertion, a stretch written anew."""

SAFE, IDLE = 2.0, 0.1
"""How much oftener kinds are tried that leave all heavier objectives as they are, and kinds that
change none of those being cooled."""


def shares_at(line: Line, most: float, least: float) -> NDArray[np.float64]:
    """Shares of the kinds, summed up, while costs of one violation from least to most are cooled.

    Most moves that touch a heavier objective are refused, and moves that leave those being cooled
    as they are help nothing.
    """
    often = [kind.often * _weight(line, kind, most, least) for kind in KINDS]
    return np.append(np.cumsum(np.array(often) / sum(often))[:-1], 1.0)


def _weight(line: Line, kind: Kind, most: float, least: float) -> float:
    """How much oftener a kind is tried than it would be."""
    if kind.paints and line.colour_weight == 0.0:
        return 0.0  # without colours a run is the whole day, and dear to write anew
    top = float(line.ratio["weight"].max(initial=0.0))
    kept = {float(w): kind.heaviest if w == top else kind.others for w in line.ratio["weight"]}
    costs = [*kept.items(), (line.colour_weight, kind.colour)]
    helps = any(least <= cost <= most and not keeps for cost, keeps in costs)
    heavier = [keeps for cost, keeps in costs if cost > most]
    return (1.0 if helps else IDLE) * (SAFE if heavier and all(heavier) else 1.0)
