"""Shift patterns to choose from, and extra hours, as arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.plan.data.flows import Floats, Ints


@dataclass(frozen=True)
class LaunchLine:
    """A limit on an allocation's cars, linear in what is chosen.

    ``constant[t] + sum_u by_start[u, t] begin[u] + sum_k by_option[k, t] pattern[options[k], t]``,
    for an allocation at plant ``plant`` (along H) with launch window ``window``, if it has one;
    then ``by_start`` (T, T) holds, else it is all 0.
    """

    allocation: int
    plant: int
    window: int | None
    constant: Floats
    by_start: Floats
    options: Ints
    by_option: Floats


@dataclass(frozen=True)
class Shifts:
    """Plants that choose their shifts or may work extra hours.

    Letters in shapes: H such plants, K options (a plant and a pattern), T months. Money is in the
    reporting currency, costs positive.

    ``plant`` (H,) are positions in the sets; ``chooses`` (H,) is true where a plant has options.
    ``planned`` has for each plant and month the pattern of the shift calendar on the first day,
    ``planned_option`` (H, T) its option, -1 without options; ``calendar_hours`` and
    ``calendar_heads`` (H, T) are those of the calendar; ``heads_before`` (H,) work there before the
    horizon. ``notice``, ``stay`` (H,) months;
    ``overtime_most``, ``weekend_most``, ``account`` (H,) hours, 0 without a workforce; ``hire``,
    ``release``, ``overtime_cost``, ``weekend_cost`` (H, T).

    ``pattern`` (K,) names the options; ``option_plant`` (K,) counts along H; ``hours`` (K, T);
    ``heads`` (K,); ``volume`` (K,) vehicles a month that justify the pattern; ``labour`` (K, T)
    cost of a month in it. ``settled`` (T,) is true where the time account is emptied.

    Right-hand side of the shops: ``shop``, ``shop_option`` (N,) and ``shop_capacity`` (N, T) for
    every shop with a rate and option of its plant; ``extra_shop``, ``extra_plant`` (M,) and
    ``extra_pace`` (M, T) for every shop with a rate at a plant that may work extra hours.

    Launches: ``limited`` (R,) the allocations at the plants that something limits; ``run_plant``
    (R,) counts along H; ``rate`` (R, T) cars an extra hour; ``most`` (R, T) the largest limit
    under any choice. Of ``ceilings`` all that speak of an allocation hold at once; of ``floors``,
    written with the other sign, too (there are some only with a launch window and a least volume).
    """

    plant: Ints
    chooses: NDArray[np.bool_]
    planned: list[list[str]]
    planned_option: Ints
    calendar_hours: Floats
    calendar_heads: Floats
    heads_before: Floats
    notice: Ints
    stay: Ints
    overtime_most: Floats
    weekend_most: Floats
    account: Floats
    hire: Floats
    release: Floats
    overtime_cost: Floats
    weekend_cost: Floats
    pattern: list[str]
    option_plant: Ints
    hours: Floats
    heads: Floats
    volume: Floats
    labour: Floats
    settled: NDArray[np.bool_]
    shop: Ints
    shop_option: Ints
    shop_capacity: Floats
    extra_shop: Ints
    extra_plant: Ints
    extra_pace: Floats
    limited: Ints
    run_plant: Ints
    rate: Floats
    most: Floats
    ceilings: list[LaunchLine]
    floors: list[LaunchLine]

    @property
    def most_hours(self) -> Floats:
        """Hours of each plant and month in its longest pattern, or the calendar's; (H, T)."""
        most = np.where(self.chooses[:, None], 0.0, self.calendar_hours)
        np.maximum.at(most, self.option_plant, self.hours)
        return most
