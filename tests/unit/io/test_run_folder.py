"""The folder of a run: complete, repeatable, and read back with clear complaints."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from motorworks.case.case import Case, table_of
from motorworks.case.info import CaseInfo
from motorworks.case.records.sites import Country
from motorworks.errors import CaseError
from motorworks.io.run_folder import changed_files, put_right, read_run, write_run
from motorworks.result.plan import PlanResult, Solver
from motorworks.result.ranges import RANGE_RECORDS, Headline, Ranges
from motorworks.result.records import RESULT_RECORDS, EndValue, Production

INFO = CaseInfo(name="demo", title="Demo", start="2024-01", months=1, currency="USD")
CASE = Case.of(INFO, [Country(country="KR", name="Korea", customs_area="KR")])
SOLVER = Solver("HiGHS", "1.12", "optimal", 3, 4, 5, 6.5, float("inf"), 7)
SCENARIOS = [("fact:a:low", 'title = "one"\n'), ("half", 'title = "two"\n')]


def result(units: float = 1 / 3) -> PlanResult:
    """A plan with two filled tables."""
    tables = {record.TABLE: table_of(record, ()) for record in RESULT_RECORDS}
    built = Production(vehicle="suv", plant="p", month="2024-01", units=units, limit=None)
    kept = EndValue(vehicle="suv, long", market="US", units=2)
    tables |= {"production": table_of(Production, [built]), "end_value": table_of(EndValue, [kept])}
    return PlanResult(12.5, tables, {"late_months": 2}, SOLVER, {"solve": 0.1})


def ranges() -> Ranges:
    """Ranges of one headline."""
    tables = {record.TABLE: table_of(record, ()) for record in RANGE_RECORDS}
    row = Headline(headline="margin", label="Margin", unit="USD", value=1, low=0, high=2)
    return Ranges({**tables, "headlines": table_of(Headline, [row])}, complete=False)


def write(folder: Path, units: float = 1 / 3) -> Path:
    """A run folder with everything in it."""
    return write_run(
        folder,
        case=CASE,
        scenarios=SCENARIOS,
        result=result(units),
        ranges=ranges(),
        manifest={"seed": 7},
        timings={"read": 0.25},
        page="<!doctype html>",
    )


def complaints(folder: Path) -> str:
    """What is said about a run that cannot be read."""
    with pytest.raises(CaseError) as caught:
        read_run(folder)
    return str(caught.value)


def test_a_run_reads_back_as_it_was_written(tmp_path: Path) -> None:
    """Case, scenarios, every table with every digit, settings, solver, ranges and seconds."""
    run = read_run(write(tmp_path / "runs" / "first"))
    assert run.case.info == INFO
    assert run.case.table("countries").equals(CASE.table("countries"))
    assert list(run.scenarios) == SCENARIOS
    for name, table in result().tables.items():
        assert run.result.table(name).equals(table), name
    assert run.result.settings == {"late_months": 2}
    assert run.result.seconds == {"solve": 0.1, "read": 0.25}
    assert run.result.margin == 12.5
    assert run.result.solver.name == "HiGHS"
    assert run.ranges is not None
    assert not run.ranges.complete
    assert run.ranges.tables["headlines"].equals(ranges().tables["headlines"])
    assert run.manifest["seed"] == 7
    assert run.manifest["rows"]["production"] == 1


def test_the_folder_holds_what_its_layout_says(tmp_path: Path) -> None:
    """And nothing beside it is left behind."""
    home = write(tmp_path / "run")
    names = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    tables = {record.TABLE for record in (*RESULT_RECORDS, *RANGE_RECORDS)}
    expected = {f"results/{name}.{kind}" for name in tables for kind in ("csv", "parquet")}
    expected |= {"run.json", "timings.json", "tables.xlsx", "report.html"}
    expected |= {"case/case.toml", "case/countries.csv"}
    expected |= {"scenarios/1-fact-a-low.toml", "scenarios/2-half.toml"}
    assert names == expected
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_the_same_inputs_give_the_same_bytes_but_for_the_timings(tmp_path: Path) -> None:
    """Every file, run.json and the workbook included."""
    one, two = write(tmp_path / "one"), write(tmp_path / "two")
    for path in one.rglob("*"):
        if path.is_file() and path.name != "timings.json":
            assert path.read_bytes() == (two / path.relative_to(one)).read_bytes(), path.name


def test_a_csv_result_says_numbers_shortly_and_exactly(tmp_path: Path) -> None:
    """Text with a comma in quotation marks, whole numbers without a point."""
    home = write(tmp_path / "run") / "results"
    assert (home / "end_value.csv").read_text() == 'vehicle,market,units\n"suv, long",US,2\n'
    assert "0.3333333333333333," in (home / "production.csv").read_text()


def test_an_older_run_is_replaced_by_the_new_one(tmp_path: Path) -> None:
    """Files of the old one do not stay."""
    home = write(tmp_path / "run", units=1)
    (home / "notes.txt").write_text("old")
    write(home, units=2)
    assert read_run(home).result.table("production")["units"].to_list() == [2]
    assert not (home / "notes.txt").exists()


def test_a_failure_half_way_leaves_the_old_run_untouched(tmp_path: Path) -> None:
    """A table that cannot be written, and the old figures are still there."""
    home = write(tmp_path / "run", units=1)
    broken = result()
    bad = {**broken.tables, "production": pl.DataFrame({"vehicle": ["suv"]})}
    broken = PlanResult(0.0, bad, {}, SOLVER)
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        write_run(home, case=CASE, result=broken)
    assert read_run(home).result.table("production")["units"].to_list() == [1]
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def nobody() -> int:
    """The number of a process that is no more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_what_a_killed_process_left_is_put_right(tmp_path: Path) -> None:
    """A run that was moved aside stands again; what was half written goes, but for the living."""
    run = write(tmp_path / "run[1]")
    aside = tmp_path / f".run[1].old-{nobody()}"
    half, living = tmp_path / f".run[1].new-{nobody()}", tmp_path / f".run[1].new-{os.getpid()}"
    run.rename(aside)
    half.mkdir()
    living.mkdir()
    put_right(run)
    assert read_run(run).result.margin == result().margin
    assert not aside.exists()
    assert not half.exists()
    assert living.exists()
    shutil.copytree(run, aside)
    put_right(run)
    assert run.exists()
    assert not aside.exists()


def test_a_folder_that_is_not_a_run_is_never_replaced(tmp_path: Path) -> None:
    """Somebody's files are worth more than a run; an empty folder is nobody's."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    with pytest.raises(CaseError, match="not the folder of a run"):
        write(tmp_path / "mine")
    (tmp_path / "empty").mkdir()
    assert read_run(write(tmp_path / "empty")).result.margin == 12.5


def test_everything_wrong_with_a_run_is_said_at_once(tmp_path: Path) -> None:
    """Missing, cut short, no Parquet, a column missing and one of a wrong type."""
    home = write(tmp_path / "run")
    results = home / "results"
    (results / "landed.parquet").unlink()
    data = (results / "production.parquet").read_bytes()
    (results / "production.parquet").write_bytes(data[: len(data) // 2])
    (results / "market.parquet").write_text("vehicle,market\n")
    pl.DataFrame({"part": ["a"]}).write_parquet(results / "objective.parquet")
    kept = pl.DataFrame({"vehicle": ["a"], "market": ["b"], "units": ["c"]})
    kept.write_parquet(results / "end_value.parquet")
    (home / "case" / "countries.csv").write_text("country\nKR\n")
    text = complaints(home)
    for said in (
        "results/landed.parquet: is missing",
        "results/production.parquet: is not a Parquet file, or is damaged or cut short",
        "results/market.parquet: is not a Parquet file",
        "results/objective.parquet, amount: column is missing",
        "results/end_value.parquet, units: column is String, not Float64",
        "countries.csv row 1, name: required column is missing",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not valid JSON"),
        ("[]", "should hold names and values"),
        ('{"format": 99}', "reads format 1"),
        ('{"format": 1}', "margin: is a required number"),
    ],
)
def test_a_broken_manifest_is_told(tmp_path: Path, content: str, said: str) -> None:
    """Never a traceback."""
    home = write(tmp_path / "run")
    (home / "run.json").write_text(content)
    assert said in complaints(home)


@pytest.mark.parametrize("odd", [5, None, ["a"]])
@pytest.mark.parametrize("key", ["scenarios", "files"])
def test_a_manifest_with_other_kinds_of_values_is_told(
    tmp_path: Path, key: str, odd: object
) -> None:
    """Lists and names where others belong: a problem with the key, never a traceback."""
    home = write(tmp_path / "run")
    manifest = json.loads((home / "run.json").read_text())
    (home / "run.json").write_text(json.dumps({**manifest, key: odd}))
    if key == "files":
        assert [problem.column for problem in changed_files(home)] == ["files"]
    else:
        assert "run.json, scenarios: should list names and files" in complaints(home)


def test_brackets_in_the_name_of_a_run_are_no_pattern(tmp_path: Path) -> None:
    """The tables of ``[ab]`` are read there and not in ``a``."""
    assert read_run(write(tmp_path / "[ab]")).result.table("production").height == 1


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    """Neither a missing folder nor a case is a run."""
    assert "no such folder" in complaints(tmp_path / "nowhere")
    assert "it has no run.json" in complaints(tmp_path)


def test_files_changed_since_the_run_are_named(tmp_path: Path) -> None:
    """One changed, one gone, one added; figures are read as they stand all the same."""
    home = write(tmp_path / "run")
    assert changed_files(home) == []
    table = pl.read_parquet(home / "results" / "production.parquet")
    table.with_columns(units=pl.lit(5.0)).write_parquet(home / "results" / "production.parquet")
    (home / "results" / "market.csv").unlink()
    (home / "case" / "plants.csv").write_text("plant\n")
    assert [problem.file for problem in changed_files(home)] == [
        "results/market.csv",
        "results/production.parquet",
        "case/plants.csv",
    ]


def test_an_unknown_bound_is_null_in_the_manifest(tmp_path: Path) -> None:
    """JSON knows no infinity."""
    manifest = json.loads((write(tmp_path / "run") / "run.json").read_text())
    assert manifest["solver"]["gap"] is None
    assert manifest["scenarios"][0]["name"] == "fact:a:low"


def test_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Polars says so with an error of its own."""

    def full(*_: object, **__: object) -> None:
        message = "parquet: underlying IO error: No space left on device"
        raise pl.exceptions.ComputeError(message)

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(CaseError, match=r"cannot be written: .*No space left"):
        write(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []
