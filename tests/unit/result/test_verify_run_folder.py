"""Faults seeded into the files of a run are caught by name, from those files alone."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from motorworks.case.case import Case
from motorworks.case.column import columns_of
from motorworks.cli.verify import verify_folder
from motorworks.errors import CaseError
from motorworks.io.run_folder import write_run
from motorworks.result.plan import PlanResult
from motorworks.result.records import RESULT_RECORDS
from motorworks.result.verify import verify_plan
from tests.unit.result.conftest import FILLED

ION, ARC = pl.col("vehicle") == "ion", pl.col("vehicle") == "arc"
JANUARY, FEBRUARY, MARCH = (pl.col("month") == f"2025-0{number}" for number in (1, 2, 3))


@pytest.fixture(scope="module")
def written(case: Case, plan: PlanResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that holds the plan of Ulm."""
    return write_run(tmp_path_factory.mktemp("runs") / "ulm", case=case, result=plan)


@pytest.fixture
def run(written: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to be spoiled."""
    return Path(shutil.copytree(written, tmp_path / "run"))


def edit(run: Path, name: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    """Rewrite a table of the run; the change must be one."""
    path = run / "results" / f"{name}.parquet"
    before = pl.read_parquet(path)
    after = change(before).cast(dict(before.schema))
    assert not after.equals(before)
    after.write_parquet(path)


def put(run: Path, name: str, where: pl.Expr, column: str, value: Any) -> None:
    """Set a column in the rows of a table that match."""
    edit(run, name, lambda table: table.with_columns(
        pl.when(where).then(value).otherwise(pl.col(column)).alias(column)
    ))  # fmt: skip


def add(run: Path, name: str, where: pl.Expr, column: str, amount: float) -> None:
    """Add to a column in the rows of a table that match."""
    put(run, name, where, column, pl.col(column) + amount)


def test_run_as_it_was_written_is_clean(run: Path) -> None:
    """Nothing is lost on the way through the files."""
    assert verify_folder(run).findings == ()


def test_a_car_too_many(run: Path) -> None:
    """One car more built than is in stock or shipped; the launch curve has room for it."""
    add(run, "production", ION & FEBRUARY, "units", 1.0)
    found = verify_folder(run)
    assert "plant_balance" in found.broken
    assert "ulm should hold 5.0 ion at the end of 2025-02" in str(found)
    assert "launch" not in found.broken


def test_cars_built_a_month_too_early(run: Path) -> None:
    """February's 40 electric cars in January, before the start of production."""
    put(run, "production", ION & FEBRUARY, "units", 0.0)
    put(run, "production", ION & JANUARY, "units", 40.0)
    found = verify_folder(run).of("launch")
    assert [finding.message for finding in found] == [
        "ulm built 40.0 more ion in 2025-01 than the launch curve allows: 40.0 against 0.0"
    ]


def test_cars_arriving_a_month_too_early(run: Path) -> None:
    """Half of February's ship sold in February, though none can be there before March."""
    add(run, "market", ION & FEBRUARY, "stock", 18.0)
    assert "market_balance" in verify_folder(run).broken


def test_duty_forgotten_in_the_margin(run: Path) -> None:
    """A margin without duty is caught even where its sum has been mended everywhere."""
    duty = pl.read_parquet(run / "results/objective.parquet").filter(part="duty")["amount"][0]
    put(run, "objective", pl.col("part") == "duty", "amount", 0.0)
    add(run, "objective", pl.col("part") == "margin", "amount", -duty)
    margin = pl.col("objective") == "margin"
    for column in ("value", "best", "bound"):
        add(run, "objectives", margin, column, -duty)
    manifest = json.loads((run / "run.json").read_text(encoding="utf-8"))
    manifest["margin"] -= duty
    (run / "run.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert verify_folder(run).broken == ("objective:duty",)


def test_duty_forgotten_in_one_month_of_a_lane(run: Path) -> None:
    """The duty per car of one row is no longer what the tariff makes it."""
    put(run, "landed", ION & MARCH, "duty", 0.0)
    (finding,) = verify_folder(run).findings
    assert finding.rule == "stated_limits"
    assert "duty of a car" in finding.message


def test_duty_changed_in_the_case(run: Path) -> None:
    """The case of the run is read as well: with another tariff the margin is not what it says."""
    path = run / "case" / "tariffs.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count("2025-03-11,20") == 1
    path.write_text(text.replace("2025-03-11,20", "2025-03-11,25"), encoding="utf-8")
    assert "objective:duty" in verify_folder(run).broken


def test_stock_below_zero(run: Path) -> None:
    """Cars shipped that are not there."""
    put(run, "plant_stock", ION & MARCH, "units", -1.0)
    (finding,) = verify_folder(run).of("non_negative")
    assert finding.where == "ion ulm 2025-03"


@pytest.mark.parametrize("name", [name for name in FILLED if name != "marginals"])
def test_table_cut_short_by_a_row(run: Path, name: str) -> None:
    """The last row is missing."""
    edit(run, name, lambda table: table.head(-1))
    assert name in {finding.where for finding in verify_folder(run).of("table_complete")}


def test_table_file_cut_short(run: Path) -> None:
    """A file that ends in the middle cannot be read, and is named."""
    path = run / "results" / "market.parquet"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(CaseError, match=r"market\.parquet"):
        verify_folder(run)


def test_table_file_missing(run: Path) -> None:
    """A file that is gone is named."""
    (run / "results" / "shipments.parquet").unlink()
    with pytest.raises(CaseError, match=r"shipments\.parquet"):
        verify_folder(run)


def test_penalty_changed_in_the_settings(run: Path) -> None:
    """A run cannot be given other settings than those of its case."""
    text = (run / "run.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    manifest["settings"]["plan"]["lost_penalty"] = 900.0
    (run / "run.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert verify_folder(run).broken == ("settings",)


def cells() -> list[tuple[str, str]]:
    """Every column of figures of every table but the marginal values."""
    return [
        (record.TABLE, column.name)
        for record in RESULT_RECORDS
        for column in columns_of(record)
        if column.kind == "number" and record.TABLE in FILLED and record.TABLE != "marginals"
        if column.name != "bound"  # a bound that is not as close as it could be is still a bound
    ]


@pytest.mark.parametrize(("table", "column"), cells())
def test_no_figure_can_be_changed_unseen(
    case: Case, plan: PlanResult, table: str, column: str
) -> None:
    """Whichever row it stands in, a figure that is 1 higher or lower is objected to."""
    frame = plan.tables[table]
    figures = [place for place, cell in enumerate(frame[column]) if cell is not None]
    assert figures
    for place in figures:
        for step in (1.0, -1.0):
            row = pl.int_range(pl.len()) == place
            step_on = 60 * step if table in {"objective", "objectives"} else step
            moved = frame.with_columns(pl.when(row).then(pl.col(column) + step_on)
                                       .otherwise(pl.col(column)).alias(column))  # fmt: skip
            spoiled = PlanResult(
                plan.margin, {**plan.tables, table: moved}, plan.settings, plan.solver
            )
            assert not verify_plan(case, spoiled).clean, (table, column, frame.row(place), step)


def test_copy_of_a_run_verifies_elsewhere(run: Path, tmp_path: Path) -> None:
    """A run says everything: another place changes nothing."""
    shutil.copytree(run, tmp_path / "elsewhere" / "copy")
    assert verify_folder(tmp_path / "elsewhere" / "copy").clean
