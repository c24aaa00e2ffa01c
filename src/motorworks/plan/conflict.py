"""Say which rules stand in each other's way when no plan meets them all."""

import numpy as np

from motorworks.engines.lp import highs
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Model
from motorworks.plan.data import PlanData

_MOST_SHOWN = 10


def describe_conflict(builder: Builder, data: PlanData, model: Model) -> str:
    """Name the rows that must give way, and by how much, so that a plan exists.

    Every row may be broken at a price of 1 per unit; what the cheapest plan breaks is a set of
    rules whose easing makes the case feasible (not always the only one, nor the smallest).
    """
    relaxed, n_rows = _elastic(model)
    solution = highs.solve(relaxed)
    slack = solution.x[len(model.cost) :].reshape(2, n_rows).sum(axis=0)
    broken = np.flatnonzero(slack > 1e-6)
    lines = ["no plan meets all rules; the nearest one breaks:"]
    lines += [
        f"  • {_name(builder, data, row)} by {slack[row]:,.1f}" for row in broken[:_MOST_SHOWN]
    ]
    if len(broken) > _MOST_SHOWN:
        lines.append(f"  • and {len(broken) - _MOST_SHOWN} more")
    if not len(broken):
        lines.append("  • a single bound (a pin or a limit below zero)")
    return "\n".join(lines)


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
    if family == "plant_balance":
        vehicle, plant = sets.store_vehicle[place], sets.store_plant[place]
        return f"{sets.vehicles[vehicle]} at {sets.plants[plant]}"
    return f"number {place + 1}"
