"""A generated day of cars, of any size: models, trims, options, colours and their ratios.

The mix (which trims there are, what they take, how tight each ratio is) depends on the seed, the
options and the colours alone; the number of cars only says how many are drawn from it. So days of
300 and of 50,000 cars have the same rules, and the cost of a move can be held side by side.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import LineDay, Objective, Paint, Ratio

Floats = NDArray[np.float64]

MODELS, TRIMS = 6, 4
"""Models on the line, and trims of each."""

CHOSEN = 4
"""Options that a customer may choose in a trim; the others come with it, or not at all."""

HIGH_SHARE = 0.5
"""Share of the ratios that are of high priority."""


@dataclass(frozen=True)
class DaySize:
    """How large a day is; the defaults are a day of two large lines together."""

    cars: int = 5_000
    options: int = 40
    colours: int = 30
    before: int = 60

    def __str__(self) -> str:
        return f"{self.cars}x{self.options}x{self.colours}"

    @classmethod
    def parse(cls, text: str) -> "DaySize":
        """Read back what :meth:`__str__` wrote.

        >>> DaySize.parse("300x9x5").colours
        5
        """
        cars, options, colours = map(int, text.split("x"))
        return cls(cars, options, colours)


SMALL = DaySize(cars=60, options=6, colours=4, before=8)


def generate(size: DaySize = DaySize(), seed: int = 1) -> LineDay:
    """Draw a day.

    A car has a model and trim, which bring most of its options; a few the customer chose. Colours
    fall off as in the trade, a few make up most of the day. Each option has the ratio N/P, P at
    most 20, that comes nearest to a drawn use of 75 to 97 % of what the ratio lets through (low
    priority up to 104 %: such a ratio cannot be kept all day). A colour's batches are of at most 8
    to 20 cars.
    """
    rng = np.random.default_rng(seed)
    takes = _takes(rng, size.options)
    trim_share = _falling(rng, MODELS * TRIMS, 0.8)
    colour_share = _falling(rng, size.colours, 1.1)
    ratios = _ratios(rng, trim_share @ takes)
    most = rng.integers(8, 21, size.colours)
    drawn = np.random.default_rng((seed, size.cars))
    count = size.before + size.cars
    trim = drawn.choice(MODELS * TRIMS, count, p=trim_share)
    has = drawn.random((count, size.options)) < takes[trim]
    colour = drawn.choice(size.colours, count, p=colour_share)
    return LineDay(
        name=f"generated {size} seed {seed}",
        cars=tuple(f"car-{number:05d}" for number in range(count)),
        before=size.before,
        traits=tuple(f"option-{number:02d}" for number in range(size.options)),
        has=has,
        colours=tuple(f"colour-{number:02d}" for number in range(size.colours)),
        colour=colour.astype(np.int64),
        objectives=(Objective("high", 1_000_000), Objective("colour", 1_000), Objective("low", 1)),
        vehicles=tuple(f"model-{one // TRIMS} trim-{one % TRIMS}" for one in trim.tolist()),
        ratios=ratios,
        paint=Paint(tuple(most.tolist())),
    )


def _takes(rng: np.random.Generator, options: int) -> Floats:
    """Share of the cars of each trim that have each option: 0, 1, or in between where chosen."""
    base = np.exp(rng.uniform(np.log(0.03), np.log(0.6), options))
    model = rng.random((MODELS, options)) < np.sqrt(base)  # offered on a model
    trim = rng.random((MODELS, TRIMS, options)) < np.sqrt(base)  # standard in a trim of it
    takes = (model[:, None, :] & trim).reshape(-1, options).astype(np.float64)
    for row in takes:
        free = rng.choice(options, min(CHOSEN, options), replace=False)
        row[free] = rng.uniform(0.05, 0.6, len(free))
    never = takes.sum(0) == 0
    takes[rng.integers(len(takes), size=int(never.sum())), np.flatnonzero(never)] = 0.5
    return takes


def _falling(rng: np.random.Generator, count: int, power: float) -> Floats:
    """Shares that fall off with the rank, in drawn order."""
    share = 1.0 / np.arange(1, count + 1) ** power
    return np.asarray(rng.permutation(share / share.sum()))


def _ratios(rng: np.random.Generator, rate: Floats) -> tuple[Ratio, ...]:
    high = rng.permutation(len(rate)) < max(1, round(HIGH_SHARE * len(rate)))
    ratios = []
    for trait, share in enumerate(rate.tolist()):
        use = rng.uniform(0.75, 0.97) if high[trait] else rng.uniform(0.8, 1.04)
        most, window = min(_ladder(), key=lambda pair: abs(share * pair[1] / pair[0] - use))
        ratios.append(
            Ratio(
                f"option-{trait:02d} {most}/{window}", trait, most, window,
                priority="high" if high[trait] else "low",
            )
        )  # fmt: skip
    return tuple(ratios)


@lru_cache(maxsize=1)
def _ladder() -> list[tuple[int, int]]:
    """Ratios as plants write them, in lowest terms, short windows first."""
    pairs = [(most, window) for window in range(2, 21) for most in range(1, min(window, 6))]
    return [pair for pair in pairs if np.gcd(*pair) == 1]
