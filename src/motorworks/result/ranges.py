"""How far the headlines move under each assumed or disputed fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from motorworks.case.column import Record, col


class Headline(Record):
    """A figure that a board would ask for, with its range over the facts.

    ``low`` and ``high`` are the least and greatest value over all single changes of a fact.
    """

    TABLE: ClassVar[str] = "headlines"
    headline: str = col("Short name", key=True)
    label: str = col("What it is, in words")
    unit: str = col("Unit")
    value: float = col("With the figures chosen", unit="as unit")
    low: float = col("Least over the facts, one changed at a time", unit="as unit")
    high: float = col("Greatest over the facts, one changed at a time", unit="as unit")


class Move(Record):
    """A headline with one fact set to its low, its high or a disputed value."""

    TABLE: ClassVar[str] = "moves"
    fact_id: str = col("Fact", key=True)
    variant: str = col("low, high or alternative", key=True)
    headline: str = col("Headline", key=True)
    input: str = col("Value the fact was set to")
    value: float = col("Headline under it", unit="as the headline")
    change: float = col("Less the headline with the figures chosen", unit="as the headline")


class BreakEven(Record):
    """The value of a fact at which a headline becomes zero."""

    TABLE: ClassVar[str] = "break_evens"
    fact_id: str = col("Fact", key=True)
    headline: str = col("Headline", key=True)
    chosen: float = col("Value chosen", unit="as the fact")
    low: float = col("Lowest thought possible", unit="as the fact")
    high: float = col("Highest thought possible", unit="as the fact")
    break_even: float | None = col(
        "Value at which the headline is zero; blank if none was found", unit="as the fact"
    )
    inside: bool = col("Whether it lies between low and high")


class Failure(Record):
    """A fact's value under which there is no plan."""

    TABLE: ClassVar[str] = "failures"
    fact_id: str = col("Fact", key=True)
    variant: str = col("low, high or alternative", key=True)
    input: str = col("Value the fact was set to")
    why: str = col("Why there is no plan")


@dataclass(frozen=True)
class Ranges:
    """Tables ``headlines``, ``moves``, ``break_evens`` and ``failures``.

    ``complete`` is False where Ctrl-C cut the work short.
    """

    tables: Mapping[str, pl.DataFrame]
    complete: bool = True


RANGE_RECORDS: tuple[type[Record], ...] = (Headline, Move, BreakEven, Failure)
