"""What is known of the cars at some positions before any search: frozen, fixed, past."""

import numpy as np

from motorworks.case.line_day import Integers, LineDay


def fixed_cars(day: LineDay) -> Integers:
    """Car of the day that must stand at each position, -1 where several may.

    The frozen beginning and hard places of one position count; where two of them claim one
    position the earlier rule stands here (no order keeps both).
    """
    fixed = np.full(day.count, -1, np.int64)
    fixed[: day.frozen] = np.arange(min(day.frozen, day.count))
    for rule in day.places:
        alone = rule.first == rule.last and not rule.forbidden and rule.priority == "hard"
        free = alone and 0 <= rule.first < day.count and fixed[rule.first] < 0
        if free and len(rule.cars) == 1 and rule.cars[0] not in fixed:
            fixed[rule.first] = rule.cars[0]
    return fixed
