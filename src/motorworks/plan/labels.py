"""What the limits of the plan are called: a place of a block of rows or columns in words.

``LABELS`` is the one register. A block that it does not know falls back to its own name, its
place in the block and, where it has a row for every month, the month.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motorworks.plan.constraints.conversions import halted_months, halted_shops
from motorworks.plan.data import Floats, Ints, PlanData

Place = tuple[int, ...]

WISH = "wish: "
"""How the names of the rows of a wish begin; the rest is the wish in words."""

_CARS = "vehicles"


@dataclass(frozen=True)
class Label:
    """A place in words: ``busan-line`` in ``2026-05``, with the unit of its limit."""

    what: str
    when: str
    unit: str


@dataclass(frozen=True)
class Naming:
    """How to name the places of a block: the first index, the time, the unit."""

    what: Callable[[PlanData, int], str]
    unit: str
    when: Callable[[PlanData, Place], str] | None = None


def label_of(block: str, place: Place, data: PlanData) -> Label:
    """Name a place of a block of rows, or of columns that a rule bounds.

    Examples
    --------
    >>> from motorworks.io.case_folder import find_case, read_case
    >>> from motorworks.plan.encode import encode
    >>> from motorworks.plan.params import PlanParams
    >>> data = encode(read_case(find_case("tiny")), PlanParams())
    >>> label_of("shop_capacity", (0, 4), data)
    Label(what='north-line', when='2025-05', unit='standard vehicles')
    >>> label_of("unheard_of", (2,), data)
    Label(what='number 3', when='', unit='')
    """
    if block.startswith(WISH):
        return Label(block.removeprefix(WISH), "", "")
    naming = LABELS.get(block)
    if naming is None:
        return Label(f"number {place[0] + 1}" if place else "", _month(data, place), "")
    when = naming.when or _month
    return Label(naming.what(data, place[0]), when(data, place), naming.unit)


def _month(data: PlanData, place: Place) -> str:
    months = data.sets.months
    return months[place[-1]] if len(place) > 1 and place[-1] < len(months) else ""


def _allocation(data: PlanData, place: int) -> str:
    sets = data.sets
    vehicle, plant = sets.store_vehicle[place], sets.store_plant[place]
    return f"{sets.vehicles[vehicle]} at {sets.plants[plant]}"


def _pair(data: PlanData, place: int) -> str:
    sets = data.sets
    vehicle, market = sets.pair_vehicle[place], sets.pair_market[place]
    return f"{sets.vehicles[vehicle]} in {sets.markets[market]}"


def _nameplate_year(data: PlanData, place: Place) -> str:
    return str(data.pace.nameplate[place[0]][1])


def _promise_year(data: PlanData, place: Place) -> str:
    return str(data.promises[place[0]].year)


def _pin_month(data: PlanData, place: Place) -> str:
    return data.sets.months[data.pins[place[0]].month]


def _limited(names: list[str], limit: Floats) -> list[str]:
    """Names of those that have a row: the others have no limit."""
    return [name for name, most in zip(names, np.isfinite(limit), strict=True) if most]


def _plant_yard(data: PlanData, place: int) -> str:
    return _limited(data.sets.plants, data.logistics.plant_yard)[place]


def _market_yard(data: PlanData, place: int) -> str:
    return _limited(data.sets.markets, data.logistics.market_yard)[place]


def _lane(data: PlanData, place: int) -> str:
    return _limited(data.sets.lanes, data.logistics.space.min(axis=1))[place]


def _window(data: PlanData, place: int) -> str:
    return _allocation(data, int(data.launches.allocation[place]))


def _window_where(windows: Callable[[PlanData], NDArray[np.bool_]]) -> Naming:
    """Rows of some launch windows only."""
    return Naming(
        lambda data, place: _window(data, int(np.flatnonzero(windows(data))[place])), _CARS
    )


def _line_rule(data: PlanData, place: int) -> str:
    return data.mix.rules[place].rule


def _mix_place(family: str) -> Naming:
    """Rows of the places that hold so many models, or platforms."""
    return Naming(
        lambda data, place: [one for one in data.mix.limits if one.family == family][place].place,
        family.split("_", maxsplit=1)[0],
    )


def _held(family: str) -> Naming:
    """Rows of the allocations that count at such a place."""
    return Naming(
        lambda data, place: [
            f"{_allocation(data, int(allocation))} in {one.place}"
            for one in data.mix.limits
            if one.family == family
            for group in one.groups
            for allocation in group
        ][place],
        family.split("_", maxsplit=1)[0],
    )


def _site(data: PlanData, place: int) -> str:
    return data.sites.names[place]


def _site_shop(data: PlanData, place: int) -> str:
    return data.pace.shops[int(data.sites.shop[place])]


def _halted_shop(data: PlanData, place: int) -> str:
    """Shop of a row of ``halt_capacity``: every conversion at a plant with calendar hours."""
    return data.pace.shops[int(halted_shops(data)[1][place])]


def _option(data: PlanData, place: int) -> str:
    plant = data.shifts.plant[data.shifts.option_plant[place]]
    return f"{data.shifts.pattern[place]} at {data.sets.plants[plant]}"


def _asking(data: PlanData, place: int) -> str:
    asking = np.unique(data.shifts.option_plant[data.shifts.volume > 0])
    return _worker(data, int(asking[place]))


def _worker(data: PlanData, place: int) -> str:
    return data.sets.plants[int(data.shifts.plant[place])]


def _launcher(data: PlanData, place: int) -> str:
    """Allocation with a launch window at a plant that chooses its hours."""
    limited = data.shifts.limited
    return _allocation(data, int(limited[np.isin(limited, data.launches.allocation)][place]))


def _keeper(data: PlanData, place: int) -> str:
    return _worker(data, int(np.flatnonzero(data.shifts.account > 0)[place]))


def _frozen(data: PlanData, place: int) -> str:
    return _allocation(data, int(data.stability.allocation[place]))


def _frozen_month(data: PlanData, place: Place) -> str:
    return data.sets.months[int(data.stability.month[place[0]])]


def _lot_with_spot(data: PlanData, place: int) -> str:
    spots = np.nonzero(data.lanes.spot_lane[:, None] == data.lanes.lot_lane)[0]
    return data.sets.lanes[int(data.lanes.spot_lane[spots[place]])]


def _aged(pair: Callable[[PlanData, int], str], age: Callable[[PlanData], Ints]) -> Naming:
    """Rows of those whose stock may not grow old."""
    return Naming(lambda data, place: pair(data, int(np.flatnonzero(age(data))[place])), _CARS)


_LAUNCH = Naming(_allocation, _CARS)
_SALE = Naming(_pair, _CARS)
_CHOICE = Naming(_window, "")
_SITE = Naming(_site, "")
_HOURS = Naming(_worker, "h")
_KEPT_HOURS = Naming(_keeper, "h")

LABELS: dict[str, Naming] = {
    "make": _LAUNCH,
    "shop_capacity": Naming(lambda data, place: data.pace.shops[place], "standard vehicles"),
    "nameplate": Naming(
        lambda data, place: data.sets.plants[data.pace.nameplate[place][0]], _CARS, _nameplate_year
    ),
    "plant_balance": _LAUNCH,
    "plant_yard": Naming(_plant_yard, "slots"),
    "lane_space": Naming(_lane, "CEU"),
    "market_balance": _SALE,
    "sold": _SALE,
    "lost": _SALE,
    "late": _SALE,
    "end_value": _SALE,
    "kept": _SALE,
    "market_yard": Naming(_market_yard, "slots"),
    "component_balance": Naming(
        lambda data, place: (
            f"{data.supply.group_component[place]} at {data.supply.group_plant[place]}"
        ),
        "units",
    ),
    "get": Naming(lambda data, place: data.supply.sources[place], "units"),
    "cell_supply": Naming(lambda data, place: data.supply.cells[place], "GWh"),
    "agreement_minimum": Naming(
        lambda data, place: data.promises[place].agreement, _CARS, _promise_year
    ),
    "agreement_maximum": Naming(
        lambda data, place: data.promises[place].agreement, _CARS, _promise_year
    ),
    "pins": Naming(lambda data, place: data.pins[place].label, _CARS, _pin_month),
    "begin": _CHOICE,
    "finish": _CHOICE,
    "one_start": _CHOICE,
    "one_end": Naming(
        lambda data, place: _window(data, int(np.nonzero(data.launches.may_finish)[0][place])),
        "",
        lambda data, place: data.sets.months[
            int(np.nonzero(data.launches.may_finish)[1][place[0]])
        ],
    ),
    "one_end_due": _window_where(lambda data: data.launches.must_finish),
    "launch_choice": _window_where(lambda data: ~data.launches.shifted),
    "launch_choice_on": _window_where(
        lambda data: data.launches.may_finish.any(axis=1) & ~data.launches.shifted
    ),
    "least_run": _window_where(lambda data: (data.launches.least > 0) & ~data.launches.shifted),
    "launch_choice_shifts": Naming(
        lambda data, place: _allocation(data, data.shifts.ceilings[place].allocation), _CARS
    ),
    "launch_choice_shifts_on": Naming(_launcher, _CARS),
    "least_run_shifts": Naming(
        lambda data, place: _allocation(data, data.shifts.floors[place].allocation), _CARS
    ),
    "line_rules": Naming(_line_rule, ""),
    "models_limit": _mix_place("models_limit"),
    "models_limit_on": _held("models_limit"),
    "platforms_limit": _mix_place("platforms_limit"),
    "platforms_limit_on": _held("platforms_limit"),
    "pattern": Naming(_option, ""),
    "stay": Naming(_option, ""),
    "shift_volume": Naming(_asking, _CARS),
    "overtime": _HOURS,
    "weekend": _HOURS,
    "plus": _HOURS,
    "minus": _HOURS,
    "balance": _HOURS,
    "time_account": _HOURS,
    "extra_hours": _HOURS,
    "hours_put_in": _KEPT_HOURS,
    "hours_taken": _KEPT_HOURS,
    "open": _SITE,
    "shut": _SITE,
    "site_opens": _SITE,
    "site_closes": _SITE,
    "site_capacity": Naming(_site_shop, "standard vehicles"),
    "site_make": Naming(lambda data, place: _allocation(data, int(data.sites.make[place])), _CARS),
    "halt": Naming(lambda data, place: data.conversions.names[place], ""),
    "halt_once": Naming(lambda data, place: data.conversions.names[place], ""),
    "halt_capacity": Naming(_halted_shop, "standard vehicles"),
    "halt_capacity_chosen": Naming(
        lambda data, place: data.pace.shops[int(halted_months(data)[3][place])],
        "standard vehicles",
        lambda data, place: data.sets.months[int(halted_months(data)[2][place[0]])],
    ),
    "halt_before_start": Naming(
        lambda data, place: data.conversions.names[
            np.flatnonzero(data.conversions.window >= 0)[place]
        ],
        "",
    ),
    "exit": Naming(lambda data, place: data.agreements.exits[place], ""),
    "agreement_exit": Naming(
        lambda data, place: data.agreements.exits[data.agreements.closable[0][place]],
        _CARS,
        lambda data, place: data.sets.months[data.agreements.closable[1][place[0]]],
    ),
    "exit_once": Naming(lambda data, place: data.agreements.exits[place], ""),
    "agreement_flex": Naming(
        lambda data, place: data.agreements.band_agreement[place],
        _CARS,
        lambda data, place: data.sets.months[data.agreements.band_month[place[0]]],
    ),
    "spot": Naming(lambda data, place: data.sets.lanes[data.lanes.spot_lane[place]], "CEU"),
    "lane_lot": Naming(lambda data, place: data.sets.lanes[data.lanes.lot_lane[place]], "CEU"),
    "lane_lot_spot": Naming(_lot_with_spot, "CEU"),
    "lane_lot_open": Naming(lambda data, place: data.sets.lanes[data.lanes.lot_lane[place]], "CEU"),
    "port_space": Naming(lambda data, place: data.lanes.ports[place], "slots"),
    "plant_age": _aged(_allocation, lambda data: data.lanes.plant_age[data.sets.store_plant]),
    "market_age": _aged(_pair, lambda data: data.lanes.market_age[data.sets.pair_market]),
    "component_sales": Naming(
        lambda data, place: (
            f"{data.components.sale_component[place]} at {data.components.sale_plant[place]}"
        ),
        "units",
        lambda data, place: data.sets.months[data.components.sale_month[place[0]]],
    ),
    "carbon_cap": Naming(
        lambda data, place: "all plants and lanes",
        "t",
        lambda data, place: str(data.carbon.caps[place[0]].year),
    ),
    "freeze": Naming(_frozen, _CARS, _frozen_month),
}
"""By name of the block of rows, or of the block of columns that a rule bounds."""
