"""A value below which no order can come, and how it is known."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bound:
    """No order that keeps the hard rules has less than ``value``; ``how`` says why, in words."""

    value: float
    how: str
