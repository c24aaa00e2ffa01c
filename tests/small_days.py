"""Small days of cars drawn at random, for tests of the search."""

import numpy as np

from motorworks.case.line_day import LineDay, Objective, Paint, Priority, Ratio


def drawn_day(seed: int, cars: int, before: int, rules: int = 4, widest: int = 6) -> LineDay:
    """A day with ratios of both countings and ends, colours, batch limits and a frozen car."""
    rng = np.random.default_rng(seed)
    total = cars + before
    ranks: tuple[Priority, ...] = ("high", "low", "hard")
    ratios = []
    for number in range(rules):
        window = int(rng.integers(1, widest + 1))
        ratios.append(
            Ratio(
                f"R{number}",
                number,
                int(rng.integers(0, window + 1)),
                window,
                ranks[int(rng.choice(3, p=(0.5, 0.4, 0.1)))],
                int(rng.integers(1, 3)),
                "once" if rng.random() < 0.5 else "excess",
                bool(rng.random() < 0.5),
            )
        )
    colour = rng.integers(0, 3, total)
    most = tuple(int(n) for n in rng.integers(max(2, cars // 2), max(cars, 2) + 1, 3))
    weights = rng.permutation([100, 10, 1])
    return LineDay(
        name=f"day {seed}",
        cars=tuple(f"car {number}" for number in range(total)),
        before=before,
        traits=tuple(f"trait {number}" for number in range(rules)),
        has=rng.random((total, rules)) < rng.random(rules),
        colours=("red", "blue", "white"),
        colour=colour,
        objectives=(
            Objective("high", int(weights[0])),
            Objective("colour", int(weights[1])),
            Objective("low", int(weights[2])),
        ),
        ratios=tuple(ratios),
        paint=Paint(most, with_before=bool(rng.random() < 0.3)),
        frozen=int(rng.integers(0, 2)) if cars > 3 else 0,
    )
