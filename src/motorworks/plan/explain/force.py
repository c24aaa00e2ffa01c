"""Write a wish into a program, by rows of its own and where need be by another case."""

from dataclasses import replace

import numpy as np
import polars as pl

from motorworks.case.case import Case
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Indices
from motorworks.errors import CaseError, Problem
from motorworks.plan.data import PlanData
from motorworks.plan.explain.wish import Wish
from motorworks.plan.labels import WISH
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import Program, write_program


def forced(case: Case, params: PlanParams, wish: Wish) -> tuple[Case, Program]:
    """The case and program in which a wish must come true.

    A start that the case gives is moved, and a shift calendar rewritten, since nothing could
    choose otherwise; what the plan chooses itself is only held to the wish by a row.
    """
    changed = _changed(case, wish)
    program = write_program(changed, params)
    builder = program.builder
    builder.rule = "wish" if wish.kind in ("build", "ship", "none") else "wished"
    _WRITERS[wish.kind](builder, program, wish)
    return changed, replace(program, model=builder.model())


def _changed(case: Case, wish: Wish) -> Case:
    if wish.kind == "start" and not _chooses_start(case, wish):
        table = case.table("allocations")
        here = (pl.col("vehicle") == wish.vehicle) & (pl.col("plant") == wish.plant)
        start = pl.when(here).then(pl.lit(wish.when)).otherwise("start").alias("start")
        return case.replace(allocations=table.with_columns(start))
    if wish.kind == "pattern" and not _chooses_pattern(case, wish):
        table = case.table("shift_calendar")
        day = f"{case.info.month_names[wish.first]}-01"
        kept = table.filter((pl.col("plant") != wish.plant) | (pl.col("start") < day))
        row = {"plant": wish.plant, "start": day, "pattern": wish.pattern, "overtime_min": 0.0}
        return case.replace(
            shift_calendar=pl.concat([kept, pl.DataFrame([row], schema=table.schema)])
        )
    return case


def _chooses_start(case: Case, wish: Wish) -> bool:
    windows = case.table("launch_windows")
    return (wish.vehicle, wish.plant) in windows.select("vehicle", "plant").rows()


def _chooses_pattern(case: Case, wish: Wish) -> bool:
    options = case.table("shift_options")
    patterns = options.filter(pl.col("plant") == wish.plant)["pattern"].to_list()
    if patterns and wish.pattern not in patterns:
        message = f"is no shift option of {wish.plant}; allowed: {', '.join(patterns)}"
        raise CaseError([Problem("wish", message, value=wish.pattern)])
    return bool(patterns)


def _allocation(data: PlanData, wish: Wish) -> int:
    return data.sets.allocation(wish.vehicle, wish.plant)


def _months(wish: Wish) -> slice:
    return slice(wish.first, wish.last + 1)


def _row(
    lp: Builder, wish: Wish, columns: Indices, *, least: float = -np.inf, most: float = np.inf
) -> None:
    row = lp.rows(f"{WISH}{wish.text}", (1,), lower=least, upper=most)
    lp.terms(row, columns.ravel(), 1.0)


def _start(lp: Builder, program: Program, wish: Wish) -> None:
    """Begin in the month; a start that was moved is held to by a car in its first month."""
    data, var = program.data, program.variables
    allocation = _allocation(data, wish)
    window = data.launches.window_of(allocation)
    if window is not None:
        _row(lp, wish, var.launches.begin[window, wish.first], least=1.0)
        return
    limit = data.pace.limit[allocation]
    able = np.flatnonzero(limit > 0)
    # a month without work days or a slow ramp may let less than a car be built
    month = int(able[0]) if able.size else wish.first
    _row(lp, wish, var.make[allocation, month], least=float(min(limit[month], 1.0)))


def _build(lp: Builder, program: Program, wish: Wish) -> None:
    allocation = _allocation(program.data, wish)
    _row(lp, wish, program.variables.make[allocation, _months(wish)], least=wish.units)


def _none(lp: Builder, program: Program, wish: Wish) -> None:
    allocation = _allocation(program.data, wish)
    _row(lp, wish, program.variables.make[allocation, _months(wish)], most=0.0)


def _ship(lp: Builder, program: Program, wish: Wish) -> None:
    sets = program.data.sets
    flows = np.flatnonzero(
        (sets.flow_vehicle == sets.vehicles.index(wish.vehicle))
        & (sets.lane_market[sets.flow_lane] == sets.markets.index(wish.market))
    )
    if not flows.size:
        mine = sets.lane_market[
            sets.flow_lane[sets.flow_vehicle == sets.vehicles.index(wish.vehicle)]
        ]
        markets = [sets.markets[market] for market in np.unique(mine)]
        message = f"has no lane or no demand in {wish.market}; it goes to {', '.join(markets)}"
        raise CaseError([Problem("wish", message, value=wish.vehicle)])
    _row(lp, wish, program.variables.ship[flows, _months(wish)], least=wish.units)


def _pattern(lp: Builder, program: Program, wish: Wish) -> None:
    data = program.data
    plant = data.sets.plants.index(wish.plant)
    for option, name in enumerate(data.shifts.pattern):
        if name == wish.pattern and data.shifts.plant[data.shifts.option_plant[option]] == plant:
            months = _months(wish)
            held = program.variables.shifts.pattern[option, months]
            _row(lp, wish, held, least=float(held.size))


def _exit(lp: Builder, program: Program, wish: Wish) -> None:
    exits = program.data.agreements.exits
    number = exits.index(wish.agreement)
    _row(lp, wish, program.variables.agreements.exit[number, wish.first], least=1.0)


_WRITERS = {
    "start": _start, "build": _build, "none": _none, "ship": _ship, "pattern": _pattern,
    "exit": _exit,
}  # fmt: skip
