"""What each objective comes to at least, taken alone."""

from collections.abc import Mapping

from motorworks.case.line_day import LineDay, ObjectiveName, Priority
from motorworks.sequence.bounds.bound import Bound
from motorworks.sequence.bounds.colours import least_changes
from motorworks.sequence.bounds.known import fixed_cars
from motorworks.sequence.bounds.others import least_levelling, least_moved, least_overload
from motorworks.sequence.bounds.ratio import least_broken
from motorworks.sequence.bounds.work import Work

_CELL = 5e-5
"""Work for one position under one rule."""


def single_bounds(
    day: LineDay, singly: Mapping[int, Bound] | None = None
) -> dict[ObjectiveName, Bound]:
    """Bound of each objective of the day, by methods that look at one rule at a time.

    ``singly`` has the bound of each ratio rule by its number, worked out here if not given.
    """
    rules = single_rules(day) if singly is None else singly
    return {item.name: _single(day, item.name, rules) for item in day.objectives}


def single_rules(day: LineDay, work: Work | None = None) -> dict[int, Bound]:
    """Bound of each ratio rule, its weight left out, by its number; 0 of those beyond the work."""
    fixed = fixed_cars(day)
    found = {}
    for number, rule in enumerate(day.ratios):
        if work is not None and work.left < 0.0:
            found[number] = Bound(0.0, "no time for single rules")
            continue
        found[number] = least_broken(day, rule, fixed)
        if work is not None and found[number].value:
            work.spend(day.count * _CELL)
    return found


def _single(day: LineDay, name: ObjectiveName, rules: Mapping[int, Bound]) -> Bound:
    match name:
        case "high" | "low":
            return _broken(day, name, rules)
        case "colour":
            return least_changes(day)
        case "overload":
            return least_overload(day)
        case "levelling":
            return least_levelling(day)
        case "changes":
            return least_moved(day)


def _broken(day: LineDay, priority: Priority, rules: Mapping[int, Bound]) -> Bound:
    """Sum over the ratio rules of a priority; what other rules count may be nothing."""
    found = [
        (rule.weight, rules[n]) for n, rule in enumerate(day.ratios) if rule.priority == priority
    ]
    ways = sorted({bound.how for _, bound in found}) or ["no ratio rules"]
    return Bound(sum(weight * bound.value for weight, bound in found), ", ".join(ways))
