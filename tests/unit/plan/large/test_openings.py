"""Rows that ask a plant for its share of a start: nearer to whole choices, and none cut off."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from bench.group_size.generate import Size, generate
from motorworks.case.case import Case, table_of
from motorworks.case.records.programme import Agreement, Pin
from motorworks.engines.lp import highs
from motorworks.engines.lp.model import Model
from motorworks.plan.large.openings import with_openings
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import Program, write_program


def starts_only(seed: int, months: int) -> Case:
    """A small group of plants with launches to choose, and the shifts of the calendar."""
    case = generate(Size(plants=4, vehicles=6, markets=4, months=months), seed, choices=True)
    return case.replace(
        shift_options=case.table("shift_options").clear(),
        workforces=case.table("workforces").clear(),
    )


def program_of(case: Case) -> Program:
    """Its program."""
    return write_program(case, PlanParams(**case.info.plan))


def rows_more(program: Program, model: Model | None = None) -> tuple[int, Model]:
    """How many rows openings add, and the program with them."""
    model = program.model if model is None else model
    strong = with_openings(model, program.data, program.variables, program.params)
    return len(strong.row_lower) - len(model.row_lower), strong


@pytest.mark.parametrize("cheap", [1.0, 0.02])
@pytest.mark.parametrize(("seed", "months"), [(33, 3), (44, 5), (48, 5), (57, 5), (9, 8)])
def test_no_choice_of_starts_loses_its_best_plan(seed: int, months: int, cheap: float) -> None:
    """Not even where cars cost so little that some are sent in vain so that others are in time."""
    rng = np.random.default_rng(seed)
    case = starts_only(seed, months)
    lanes, costs = case.table("lanes"), case.table("costs")
    case = case.replace(
        lanes=lanes.with_columns(pl.Series("transit_days", rng.uniform(2, 75, lanes.height))),
        costs=costs.with_columns(pl.col("material_cost") * cheap),
    )
    program = program_of(case)
    launches, begin = program.data.launches, program.variables.launches.begin
    at = np.zeros(begin.shape)
    for window, months_open in enumerate(launches.may_begin):
        if launches.must_begin[window] or rng.random() < 0.7:
            at[window, rng.choice(np.flatnonzero(months_open))] = 1.0
    lower, upper = program.model.col_lower.copy(), program.model.col_upper.copy()
    lower[begin] = upper[begin] = at
    chosen = replace(program.model, integer=None, col_lower=lower, col_upper=upper)
    count, strong = rows_more(program, chosen)
    assert count > 0
    assert highs.solve(strong).objective == pytest.approx(highs.solve(chosen).objective, rel=1e-9)


def test_shares_of_starts_cost_more() -> None:
    """The limit that shares of starts prove is higher by a share that counts beside a gap."""
    program = program_of(starts_only(9, 8))
    loose = replace(program.model, integer=None)
    before = highs.solve(loose).objective
    _, strong = rows_more(program, loose)
    assert highs.solve(strong).objective > before + 0.005 * abs(before)


def test_where_cars_may_be_built_unsold_nothing_is_added() -> None:
    """An agreement with a minimum, and a pin with one, may ask for cars that nobody buys."""
    case = starts_only(9, 4)
    make = dict(zip(("vehicle", "plant"), case.table("launch_windows").row(0)[:2], strict=True))
    agreement = Agreement(
        agreement="some", name="Some", principal="maker", maker="maker", **make,
        start="2025-01-01", status="firm", min_per_year=10.0, shortfall_cost=50.0, currency="USD",
    )  # fmt: skip
    pin = Pin(**make, market=None, month="2025-04", minimum=1.0, reason="a trial")
    assert rows_more(program_of(case))[0] > 0
    assert rows_more(program_of(case.replace(agreements=table_of(Agreement, [agreement]))))[0] == 0
    assert rows_more(program_of(case.replace(pins=table_of(Pin, [pin]))))[0] == 0


def test_a_plant_with_stock_of_before_is_asked_for_nothing() -> None:
    """It may ship that stock without a start."""
    case = starts_only(9, 4)
    windows = case.table("launch_windows").filter(pl.col("optional"))
    before = rows_more(program_of(case))[0]
    stock = case.table("opening_stock")
    row = windows.select("vehicle", "plant").head(1).with_columns(units=3.0)
    more = pl.concat([stock, row], how="diagonal")
    assert 0 < rows_more(program_of(case.replace(opening_stock=more)))[0] < before
