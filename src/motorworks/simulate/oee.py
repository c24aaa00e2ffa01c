"""Overall equipment effectiveness as ISO 22400-2 defines it, of elements and of shops.

Of a work unit: availability = actual production time / planned busy time; effectiveness = planned
run time per item x produced quantity / actual production time; quality ratio = good quantity /
produced quantity; the index is their product. A shop is told by its busiest element, for what that
one loses the shop loses; its quality is that of all its elements one after the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import Segment
from motorworks.simulate.layout import Layout
from motorworks.simulate.tally import STATES, Tally

Floats = NDArray[np.float64]
Numbers = NDArray[np.float64] | NDArray[np.int64]

_WORKING = STATES.index("working")
_NOT_PLANNED = [STATES.index("break"), STATES.index("maintenance")]


@dataclass(frozen=True)
class ShopOee:
    """Effectiveness of a shop; shares from 0 to 1, hours of one server a replication."""

    shop: str
    element: int
    planned_h: float
    producing_h: float
    availability: float
    effectiveness: float
    quality: float

    @property
    def oee(self) -> float:
        """The product of the three."""
        return self.availability * self.effectiveness * self.quality


def planned_run(layout: Layout, tally: Tally) -> Floats:
    """(n,) planned run time of all pieces that each element worked on, in minutes.

    The time of a piece is the mean over the types that come by, weighed by the cars that left.
    """
    seen = np.bincount(tally.exit_type, minlength=len(layout.model.types)).astype(np.float64)
    there = np.isfinite(layout.piece_min)
    weight = np.where(there, seen, 0.0)
    weight = np.where(weight.sum(axis=1, keepdims=True) > 0.0, weight, there)
    with np.errstate(invalid="ignore", divide="ignore"):
        each = np.nansum(weight * layout.piece_min, axis=1) / weight.sum(axis=1)
    moved = np.array([isinstance(one, Segment) for one in layout.model.elements])
    pieces = np.where(moved, tally.passed, tally.worked)
    return np.asarray(np.nan_to_num(each) * pieces, dtype=np.float64)


def oee_of_elements(layout: Layout, tally: Tally) -> Floats:
    """(n, 2) of a replication: planned run time of all pieces, and the index of each element.

    NaN where an element had no planned busy time.
    """
    planned = planned_run(layout, tally)
    busy = tally.states.sum(axis=1) - tally.states[:, _NOT_PLANNED].sum(axis=1)
    quality = [
        shop_quality(layout, number, tally.worked, tally.bad) if number >= 0 else np.nan
        for number in layout.shop_of
    ]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.column_stack([planned, planned / busy * np.array(quality)])


def shop_oee(layout: Layout, means: Mapping[str, Floats]) -> list[ShopOee]:
    """Effectiveness of each shop that works, from means over the replications.

    Parameters
    ----------
    layout
        Of the plant.
    means
        ``minutes`` (n, states), ``worked`` and ``bad`` (n,), ``oee`` (n, 2), as
        :func:`~motorworks.simulate.digest.digest` makes them.
    """
    minutes = means["minutes"]
    planned = minutes.sum(axis=1) - minutes[:, _NOT_PLANNED].sum(axis=1)
    producing = minutes[:, _WORKING]
    found = []
    for number, shop in enumerate(layout.shops):
        own = np.flatnonzero((layout.shop_of == number) & (producing > 0.0) & (planned > 0.0))
        if not len(own):
            continue
        busiest = int(own[np.argmax(producing[own] / planned[own])])
        servers = float(layout.servers[busiest])
        found.append(ShopOee(
            shop, busiest, planned[busiest] / servers / 60.0, producing[busiest] / servers / 60.0,
            float(producing[busiest] / planned[busiest]),
            float(means["oee"][busiest, 0] / producing[busiest]),
            shop_quality(layout, number, means["worked"], means["bad"]),
        ))  # fmt: skip
    return found


def shop_quality(layout: Layout, shop: int, worked: Numbers, bad: Numbers) -> float:
    """Share of pieces that no element of a shop finds bad, one element after the other."""
    own = (layout.shop_of == shop) & (worked > 0)
    return float(np.prod(1.0 - bad[own] / worked[own]))
