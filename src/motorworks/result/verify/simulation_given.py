"""A plant as the verification of a simulation reads it, worked out anew from the model."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from motorworks.case.plant_model import (
    Buffer,
    Calendar,
    Exit,
    Law,
    PlantModel,
    Segment,
    Source,
    Station,
)

Floats = NDArray[np.float64]

EXACT = 1e-6
"""By how much a rule may be missed, which is rounding of sums and no more."""


class Given:
    """Places of names, room in elements, who may come by, and the least that work takes."""

    def __init__(self, model: PlantModel) -> None:
        self.model = model
        self.place = {one.name: n for n, one in enumerate(model.elements)}
        self.room = [_room(one) for one in model.elements]
        self.onward = {(flow.origin, flow.target) for flow in model.flows}
        sources = [n for n, one in enumerate(model.elements) if isinstance(one, Source)]
        self.sources = set(sources)
        self.exits = {n for n, one in enumerate(model.elements) if isinstance(one, Exit)}
        cars = {n for n in sources if not self._makes_pieces(n)}
        kinds = {getattr(model.elements[n], "kind", "") for n in cars}
        self.listed = model.cars is not None and len(cars) == 1 and kinds == {"cars"}
        self.of_cars = self._downstream(cars)
        self.scrapping = {one.element for one in model.failures if one.resume == "scrap"}
        self.open = {n: _open(model, n) for n in range(len(model.elements))}

    def _makes_pieces(self, place: int) -> bool:
        one = self.model.elements[place]
        return isinstance(one, Source) and one.pieces

    def _downstream(self, begin: Iterable[int]) -> set[int]:
        seen = set(begin)
        grown = True
        while grown:
            new = {target for origin, target in self.onward if origin in seen} - seen
            seen |= new
            grown = bool(new)
        return seen

    def loses(self, place: int) -> bool:
        """Whether cars may be scrapped at an element."""
        one = self.model.elements[place]
        return place in self.scrapping or (isinstance(one, Station) and any(one.scrap))

    def does_again(self, place: int) -> bool:
        """Whether bad work is done again on the spot, for which the car may have to wait."""
        one = self.model.elements[place]
        away = any(f.origin == place and f.kind == "rework" for f in self.model.flows)
        return isinstance(one, Station) and min(one.first_pass, default=1.0) < 1.0 and not away

    def leads_out(self, place: int) -> bool:
        """Whether cars may leave the plant from an element."""
        return any((place, target) in self.onward for target in self.exits)

    def types_of(self, cars: NDArray[np.int64], place: int) -> NDArray[np.int64]:
        """Type of each car at an element; -1 where the model does not say it."""
        listed = self.model.cars if self.listed and place in self.of_cars else None
        if listed is None:
            return np.full(len(cars), -1, dtype=np.int64)
        known = (cars >= 0) & (cars < len(listed.type))
        return np.where(known, np.append(listed.type, -1)[np.where(known, cars, -1)], -1)

    def least_work(self, place: int) -> Floats:
        """(types + 1,) minutes that work at a station takes at least; the last for any type."""
        one = self.model.elements[place]
        if not isinstance(one, Station):
            return np.zeros(len(self.model.types) + 1)
        slow = np.ones(len(self.model.types))
        for ramp in self.model.ramps:
            slow[ramp.type] *= min(float(ramp.slow.min(initial=1.0)), 1.0)
        least = np.array(one.time_min) * slow * _least_factor(one.law)
        return np.append(least, least.min())


def _room(one: object) -> float:
    """Most cars in an element at a time."""
    if isinstance(one, Station):
        return one.servers
    if isinstance(one, Segment):
        return one.slots
    if isinstance(one, Buffer) and one.capacity >= 0:
        return one.capacity
    return float("inf")


def _least_factor(law: Law) -> float:
    """Least that a draw of a law can be, its mean being 1."""
    if law.kind == "fixed":
        return 1.0
    if law.kind in ("uniform", "triangular"):
        return max(1.0 - (law.shape or 0.0), 0.0)
    if law.kind == "empirical" and law.values:
        return min(law.values) * len(law.values) / sum(law.values)
    return 0.0


def _open(model: PlantModel, place: int) -> Floats | None:
    """(n, 2) hours of an element with all overtime there may be; None where it never closes."""
    one = model.elements[place]
    number = one.calendar if isinstance(one, Station | Segment) else None
    if number is None:
        return None
    calendar: Calendar = model.calendars[number]
    spans = np.array(calendar.open, dtype=np.float64).reshape(-1, 2)
    if len(calendar.overtime):
        spans = spans + np.column_stack([np.zeros(len(spans)), calendar.overtime])
    return spans


def open_minutes(spans: Floats | None, begin: Floats, end: Floats) -> Floats:
    """Open minutes from one moment to another, for many pairs of moments."""
    if spans is None:
        return end - begin

    def until(moments: Floats) -> Floats:
        reach = np.minimum(np.append(spans[1:, 0], np.inf), spans[:, 1])  # overtime may run on
        ticks = np.column_stack([spans[:, 0], reach]).ravel()
        done = np.repeat(np.append(0.0, np.cumsum(reach - spans[:, 0])), 2)[1:-1]
        return np.asarray(np.interp(moments, ticks, done, left=0.0), dtype=np.float64)

    return until(end) - until(begin)


def is_open(spans: Floats | None, moments: Floats) -> NDArray[np.bool_]:
    """Whether moments lie in the hours, ends included."""
    if spans is None:
        return np.ones(len(moments), dtype=np.bool_)
    if not len(spans):
        return np.zeros(len(moments), dtype=np.bool_)
    place = np.searchsorted(spans[:, 0], moments + EXACT, side="right") - 1
    inside = moments <= spans[np.maximum(place, 0), 1] + EXACT
    return np.asarray((place >= 0) & inside)
