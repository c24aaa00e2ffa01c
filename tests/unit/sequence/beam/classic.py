"""Days of short ratio rules alone, drawn at random, and what their beams read of them."""

from dataclasses import replace

import numpy as np

from motorworks.case.line_day import LineDay, Objective, Ratio
from motorworks.sequence.beam.steps import Steps, steps_of
from motorworks.sequence.classes import classes_of
from motorworks.sequence.encode import encode
from motorworks.sequence.rules.others import encode_others


def classic_day(seed: int, cars: int, before: int = 0, frozen: int = 0, kinds: int = 3) -> LineDay:
    """A day with ratios of windows of one to four cars, of both countings and ends."""
    rng = np.random.default_rng(seed)
    rules = int(rng.integers(1, 4))
    ratios = []
    for number in range(rules):
        window = int(rng.integers(1, 5))
        ratios.append(
            Ratio(
                f"R{number}",
                number,
                int(rng.integers(0, window + 1)),
                window,
                counting="once" if rng.random() < 0.5 else "excess",
                past_ends=bool(rng.random() < 0.5),
            )
        )
    total = before + cars
    has = rng.random((kinds, rules)) < 0.5
    return LineDay(
        name=f"classic {seed}",
        cars=tuple(f"car {number}" for number in range(total)),
        before=before,
        traits=tuple(f"trait {number}" for number in range(rules)),
        has=has[rng.integers(0, kinds, total)],
        colours=("any",),
        colour=np.zeros(total, np.int64),
        objectives=(Objective("high", 2),),
        ratios=tuple(ratios),
        frozen=frozen,
    )


def tight_day(seed: int = 2) -> LineDay:
    """60 cars of eight kinds whose options leave little room; no bound of single rules is met."""
    rng = np.random.default_rng(seed)
    kinds = np.array([[kind >> bit & 1 for bit in range(3)] for kind in range(8)], np.bool_)
    has = kinds[rng.choice(8, 60, p=(0.05, 0.12, 0.2, 0.16, 0.12, 0.1, 0.2, 0.05))]
    shares = ((1, 2), (2, 3), (2, 5))
    ratios = [Ratio(f"R{n}", n, *share, counting="once", past_ends=False)
              for n, share in enumerate(shares)]  # fmt: skip
    return replace(
        classic_day(seed, 60), has=has, traits=("a", "b", "c"), ratios=tuple(ratios),
        objectives=(Objective("high", 1),),
    )  # fmt: skip


def steps_for(day: LineDay) -> Steps | None:
    """States and steps of a day, from its cars as given."""
    classes = classes_of(day)
    rules = encode_others(day, classes.of, len(classes.example))
    return steps_of(encode(day, classes), rules, classes.of)
