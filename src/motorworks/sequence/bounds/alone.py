"""What each objective comes to at least, taken alone."""

from motorworks.case.line_day import LineDay, ObjectiveName, Priority
from motorworks.sequence.bounds.bound import Bound
from motorworks.sequence.bounds.colours import least_changes
from motorworks.sequence.bounds.known import fixed_cars
from motorworks.sequence.bounds.others import least_levelling, least_moved, least_overload
from motorworks.sequence.bounds.ratio import least_broken


def single_bounds(day: LineDay) -> dict[ObjectiveName, Bound]:
    """Bound of each objective of the day, by methods that look at one rule at a time."""
    return {item.name: _single(day, item.name) for item in day.objectives}


def _single(day: LineDay, name: ObjectiveName) -> Bound:
    match name:
        case "high" | "low":
            return _broken(day, name)
        case "colour":
            return least_changes(day)
        case "overload":
            return least_overload(day)
        case "levelling":
            return least_levelling(day)
        case "changes":
            return least_moved(day)


def _broken(day: LineDay, priority: Priority) -> Bound:
    """Sum over the ratio rules of a priority; what other rules count may be nothing."""
    fixed = fixed_cars(day)
    rules = [rule for rule in day.ratios if rule.priority == priority]
    found = [(rule.weight, least_broken(day, rule, fixed)) for rule in rules]
    ways = sorted({bound.how for _, bound in found}) or ["no ratio rules"]
    return Bound(sum(weight * bound.value for weight, bound in found), ", ".join(ways))
