"""Plants and shops that may open or close, and conversions that stop a plant for some weeks.

Letters in shapes: W sites, C conversions, T months.
"""

from dataclasses import dataclass

from motorworks.plan.data.flows import Floats, Ints
from motorworks.plan.data.launches import Bools


@dataclass(frozen=True)
class Sites:
    """Sites in the order of the table, money in the reporting currency, costs positive.

    ``plant`` (W,); ``whole`` (W,) where the site is the plant; ``open_at_start``, ``must_open``
    (W,); ``may_open`` (W, T) first months, ``may_shut`` last months; ``fixed``, ``close_cost``
    (W, T); ``capex`` (W, T) by month of opening. ``shop_site``, ``shop`` list the shops with a rate
    that each site covers, ``make_site``, ``make`` the allocations that need it.
    """

    names: list[str]
    plant: Ints
    whole: Bools
    open_at_start: Bools
    must_open: Bools
    may_open: Bools
    may_shut: Bools
    fixed: Floats
    capex: Floats
    close_cost: Floats
    shop_site: Ints
    shop: Ints
    make_site: Ints
    make: Ints


@dataclass(frozen=True)
class Conversions:
    """Standstills of a plant, in the order of the table.

    ``plant`` (C,); ``may_begin`` (C, T); ``share`` (C, T, T) of the plant's hours lost by month of
    beginning and month; ``cost`` (C, T); ``window`` (C,) the launch window that a closure must
    precede, -1 for none; ``over_by`` (C, T) the first month whose start a closure begun then lets
    stand (T if none in the horizon).
    """

    names: list[str]
    plant: Ints
    may_begin: Bools
    share: Floats
    cost: Floats
    window: Ints
    over_by: Ints
