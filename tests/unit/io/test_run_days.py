"""Sequenced days in the folder of a run: written, read back, complained of, or not there."""

import json
from pathlib import Path
from typing import Any

import fastexcel
import pytest

from motorworks.case.case import table_of
from motorworks.errors import CaseError
from motorworks.io.run_folder import read_run, write_run
from motorworks.result.days import DAY_RECORDS, DaysResult
from motorworks.result.plan import PlanResult, Solver
from motorworks.result.records import RESULT_RECORDS
from tests.unit.sequence.drawn import MONTH, RULES, plan_of, two_cars, two_days

CASE = two_cars(*RULES)
SOLVER = Solver("none", "0", "optimal", 0, 0, 0, None, 0.0, 0)
PLAN = PlanResult(1.0, {r.TABLE: table_of(r, ()) for r in RESULT_RECORDS}, {}, SOLVER)


@pytest.fixture(scope="module")
def days() -> DaysResult:
    """Two days of six cars."""
    return two_days(CASE, plan_of({("car", "city", MONTH): 31.0 * 6}))


def test_days_read_back_as_they_were_written(tmp_path: Path, days: DaysResult) -> None:
    """Tables, orders, sequences and settings; the workbook has a sheet for each table."""
    write_run(tmp_path / "run", case=CASE, result=PLAN, days=days)
    again = read_run(tmp_path / "run").days
    assert again is not None
    assert again.stated == days.stated
    assert all(table.equals(again.tables[name]) for name, table in days.tables.items())
    assert [one.day.before for one in again.days] == [0, 6]
    sheets = fastexcel.read_excel(tmp_path / "run" / "tables.xlsx").sheet_names
    assert {record.TABLE for record in DAY_RECORDS} <= set(sheets)


def test_the_same_days_give_the_same_bytes(tmp_path: Path, days: DaysResult) -> None:
    """Seconds stand in the timings only."""
    for name in ("a", "b"):
        write_run(tmp_path / name, case=CASE, result=PLAN, days=days)
    texts = [(tmp_path / name / "run.json").read_bytes() for name in ("a", "b")]
    assert texts[0] == texts[1]
    assert json.loads(texts[0])["sequence"]["days"][0]["searched"]["seconds"] == 0.0


def test_a_run_without_days_reads_as_one_without(tmp_path: Path) -> None:
    """So do runs of versions that knew of none."""
    write_run(tmp_path / "run", case=CASE, result=PLAN)
    assert "sequence" not in json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))
    assert read_run(tmp_path / "run").days is None


@pytest.mark.parametrize(
    "stated",
    [
        7,
        [],
        {"settings": {}},
        {"settings": {}, "days": [{"day": "2025-01-10"}]},
        {"settings": {}, "days": 3},
    ],
)
def test_days_that_are_stated_wrongly_are_told(
    tmp_path: Path, days: DaysResult, stated: Any
) -> None:
    """A manifest edited by hand ends in no traceback."""
    write_run(tmp_path / "run", case=CASE, result=PLAN, days=days, manifest={"sequence": stated})
    with pytest.raises(CaseError, match=r"run\.json, sequence: does not fit the tables"):
        read_run(tmp_path / "run")


def test_a_missing_table_of_the_days_is_told(tmp_path: Path, days: DaysResult) -> None:
    """With its name."""
    write_run(tmp_path / "run", case=CASE, result=PLAN, days=days)
    (tmp_path / "run" / "results" / "day_orders.parquet").unlink()
    with pytest.raises(CaseError, match=r"results/day_orders\.parquet: is missing"):
        read_run(tmp_path / "run")
