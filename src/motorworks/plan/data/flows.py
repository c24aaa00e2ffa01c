"""The case as arrays: everything the constraint families need, and nothing else.

Letters in shapes: A allocations, S stores (an allocation's plant stock, then stores with opening
stock only), F flows, L lanes, P pairs of vehicle and market, T months.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Sets:
    """Names and positions of all sets; store ``a`` is allocation ``a`` for ``a < n_allocations``.

    ``store_vehicle``, ``store_plant`` (S,); ``lane_plant``, ``lane_market`` (L,); ``flow_store``,
    ``flow_lane``, ``flow_pair`` (F,); ``pair_vehicle``, ``pair_market`` (P,).
    """

    months: tuple[str, ...]
    vehicles: list[str]
    plants: list[str]
    markets: list[str]
    lanes: list[str]
    n_allocations: int
    store_vehicle: Ints
    store_plant: Ints
    lane_plant: Ints
    lane_market: Ints
    flow_store: Ints
    flow_lane: Ints
    flow_pair: Ints
    pair_vehicle: Ints
    pair_market: Ints

    @property
    def flow_vehicle(self) -> Ints:
        """Vehicle of each flow (F,)."""
        return self.store_vehicle[self.flow_store]

    @cached_property
    def allocation_number(self) -> dict[tuple[int, int], int]:
        """Allocation by vehicle and plant."""
        own = slice(0, self.n_allocations)
        pairs = zip(self.store_vehicle[own].tolist(), self.store_plant[own].tolist(), strict=True)
        return {pair: number for number, pair in enumerate(pairs)}

    def allocation(self, vehicle: str, plant: str) -> int:
        """The allocation of a vehicle to a plant, by their names."""
        return self._allocation_named[vehicle, plant]

    @cached_property
    def _allocation_named(self) -> dict[tuple[str, str], int]:
        return {
            (self.vehicles[vehicle], self.plants[plant]): number
            for (vehicle, plant), number in self.allocation_number.items()
        }

    @property
    def n_months(self) -> int:
        """Months of the horizon."""
        return len(self.months)


@dataclass(frozen=True)
class Pace:
    """What plants can build.

    ``limit`` (A, T) is the launch limit, inf where there is none; ``capacity`` and ``hours``
    (n_shops, T) stand for the shops with a rate; ``work_shop``, ``work_allocation``,
    ``work_factor`` list where an allocation works in such a shop; ``nameplate`` has a row
    (plant, months as a slice, most) per plant and calendar year.
    """

    limit: Floats
    shops: list[str]
    shop_plant: Ints
    hours: Floats
    capacity: Floats
    work_shop: Ints
    work_allocation: Ints
    work_factor: Floats
    nameplate: list[tuple[int, int, slice, float]]


@dataclass(frozen=True)
class Logistics:
    """Transit, space, yards, opening stock, demand.

    ``lag`` (L,) whole months and ``lag_part`` (L,) the fraction arriving a month later;
    ``space`` (L, T) CEU, inf without limit; ``ceu`` (F,); ``plant_yard``, ``market_yard`` inf
    without limit; ``opening_store`` (S,), ``opening_pair``, ``backlog``, ``incoming_after``
    (P,) and ``incoming`` (P, T) cars that stand or travel at the start; ``demand`` (P, T).
    """

    lag: Ints
    lag_part: Floats
    space: Floats
    ceu: Floats
    plant_yard: Floats
    market_yard: Floats
    opening_store: Floats
    opening_pair: Floats
    backlog: Floats
    incoming: Floats
    incoming_after: Floats
    demand: Floats


@dataclass(frozen=True)
class Money:
    """Amounts in the reporting currency per unit and month, costs positive.

    Shapes: ``net`` (P, T); ``material``, ``conversion`` (A, T); ``freight``, ``duty``,
    ``transit_capital`` (F, T); ``plant_stock`` (S, T); ``market_stock`` (P, T);
    ``store_end_value`` (S,), at the
    least cost of the horizon, so that no car is built for it.
    """

    net: Floats
    material: Floats
    conversion: Floats
    freight: Floats
    duty: Floats
    transit_capital: Floats
    plant_stock: Floats
    market_stock: Floats
    store_end_value: Floats


@dataclass(frozen=True)
class Supply:
    """Components: groups of (component, plant) that have a source and a use.

    ``group_component``, ``group_plant`` are names; ``opening`` (G,), ``holding`` (G, T);
    ``use_group``, ``use_allocation``, ``use_quantity`` list who needs what; ``source_group``,
    ``capacity`` (K, T), ``premium`` (K, T); ``cell_source``, ``cell_supply``, ``cell_gwh`` list
    sources by cell supply with GWh a unit; ``cell_capacity`` (C, T) GWh.
    """

    group_component: list[str]
    group_plant: list[str]
    opening: Floats
    holding: Floats
    use_group: Ints
    use_allocation: Ints
    use_quantity: Floats
    sources: list[str]
    source_group: Ints
    capacity: Floats
    premium: Floats
    cells: list[str]
    cell_of_source: Ints
    cell_gwh: Floats
    cell_capacity: Floats


@dataclass(frozen=True)
class Promise:
    """A firm agreement in one calendar year: months counted, least, most, cost of a car short."""

    agreement: str
    year: int
    allocation: int
    months: Ints
    minimum: float
    maximum: float
    shortfall_cost: float


@dataclass(frozen=True)
class PinRule:
    """A pin: bounds on an allocation's cars built, or on flows to a market, in a month."""

    label: str
    allocation: int
    flows: Ints | None
    month: int
    minimum: float
    maximum: float
