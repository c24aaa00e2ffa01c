"""The front of colour changes against all else: what one more batch buys in violations.

A point is on the front when no order is as good in both and better in one. On a small day all
points are found (:mod:`motorworks.sequence.front_small`). On others they come from searches with
one weight after another: first each of the two by rank, then, between two neighbours, the weights
for which both cost alike; an order below the line between them is a new point, and has two
neighbours in its turn (Y. P. Aneja, K. P. K. Nair, https://doi.org/10.1287/mnsc.25.1.73). Weights
come to points of the convex hull alone; points behind it are kept when a search meets them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd

from motorworks.case.line_day import LineDay, Objective
from motorworks.errors import CaseError, Problem
from motorworks.sequence.classes import classes_of
from motorworks.sequence.front_small import whole_front
from motorworks.sequence.measure import Measure
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.solve import solve_sequence

_HEAVY = 10**8
"""Most that one unit may weigh in a search: hard rules must weigh more."""


@dataclass(frozen=True)
class FrontPoint:
    """An order on the front.

    ``colour`` are its colour changes, ``rest`` the mark without them, ``values`` all objectives.
    """

    colour: float
    rest: float
    values: dict[str, float]
    broken: int
    order: tuple[int, ...]


@dataclass(frozen=True)
class Front:
    """Points from the fewest colour changes to the most, and how they were found.

    ``whole`` says whether these are all points there are.
    """

    points: tuple[FrontPoint, ...]
    whole: bool
    how: str


def colour_front(
    day: LineDay,
    params: SequenceParams | None = None,
    *,
    most_searches: int = 12,
    on_search: Callable[[int], None] | None = None,
) -> Front:
    """Find orders between the fewest colour changes and the lowest mark in all else.

    Parameters
    ----------
    day
        The day; its objectives are colour and at least one other.
    params
        Settings of each search.
    most_searches
        Searches at most, on a day too large to find all points; at least 2.
    on_search
        Called with the number of each search before it begins.

    Raises
    ------
    CaseError
        The objectives are not colour and another.
    """
    names = [item.name for item in day.objectives]
    if "colour" not in names or len(names) < 2 or most_searches < 2:
        said = "a front needs the objective colour, another one, and at least 2 searches"
        raise CaseError([Problem("front", said)])
    measure = _Points(day)
    orders = whole_front(day)
    if orders:
        points = [measure(order) for order in orders]
        return Front(tuple(points), True, "all orders, by dynamic programming")
    params = params or SequenceParams(bound_effort=0)
    searches = 0

    def search(colour: int, rest: int, start: FrontPoint | None) -> FrontPoint:
        nonlocal searches
        searches += 1
        if on_search is not None:
            on_search(searches)
        weighed = _weighed(day, colour, rest)
        found = solve_sequence(weighed, params, start=start.order if start else None)
        return measure(found.order)

    low = search(_HEAVY // 10, 1, None)
    high = search(1, _most_rest(day), low)
    points, open_pairs = [low, high], [(low, high)]
    while open_pairs and searches < most_searches:
        left, right = open_pairs.pop(0)
        if right.colour <= left.colour or left.rest <= right.rest:
            continue
        colour, rest = _alike(left, right, _unit(day))
        point = search(colour, rest, left)
        before = colour * left.colour + rest * left.rest / _unit(day)
        if colour * point.colour + rest * point.rest / _unit(day) < before - 1e-9:
            open_pairs += [(left, point), (point, right)]
        points.append(point)
    how = f"{searches} searches with weights between the two objectives"
    return Front(_unbeaten(points), False, how)


class _Points:
    """Measures orders of a day as points."""

    def __init__(self, day: LineDay) -> None:
        self._day, self._classes = day, classes_of(day)
        self._measure = Measure(day, self._classes)

    def __call__(self, order: tuple[int, ...]) -> FrontPoint:
        cars = [*range(self._day.before), *(self._day.before + car for car in order)]
        measured = self._measure(self._classes.of[cars])
        values = {str(name): float(value) for name, value in measured.values.items()}
        colour = values["colour"]
        rest = measured.mark - self._day.weight("colour") * colour
        return FrontPoint(colour, rest, values, measured.broken, order)


def _unit(day: LineDay) -> int:
    """Largest number that divides all weights but that of colour."""
    return gcd(*(item.weight for item in day.objectives if item.name != "colour"))


def _most_rest(day: LineDay) -> int:
    """How much all else may weigh while the heaviest of it stays within limits."""
    heaviest = max(item.weight for item in day.objectives if item.name != "colour")
    return max(1, min(day.count + 1, _HEAVY * _unit(day) // heaviest))


def _alike(left: FrontPoint, right: FrontPoint, unit: int) -> tuple[int, int]:
    """Weights of colour and of all else for which two points cost alike."""
    slope = Fraction((left.rest - right.rest) / unit / (right.colour - left.colour))
    slope = slope.limit_denominator(1000)
    return max(1, slope.numerator), max(1, slope.denominator)


def _weighed(day: LineDay, colour: int, rest: int) -> LineDay:
    """The day with colour weighed against units of all else."""
    unit = _unit(day)
    weights = {
        item.name: colour if item.name == "colour" else rest * (item.weight // unit)
        for item in day.objectives
    }
    ranked = sorted(day.objectives, key=lambda item: -weights[item.name])
    return replace(day, objectives=tuple(Objective(i.name, weights[i.name]) for i in ranked))


def _unbeaten(points: list[FrontPoint]) -> tuple[FrontPoint, ...]:
    """Points that no other beats, those that break fewest hard rules only; each once."""
    least = min(point.broken for point in points)
    kept: list[FrontPoint] = []
    for point in sorted(points, key=lambda p: (p.colour, p.rest)):
        if point.broken == least and (not kept or point.rest < kept[-1].rest):
            kept.append(point)
    return tuple(kept)
