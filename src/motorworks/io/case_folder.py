"""A case as a folder: ``case.toml``, one CSV per table, ``scenarios/*.toml``."""

import csv
import io
import re
import shutil
import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import polars as pl
from pydantic import ValidationError

from motorworks.case.case import Case
from motorworks.case.cells import text_of
from motorworks.case.column import columns_of
from motorworks.case.complaints import problems_of
from motorworks.case.info import CaseInfo
from motorworks.case.parse import parse_table
from motorworks.case.tables import TABLES
from motorworks.case.wording import did_you_mean
from motorworks.errors import CaseError, Problem
from motorworks.io.text import read_csv, read_text
from motorworks.io.toml import parse_toml, toml_text

INFO_FILE = "case.toml"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_NAME_LINE = re.compile(r"^name[ \t]*=.*$", re.MULTILINE)


def read_case(folder: Path | str) -> Case:
    """Read a case folder.

    Parameters
    ----------
    folder
        Folder with ``case.toml`` and one CSV file per table that has rows.

    Raises
    ------
    CaseError
        With all problems of all files.

    Examples
    --------
    >>> import tempfile
    >>> from motorworks.case.info import CaseInfo
    >>> info = CaseInfo(name="demo", title="Demo", start="2024-01", months=2, currency="USD")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_case(Case(info), folder)
    ...     read_case(folder).info.months
    2
    """
    case, problems = read_parts(folder)
    if problems or case is None:
        raise CaseError(problems)
    return case


def read_parts(folder: Path | str) -> tuple[Case | None, list[Problem]]:
    """Read what can be read of a case folder, and say what cannot.

    Bad cells are blank in the case, and files that cannot be read are empty tables, so that the
    rest can still be looked at; ``None`` where even ``case.toml`` is wrong.

    Raises
    ------
    CaseError
        If the folder is no case at all.
    """
    folder = Path(folder)
    _refuse_non_cases(folder)
    info, problems = _read_info(folder)
    tables: dict[str, pl.DataFrame] = {}
    for path in _csv_files(folder):
        if path.stem not in TABLES:
            hint = did_you_mean(path.stem, TABLES)
            message = f"is not a table; `motorworks schema` lists them{hint}"
            problems.append(Problem(path.name, message))
            continue
        header, rows, found = read_csv(path, path.name)
        if not found:
            tables[path.stem], found = parse_table(path.stem, header, rows, path.name)
        problems += found
    return (None if info is None else Case(info, tables)), problems


def _way_from(file: Path) -> str:
    """How a workbook becomes a case, as the end of a message."""
    workbook = file.suffix.lower() in (".xlsx", ".xlsm")
    return f": motorworks excel {file} {file.with_suffix('')} makes one of it" if workbook else ""


def _refuse_non_cases(folder: Path) -> None:
    name = str(folder)
    try:
        if not folder.exists():
            raise CaseError([Problem(name, "there is no such folder")])
        if not folder.is_dir():
            raise CaseError([Problem(name, f"is a file; a case is a folder{_way_from(folder)}")])
        present = {path.name for path in folder.iterdir()}
    except PermissionError:
        raise CaseError([Problem(name, "may not be read: permission denied")]) from None
    if "run.json" in present:
        message = "is the folder of a run; its case stands in its folder 'case'"
        raise CaseError([Problem(name, message)])
    if INFO_FILE not in present:
        message = f"is not a case: it has no {INFO_FILE}"
        raise CaseError([Problem(name, message)])


def _csv_files(folder: Path) -> list[Path]:
    """CSV files in the order of the tables, unknown ones last."""
    order = {name: place for place, name in enumerate(TABLES)}
    found = [
        path
        for path in folder.iterdir()
        if path.suffix.lower() == ".csv" and not path.name.startswith(".")
    ]
    return sorted(found, key=lambda path: (order.get(path.stem, len(order)), path.name))


def _read_info(folder: Path) -> tuple[CaseInfo | None, list[Problem]]:
    text, problems = read_text(folder / INFO_FILE, INFO_FILE)
    return (None, problems) if problems else info_of(text)


def info_of(text: str) -> tuple[CaseInfo | None, list[Problem]]:
    """Read the text of a ``case.toml``; ``None`` if there are problems."""
    values, problems = parse_toml(text, INFO_FILE)
    if problems:
        return None, problems
    try:
        return CaseInfo(**values), []
    except ValidationError as error:
        return None, problems_of(error, CaseInfo, INFO_FILE)


def info_text(info: CaseInfo) -> str:
    """Text of the ``case.toml`` of a case; settings at their default are left out."""
    return toml_text(info.model_dump(exclude_none=True, exclude_defaults=True))


def csv_text(name: str, table: pl.DataFrame) -> str:
    """A table in its one canonical form as CSV.

    Columns stand as declared; columns that are blank in every row and need not be there are left
    out. Numbers are written so that they read back as the same numbers.
    """
    columns = [
        column.name
        for column in columns_of(TABLES[name])
        if column.required or table.get_column(column.name).null_count() < table.height
    ]
    text = [text_of(table.get_column(column)).fill_null("").to_list() for column in columns]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*text, strict=True))
    return stream.getvalue()


def write_case(case: Case, folder: Path | str, scenarios: Mapping[str, str] | None = None) -> None:
    """Write a case to a new or empty folder; tables without rows are not written.

    Parameters
    ----------
    case
        The case.
    folder
        Made if missing, with its parents.
    scenarios
        TOML text of scenarios by name, to be written to ``scenarios/``.

    Raises
    ------
    CaseError
        If the folder has something in it already.
    """
    folder = Path(folder)
    try:
        _refuse_taken(folder)
        _write_files(case, folder, scenarios or {})
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise CaseError([Problem(error.filename or str(folder), message)]) from None


def _refuse_taken(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = "exists already and is not an empty folder; choose another name"
        raise CaseError([Problem(str(folder), message)])


def _write_files(case: Case, folder: Path, scenarios: Mapping[str, str]) -> None:
    texts = {INFO_FILE: info_text(case.info)}
    for name in TABLES:
        if case.table(name).height:
            texts[f"{name}.csv"] = csv_text(name, case.table(name))
    texts |= {f"scenarios/{name}.toml": text for name, text in scenarios.items()}
    for file, text in texts.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def shipped_cases() -> dict[str, Path]:
    """Folders of the cases that come with the package, by name."""
    home = Path(str(files("motorworks.cases")))
    return {
        path.name.replace("_", "-"): path
        for path in sorted(home.iterdir())
        if (path / INFO_FILE).is_file()
    }


def find_case(name_or_path: str | Path) -> Path:
    """Folder of a case: the folder itself, else the shipped case of that name.

    Raises
    ------
    CaseError
        If there is neither; lists the shipped cases.
    """
    path = Path(name_or_path)
    name = str(name_or_path)
    if name and _exists(path):
        return path
    shipped = shipped_cases()
    if name in shipped:
        return shipped[name]
    hint = did_you_mean(name, shipped)
    message = f"no such folder, nor a shipped case; shipped are {', '.join(shipped)}{hint}"
    raise CaseError([Problem(name or "(no name)", message)])


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def copy_case(source: Path, folder: Path) -> None:
    """Copy a case folder, its comments, scenarios and notes included, and give it its new name.

    Raises
    ------
    CaseError
        If the source is no case, the name is none for a case, or something stands there already.
    """
    _refuse_non_cases(source)
    name = folder.name
    if not _NAME.fullmatch(name):
        message = "a case's name has a-z, 0-9 and dashes, and starts with a letter or digit"
        raise CaseError([Problem(name or str(folder), message + _plain_name(name))])
    try:
        _refuse_taken(folder)
        shutil.copytree(
            source,
            folder,
            ignore=shutil.ignore_patterns("__pycache__", "*.py", ".*"),
            copy_function=shutil.copyfile,
            dirs_exist_ok=True,
        )
        info = folder / INFO_FILE
        text = info.read_text(encoding="utf-8-sig")
        renamed = _NAME_LINE.sub(f'name = "{name}"', text, count=1)
        info.write_text(renamed, encoding="utf-8", newline="\n")
    except (OSError, shutil.Error) as error:
        message = f"cannot be written: {getattr(error, 'strerror', None) or error}"
        raise CaseError([Problem(str(folder), message)]) from None


def _plain_name(name: str) -> str:
    """A name like the one given that would do, as a suggestion."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"; '{plain}' would do" if plain else ""
