"""Value of each objective in an order, each counted by the kernels alone with weight 1."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from motorworks.case.line_day import (
    InARow,
    LineDay,
    Link,
    Objective,
    ObjectiveName,
    Places,
    Priority,
    Ratio,
    Stretch,
)
from motorworks.sequence.classes import Classes
from motorworks.sequence.encode import encode
from motorworks.sequence.line import Line
from motorworks.sequence.rules.colours import too_long
from motorworks.sequence.rules.others import Others, encode_others, fresh_tally
from motorworks.sequence.rules.others import total as total_of_others
from motorworks.sequence.state import new_state, total

Ints = NDArray[np.int32]
Rule = TypeVar("Rule", Ratio, InARow, Places, Stretch, Link)


@dataclass(frozen=True)
class Measured:
    """What an order counts: value of each objective, mark, violations of hard rules.

    *too_long* are those of batch limits among them, which a search never takes upon it.
    """

    values: dict[ObjectiveName, float]
    mark: float
    broken: int
    too_long: int


class Measure:
    """Counts orders of a day; what it reads for that is made once."""

    def __init__(self, day: LineDay, classes: Classes) -> None:
        self._day = day
        self._parts = {item.name: _part(_only(day, item), classes) for item in day.objectives}
        self._hard = _part(_only(day, Objective("high", 1), "hard"), classes)

    def __call__(self, seq: Ints) -> Measured:
        """Count an order of classes, the cars of the day before first."""
        values = {name: _cost(*part, seq) for name, part in self._parts.items()}
        over = int(too_long(self._hard[0], seq))
        broken = round(_cost(*self._hard, seq)) + over
        mark = sum(item.weight * values[item.name] for item in self._day.objectives)
        return Measured(values, float(mark), broken, over)


def _part(day: LineDay, classes: Classes) -> tuple[Line, Others]:
    return encode(day, classes), encode_others(day, classes.of, len(classes.example))


def _cost(line: Line, rules: Others, seq: Ints) -> float:
    cost = float(total(line, new_state(line, seq)))
    if rules.active:
        cost += float(total_of_others(rules, fresh_tally(rules, seq, line.before)))
    return cost


def _only(day: LineDay, objective: Objective, priority: Priority | None = None) -> LineDay:
    """The day with the rules of one objective alone, or with the hard ones as if they were soft."""
    name = objective.name

    def counted(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        if priority is None:
            return tuple(rule for rule in rules if rule.priority == name)
        return tuple(
            replace(rule, priority="high", weight=1) for rule in rules if rule.priority == priority
        )

    soft = priority is None
    return replace(
        day,
        objectives=(replace(objective, weight=1),),
        ratios=counted(day.ratios),
        in_a_row=counted(day.in_a_row),
        places=counted(day.places),
        stretches=counted(day.stretches),
        links=counted(day.links),
        levelled=day.levelled if soft and name == "levelling" else (),
        stations=day.stations if soft and name == "overload" else (),
        wanted=day.wanted if soft and name == "changes" else (),
    )
