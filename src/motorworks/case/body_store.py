"""The painted body store: its places, the bodies that come to it, and what their order is to be.

Bodies are numbered from 0 in the order in which they come to the store. Positions at which the
store gives them out count from 0 here (users see them from 1).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from motorworks.case.line_day import LineDay


@dataclass(frozen=True)
class BodyStore:
    """Lanes that each hold bodies one behind the other: first in, first out.

    Any lane may take the next body that comes while it has a free place, and the body at the head
    of any lane may be given out. Two other layouts are the same thing:

    - *random access* with B places is B lanes of one place each;
    - *pull-off places* beside a line: the body at the head of the line goes on, waits there, or is
      pulled off on a free place, from which it may go on before the one that waits. P places and
      the head of the line are P + 1 lanes of one place each.

    Parameters
    ----------
    lanes
        Places of each lane.
    least
        Bodies in the store before one is given out, as long as more are to come. ``least`` and
        ``most`` the same is a steady store: each takt one body comes and one goes. Far apart, paint
        and line are allowed to wait for one another.
    most
        Bodies in it at any time; all places where not given.

    Examples
    --------
    >>> BodyStore((10, 10, 10), least=20, most=20).places
    30
    >>> BodyStore.random_access(3).lanes
    (1, 1, 1)
    """

    lanes: tuple[int, ...]
    least: int = 1
    most: int | None = None

    @classmethod
    def random_access(cls, places: int) -> "BodyStore":
        """A store in which each body can be reached; it gives one out when it is full."""
        return cls((1,) * places, least=places)

    @classmethod
    def pull_off(cls, places: int) -> "BodyStore":
        """Pull-off places beside a line; the body at the head of the line is one more."""
        return cls.random_access(places + 1)

    @property
    def places(self) -> int:
        """Places of all lanes."""
        return sum(self.lanes)

    @property
    def full(self) -> int:
        """Most bodies that may be in it."""
        return self.places if self.most is None else self.most

    @property
    def any_body(self) -> bool:
        """Whether each body can be reached: no lane holds two."""
        return all(length == 1 for length in self.lanes)

    def faults(self) -> list[str]:
        """What is wrong with it, in words; empty where nothing is."""
        found = []
        if not self.lanes or min(self.lanes) < 1:
            found.append("a store has at least one lane, and a lane at least one place")
        elif not 1 <= self.least <= self.full <= self.places:
            found.append(
                f"the store of {self.places} places must hold 1 to {self.places} bodies; "
                f"{self.least} to {self.full} were asked for"
            )
        return found

    def __str__(self) -> str:
        """Say what it is, in a line."""
        if self.any_body:
            return f"{self.places} places, each within reach"
        lengths = sorted(set(self.lanes))
        span = str(lengths[0]) if len(lengths) == 1 else f"{lengths[0]} to {lengths[-1]}"
        return f"{len(self.lanes)} lanes of {span} places, {self.least} to {self.full} bodies in it"


@dataclass(frozen=True)
class StoreTask:
    """Bodies that pass a store, and what counts in the order in which it gives them out.

    What counts is the sum of: ``overtaken`` for each body that is given out after one that was
    wanted behind it; ``displacement`` for each position between where a body was wanted and where
    it is given out; ``mark`` times the mark of ``day``, the line that takes the bodies (its cars
    of the day are the bodies, in the order in which they come).

    Parameters
    ----------
    store
        The store.
    bodies
        Names of the bodies, in the order in which they come.
    wanted
        Position at which each is wanted, each position once; empty where only the mark counts.
    overtaken, displacement, mark
        Weights.
    day
        The line behind the store: its ratios and its paint. The day holds no other rules.
    """

    store: BodyStore
    bodies: tuple[str, ...]
    wanted: tuple[int, ...] = ()
    overtaken: int = 0
    displacement: int = 0
    mark: int = 0
    day: LineDay | None = None

    @property
    def count(self) -> int:
        """Bodies that come."""
        return len(self.bodies)

    @property
    def counts_places(self) -> bool:
        """Whether all that counts is where each body was wanted."""
        return self.mark == 0

    def faults(self) -> list[str]:
        """What is wrong with the task, in words; empty where nothing is."""
        found = self.store.faults()
        if not self.bodies:
            found.append("no body comes to the store")
        if self.wanted and sorted(self.wanted) != list(range(self.count)):
            found.append(
                f"the wanted positions of {self.count} bodies are 1 to {self.count}, each once"
            )
        if (self.overtaken or self.displacement) and not self.wanted:
            found.append("to count bodies out of order, the wanted order must be known")
        if self.mark and self.day is None:
            found.append("to count the mark of a line, the line must be known")
        if self.day is not None:
            found += _of_day(self.day, self.count)
        return found


def _of_day(day: LineDay, count: int) -> list[str]:
    others = {
        "n in a row": day.in_a_row,
        "places": day.places,
        "stretches": day.stretches,
        "links": day.links,
        "levelling": day.levelled,
        "stations": day.stations,
    }
    found = [
        f"behind a store only ratios and paint can be counted, not {name}"
        for name, rules in others.items()
        if rules
    ]
    if day.count != count:
        found.append(f"the line has {day.count} cars, but {count} bodies come")
    return found


def wanted_positions(bodies: Iterable[str], order: Iterable[str]) -> tuple[int, ...]:
    """Position of each body in the wanted order; both name the same bodies, each once.

    Examples
    --------
    >>> wanted_positions(["b", "c", "a"], ["a", "b", "c"])
    (1, 2, 0)
    """
    place = {name: position for position, name in enumerate(order)}
    return tuple(place[name] for name in bodies)
