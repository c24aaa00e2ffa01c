"""Repair an order that cannot be built as it was: cars dropped, late or added, a colour down.

The cars already on the line stay. The others close up: a car that cannot stand where it would
comes at the first position where it may, and the cars behind it move up. This order needs no
decision and counts no change; what a repair changes is counted against it. So a car that drops out
of a day of a thousand is no change, and neither is a late car that comes when its parts are there.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from motorworks.case.day_part import part_of
from motorworks.case.line_day import LineDay, Objective, Places
from motorworks.errors import CaseError, Problem
from motorworks.result.sequence import SequenceResult
from motorworks.sequence.classes import classes_of
from motorworks.sequence.measure import Measure, Measured
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.solve import solve_sequence

_WORTH = 4
"""Changes that one unit of the first objective is worth in the repair between the extremes."""

_SCALE = 10**8
"""Most that a unit of an objective weighs: hard rules must weigh more than all that is gained."""


@dataclass(frozen=True)
class Disturbance:
    """What has happened, and where the line is.

    Cars are numbers of cars of the day (0 is the first as given). Positions count from 0 in the
    order that is to be built, the cars that drop out being gone.

    Parameters
    ----------
    now
        Positions already on the line; their cars stay.
    dropped
        Cars that are not built this day.
    late
        Cars and the first position at which each may come.
    added
        Cars that did not stand in the order, and the first position of each.
    colour_down
        Number of a colour, and the first and the last position at which it cannot be painted.
    """

    now: int = 0
    dropped: tuple[int, ...] = ()
    late: tuple[tuple[int, int], ...] = ()
    added: tuple[tuple[int, int], ...] = ()
    colour_down: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class Repaired:
    """A repaired order.

    Parameters
    ----------
    name
        ``fewest`` (changes, hard rules kept), ``middle`` or ``best`` (mark).
    order
        Numbers of the cars of the day as it was given, in their new order.
    mark, values
        In the objectives of the day.
    broken
        Violations of hard rules.
    changes
        Cars that stand elsewhere than in the order that merely closes up.
    moved
        Fewest cars to take out of the old order and put back elsewhere, to come to this one; the
        late cars are among them.
    result
        What the search told; nothing where there was nothing to search.
    """

    name: str
    order: tuple[int, ...]
    mark: float
    values: dict[str, float]
    broken: int
    changes: int
    moved: int
    result: SequenceResult | None


def repair(
    day: LineDay,
    order: Sequence[int],
    what: Disturbance,
    params: SequenceParams | None = None,
) -> list[Repaired]:
    """Give three orders: with the fewest changes, with the best mark, and one between.

    *fewest*: no change that hard rules do not ask for. *best*: the lowest mark, changes deciding
    between orders of nearly the same mark. *middle*: a change costs a quarter of a unit of the
    first objective, so it is made where it removes violations that matter most.

    Parameters
    ----------
    day
        The day as it was given, with cars that were added.
    order
        Numbers of its cars in the order in force; cars that were added do not stand in it.
    what
        What has happened.
    params
        Settings of each search.

    Raises
    ------
    CaseError
        What happened does not fit the day.
    """
    _check(day, order, what)
    base = closed_up(day, order, what)
    today = repaired_day(day, base, what)
    params = params or SequenceParams(iterations=2_000_000, bound_effort=0)
    classes = classes_of(today)
    measure = Measure(today, classes)

    def counted(order: tuple[int, ...], result: SequenceResult | None) -> _Found:
        cars = [*range(today.before), *(today.before + car for car in order)]
        changes = sum(car != place for place, car in enumerate(order))
        return _Found(order, measure(classes.of[cars]), changes, result)

    closed = counted(tuple(range(today.count)), None)
    first = today.objectives[0].weight
    scale = max(10, min(today.count + 1, _SCALE // first))

    def search(day: LineDay, start: _Found) -> _Found:
        result = solve_sequence(day, params, start=start.new)
        return counted(result.order, result)

    found = [closed]
    if closed.measured.broken:
        alone = search(replace(today, objectives=(Objective("changes", 1),)), closed)
        found.append(alone)
        # nothing that is gained in the mark is worth a change more
        worth = min(int(alone.mark) + 1, _SCALE // 10)
        found.append(search(_weighed(today, 1, worth), min(found, key=_RANKS["fewest"](first))))
    found.append(search(_weighed(today, _WORTH, first), closed))
    found.append(search(today, closed))  # the mark alone; then changes among orders as good
    found.append(search(_weighed(today, scale, 1), min(found, key=_RANKS["best"](first))))
    answers = []
    for name, ranked in _RANKS.items():
        one = min(found, key=ranked(first))
        final, counts = tuple(base[car] for car in one.new), one.measured
        answers.append(
            Repaired(
                name, final, counts.mark, {str(key): value for key, value in counts.values.items()},
                counts.broken, one.changes, cars_moved(order, final), one.result,
            )
        )  # fmt: skip
    return answers


@dataclass(frozen=True)
class _Found:
    """An order of the cars that are left, what it counts, and the search that found it."""

    new: tuple[int, ...]
    measured: Measured
    changes: int
    result: SequenceResult | None

    @property
    def hard(self) -> tuple[int, int]:
        """Violations of hard rules, those of batch limits first."""
        return self.measured.too_long, self.measured.broken

    @property
    def mark(self) -> float:
        """In the objectives of the day."""
        return self.measured.mark


_Rank = Callable[[_Found], tuple[float, ...]]
_RANKS: dict[str, Callable[[float], _Rank]] = {
    "fewest": lambda _: lambda one: (*one.hard, one.changes, one.mark),
    "middle": lambda first: lambda one: (*one.hard, _WORTH * one.mark + first * one.changes),
    "best": lambda _: lambda one: (*one.hard, one.mark, one.changes),
}
"""What each answer has the least of, of all orders found; a unit of the first objective weighs so
much. So no answer is worse than another in what it stands for."""


def closed_up(day: LineDay, order: Sequence[int], what: Disturbance) -> tuple[int, ...]:
    """Close the order up: at each position the first car, of those passed over, that may come."""
    earliest = dict([*what.late, *what.added])
    dropped = set(what.dropped)
    coming = deque(car for car in order[what.now :] if car not in dropped)
    coming.extend(car for car, _ in sorted(what.added, key=lambda pair: pair[1]))
    added = {car for car, _ in what.added}
    passed = [car for car in coming if car in added]  # they come as soon as they may
    coming = deque(car for car in coming if car not in added)
    base = list(order[: what.now])

    def may_come(car: int, position: int) -> bool:
        colour = day.colour[day.before + car]
        down = any(
            colour == number and first <= position <= last
            for number, first, last in what.colour_down
        )
        return position >= earliest.get(car, 0) and not down

    while passed or coming:
        position = len(base)
        chosen = next((car for car in passed if may_come(car, position)), None)
        if chosen is not None:
            passed.remove(chosen)
        while chosen is None and coming:
            car = coming.popleft()
            if may_come(car, position):
                chosen = car
            else:
                passed.append(car)
        # where no car may come, one stands there all the same: the search is told of it as hard
        base.append(passed.pop(0) if chosen is None else chosen)
    return tuple(base)


def repaired_day(day: LineDay, base: Sequence[int], what: Disturbance) -> LineDay:
    """Build the day that is left: its cars in the order that closes up, and what has happened."""
    part = part_of(day, base)
    place = {car: number for number, car in enumerate(base)}
    end = part.count - 1
    limits = [
        Places(f"not before position {first + 1}", (place[car],), first, end)
        for car, first in (*what.late, *what.added)
        if first > 0
    ]
    for colour, first, last in what.colour_down:
        painted = np.flatnonzero(part.colour[part.before :] == colour)
        cars = tuple(int(car) for car in painted if car >= what.now)
        if cars:
            name = f"{day.colours[colour]} is down"
            limits.append(Places(name, cars, max(first, what.now), min(last, end), forbidden=True))
    kept = tuple(item for item in day.objectives if item.name != "changes")
    return replace(
        part,
        places=(*part.places, *limits),
        frozen=what.now,
        wanted=tuple(range(part.count)),
        objectives=kept,
    )


def _weighed(day: LineDay, times: int, changes: int) -> LineDay:
    """The day with changes among its objectives."""
    rest = tuple(replace(item, weight=item.weight * times) for item in day.objectives)
    counted = Objective("changes", changes)
    first = changes > max(item.weight for item in rest)
    return replace(day, objectives=(counted, *rest) if first else (*rest, counted))


def cars_moved(old: Sequence[int], new: Sequence[int]) -> int:
    """Fewest cars to take out of an order and put back elsewhere to come to a new one.

    All cars but those of a longest common sequence; cars that are only in one of them do not
    count.

    Examples
    --------
    >>> cars_moved([1, 2, 3, 4, 5], [1, 3, 4, 5, 2])
    1
    """
    place = {car: number for number, car in enumerate(old)}
    common = [place[car] for car in new if car in place]
    ends: list[int] = []
    for number in common:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(common) - len(ends)


def _check(day: LineDay, order: Sequence[int], what: Disturbance) -> None:
    """Complain of all that does not fit, at once."""
    said = [*_wrong_cars(day, order, what), *_wrong_positions(day, order, what)]
    if all(item.name == "changes" for item in day.objectives):
        said.append("the day has no objective but changes, which a repair counts anyway")
    if said:
        raise CaseError([Problem("repair", text) for text in said])


def _wrong_cars(day: LineDay, order: Sequence[int], what: Disturbance) -> list[str]:
    """Cars to which it cannot have happened."""
    names = day.cars[day.before :]
    built, in_order = set(order[: max(what.now, 0)]), set(order)
    added = {car for car, _ in what.added}
    said = []
    for car in what.dropped:
        if car in built:
            said.append(f"{names[car]} is on the line already and cannot drop out")
        elif car not in in_order:
            said.append(f"{names[car]} does not stand in the order and cannot drop out")
    for car, _ in what.late:
        if car in built or car not in in_order:
            said.append(f"{names[car]} is not among the cars to come and cannot be late")
        elif car in what.dropped:
            said.append(f"{names[car]} drops out and cannot be late")
    said += [f"{names[car]} stands in the order already" for car in sorted(added & in_order)]
    missing = set(range(day.count)) - in_order - added
    return said + [f"{names[car]} stands nowhere in the order" for car in sorted(missing)]


def _wrong_positions(day: LineDay, order: Sequence[int], what: Disturbance) -> list[str]:
    """Positions that there are not."""
    left = len(set(order) | {car for car, _ in what.added}) - len(set(what.dropped))
    said = []
    if not 0 <= what.now <= len(order):
        said.append(
            f"{what.now:,} cars cannot be on the line already: the order has {len(order):,}"
        )
    for car, first in (*what.late, *what.added):
        if not 0 <= first < left:
            name = day.cars[day.before + car]
            said.append(f"{name}: position {first + 1} is not one of the {left} of the day")
    for colour, first, last in what.colour_down:
        if not 0 <= first <= last:
            span = f"{first + 1}-{last + 1}"
            said.append(f"{day.colours[colour]} is down from first to last position, not {span}")
    return said
