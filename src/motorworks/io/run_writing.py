"""Writing the folder of a run, all of it or nothing (see :mod:`motorworks.io.run_folder`)."""

import hashlib
import json
import math
import os
import platform
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from glob import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from motorworks.case.case import Case
from motorworks.errors import CaseError, Problem
from motorworks.io.case_folder import write_case
from motorworks.io.result_workbook import result_workbook
from motorworks.io.tables import write_tables
from motorworks.result.days import DAY_RECORDS, DaysResult
from motorworks.result.plan import PlanResult
from motorworks.result.ranges import RANGE_RECORDS, Ranges
from motorworks.result.records import RESULT_RECORDS
from motorworks.result.simulated_days import SIMULATED_RECORDS, SimulatedDays
from motorworks.result.slotted import SLOTTED_RECORDS, SlottedMonths

FORMAT = 1
MANIFEST, TIMINGS, REPORT, WORKBOOK = "run.json", "timings.json", "report.html", "tables.xlsx"
COLUMNS = "columns.npz"
_PACKAGES = ("motorworks", "highspy", "numba", "numpy", "polars")
_RECORDS = (*RESULT_RECORDS, *RANGE_RECORDS, *SLOTTED_RECORDS, *DAY_RECORDS, *SIMULATED_RECORDS)
_ODD = re.compile(r"[^\w.-]+")


def write_run(
    folder: Path | str,
    *,
    case: Case,
    scenarios: Sequence[tuple[str, str]] = (),
    result: PlanResult,
    ranges: Ranges | None = None,
    slotted: SlottedMonths | None = None,
    days: DaysResult | None = None,
    simulated: SimulatedDays | None = None,
    manifest: Mapping[str, Any] | None = None,
    timings: Mapping[str, float] | None = None,
    page: str | None = None,
    workbook: bool = True,
) -> Path:
    """Write a run folder; the one that stood there is replaced once the new one is complete.

    Parameters
    ----------
    folder
        Where it should stand; its parents are made.
    case
        The resolved case, scenarios applied.
    scenarios
        Name and TOML text of each scenario, in the order applied.
    result
        The plan.
    ranges
        How the headlines move, if that was worked out.
    slotted
        Months of orders with their days, if there are any.
    days
        Days that were sequenced, if there are any.
    simulated
        Their simulations, if there are any.
    manifest
        More to say in ``run.json``, for example the seed.
    timings
        Seconds by phase; goes to ``timings.json``.
    page
        The report as HTML.
    workbook
        Whether to write the tables as a workbook, too.

    Returns
    -------
    folder

    Raises
    ------
    CaseError
        If the folder cannot be written, or is in the way and not a run.
    """
    folder = Path(folder)
    tables = {
        **result.tables,
        **(ranges.tables if ranges else {}),
        **(slotted.tables if slotted else {}),
        **(days.tables if days else {}),
        **(simulated.tables if simulated else {}),
    }
    with _replacing(folder) as home:
        write_case(case, home / "case")
        files = _write_scenarios(home, scenarios)
        write_tables(home / "results", tables)
        if result.columns is not None:
            np.savez_compressed(home / COLUMNS, columns=result.columns)
        if workbook:
            (home / WORKBOOK).write_bytes(result_workbook(case.info, _RECORDS, tables))
        if page is not None:
            (home / REPORT).write_text(page, encoding="utf-8", newline="\n")
        seconds = {**result.seconds, **(timings or {})}
        _write_json(home / TIMINGS, seconds)
        said = _manifest(case, result, ranges, files, tables)
        if slotted is not None:
            said["slot"] = slotted.stated
        if days is not None:
            said["sequence"] = days.stated
        if simulated is not None:
            said["simulate"] = simulated.stated
        _write_json(home / MANIFEST, {**said, **(manifest or {}), "files": _hashes(home)})
    return folder


def put_right(folder: Path) -> None:
    """Clear up after a process that was killed while it wrote a run folder.

    A folder that was already moved aside, when its new one did not yet stand in its place, is put
    back; what was half written goes.
    """
    for aside in sorted(folder.parent.glob(f".{escape(folder.name)}.old-*")):
        if _abandoned(aside):
            if folder.exists():
                shutil.rmtree(aside, ignore_errors=True)
            else:
                aside.rename(folder)
    for fresh in folder.parent.glob(f".{escape(folder.name)}.new-*"):
        if _abandoned(fresh):
            shutil.rmtree(fresh, ignore_errors=True)


def _abandoned(folder: Path) -> bool:
    """Whether the process whose number ends the folder's name is no more."""
    number = folder.name.rpartition("-")[2]
    if not number.isdecimal() or os.name != "posix":  # elsewhere a look would end the process
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """A new folder beside ``folder`` that takes its place if all goes well."""
    _refuse_strangers(folder)
    fresh = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    old = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    try:
        fresh.mkdir(parents=True)
        yield fresh
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    except (OSError, pl.exceptions.ComputeError) as error:  # the latter on a full disk
        message = f"cannot be written: {getattr(error, 'strerror', None) or error}"
        raise CaseError([Problem(str(folder), message)]) from error
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _refuse_strangers(folder: Path) -> None:
    """Never replace what is not a run."""
    try:
        in_the_way = folder.exists() and (
            not folder.is_dir() or (any(folder.iterdir()) and not (folder / MANIFEST).exists())
        )
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise CaseError([Problem(str(folder), message)]) from None
    if in_the_way:
        message = "exists already and is not the folder of a run; choose another name"
        raise CaseError([Problem(str(folder), message)])


def _write_scenarios(home: Path, scenarios: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    written = []
    for number, (name, text) in enumerate(scenarios, 1):
        file = f"scenarios/{number}-{_ODD.sub('-', name)}.toml"
        (home / "scenarios").mkdir(exist_ok=True)
        (home / file).write_text(text, encoding="utf-8", newline="\n")
        written.append({"name": name, "file": file})
    return written


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that a result depends on."""
    return {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}}


def _manifest(
    case: Case,
    result: PlanResult,
    ranges: Ranges | None,
    scenarios: list[dict[str, str]],
    tables: Mapping[str, pl.DataFrame],
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "case": case.info.name,
        "title": case.info.title,
        "scenarios": scenarios,
        "settings": {"dates": case.info.dates, "plan": dict(result.settings)},
        "margin": result.margin,
        "currency": case.info.currency,
        "solver": asdict(result.solver),
        "versions": versions(),
        "ranges": None if ranges is None else {"complete": ranges.complete},
        "rows": {name: table.height for name, table in tables.items()},
    }


def _hashes(home: Path) -> dict[str, str]:
    """SHA-256 of every table, scenario and setting, by path; not of timings and workbooks."""
    parts = sorted(
        path
        for place in ("case", "scenarios", "results")
        for path in (home / place).rglob("*")
        if path.is_file()
    )
    return {path.relative_to(home).as_posix(): sha256(path) for path in parts}


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(_plain(content), indent=2, ensure_ascii=False, allow_nan=False, default=str)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _plain(value: Any) -> Any:
    """JSON knows no infinity: a bound or gap that is not known becomes null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
