"""Bounds for each objective: alone, and for orders that are as good in what matters more."""

import math
from collections.abc import Mapping

from motorworks.case.line_day import LineDay, ObjectiveName
from motorworks.sequence.bounds.alone import single_bounds
from motorworks.sequence.bounds.bound import Bound
from motorworks.sequence.bounds.given import bound_given
from motorworks.sequence.bounds.paths import bound_together

Bounds = dict[ObjectiveName, Bound]

_TOGETHER: tuple[ObjectiveName, ...] = ("high", "low", "colour")
"""Objectives that are bound together."""


def bound_objectives(day: LineDay, effort: float = 10.0) -> Bounds:
    """Bound of each objective over all orders that keep the hard rules.

    Parameters
    ----------
    effort
        How much may be spent on rules taken together, in units of deterministic work that are
        near to seconds; the same effort gives the same bounds. It goes to the first objective;
        of the others, and with 0 of that too, each rule is looked at alone.
    """
    bounds = single_bounds(day)
    if day.objectives and effort > 0.0:
        first = day.objectives[0].name
        if first in ("high", "low"):
            together = bound_together(day, first, {}, effort=effort)
            bounds[first] = _higher(bounds[first], together)
    return bounds


def given_better(
    day: LineDay,
    values: Mapping[ObjectiveName, float],
    bounds: Mapping[ObjectiveName, Bound],
    effort: float = 10.0,
) -> Bounds:
    """Bound of each objective over orders with at most ``values`` in all that matter more.

    Never below ``bounds``, which hold for any order.
    """
    found: Bounds = {}
    more: dict[ObjectiveName, float] = {}
    share = effort / max(1, len(day.objectives) - 1)
    for item in day.objectives:
        name = item.name
        found[name] = bounds[name]
        if more and values[name] > bounds[name].value:
            found[name] = _higher(bounds[name], _given(day, name, values[name], more, share))
        more[name] = values[name]
    return found


def bounds_in_turn(day: LineDay, alone: Mapping[ObjectiveName, Bound], effort: float) -> Bounds:
    """Bound of each objective over orders in which all that matter more are at theirs.

    An order with all of these values is the best there is, in the order of the objectives. Where
    one of more importance does not come down to its bound, those after it may go below theirs, and
    theirs may be very high: there may be no such order at all.
    """
    found: Bounds = {}
    more: dict[ObjectiveName, float] = {}
    share = effort / max(1, len(day.objectives) - 1)
    for item in day.objectives:
        name = item.name
        found[name] = alone[name]
        if more:
            found[name] = _higher(alone[name], _given(day, name, math.inf, more, share))
        more[name] = found[name].value
    return found


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


def _given(
    day: LineDay,
    name: ObjectiveName,
    value: float,
    more: Mapping[ObjectiveName, float],
    effort: float,
) -> Bound | None:
    """Bound of one objective that is at ``value``, given those of ``more`` importance."""
    if name not in _TOGETHER:
        return None
    known: dict[ObjectiveName, float] = {k: v for k, v in more.items() if k in _TOGETHER}
    together = bound_together(day, name, known, enough=value, effort=effort / 2)
    if "colour" not in {name, *known} or (together is not None and together.value >= value):
        return together
    runs = bound_given(day, name, {**known, name: value}, effort / 2)
    return runs if together is None or runs is None else _higher(together, runs)


def _higher(bound: Bound, other: Bound | None) -> Bound:
    """The higher of two bounds."""
    return bound if other is None or other.value <= bound.value else other
