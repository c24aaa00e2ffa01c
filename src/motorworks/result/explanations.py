"""What explains a plan: conflicts, ways out, what a wish changes, near-optimal alternatives."""

from typing import ClassVar

from motorworks.case.column import Month, Record, col

_MONEY = "reporting currency"


class ConflictRule(Record):
    """A rule in a set of rules that cannot all be met."""

    TABLE: ClassVar[str] = "conflicts"
    conflict: int = col("Number of the set", key=True)
    rule: str = col("Family of the rule", key=True)
    what: str = col("What it limits", key=True)
    period: str = col("Month or year; blank for the whole horizon", key=True)
    side: str = col("at least or at most", key=True)
    limit: float = col("The figure", unit="as unit")
    unit: str = col("What it counts")
    checked: bool = col("Whether solves from scratch have confirmed the set")


class WayOut(Record):
    """A rule and by how much it gives way, in one of the ways out of all conflicts."""

    TABLE: ClassVar[str] = "ways_out"
    rank: int = col("Place by margin", key=True)
    part: int = col("Number of the rule in the way", key=True)
    way: str = col("The whole way in words")
    rule: str | None = col("Family of the rule")
    what: str | None = col("What it limits")
    period: str | None = col("Month or year")
    side: str | None = col("at least or at most")
    limit: float | None = col("The figure now", unit="as unit")
    amount: float | None = col("By how much it gives way", unit="as unit")
    unit: str | None = col("What it counts")
    margin: float | None = col("Margin of the best plan then", unit=_MONEY)
    confirmed: bool = col("Whether that plan was made")


class WishChange(Record):
    """Something that is otherwise in the plan with a wish than in the one without."""

    TABLE: ClassVar[str] = "wish_changes"
    kind: str = col("built, sold, start, end, pattern, site, conversion, exit or margin", key=True)
    what: str = col("Vehicle, plant, site, conversion, agreement, part of the margin", key=True)
    place: str = col("Plant or market, where there is one", key=True)
    period: str = col("Year or month, where there is one", key=True)
    before: str | None = col("In the plan without the wish")
    after: str | None = col("In the plan with it")
    change: float | None = col("After less before", unit="as unit")
    unit: str = col("What it counts")


class AlternativeYear(Record):
    """Cars built in a calendar year in the best plan and in others almost as good."""

    TABLE: ClassVar[str] = "alternatives"
    plan: int = col("0 for the best plan, then the alternatives", key=True)
    vehicle: str = col("Vehicle", key=True)
    plant: str = col("Plant", key=True)
    year: int = col("Calendar year", key=True)
    units: float = col("Cars built", unit="vehicles")
    margin: float = col("Margin of the plan", unit=_MONEY)


class AlternativeChoice(Record):
    """A choice that is not the same in all of the plans shown."""

    TABLE: ClassVar[str] = "alternative_choices"
    plan: int = col("0 for the best plan, then the alternatives", key=True)
    kind: str = col("start, end, pattern, site, conversion or exit", key=True)
    what: str = col("Vehicle, plant, site, conversion or agreement", key=True)
    place: str = col("Plant, where there is one", key=True)
    month: Month | None = col("Month, where there is one", key=True)
    value: str | None = col("What is chosen")


class SharedYear(Record):
    """How far the cars of a year may move without leaving the plans almost as good."""

    TABLE: ClassVar[str] = "shared"
    vehicle: str = col("Vehicle", key=True)
    plant: str = col("Plant", key=True)
    year: int = col("Calendar year", key=True)
    best: float = col("In the best plan", unit="vehicles")
    least: float = col("Least in any such plan found", unit="vehicles")
    most: float = col("Most in any such plan found", unit="vehicles")
    proven: bool = col("Whether no such plan at all goes beyond")


EXPLANATION_RECORDS: tuple[type[Record], ...] = (
    ConflictRule, WayOut, WishChange, AlternativeYear, AlternativeChoice, SharedYear,
)  # fmt: skip
