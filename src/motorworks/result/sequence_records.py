"""What a sequence decides: one record class per result table, declared like the input tables."""

from typing import ClassVar

from motorworks.case.column import Record, col


class SequencedCar(Record):
    """A car at its place in the order of a day."""

    TABLE: ClassVar[str] = "sequence"
    day: str = col("Day, or name of the instance", key=True)
    line: str = col("Line", key=True)
    position: int = col("Place in the order, from 1", key=True, unit="place")
    car: str = col("Car")
    given: int = col("Its place in the order as given, from 1", unit="place")
    vehicle: str = col("Vehicle")
    colour: str = col("Colour")
    traits: str = col("What rules speak of and it has, separated by blanks")
    broken: int = col("Broken windows that end with it and other violations at it", unit="windows")


class Violation(Record):
    """A rule that the order breaks: a window, a run, a place, a stretch, a pair or an overload."""

    TABLE: ClassVar[str] = "violations"
    day: str = col("Day, or name of the instance", key=True)
    line: str = col("Line", key=True)
    rule: str = col("Rule", key=True)
    first: int = col("First position; 0 and below is the day before", key=True, unit="place")
    last: int = col("Last position; may lie beyond the end of the day", unit="place")
    priority: str = col("Priority of the rule")
    found: float = col("What was counted")
    allowed: float = col("What the rule allows")
    cost: float = col("What it counts in its objective")


class PaintBatch(Record):
    """Cars of one colour in a row."""

    TABLE: ClassVar[str] = "batches"
    day: str = col("Day, or name of the instance", key=True)
    line: str = col("Line", key=True)
    first: int = col("First position", key=True, unit="place")
    last: int = col("Last position", unit="place")
    colour: str = col("Colour")
    cars: int = col("Cars in it", unit="vehicles")
    most: int | None = col("Most cars allowed; blank for no limit", unit="vehicles")


class SequenceObjective(Record):
    """What a day's order reaches in each objective, and how near to the best that is."""

    TABLE: ClassVar[str] = "sequence_objectives"
    day: str = col("Day, or name of the instance", key=True)
    line: str = col("Line", key=True)
    rank: int = col("Order of importance, from 1", key=True)
    objective: str = col("Objective")
    weight: int = col("Weight in the mark")
    value: float = col("Value reached")
    bound: float = col("No order is below")
    given_better: float = col("No order as good in what matters more is below")
    how: str = col("How the bounds were found")


class SearchProgress(Record):
    """A better order found on the way."""

    TABLE: ClassVar[str] = "sequence_progress"
    day: str = col("Day, or name of the instance", key=True)
    line: str = col("Line", key=True)
    moves: int = col("Moves evaluated so far", key=True, unit="moves")
    mark: float = col("Mark of the best order so far")


SEQUENCE_RECORDS: tuple[type[Record], ...] = (
    SequencedCar, Violation, PaintBatch, SequenceObjective, SearchProgress,
)  # fmt: skip
