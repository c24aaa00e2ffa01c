"""Bounds for each objective: alone, and for orders that are as good in what matters more."""

from collections.abc import Mapping

from motorworks.case.line_day import LineDay, ObjectiveName
from motorworks.sequence.bounds.alone import single_bounds
from motorworks.sequence.bounds.bound import Bound
from motorworks.sequence.bounds.given import bound_given

Bounds = dict[ObjectiveName, Bound]


def bound_objectives(day: LineDay, effort: float = 10.0) -> Bounds:
    """Bound of each objective over all orders that keep the hard rules.

    Parameters
    ----------
    effort
        How much may be spent on rules taken together, in units of deterministic work that are
        near to seconds; the same effort gives the same bounds. With 0 each rule is looked at
        alone, which takes well below a second.
    """
    return single_bounds(day)


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


def _given(
    day: LineDay,
    name: ObjectiveName,
    value: float,
    more: Mapping[ObjectiveName, float],
    effort: float,
) -> Bound | None:
    """Bound of one objective that is at ``value``, given those of ``more`` importance."""
    if name == "colour" or (name in ("high", "low") and "colour" in more):
        return bound_given(day, name, {**more, name: value}, effort)
    return None


def _higher(bound: Bound, other: Bound | None) -> Bound:
    """The higher of two bounds."""
    return bound if other is None or other.value <= bound.value else other
