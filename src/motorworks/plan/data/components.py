"""Components made in house, sold to others, and dutiable."""

from dataclasses import dataclass

from motorworks.plan.data.flows import Floats, Ints


@dataclass(frozen=True)
class Components:
    """What is known of components beyond their sources (:class:`Supply`).

    ``made_source``, ``made_shop``, ``made_work`` list sources that are made in a shop with a
    rate, with the standard vehicles that a unit takes there. ``need_group``, ``need_source``,
    ``need_quantity`` list what a unit of a source made in house takes from a group's stock.
    ``sale_component``, ``sale_plant`` (names), ``sale_month``, ``sale_group`` (-1: no group),
    ``sale_units`` and ``sale_gain`` (price less unit cost) have an entry per row of
    ``component_sales`` in the horizon. ``value`` and ``duty`` (K, T) are those of a unit of each
    source at customs; a source without a value has NaN.
    """

    made_source: Ints
    made_shop: Ints
    made_work: Floats
    need_group: Ints
    need_source: Ints
    need_quantity: Floats
    sale_component: list[str]
    sale_plant: list[str]
    sale_month: Ints
    sale_group: Ints
    sale_units: Floats
    sale_gain: Floats
    value: Floats
    duty: Floats
