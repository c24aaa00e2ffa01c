"""Find the value of a fact at which a headline reaches zero."""

from collections.abc import Callable

from motorworks.case.records.evidence import Fact
from motorworks.result.ranges import BreakEven

Headline = Callable[[float], float | None]

_STEPS = 10
_PART_OF_BASE = 1e-3
_NEAR = 1e-2
_CLOSE = 1e-3


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
    worse, end = min(((at_ends[0], low), (at_ends[1], high)))
    zero = _PART_OF_BASE * abs(at_chosen)
    point: float | None = None
    if at_chosen > zero and worse <= zero:
        point = _narrow((chosen, at_chosen), end, zero, worth)
    elif at_chosen > zero and worse < at_chosen - zero:
        slope = (worse - at_chosen) / (end - chosen)
        far = max(chosen - 1.5 * at_chosen / slope, 0.0)
        value = worth(far)
        if value is not None and value <= zero:
            point = _narrow((end, worse), far, zero, worth)
    inside = point is not None and min(low, high) <= point <= max(low, high)
    return BreakEven(
        fact_id=fact.fact_id, headline=headline, chosen=chosen, low=low, high=high,
        break_even=point, inside=inside,
    )  # fmt: skip


def _narrow(good: tuple[float, float], bad: float, zero: float, worth: Headline) -> float:
    """Close in on the value at which the headline passes zero, from a good and a bad one.

    The headline is made of straight pieces, so the line through the last two good values soon
    points at the place; it is taken where it lies between good and bad, else the middle.
    """
    width, near = abs(good[0] - bad), _NEAR * max(good[1], zero)
    before: tuple[float, float] | None = None
    for _ in range(_STEPS):
        point = _aim(before, good, bad)
        value = worth(point)
        if value is not None and value > zero:
            before, good = good, (point, value)
        else:
            bad = point
        if good[1] <= near or abs(good[0] - bad) < _CLOSE * width:
            break
    return _aim(before, good, bad)


def _aim(before: tuple[float, float] | None, good: tuple[float, float], bad: float) -> float:
    """Where the line through two good values meets zero if that is short of bad, else halfway."""
    if before is not None and before[1] > good[1]:
        aimed = good[0] - good[1] * (good[0] - before[0]) / (good[1] - before[1])
        if min(good[0], bad) < aimed < max(good[0], bad):
            return aimed
    return (good[0] + bad) / 2.0
