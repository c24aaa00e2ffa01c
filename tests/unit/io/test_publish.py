"""A plan given out: what the published plan of a case then holds."""

from pathlib import Path

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.errors import CaseError
from motorworks.io.case_folder import copy_case, find_case, read_case
from motorworks.io.publish import publish, published_plan
from motorworks.plan.solve import solve_plan
from motorworks.result.plan import PlanResult

TINY = read_case(find_case("tiny"))


@pytest.fixture(scope="module")
def plan() -> PlanResult:
    """The plan of the shipped case tiny."""
    return solve_plan(TINY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of tiny."""
    copy_case(find_case("tiny"), tmp_path / "mine")
    return tmp_path / "mine"


def _built(result: PlanResult) -> list[float]:
    return result.table("production")["units"].to_list()


def _next(case: Case, **settings: float) -> PlanResult:
    """The next plan of a case whose demand has fallen by a third."""
    demand = case.table("demand").with_columns(pl.col("units") * 2 / 3)
    plan = {**case.info.plan, **settings}
    return solve_plan(case.with_info(plan=plan).replace(demand=demand))


def test_a_published_plan_is_what_the_run_builds(plan: PlanResult, folder: Path) -> None:
    """A row for every allocation and month, read back from the folder as it was."""
    publish(plan, folder)
    table = read_case(folder).table("published_plan")
    assert table.select("vehicle", "plant", "month").equals(
        plan.table("production").select("vehicle", "plant", "month")
    )
    assert table["units"].to_list() == pytest.approx(_built(plan), abs=1e-8)
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_the_next_plan_keeps_to_the_frozen_months(plan: PlanResult, folder: Path) -> None:
    """Whatever the demand has become, all of it fits: it fitted before."""
    case = publish(plan, folder)
    months = case.info.months
    assert _built(_next(case, freeze_months=months)) == pytest.approx(_built(plan), abs=1e-6)
    assert _built(_next(case)) != pytest.approx(_built(plan), abs=1e-6)


def test_whole_cars_are_never_more_than_the_plan_builds(plan: PlanResult) -> None:
    """A month of 60.4 cars is published as 60, one of 59.9999999 as 60."""
    units = pl.Series([60.4, 59.9999999, -1e-12])
    cut = plan.table("production").head(3).with_columns(units=units)
    made = PlanResult(0.0, {**plan.tables, "production": cut}, {}, plan.solver, {})
    assert published_plan(made, whole=True)["units"].to_list() == [60, 60, 0]
    assert published_plan(made)["units"].to_list() == [60.4, 59.9999999, 0]


def test_a_later_plan_replaces_the_earlier(plan: PlanResult, folder: Path) -> None:
    """The last plan that was given out is the one that counts."""
    publish(plan, folder)
    publish(plan, folder, whole=True)
    table = read_case(folder).table("published_plan")
    assert table.height == plan.table("production").height
    assert all(units == int(units) for units in table["units"])


def test_a_case_that_does_not_know_the_car_is_left_alone(plan: PlanResult, folder: Path) -> None:
    """Every row that the case cannot place is told, and nothing is written."""
    (folder / "allocations.csv").write_text(
        "".join(
            line
            for line in (folder / "allocations.csv").read_text().splitlines(keepends=True)
            if not line.startswith("beta")
        )
    )
    with pytest.raises(CaseError) as caught:
        publish(plan, folder)
    assert {problem.value for problem in caught.value.problems} == {"beta"}
    assert not (folder / "published_plan.csv").exists()
