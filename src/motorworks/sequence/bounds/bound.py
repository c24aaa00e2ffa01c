"""A value below which no order can come, and how it is known."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bound:
    """No order that keeps the hard rules has less than ``value``; ``how`` says why, in words."""

    value: float
    how: str


def by_value(bound: Bound) -> float:
    """The value, for picking the highest of some bounds; of equal ones the first."""
    return bound.value


def higher(bound: Bound, other: Bound | None) -> Bound:
    """The higher of two bounds, the first where they are equal."""
    return bound if other is None else max(bound, other, key=by_value)
