"""Reading the folder of a run, at any later time and from its files alone."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import polars as pl
from numpy.typing import NDArray

from motorworks.case.case import Case, table_of
from motorworks.case.column import Record
from motorworks.errors import CaseError, Problem
from motorworks.io.case_folder import read_case
from motorworks.io.run_writing import COLUMNS, FORMAT, MANIFEST, TIMINGS, sha256
from motorworks.io.text import read_text
from motorworks.result.days import DAY_RECORDS, DaysResult, read_days
from motorworks.result.plan import PlanResult, Solver
from motorworks.result.ranges import RANGE_RECORDS, Ranges
from motorworks.result.records import RESULT_RECORDS
from motorworks.result.simulated_days import (
    SIMULATED_RECORDS,
    SimulatedDays,
    read_simulated,
)
from motorworks.result.slotted import SLOTTED_RECORDS, SlottedMonths, read_slotted


@dataclass(frozen=True)
class RunFiles:
    """What stands in a run folder."""

    folder: Path
    case: Case
    result: PlanResult
    ranges: Ranges | None
    manifest: Mapping[str, Any]
    scenarios: tuple[tuple[str, str], ...] = ()
    slotted: SlottedMonths | None = None
    days: DaysResult | None = None
    simulated: SimulatedDays | None = None


def read_run(folder: Path | str) -> RunFiles:
    """Read a run folder.

    The figures are taken as they stand, even if somebody changed them since: whether they hold
    is for :mod:`motorworks.result.verify` to say, and :func:`changed_files` tells which files
    are not as they were written.

    Raises
    ------
    CaseError
        If files are missing, cut short or not what they should be; lists all of them.
    """
    folder = Path(folder)
    manifest = _read_manifest(folder)
    problems: list[Problem] = []
    tables = _read_tables(folder, RESULT_RECORDS, problems)
    ranges = None
    if isinstance(manifest.get("ranges"), dict):
        found = _read_tables(folder, RANGE_RECORDS, problems)
        ranges = Ranges(found, bool(manifest["ranges"].get("complete", True)))
    scenarios = _read_scenarios(folder, manifest, problems)
    case = _read_case(folder, problems)
    slotted = _read_slotted(folder, manifest, case, tables, problems)
    days = _read_days(folder, manifest, case, problems)
    simulated = _read_simulated(folder, manifest, problems)
    solver = _read_solver(manifest, problems)
    margin = manifest.get("margin")
    if not isinstance(margin, int | float):
        problems.append(Problem(MANIFEST, "is a required number", column="margin"))
    if problems or case is None or solver is None:
        raise CaseError(problems)
    settings = manifest.get("settings", {})
    plan = settings.get("plan", {}) if isinstance(settings, dict) else {}
    plan = plan if isinstance(plan, dict) else {}
    seconds = _read_json(folder / TIMINGS, TIMINGS)[0]
    columns = _read_columns(folder / COLUMNS)
    result = PlanResult(float(margin or 0.0), tables, plan, solver, seconds, columns)
    return RunFiles(folder, case, result, ranges, manifest, tuple(scenarios), slotted, days,
                    simulated)  # fmt: skip


def changed_files(folder: Path | str) -> list[Problem]:
    """Files of a run that are not as they were written, by their hashes in ``run.json``."""
    folder = Path(folder)
    hashes = _read_manifest(folder).get("files")
    if not isinstance(hashes, dict):
        return [Problem(MANIFEST, "should hold the hash of every file", column="files")]
    problems = []
    for name, sum_then in hashes.items():
        path = folder / name
        if not path.is_file():
            problems.append(Problem(name, "is missing, though the run wrote it"))
        elif sha256(path) != sum_then:
            problems.append(Problem(name, "is not as the run wrote it"))
    for place in ("case", "results", "scenarios"):
        for path in sorted((folder / place).rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and name not in hashes:
                problems.append(Problem(name, "was added after the run"))
    return problems


def _read_manifest(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        raise CaseError([Problem(str(folder), "there is no such folder of a run")])
    if not (folder / MANIFEST).is_file():
        raise CaseError([Problem(str(folder), f"is not a run: it has no {MANIFEST}")])
    manifest, problems = _read_json(folder / MANIFEST, MANIFEST)
    if problems:
        raise CaseError(problems)
    if manifest.get("format") != FORMAT:
        message = f"this version of Motorworks reads format {FORMAT}"
        given = str(manifest.get("format"))
        raise CaseError([Problem(MANIFEST, message, column="format", value=given)])
    return manifest


def _read_json(path: Path, file: str) -> tuple[dict[str, Any], list[Problem]]:
    text, problems = read_text(path, file)
    if problems:
        return {}, problems
    try:
        content = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        return {}, [Problem(file, f"is not valid JSON: {error}")]
    if not isinstance(content, dict):
        return {}, [Problem(file, "should hold names and values")]
    return content, []


def _read_tables(
    folder: Path, records: Sequence[type[Record]], problems: list[Problem]
) -> dict[str, pl.DataFrame]:
    tables = {}
    for record in records:
        file = f"results/{record.TABLE}.parquet"
        table, found = _read_table(folder / file, file, record)
        problems += found
        tables[record.TABLE] = table
    return tables


def _read_table(path: Path, file: str, record: type[Record]) -> tuple[pl.DataFrame, list[Problem]]:
    empty = table_of(record, ())
    if not path.is_file():
        return empty, [Problem(file, "is missing")]
    try:
        table = pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, OSError):
        return empty, [Problem(file, "is not a Parquet file, or is damaged or cut short")]
    missing = [name for name in empty.columns if name not in table.columns]
    if missing:
        return empty, [Problem(file, "column is missing", column=name) for name in missing]
    wrong = [name for name, kind in empty.schema.items() if table.schema[name] != kind]
    if wrong:
        return empty, [
            Problem(file, f"column is {table.schema[name]}, not {empty.schema[name]}", column=name)
            for name in wrong
        ]
    return table.select(empty.columns), []


def _read_columns(path: Path) -> NDArray[np.float64] | None:
    """Values of the program's columns; None where they were not kept, or cannot be read."""
    try:
        with np.load(path) as kept:
            return np.asarray(kept["columns"], dtype=np.float64)
    except (OSError, ValueError, KeyError, BadZipFile):
        return None


def _read_slotted(
    folder: Path,
    manifest: Mapping[str, Any],
    case: Case | None,
    plan: Mapping[str, pl.DataFrame],
    problems: list[Problem],
) -> SlottedMonths | None:
    """The months of orders of a run; many have none."""
    stated = manifest.get("slot")
    if stated is None:
        return None
    known = len(problems)
    tables = _read_tables(folder, SLOTTED_RECORDS, problems)
    if case is None or len(problems) > known:
        return None
    try:
        return read_slotted(case, plan, tables, stated)
    except (KeyError, TypeError, ValueError, IndexError):
        message = "does not fit the tables of the slots; it should say months, plants, settings"
        problems.append(Problem(MANIFEST, message, column="slot"))
        return None


def _read_days(
    folder: Path, manifest: Mapping[str, Any], case: Case | None, problems: list[Problem]
) -> DaysResult | None:
    """The days of a run; runs without any have none, nor had those of earlier versions."""
    stated = manifest.get("sequence")
    if stated is None:
        return None
    known = len(problems)
    tables = _read_tables(folder, DAY_RECORDS, problems)
    if case is None or len(problems) > known:
        return None
    try:
        return read_days(case, tables, stated)
    except (KeyError, TypeError, ValueError, IndexError, StopIteration):
        message = "does not fit the tables of the days; it should say days, lines and searches"
        problems.append(Problem(MANIFEST, message, column="sequence"))
        return None


def _read_simulated(
    folder: Path, manifest: Mapping[str, Any], problems: list[Problem]
) -> SimulatedDays | None:
    """The simulations of a run; many have none."""
    stated = manifest.get("simulate")
    if stated is None:
        return None
    known = len(problems)
    tables = _read_tables(folder, SIMULATED_RECORDS, problems)
    if len(problems) > known:
        return None
    try:
        return read_simulated(tables, stated)
    except (KeyError, TypeError, ValueError):
        message = "does not fit the tables of the simulations; it should say plants, days, settings"
        problems.append(Problem(MANIFEST, message, column="simulate"))
        return None


def _read_scenarios(
    folder: Path, manifest: Mapping[str, Any], problems: list[Problem]
) -> list[tuple[str, str]]:
    scenarios: list[tuple[str, str]] = []
    entries = manifest.get("scenarios", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problems.append(Problem(MANIFEST, "should list names and files", column="scenarios"))
        return scenarios
    for entry in entries:
        file = str(entry.get("file", ""))
        text, found = read_text(folder / file, file)
        problems += found
        scenarios.append((str(entry.get("name", "")), text))
    return scenarios


def _read_case(folder: Path, problems: list[Problem]) -> Case | None:
    try:
        return read_case(folder / "case")
    except CaseError as error:
        problems += error.problems
        return None


def _read_solver(manifest: Mapping[str, Any], problems: list[Problem]) -> Solver | None:
    given = manifest.get("solver")
    names = {field.name for field in fields(Solver)}
    if not isinstance(given, dict) or set(given) != names:
        message = f"should hold {', '.join(sorted(names))}"
        problems.append(Problem(MANIFEST, message, column="solver"))
        return None
    known: dict[str, Any] = {
        name: math.nan if value is None and name != "bound" else value
        for name, value in given.items()
    }
    return Solver(**known)
