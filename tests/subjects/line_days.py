"""Small days of cars with every kind of rule of the planner's, drawn at random."""

from random import Random
from typing import Any, Literal, get_args

import numpy as np

from motorworks.case.line_day import (
    InARow,
    Levelled,
    LineDay,
    Link,
    Objective,
    Places,
    Priority,
    Stretch,
    WorkStation,
)

Family = Literal["runs", "places", "stretches", "links", "levelled", "stations", "wanted"]
FAMILIES: tuple[Family, ...] = get_args(Family)

OBJECTIVES = (
    Objective("high", 1000),
    Objective("overload", 7),
    Objective("levelling", 5),
    Objective("low", 3),
    Objective("changes", 2),
)


def drawn_day(seed: int, count: int, before: int, families: tuple[Family, ...]) -> LineDay:
    """Draw a day of ``count`` cars after ``before``, with one to three rules of each family."""
    dice = Random(seed)
    traits = ("roof", "towbar")
    has = [[dice.random() < 0.5 for _ in traits] for _ in range(before + count)]
    rules: dict[str, Any] = {}
    makers = {
        "runs": ("in_a_row", lambda: _in_a_row(dice)),
        "places": ("places", lambda: _places(dice, count)),
        "stretches": ("stretches", lambda: _stretch(dice, count)),
        "links": ("links", lambda: _link(dice, count)),
        "levelled": ("levelled", lambda: _levelled(dice, count)),
        "stations": ("stations", lambda: _station(dice, before + count)),
    }
    for family in families:
        if family == "wanted":
            rules["wanted"] = tuple(dice.sample(range(count), count))
        else:
            field, make = makers[family]
            rules[field] = tuple(make() for _ in range(dice.randint(1, 3)))
    return LineDay(
        "drawn",
        tuple(f"car {number}" for number in range(before + count)),
        before,
        traits,
        np.array(has, dtype=bool).reshape(-1, len(traits)),
        ("red",),
        np.zeros(before + count, dtype=np.int64),
        OBJECTIVES,
        takt_s=60.0,
        **rules,
    )


def _weighing(dice: Random) -> dict[str, Any]:
    return {"priority": dice.choice(get_args(Priority)), "weight": dice.randint(1, 4)}


def _in_a_row(dice: Random) -> InARow:
    return InARow("row", dice.randrange(2), dice.randint(1, 5), **_weighing(dice))


def _places(dice: Random, count: int) -> Places:
    first, last = sorted((dice.randrange(count), dice.randrange(count)))
    cars = dice.sample(range(count), dice.randint(1, min(3, count)))
    return Places("place", tuple(cars), first, last, dice.random() < 0.5, **_weighing(dice))


def _stretch(dice: Random, count: int) -> Stretch:
    first, last = sorted((dice.randrange(count), dice.randrange(count)))
    least, most = sorted((dice.randint(0, 3), dice.randint(0, 3)))
    return Stretch("stretch", dice.randrange(2), first, last, least, most, **_weighing(dice))


def _link(dice: Random, count: int) -> Link:
    earlier, later = dice.sample(range(count), 2)
    return Link("link", earlier, later, dice.randint(1, 4), **_weighing(dice))


def _levelled(dice: Random, count: int) -> Levelled:
    use = tuple(dice.choice((0.0, 1.0, 2.5)) for _ in range(count))
    return Levelled("level", use, dice.choice((1.0, 0.3)))


def _station(dice: Random, cars: int) -> WorkStation:
    times = tuple(dice.choice((45.0, 58.5, 61.25, 80.0)) for _ in range(cars))
    return WorkStation("station", times, dice.choice((60.0, 75.0, 100.0)), dice.choice((1.0, 0.5)))
