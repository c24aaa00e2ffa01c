"""What a plan chose: taken as a start, kept while facts vary, and dropped with its focus."""

import numpy as np
import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.info import Focus
from motorworks.case.records import choices, evidence
from motorworks.plan import focus, ranges
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import optimise, read_plan, solve_plan, write_program
from motorworks.plan.warm_start import start_from
from tests.unit.plan.small_case import PROFIT, small_case

FIXED = 500_000.0


def _case(demand: list[float]) -> Case:
    """A car that may start when a month earns its fixed cost, at a site that opens with it."""
    window = choices.LaunchWindow(
        vehicle="car", plant="works", earliest="2025-01", optional=True, end_earliest="2025-01",
        fixed_cost=FIXED, currency="USD",
    )  # fmt: skip
    site = choices.SiteWindow(site="hall", plant="works", capex=1.0, currency="USD")
    price = evidence.Fact(
        fact_id="price", table="prices", key="car|city|2025-01", field="price", value="20000",
        low="16000", high="21000", status="assumed",
    )  # fmt: skip
    about = Focus(vehicle="car", plant="works")
    case = small_case(demand, window, site, price, plateau_jph=11.0)
    return Case(case.info.model_copy(update={"focus": about}), case.tables)


def test_a_start_is_what_the_tables_of_a_plan_tell() -> None:
    """Every choice is known, and as the plan chose it; a bad one is the tables' as well."""
    case = _case([0, 300, 300, 0])
    program = write_program(case, PlanParams(**case.info.plan))
    solution = optimise(program)
    tables = read_plan(program, solution).tables
    start = start_from(tables, program.data, program.variables, len(solution.x))
    whole = program.model.integer
    assert whole is not None
    assert start[whole] == pytest.approx(solution.x[whole])
    assert np.isnan(start[~whole]).all()
    assert tables["launches"].row(0, named=True)["start"] == "2025-02"
    assert tables["launches"].row(0, named=True)["end"] == "2025-03"


def test_a_plan_of_another_horizon_starts_what_it_can() -> None:
    """Months that are not in the horizon are passed over."""
    case, longer = _case([0, 300]), _case([0, 300, 300, 300])
    program = write_program(case, PlanParams(**case.info.plan))
    tables = solve_plan(longer).tables
    start = start_from(tables, program.data, program.variables, len(program.model.cost))
    assert start[program.variables.launches.begin[0]].tolist() == [0, 1]
    again = solve_plan(case, start=tables)
    assert again.margin == pytest.approx(solve_plan(case).margin)


def test_trials_keep_the_start_that_the_plan_chose() -> None:
    """At the low price the month still runs, at a loss: 600 cars earn 4,000 less each."""
    case = _case([0, 300, 300, 0])
    found = ranges.solve_ranges(case, workers=1)
    moves = found.tables["moves"].filter(fact_id="price", variant="low", headline="margin")
    base = 600 * PROFIT - 2 * FIXED - 1
    assert moves["value"].item() == pytest.approx(base - 600 * 4000)
    free = solve_plan(case.replace(prices=case.table("prices").with_columns(price=16000.0)))
    assert free.margin > moves["value"].item()


def test_a_focus_is_worth_what_it_earns_beyond_its_fixed_cost() -> None:
    """Without it there is no start, no fixed cost and no margin."""
    values = focus.headline_values(_case([0, 300, 300, 0]))
    assert values[focus.WORTH].value == pytest.approx(600 * PROFIT - 2 * FIXED - 1)


def test_a_choice_that_a_fact_rules_out_is_made_anew() -> None:
    """The site that opened in February cannot before March: not the end of all plans."""
    site = choices.SiteWindow(
        site="hall", plant="works", earliest="2025-01", latest="2025-03", optional=False
    )
    late = evidence.Fact(
        fact_id="late", table="site_windows", key="hall", field="earliest", value="2025-01",
        low="2025-01", high="2025-03", status="assumed",
    )  # fmt: skip
    case = small_case([0, 300, 300, 0], site, late, plateau_jph=11.0)
    found = ranges.solve_ranges(case, workers=1)
    assert not found.tables["failures"].height
    moves = found.tables["moves"].filter(fact_id="late", variant="high", headline="margin")
    sites = case.table("site_windows").with_columns(earliest=pl.lit("2025-03"))
    march = solve_plan(case.replace(site_windows=sites))
    assert moves["value"].item() == pytest.approx(march.margin)
    assert march.margin < solve_plan(case).margin


def test_ranges_keep_the_choices_of_the_plan_they_are_given() -> None:
    """A plan that was made to start in March is varied as it is, though February were better."""
    case = _case([0, 300, 300, 0])
    late = case.replace(
        launch_windows=case.table("launch_windows").with_columns(earliest=pl.lit("2025-03"))
    )
    plan = solve_plan(late)
    assert plan.table("launches")["start"].item() == "2025-03"
    found = ranges.solve_ranges(case, plan=plan, workers=1)
    margin = found.tables["headlines"].filter(headline="margin")["value"].item()
    assert margin == pytest.approx(plan.margin)
    assert margin < solve_plan(case).margin
