"""A day of cars in another order, or without some of its cars: rules go with their cars."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from motorworks.case.line_day import LineDay, Places, Stretch


def part_of(day: LineDay, cars: Sequence[int]) -> LineDay:
    """Give the same day with these cars of the day alone, in this order.

    Rules that name cars name them by their new numbers; what they say of cars that are left out
    goes with them. Positions in rules stay; those beyond the end of a shorter day become its end.
    Nothing is frozen, and no position is wanted, in the day that is returned.

    Parameters
    ----------
    day
        The day.
    cars
        Numbers of cars of the day, each once at most.

    Examples
    --------
    >>> from motorworks.case.line_day import Link
    >>> day = LineDay("demo", ("z", "a", "b", "c"), 1, (), np.zeros((4, 0), dtype=np.bool_),
    ...               ("red",), np.zeros(4, dtype=np.int64), (), links=(Link("l", 0, 2),))
    >>> part = part_of(day, [2, 0])
    >>> part.cars, part.links[0].earlier, part.links[0].later
    (('z', 'c', 'a'), 1, 0)
    """
    chosen = np.asarray(cars, dtype=np.int64)
    rows = np.concatenate([np.arange(day.before), day.before + chosen])
    place = {int(car): number for number, car in enumerate(chosen)}
    return replace(
        day,
        cars=tuple(day.cars[row] for row in rows),
        has=day.has[rows],
        colour=day.colour[rows],
        vehicles=tuple(day.vehicles[row] for row in rows) if day.vehicles else (),
        places=tuple(_places(rule, place) for rule in day.places if place.keys() & set(rule.cars)),
        stretches=tuple(_stretch(r, len(place)) for r in day.stretches if r.first < len(place)),
        links=tuple(
            replace(link, earlier=place[link.earlier], later=place[link.later])
            for link in day.links
            if link.earlier in place and link.later in place
        ),
        levelled=tuple(
            replace(rule, use=tuple(rule.use[car] for car in chosen)) for rule in day.levelled
        ),
        stations=tuple(
            replace(rule, time_s=tuple(rule.time_s[row] for row in rows)) for rule in day.stations
        ),
        frozen=0,
        wanted=(),
    )


def _places(rule: Places, place: dict[int, int]) -> Places:
    cars = tuple(place[car] for car in rule.cars if car in place)
    if rule.forbidden:
        return replace(rule, cars=cars)
    end = len(place) - 1
    return replace(rule, cars=cars, first=min(rule.first, end), last=min(rule.last, end))


def _stretch(rule: Stretch, count: int) -> Stretch:
    return replace(rule, last=min(rule.last, count - 1))
