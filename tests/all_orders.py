"""Small days of few kinds of cars, and every order there is of them, for tests by trying all."""

import random
from collections import Counter
from collections.abc import Iterator

import numpy as np

from motorworks.case.line_day import LineDay, Objective, ObjectiveName, Paint, Ratio
from motorworks.result.sequence_score import Score
from motorworks.result.verify.sequence_score import score_order

WINDOWS = [2, 2, 3, 3, 4, 5]


def few_kinds(seed: int, cars: int = 8, *, frozen: bool = True) -> LineDay:
    """A day with two to four kinds of cars, ratio rules of every sort, colours and batch limits."""
    rng = random.Random(seed)
    count, traits, colours = rng.randint(4, cars), rng.randint(1, 3), rng.randint(1, 3)
    kinds = [
        ([rng.random() < 0.5 for _ in range(traits)], rng.randrange(colours))
        for _ in range(rng.randint(2, 4))
    ]
    before = rng.choice([0, 4, 4, 6])
    chosen = [rng.choice(kinds) for _ in range(before + count)]
    names: list[ObjectiveName] = ["high", "low", "colour"]
    rng.shuffle(names)
    limits = tuple(rng.choice([2, 3, 9]) for _ in range(colours))
    return LineDay(
        name="small",
        cars=tuple(f"car {number}" for number in range(before + count)),
        before=before,
        traits=tuple(f"trait {number}" for number in range(traits)),
        has=np.array([flags for flags, _ in chosen], np.bool_),
        colours=tuple(f"colour {number}" for number in range(colours)),
        colour=np.array([colour for _, colour in chosen], np.int64),
        objectives=tuple(map(Objective, names, (1_000_000, 1_000, 1))),
        ratios=tuple(_rule(rng, number, traits) for number in range(rng.randint(1, 4))),
        paint=Paint(limits, with_before=rng.random() < 0.3) if rng.random() < 0.9 else None,
        frozen=rng.choice([0, 0, 0, 1, 2]) if frozen else 0,
    )


def _rule(rng: random.Random, number: int, traits: int) -> Ratio:
    window = rng.choice(WINDOWS)
    return Ratio(
        f"rule {number}",
        trait=rng.randrange(traits),
        most=rng.randint(1, window - 1),
        window=window,
        priority=rng.choice(["high", "high", "low", "low", "low", "hard"]),
        weight=rng.choice([1, 1, 2]),
        counting=rng.choice(["excess", "excess", "excess", "once"]),
        past_ends=rng.random() < 0.85,
    )


def all_scores(day: LineDay) -> list[Score]:
    """Scores of all orders that keep the hard rules, cars that are alike taken as one."""
    scores = [score_order(day, order) for order in orders(day)]
    return [score for score in scores if not score.broken]


def orders(day: LineDay) -> Iterator[tuple[int, ...]]:
    """Every order of the cars of a day that leaves the frozen ones, alike cars in one order."""
    frozen = min(day.frozen, day.count)
    alike: dict[tuple[object, ...], list[int]] = {}
    for car in range(frozen, day.count):
        at = day.before + car
        alike.setdefault((int(day.colour[at]), *day.has[at].tolist()), []).append(car)
    kinds = list(alike.values())
    for turns in _turns(Counter({kind: len(cars) for kind, cars in enumerate(kinds)})):
        left = [iter(cars) for cars in kinds]
        yield (*range(frozen), *(next(left[kind]) for kind in turns))


def _turns(left: Counter[int]) -> Iterator[list[int]]:
    if not left:
        yield []
    for kind in list(left):
        for rest in _turns(left - Counter([kind])):
            yield [kind, *rest]
