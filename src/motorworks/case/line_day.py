"""A day of cars for one line, and the rules that its order has to keep.

This is what the stage *sequence* is given, wherever the cars come from: a day slotted or drawn
from the plan of a case, an instance of Renault's, of CSPLib, or a list of orders of one's own.

Positions of the day count from 0 here (users see them from 1). The cars of the day before, whose
order is past, stand at -1, -2, ... backwards.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from motorworks.case.wording import counted

Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

ObjectiveName = Literal["high", "low", "colour", "overload", "levelling", "changes"]
"""What may be counted: broken rules of high or low priority, colour changes, work overload,
uneven use, and cars moved from where they were wanted."""

Priority = Literal["hard", "high", "low"]
"""Whether a rule must hold, or which objective its violations count for."""


@dataclass(frozen=True)
class Objective:
    """One thing to be kept small, and the weight of one unit of it in the mark.

    The mark is the weighted sum. Weights far apart, as 1,000,000 to 1,000 to 1, make it an order
    of importance: the first objective decides, then the second, then the third.
    """

    name: ObjectiveName
    weight: int


@dataclass(frozen=True)
class Ratio:
    """At most ``most`` of any ``window`` cars in a row have the trait.

    ``counting`` says what a broken window counts: ``excess``, the cars too many in it; ``once``,
    one however many. ``past_ends`` says whether windows reach back into the day before and out
    over the end of the day, where no car has the trait; windows wholly in the day before never
    count. Without it only windows that lie inside the day count.

    A minimum distance d between two cars is the ratio 1 in d; at most n in a row is n in n + 1.
    """

    name: str
    trait: int
    most: int
    window: int
    priority: Priority = "high"
    weight: int = 1
    counting: Literal["excess", "once"] = "excess"
    past_ends: bool = True


@dataclass(frozen=True)
class Paint:
    """Paint batches: no run of one colour is longer than ``most[colour]`` cars; hard.

    Runs are counted inside the day; a run that goes on from the day before starts anew, unless
    ``with_before``. Every change of colour, that against the last car of the day before included,
    counts one for the objective ``colour``.
    """

    most: tuple[int, ...]
    with_before: bool = False


@dataclass(frozen=True)
class InARow:
    """Cars with the trait come at least ``least`` in a row.

    Each run shorter than that counts the cars it lacks. A run that goes on from the day before
    counts its cars there; the last run of the day may go on tomorrow and counts nothing.
    """

    name: str
    trait: int
    least: int
    priority: Priority = "high"
    weight: int = 1


@dataclass(frozen=True)
class Places:
    """The cars ``cars`` stand at positions ``first`` to ``last`` only, or never there.

    A fixed car has ``first == last``; a car that must not come before a time has the position of
    that time as ``first``. Each car elsewhere counts one. ``cars`` are numbers of cars of the day,
    from 0 in the order as given.
    """

    name: str
    cars: tuple[int, ...]
    first: int
    last: int
    forbidden: bool = False
    priority: Priority = "hard"
    weight: int = 1


@dataclass(frozen=True)
class Stretch:
    """Of the cars at positions ``first`` to ``last``, ``least`` to ``most`` have the trait.

    Each car too few or too many counts one.
    """

    name: str
    trait: int
    first: int
    last: int
    least: int
    most: int
    priority: Priority = "high"
    weight: int = 1


@dataclass(frozen=True)
class Link:
    """Car ``earlier`` stands at least ``gap`` positions before car ``later``.

    The positions that lack count. Cars are numbers of cars of the day, from 0.
    """

    name: str
    earlier: int
    later: int
    gap: int = 1
    priority: Priority = "hard"
    weight: int = 1


@dataclass(frozen=True)
class Levelled:
    """The trait, or what cars use of a part, is spread evenly over the day.

    With ``use[car]`` the use of each car of the day (1 and 0 for a trait), U its sum and n the
    cars of the day, position p (from 1) adds ``weight`` times the square of (use so far - p U / n)
    to the objective ``levelling`` (goal chasing; J. Miltenburg, https://doi.org/10.1287/mnsc.35.2.192).
    """

    name: str
    use: tuple[float, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class WorkStation:
    """A paced station: the work on car p may begin before it enters or end after, within limits.

    ``time_s[car]`` is the work on each car, those of the day before first. With w the time by
    which the worker is behind when a car enters the station's reach (0 before the first car of
    all), the work beyond ``length_s`` is overload, done by a utility worker:
    overload = max(0, w + time - length), next w = max(0, min(w + time, length) - takt).
    Overload of cars of the day counts for the objective ``overload``, in seconds, times ``weight``.
    """

    name: str
    time_s: tuple[float, ...]
    length_s: float
    weight: float = 1.0


@dataclass(frozen=True)
class LineDay:
    """Cars and rules of one day on one line.

    Parameters
    ----------
    name
        What it is called: instance, or line and day.
    cars
        Names of the cars: first the ``before`` cars of the day before, in their order, then the
        cars of the day, in the order as given. A name may stand twice; a car is known by its place.
    before
        How many of them belong to the day before.
    traits, has
        Names of what rules speak of (options, vehicles, ...), and (cars, traits) whether a car has
        it.
    colours, colour
        Names of colours, and the number of each car's; all 0 and one name where colour plays no
        part.
    vehicles
        Vehicle of each car, for people to read; empty where not known.
    frozen
        How many cars at the beginning stay as given.
    wanted
        Position at which each car of the day was wanted, for the objective ``changes``: each car
        that stands elsewhere counts one; empty where nothing was wanted.
    objectives
        In order of importance; what is not named does not count.
    """

    name: str
    cars: tuple[str, ...]
    before: int
    traits: tuple[str, ...]
    has: Flags
    colours: tuple[str, ...]
    colour: Integers
    objectives: tuple[Objective, ...]
    vehicles: tuple[str, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    paint: Paint | None = None
    in_a_row: tuple[InARow, ...] = ()
    places: tuple[Places, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    links: tuple[Link, ...] = ()
    levelled: tuple[Levelled, ...] = ()
    stations: tuple[WorkStation, ...] = ()
    takt_s: float = 60.0
    frozen: int = 0
    wanted: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """Cars of the day."""
        return len(self.cars) - self.before

    def weight(self, name: ObjectiveName) -> int:
        """Weight of an objective; 0 where it does not count."""
        return next((item.weight for item in self.objectives if item.name == name), 0)

    @property
    def rules(self) -> int:
        """Number of its rules; limits of paint batches are one of them, if any can be reached."""
        each = (
            self.ratios, self.in_a_row, self.places, self.stretches, self.links, self.levelled,
            self.stations,
        )  # fmt: skip
        limited = self.paint is not None and any(most < self.count for most in self.paint.most)
        return sum(map(len, each)) + limited

    def __str__(self) -> str:
        """Say what is to be sequenced, in a line."""
        order = ", ".join(objective.name for objective in self.objectives)
        after = f" after {self.before:,}" if self.before else ""
        return (
            f"{self.name}: {counted(self.count, 'car')}{after}, "
            f"{counted(len(self.colours), 'colour')}, {counted(self.rules, 'rule')}; "
            f"objectives {order}"
        )
