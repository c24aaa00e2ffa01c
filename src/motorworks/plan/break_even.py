"""Find the value of a fact at which a headline reaches zero."""

from collections.abc import Callable

from motorworks.case.records.evidence import Fact
from motorworks.result.ranges import BreakEven

Headline = Callable[[float], float | None]

_STEPS = 8
_PART_OF_BASE = 1e-3


def find_break_even(
    fact: Fact, headline: str, at_chosen: float, at_ends: tuple[float, float], worth: Headline
) -> BreakEven:
    """Search between the chosen value and the end where the headline comes nearest to zero.

    A headline that stays above zero inside the range is followed beyond it, once along the
    straight line through the chosen value and the end. A worth of less than a thousandth of the
    one at the chosen value counts as zero, since a plan that may leave a thing alone never falls
    below it.

    Examples
    --------
    >>> fact = Fact(fact_id="duty", table="tariffs", key="*", field="rate_pct", value="10",
    ...             low="5", high="30", status="assumed")
    >>> found = find_break_even(fact, "worth", 10.0, (15.0, -10.0), lambda duty: 20.0 - duty)
    >>> round(found.break_even, 1), found.inside
    (20.0, True)
    """
    chosen, low, high = float(fact.value or 0), float(fact.low or 0), float(fact.high or 0)
    worse, value = min(((at_ends[0], low), (at_ends[1], high)))
    zero = _PART_OF_BASE * abs(at_chosen)
    point: float | None = None
    if at_chosen > zero and worse <= zero:
        point = _bisect(chosen, value, zero, worth)
    elif at_chosen > zero and worse < at_chosen - zero:
        point = _beyond(fact, (chosen, at_chosen), (value, worse), zero, worth)
    inside = point is not None and min(low, high) <= point <= max(low, high)
    return BreakEven(
        fact_id=fact.fact_id, headline=headline, chosen=chosen, low=low, high=high,
        break_even=point, inside=inside,
    )  # fmt: skip


def _bisect(good: float, bad: float, zero: float, worth: Headline) -> float:
    """Narrow down where the headline passes zero between a good and a bad value."""
    for _ in range(_STEPS):
        middle = (good + bad) / 2.0
        value = worth(middle)
        if value is not None and value > zero:
            good = middle
        else:
            bad = middle
    return (good + bad) / 2.0


def _beyond(
    fact: Fact, chosen: tuple[float, float], end: tuple[float, float], zero: float, worth: Headline
) -> float | None:
    """Follow the line past the end of the range; None where zero is not reached there."""
    slope = (end[1] - chosen[1]) / (end[0] - chosen[0])
    far = chosen[0] - 1.5 * chosen[1] / slope
    if far < 0.0:
        far = 0.0
    value = worth(far)
    if value is None or value > zero:
        return None
    return _bisect(end[0], far, zero, worth)
