"""Say which rules stand in each other's way when no plan meets them all."""

from collections.abc import Callable

import numpy as np

from motorworks.engines.lp import highs
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Model, Solution
from motorworks.plan.data import Floats, PlanData

_MOST_SHOWN = 10
_NOTHING = 1e-6

_LIMITS = frozenset(
    {"shop_capacity", "nameplate", "plant_yard", "lane_space", "market_yard", "cell_supply"}
    | {"agreement_maximum", "pins"}
)
"""Families whose rows somebody has set; balances only pass a conflict on."""


def describe_conflict(builder: Builder, data: PlanData, model: Model) -> str:
    """Name the rows that must give way, and by how much, so that a plan exists.

    Every row may be broken at a price of 1 per unit; what the cheapest plan breaks is a set of
    rules whose easing makes the case feasible (not always the only one, nor the smallest). The
    limits that have a dual value in that plan are those which the broken rules run up against.
    """
    relaxed, n_rows = _elastic(model)
    solution = highs.solve(relaxed)
    slack = solution.x[len(model.cost) :].reshape(2, n_rows).sum(axis=0)
    broken = np.flatnonzero(slack > _NOTHING)
    lines = ["no plan meets all rules; the nearest one breaks:"]
    lines += _listed([f"{_name(builder, data, int(row))} by {slack[row]:,.1f}" for row in broken])
    if not len(broken):
        lines.append("  • a single bound (a pin or a limit below zero)")
    against = _tight(builder, data, solution, set(broken.tolist()))
    if against:
        lines += ["what stands in the way:", *_listed(against)]
    return "\n".join(lines)


def _listed(names: list[str]) -> list[str]:
    lines = [f"  • {name}" for name in names[:_MOST_SHOWN]]
    more = len(names) - _MOST_SHOWN
    return [*lines, f"  • and {more} more"] if more > 0 else lines


def _tight(builder: Builder, data: PlanData, solution: Solution, broken: set[int]) -> list[str]:
    """Limits, other than those broken, without which the broken rules would be kept."""
    rows = [
        int(row)
        for family in _LIMITS & builder.row_blocks.keys()
        for row in builder.row_blocks[family].index.flat
        if abs(solution.dual[row]) > _NOTHING and int(row) not in broken
    ]
    names = [_name(builder, data, row) for row in sorted(rows)]
    for family, block, limit in (
        ("launch", "make", data.pace.limit),
        ("component_capacity", "get", data.supply.capacity),
    ):
        # a limit of 0 has a dual value whether it matters or not
        worth = np.where(limit > 0, solution.reduced[builder.column_blocks[block].index], 0.0)
        names += [
            f"{family}: {_member(family, int(place), data)} in {data.sets.months[month]}"
            for place, month in zip(*np.nonzero(worth < -_NOTHING), strict=True)
        ]
    return names


def _elastic(model: Model) -> tuple[Model, int]:
    """The model with a column per row and direction that fills what is missing, at a price."""
    n_rows, n_columns, n_nonzeros = model.size
    rows = np.arange(n_rows, dtype=np.int32)
    zeros, infinite = np.zeros(2 * n_rows), np.full(2 * n_rows, np.inf)
    return (
        Model(
            cost=np.concatenate([np.zeros(n_columns), np.ones(2 * n_rows)]),
            col_lower=np.concatenate([model.col_lower, zeros]),
            col_upper=np.concatenate([model.col_upper, infinite]),
            row_lower=model.row_lower,
            row_upper=model.row_upper,
            start=np.concatenate(
                [model.start, n_nonzeros + 1 + np.arange(2 * n_rows)], dtype=np.int32
            ),
            index=np.concatenate([model.index, rows, rows]),
            value=np.concatenate([model.value, np.ones(n_rows), -np.ones(n_rows)]),
        ),
        n_rows,
    )


def _name(builder: Builder, data: PlanData, row: int) -> str:
    """Family of a row, with the plant, shop, market or pin, and the month, where it has them."""
    months = data.sets.months
    for name, block in builder.row_blocks.items():
        if block.index.size and block.index.flat[0] <= row <= block.index.flat[-1]:
            place = np.unravel_index(row - block.index.flat[0], block.index.shape)
            label = _member(name, int(place[0]), data)
            month = f" in {months[int(place[1])]}" if len(place) > 1 else ""
            return f"{name}: {label}{month}"
    return f"row {row}"


def _member(family: str, place: int, data: PlanData) -> str:
    sets = data.sets
    if family == "pins":
        pin = data.pins[place]
        return f"{pin.label} in {sets.months[pin.month]}"
    if family in ("agreement_minimum", "agreement_maximum"):
        return f"{data.promises[place].agreement} in {data.promises[place].year}"
    if family == "shop_capacity":
        return data.pace.shops[place]
    if family in ("market_balance", "sold", "end_value"):
        vehicle, market = sets.pair_vehicle[place], sets.pair_market[place]
        return f"{sets.vehicles[vehicle]} in {sets.markets[market]}"
    if family in ("plant_balance", "launch"):
        vehicle, plant = sets.store_vehicle[place], sets.store_plant[place]
        return f"{sets.vehicles[vehicle]} at {sets.plants[plant]}"
    if family == "component_balance":
        return f"{data.supply.group_component[place]} at {data.supply.group_plant[place]}"
    if family == "nameplate":
        plant, year, *_ = data.pace.nameplate[place]
        return f"{sets.plants[plant]} in {year}"
    names: dict[str, Callable[[], list[str]]] = {
        "component_capacity": lambda: data.supply.sources,
        "plant_yard": lambda: _limited(sets.plants, data.logistics.plant_yard),
        "market_yard": lambda: _limited(sets.markets, data.logistics.market_yard),
        "lane_space": lambda: _limited(sets.lanes, data.logistics.space.min(axis=1)),
        "cell_supply": lambda: data.supply.cells,
    }
    return names[family]()[place] if family in names else f"number {place + 1}"


def _limited(names: list[str], limit: Floats) -> list[str]:
    return [name for name, most in zip(names, np.isfinite(limit), strict=True) if most]
