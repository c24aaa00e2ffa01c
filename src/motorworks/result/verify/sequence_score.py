"""What an order of a day's cars costs, by the written rules alone."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from motorworks.case.line_day import LineDay
from motorworks.result.sequence_score import Broken, Score
from motorworks.result.verify import sequence_rules as rules
from motorworks.result.verify.sequence_rules import Standing


def score_order(day: LineDay, order: Sequence[int]) -> Score:
    """Score an order of the cars of a day.

    Parameters
    ----------
    day
        The day.
    order
        Numbers of its cars (0 is the first as given), each once.

    Raises
    ------
    ValueError
        If the order is not one of all the cars of the day, each once.

    Examples
    --------
    At most 1 of 2 cars with a towbar: the second car follows the first too soon, and the window
    that begins with the third ends after the day.

    >>> import numpy as np
    >>> from motorworks.case.line_day import Objective, Ratio
    >>> day = LineDay("demo", ("a", "b", "c"), 0, ("towbar",), np.array([[True], [True], [False]]),
    ...               ("red",), np.zeros(3, dtype=np.int64), (Objective("high", 1000),),
    ...               ratios=(Ratio("towbar", 0, 1, 2),))
    >>> score_order(day, [0, 1, 2]).mark, score_order(day, [0, 2, 1]).mark
    (1000.0, 0.0)
    """
    if sorted(order) != list(range(day.count)):
        msg = f"an order of {day.count:,} cars has each of 0 to {day.count - 1:,} once"
        raise ValueError(msg)
    line = Standing(day, np.asarray(order, dtype=np.int64))
    batches = tuple(rules.batches(line))
    violations = tuple(
        chain(
            *(rules.ratio(line, rule) for rule in day.ratios),
            *(rules.in_a_row(line, rule) for rule in day.in_a_row),
            *(rules.places(line, rule) for rule in day.places),
            *(rules.stretch(line, rule) for rule in day.stretches),
            *(rules.link(line, rule) for rule in day.links),
            *(rules.station(line, rule) for rule in day.stations),
            *(rules.too_long(batch) for batch in batches),
            rules.frozen(line),
            rules.wanted(line),
        )
    )
    values = {
        "high": _counted(violations, "high"),
        "low": _counted(violations, "low"),
        "colour": float(rules.colour_changes(line)),
        "overload": _counted(violations, "overload"),
        "levelling": rules.levelling(line),
        "changes": _counted(violations, "changes"),
    }
    mark = sum(objective.weight * values[objective.name] for objective in day.objectives)
    broken = int(_counted(violations, "hard"))
    return Score(values, float(mark), broken, violations, batches)


def _counted(violations: Sequence[Broken], priority: str) -> float:
    return float(sum(one.cost for one in violations if one.priority == priority))
