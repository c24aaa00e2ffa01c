"""Shifts as tables: the pattern worked, extra hours, people, what all of it costs."""

import numpy as np
import polars as pl

from motorworks.plan.constraints.hours import line_total, shop_side
from motorworks.plan.data import Floats, PlanData
from motorworks.plan.decode.frames import monthly, names_at
from motorworks.plan.decode.values import Values


def shift_table(data: PlanData, values: Values) -> pl.DataFrame:
    """How each plant with a choice of shifts, or extra hours, works."""
    shifts, own = data.shifts, values.shifts
    names, months = names_at(data.sets.plants, shifts.plant), list(data.sets.months)
    table = monthly(
        "shifts", months, {"plant": names},
        {
            "pattern": np.array([None] * len(names) * len(months), dtype=object),
            "hours": pattern_hours(data, values), "heads": _heads(data, values),
            "overtime": own.overtime, "weekend": own.weekend, "plus": own.plus,
            "minus": own.minus, "balance": own.balance, "hired": own.hired, "freed": own.freed,
            "cost": labour_cost(data, values),
        },
    )  # fmt: skip
    patterns = [name for row in _patterns(data, values) for name in row]
    return table.with_columns(pattern=pl.Series(patterns, dtype=pl.String))


def labour_cost(data: PlanData, values: Values) -> Floats:
    """Cost of the shifts chosen, of changes, and of extra hours; shape (H, T)."""
    shifts, own = data.shifts, values.shifts
    cost: Floats = shifts.hire * own.hired + shifts.release * own.freed
    cost += shifts.overtime_cost * own.overtime + shifts.weekend_cost * own.weekend
    np.add.at(cost, shifts.option_plant, shifts.labour * own.pattern)
    return cost


def extra_hours(data: PlanData, values: Values) -> Floats:
    """Hours worked beyond the pattern, less those taken off; shape (n_plants, T)."""
    own = values.shifts
    extra = np.zeros((len(data.sets.plants), data.sets.n_months))
    extra[data.shifts.plant] = own.overtime + own.weekend + own.plus - own.minus
    return extra


def pattern_hours(data: PlanData, values: Values) -> Floats:
    """Hours of the pattern chosen, or of the calendar; shape (H, T)."""
    shifts = data.shifts
    hours = np.where(shifts.chooses[:, None], 0.0, shifts.calendar_hours)
    np.add.at(hours, shifts.option_plant, shifts.hours * values.shifts.pattern)
    return hours


def shop_hours(data: PlanData, values: Values) -> Floats:
    """Hours of each shop with the shifts and extra hours chosen; shape (n_shops, T)."""
    hours = data.pace.hours.copy()
    worked = pattern_hours(data, values)
    extra = extra_hours(data, values)
    place = {plant: number for number, plant in enumerate(data.shifts.plant.tolist())}
    for shop, plant in enumerate(data.pace.shop_plant.tolist()):
        if plant in place:
            hours[shop] = worked[place[plant]] + extra[plant]
    return hours


def shop_capacity(data: PlanData, values: Values) -> Floats:
    """Capacity of each shop with the shifts and extra hours chosen; shape (n_shops, T)."""
    return shop_side(data, values.shifts).total()


def shift_limits(data: PlanData, values: Values) -> Floats:
    """Launch limit of each allocation in ``data.shifts.limited``, by the choices made; (R, T)."""
    shifts, own = data.shifts, values.shifts
    limit = np.full(shifts.rate.shape, np.inf)
    row_of = {allocation: row for row, allocation in enumerate(shifts.limited.tolist())}
    for line in shifts.ceilings:
        amount = line_total(line, values.launches.begin, own.pattern)
        row = row_of[line.allocation]
        limit[row] = np.minimum(limit[row], amount)
    worked = np.repeat(np.where(shifts.chooses, 0.0, 1.0)[:, None], data.sets.n_months, axis=1)
    np.add.at(worked, shifts.option_plant, own.pattern)
    limit[worked[shifts.run_plant] < 0.5] = 0.0  # no pattern: the plant is closed
    paid: Floats = own.overtime + own.weekend + own.plus
    limit += shifts.rate * paid[shifts.run_plant]
    return limit


def _heads(data: PlanData, values: Values) -> Floats:
    """People of the pattern worked; shape (H, T)."""
    shifts = data.shifts
    heads = np.where(shifts.chooses[:, None], 0.0, shifts.calendar_heads)
    np.add.at(heads, shifts.option_plant, shifts.heads[:, None] * values.shifts.pattern)
    return heads


def _patterns(data: PlanData, values: Values) -> list[list[str | None]]:
    """Pattern of each plant and month; None while a plant is closed."""
    shifts = data.shifts
    rows: list[list[str | None]] = []
    for plant, planned in enumerate(shifts.planned):
        if not shifts.chooses[plant]:
            rows.append([*planned])
            continue
        options = np.flatnonzero(shifts.option_plant == plant)
        worked = values.shifts.pattern[options]
        rows.append(
            [
                shifts.pattern[options[month.argmax()]] if month.max() > 0.5 else None
                for month in worked.T
            ]
        )
    return rows
