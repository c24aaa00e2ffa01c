"""Laws of times as the tables give them: a kind, a shape, values in a cell."""

from typing import cast

from motorworks.case.plant_model import Law, LawKind

SHAPED = ("erlang", "gamma", "weibull", "lognormal", "uniform", "triangular")
"""Laws that need a shape."""

SLOTTED = ("bernoulli", "geometric")
"""Laws of lines on which all stations move at the same time."""


def values_of(text: str | None) -> tuple[float, ...]:
    """The numbers in a cell.

    Raises
    ------
    ValueError
        If one of them is no number.
    """
    return tuple(float(part) for part in (text or "").split())


def law_of(kind: str, mean: float, shape: float | None = None, values: str | None = None) -> Law:
    """The law of a row.

    Examples
    --------
    >>> law_of("empirical", 2.0, None, "1 1 4").values
    (1.0, 1.0, 4.0)
    """
    held = values_of(values) if kind == "empirical" else ()
    return Law(cast("LawKind", kind), mean, shape if kind in SHAPED else None, held)
