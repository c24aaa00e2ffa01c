"""Bounds for each objective: alone, and for orders that are as good in what matters more."""

import math
from collections.abc import Collection, Mapping
from dataclasses import replace

from motorworks.case.line_day import LineDay, ObjectiveName
from motorworks.sequence.bounds.alone import single_bounds, single_rules
from motorworks.sequence.bounds.bound import Bound, higher
from motorworks.sequence.bounds.given import bound_given
from motorworks.sequence.bounds.paths import bound_together
from motorworks.sequence.bounds.work import Work

Bounds = dict[ObjectiveName, Bound]
Values = Mapping[ObjectiveName, float]

_TOGETHER: tuple[ObjectiveName, ...] = ("high", "low", "colour")
"""Objectives that are bound together."""

_EXACT = 1e-6
"""Values nearer to their bound than that are at it."""

_SMALL = 150
"""Most cars of a day whose orders are also mixed as a whole."""


class InTurn:
    """Bounds of objectives given the values of those of more importance, found as asked for.

    The first is bound over all orders. What was found for some values is kept, and what is at its
    bound alone is not looked at further. Each objective may spend its share of the work that is
    left, so that what one leaves goes to those after it.

    Parameters
    ----------
    day
        Its objectives stand in the order of their importance.
    effort
        Work that may be spent on rules taken together, in units of deterministic work that are
        near to seconds: the same effort and questions give the same bounds. With 0 each rule is
        looked at alone.
    """

    def __init__(self, day: LineDay, effort: float) -> None:
        self._day, self._work = day, Work(effort)
        self._singly = single_rules(day, self._work.part(0.5) if effort else None)
        self._alone = single_bounds(day, self._singly)
        self._found: dict[tuple[ObjectiveName, tuple[float, ...]], tuple[float, Bound]] = {}

    @property
    def alone(self) -> Bounds:
        """Bound of each objective over all orders that keep the hard rules."""
        return dict(self._alone)

    def add(self, effort: float) -> None:
        """Let more work be spent."""
        self._work.spend(-effort)

    def afresh(self, effort: float) -> None:
        """Let so much work be spent, on what was looked at before as well."""
        self._work = Work(effort)
        self._found = {key: (math.inf, bound) for key, (_, bound) in self._found.items()}

    def learn(self, name: ObjectiveName, values: Values, bound: Bound) -> None:
        """Take note of a bound over orders with at most ``values`` in all that matter more."""
        names = [item.name for item in self._day.objectives]
        number = names.index(name)
        key = name, tuple(values[other] for other in names[:number])
        looked_at, known = self._found.get(key, (values[name], self._alone[name]))
        self._found[key] = looked_at, higher(known, bound)
        if not number:
            self._alone[name] = higher(self._alone[name], bound)

    def given(self, values: Values) -> Bounds:
        """Bound of each objective over orders with at most ``values`` in all that matter more."""
        items = enumerate(self._day.objectives)
        return {item.name: self._bound(number, values, again=True) for number, item in items}

    def settled(self, values: Values, names: Collection[ObjectiveName]) -> bool:
        """Whether no order has a lower mark in the objectives from the first to the last named.

        So it is where each is at its bound over all orders, or at that given those before it and
        these weigh enough: else a loss in one may be made good by those after it.
        """
        items = self._day.objectives
        last = max((n for n, item in enumerate(items) if item.name in names), default=-1)
        proven: Bounds = {}
        for number, item in enumerate(items[: last + 1]):
            proven[item.name] = self._bound(number, values)
            if values[item.name] > proven[item.name].value + _EXACT:
                return False
        mark = sum(item.weight * values[item.name] for item in items[: last + 1])
        part = replace(self._day, objectives=items[: last + 1])
        return mark <= least_mark(part, self._alone, proven) + _EXACT

    def least_mark(self) -> float:
        """Mark that no order is below, as far as is known by now."""
        known: Bounds = {}
        for item in self._day.objectives:
            before = tuple(bound.value for bound in known.values())
            _, known[item.name] = self._found.get(
                (item.name, before), (0.0, self._alone[item.name])
            )
        return least_mark(self._day, self._alone, known)

    def _bound(self, number: int, values: Values, again: bool = False) -> Bound:
        """Bound of one objective, given those before; ``again`` if its value has come down."""
        items = self._day.objectives
        name, value = items[number].name, values[items[number].name]
        key = name, tuple(values[item.name] for item in items[:number])
        looked_at, bound = self._found.get(key, (math.inf, self._alone[name]))
        new = value < looked_at if again else key not in self._found
        if new and value > bound.value + _EXACT and self._work.left > 0.0:
            work = self._work.part(1 / (len(items) - number))
            bound = higher(bound, self._together(name, values, work))
            self._found[key] = value, bound
            if not number:
                self._alone[name] = bound
        return bound

    def _together(self, name: ObjectiveName, values: Values, work: Work) -> Bound | None:
        """Bound of one objective from rules and colours together.

        It is looked for among orders that are no worse than ``values``. All others are worse, so
        that it holds for any as far as it is not above the value itself.
        """
        if name not in _TOGETHER:
            return None
        before = [item.name for item in self._day.objectives]
        more = {n: values[n] for n in before[: before.index(name)] if n in _TOGETHER}
        found = bound_given(self._day, name, {**more, name: values[name]}, work, self._singly)
        if self._day.count <= _SMALL and (found is None or found.value < values[name]):
            ways = bound_together(self._day, name, more, work, enough=values[name])
            found = ways if found is None else higher(found, ways)
        return found and Bound(min(found.value, values[name]), found.how)


def least_mark(
    day: LineDay, alone: Mapping[ObjectiveName, Bound], in_turn: Mapping[ObjectiveName, Bound]
) -> float:
    """Mark that no order is below, from the bounds alone and in turn: where a search may stop.

    Either all objectives are at their bounds in turn, or the first that is not is above its own,
    by one at least as these are counted in whole numbers.

    Examples
    --------
    >>> from motorworks.case.line_day import Objective
    >>> import numpy as np
    >>> day = LineDay("d", (), 0, (), np.zeros((0, 0), np.bool_), (), np.zeros(0, np.int64),
    ...               (Objective("colour", 100), Objective("high", 1)))
    >>> alone = {"colour": Bound(3, ""), "high": Bound(5, "")}
    >>> least_mark(day, alone, alone | {"high": Bound(70, "")})
    370.0
    >>> least_mark(day, alone, alone | {"high": Bound(900, "")})
    405.0
    """
    items = list(day.objectives)
    ends = [0.0]
    for item in reversed(items):
        ends.append(ends[-1] + item.weight * alone[item.name].value)
    marks, here = [], 0.0
    for number, item in enumerate(items, start=1):
        step = 1.0 if item.name in (*_TOGETHER, "changes") else 0.0
        above = here + item.weight * (in_turn[item.name].value + step)
        here += item.weight * in_turn[item.name].value
        marks.append(above + ends[len(items) - number])
    return float(min([here, *marks]))
