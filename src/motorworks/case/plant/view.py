"""What the parts of a plant model are made from: layout, types of cars, span, numbers of names."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from motorworks.case.case import Case
from motorworks.case.plant.car_types import CarType, Demands
from motorworks.case.plant.layout import Layout
from motorworks.case.records.line import Station


@dataclass(frozen=True)
class View:
    """A plant of a case over a span, with the types of its cars.

    ``days`` is 0 where the model has no dates; ``rated`` is then the first day of the horizon, of
    which the pace of shops counts. ``calendars`` names the shops that have one, in its order.
    """

    case: Case
    layout: Layout
    types: tuple[CarType, ...]
    demands: Demands
    first: dt.date | None
    days: int
    planned: bool
    mix: Mapping[str, float] | None
    rated: dt.date
    calendars: tuple[str, ...]

    @cached_property
    def number(self) -> dict[str, int]:
        """Number of each element by name, and of the element of each station."""
        numbers = {name: place for place, name in enumerate(self.layout.nodes)}
        homes = {
            station: numbers[home] for station, home in self.layout.home.items() if home in numbers
        }
        return {**homes, **numbers}

    @cached_property
    def station(self) -> dict[str, Station]:
        """Rows of ``stations`` by name."""
        return {row.station: row for row in self.layout.rows.stations}

    def types_of(self, chosen: Callable[[CarType], bool]) -> tuple[int, ...]:
        """Numbers of the types for which something holds; empty where it holds for all."""
        found = tuple(place for place, car in enumerate(self.types) if chosen(car))
        return () if len(found) == len(self.types) else found

    def calendar(self, shop: str) -> int | None:
        """Number of a shop's calendar; None where it is always open."""
        return self.calendars.index(shop) if shop in self.calendars else None
