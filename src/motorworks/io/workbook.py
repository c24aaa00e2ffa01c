"""A case as one Excel workbook, both ways without loss: a sheet per table, and its scenarios."""

import io
import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from pydantic import ValidationError

from motorworks.case.case import Case
from motorworks.case.column import Column, columns_of
from motorworks.case.complaints import problems_of
from motorworks.case.info import STAGES, CaseInfo, Focus
from motorworks.case.parse import parse_table
from motorworks.case.tables import TABLES
from motorworks.case.wording import did_you_mean
from motorworks.errors import CaseError, Problem
from motorworks.io.excel_cells import Book
from motorworks.io.sheets import (
    SPARE_ROWS,
    Styles,
    add_lists,
    add_sheet,
    fill_sheet,
    open_workbook,
)
from motorworks.io.toml import toml_value

CASE, CONTENTS, SCENARIOS = "case", "contents", "scenarios"
_LONGEST = 32_767
_NAME = 200
"""Bytes of a file's name that its temporary one keeps."""
_DATES = ("month", "day", "when")
_MIDNIGHT = re.compile(r"^(\d{4}-\d{2}-\d{2}) 00:00:00$")


def write_workbook(
    case: Case, path: Path | str, scenarios: Mapping[str, str] | None = None
) -> None:
    """Write a case to an Excel workbook.

    Every table has a sheet, filled or not, so that a planner can fill it: headings carry notes
    with meaning, unit and what is allowed; cells offer the choices and the names of other sheets.

    Parameters
    ----------
    case
        The case.
    path
        The ``.xlsx`` file, replaced if it exists.
    scenarios
        TOML text of its scenarios by name; they travel in a sheet of their own.

    Raises
    ------
    CaseError
        If a text is longer than a spreadsheet cell can hold, or the file cannot be written.
    """
    _refuse_long_texts(case)
    stream = io.BytesIO()
    book, styles = open_workbook(stream)
    _add_contents(book, styles, case)
    _add_info(book, styles, case.info)
    heights = {name: case.table(name).height for name in TABLES}
    for name, record in TABLES.items():
        columns = columns_of(record)
        sheet = add_sheet(book, name, columns, styles)
        fill_sheet(sheet, columns, case.table(name), styles, rounded=False)
        add_lists(sheet, columns, heights, heights[name] + SPARE_ROWS)
        if not heights[name]:
            sheet.set_tab_color("#DDDDDD")
    _add_scenarios(book, styles, scenarios or {})
    book.close()
    save(Path(path), stream.getvalue())


def save(path: Path, data: bytes) -> None:
    """Write a file, all of it or nothing; what stands in the way is a CaseError."""
    # cut, so that a name as long as a name may be has room for what is put to it
    name = path.name.encode()[:_NAME].decode(errors="ignore")
    fresh = path.with_name(f".{name}.new-{os.getpid()}")
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            path.write_bytes(data)  # a link, device or pipe stays what it is
        else:
            fresh.write_bytes(data)
            fresh.replace(path)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise CaseError([Problem(str(path), message)]) from None
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _refuse_long_texts(case: Case) -> None:
    problems = []
    for name in TABLES:
        table = case.table(name).with_row_index("\0row", 2)
        for column in table.select(pl.col(pl.String)).columns:
            long = table.filter(pl.col(column).str.len_chars() > _LONGEST)
            message = f"is longer than the {_LONGEST:,} characters of a spreadsheet cell"
            problems += [
                Problem(f"{name}.csv", message, row, column) for row in long.get_column("\0row")
            ]
    if problems:
        raise CaseError(problems)


def _add_contents(book: xlsxwriter.Workbook, styles: Styles, case: Case) -> None:
    sheet = book.add_worksheet(CONTENTS)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, 2, 100)
    sheet.write_string(0, 0, case.info.title, styles.title)
    legend = (
        "Dark headings must be filled, light ones may stay blank; their notes say what they take."
    )
    sheet.write_string(1, 0, legend)
    sheet.write_string(
        2, 0, "Sheets whose name starts with _ are not read: use them for your own notes."
    )
    for place, title in enumerate(("sheet", "rows", "what a row is")):
        sheet.write_string(4, place, title, styles.required)
    for row, (name, record) in enumerate(TABLES.items(), 5):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles.link, name)
        sheet.write_number(row, 1, case.table(name).height)
        sheet.write_string(row, 2, first_line(record.__doc__))


def first_line(text: str | None) -> str:
    """First line of a docstring."""
    return (text or "").strip().split("\n", 1)[0]


def _add_info(book: xlsxwriter.Workbook, styles: Styles, info: CaseInfo) -> None:
    sheet = book.add_worksheet(CASE)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 50, styles.text)
    sheet.set_column(2, 2, 70)
    for place, title in enumerate(("key", "value", "meaning")):
        sheet.write_string(0, place, title, styles.required)
    for row, (key, value, meaning) in enumerate(_info_rows(info), 1):
        sheet.write_string(row, 0, key)
        if value is not None:
            sheet.write_string(row, 1, _as_text(key, value))
        sheet.write_string(row, 2, meaning)
    sheet.ignore_errors({"number_stored_as_text": "B2:B1000"})
    sheet.freeze_panes(1, 0)


def _info_rows(info: CaseInfo) -> list[tuple[str, Any, str]]:
    rows: list[tuple[str, Any, str]] = []
    for name, field in CaseInfo.model_fields.items():
        value, meaning = getattr(info, name), field.description or ""
        if name in STAGES:
            about = f"Setting of the {name}"
            rows += [(f"{name}.{key}", item, about) for key, item in value.items()]
        elif name == "focus":
            parts = Focus.model_fields
            rows += [(f"focus.{p}", value and getattr(value, p), meaning) for p in parts]
        else:
            rows.append((name, value, meaning))
    return rows


def _of_stage(key: str) -> bool:
    return key.split(".")[0] in STAGES


def _as_text(key: str, value: Any) -> str:
    """A setting as a cell; text that would read as something else is put in quotes."""
    if not isinstance(value, str):
        return toml_value(value)
    if _of_stage(key) and _as_value(key, value) != value:
        return toml_value(value)
    return value


def _as_value(key: str, text: str) -> Any:
    if key != "months" and not _of_stage(key):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _add_scenarios(book: xlsxwriter.Workbook, styles: Styles, scenarios: Mapping[str, str]) -> None:
    sheet = book.add_worksheet(SCENARIOS)
    sheet.set_column(0, 0, 28, styles.text)
    sheet.set_column(1, 1, 110, styles.text)
    sheet.write_string(0, 0, "scenario", styles.required)
    sheet.write_string(0, 1, "text", styles.required)
    sheet.write_comment(0, 1, "The scenario file as TOML, a line a row.", {"x_scale": 2})
    sheet.freeze_panes(1, 0)
    lines = [(name, line) for name, text in scenarios.items() for line in text.split("\n")]
    for row, (name, line) in enumerate(lines, 1):
        sheet.write_string(row, 0, name)
        if len(line) > _LONGEST:
            message = f"has a line longer than the {_LONGEST:,} characters of a spreadsheet cell"
            raise CaseError([Problem(f"scenarios/{name}.toml", message)])
        if line:
            sheet.write_string(row, 1, line)


def read_workbook(path: Path | str) -> Case:
    """Read a case from an Excel workbook.

    Sheets whose name starts with ``_`` are passed over, and so is ``contents``.

    Raises
    ------
    CaseError
        With all problems of all sheets.
    """
    book = Book(Path(path))
    problems = list(book.problems)
    info, found = _read_info(book)
    problems += found
    tables: dict[str, pl.DataFrame] = {}
    for name in book.names:
        if name in (CASE, CONTENTS, SCENARIOS) or name.startswith("_"):
            continue
        if name not in TABLES:
            hint = did_you_mean(name, TABLES)
            message = f"is not a table; start its name with _ to keep it as a note{hint}"
            problems.append(Problem(f"sheet {name}", message))
            continue
        rows = book.cells(name)
        if rows:
            tables[name], found = _read_table(name, rows)
            problems += found
    if problems or info is None:
        raise CaseError(problems)
    return Case(info, tables)


def _read_table(name: str, rows: list[list[str | None]]) -> tuple[pl.DataFrame, list[Problem]]:
    header = [(cell or "").strip() for cell in rows[0]]
    columns = {column.name: column for column in columns_of(TABLES[name])}
    for place, title in enumerate(header):
        if title in columns and columns[title].kind in _DATES:
            for row in rows[1:]:
                row[place] = _date_text(columns[title], row[place])
    return parse_table(name, header, rows[1:], f"sheet {name}")


def _date_text(column: Column, cell: str | None) -> str | None:
    """A cell that a spreadsheet has turned into a date, as text again."""
    match = _MIDNIGHT.match(cell) if cell else None
    if match is None:
        return cell
    day = match[1]
    return day[:7] if column.kind == "month" and day.endswith("-01") else day


def _read_info(book: Book) -> tuple[CaseInfo | None, list[Problem]]:
    file = f"sheet {CASE}"
    if CASE not in book.names:
        message = "is missing; it holds what stands in case.toml: name, title, start, months, ..."
        return None, [Problem(file, message)]
    values: dict[str, Any] = {}
    places: dict[str, int] = {}
    for number, row in enumerate(book.cells(CASE)[1:], 2):
        key, text = (row[0] or "").strip(), (row[1] if len(row) > 1 else None)
        if key and text is not None and text.strip():
            places[key] = number
            _put(values, key, _as_value(key, _month_text(key, text)))
    try:
        return CaseInfo(**values), []
    except ValidationError as error:
        found = problems_of(error, CaseInfo, file)
        return None, [replace(item, row=places.get(item.column or "")) for item in found]


def _month_text(key: str, text: str) -> str:
    match = _MIDNIGHT.match(text) if key == "start" else None
    return match[1][:7] if match else text


def _put(values: dict[str, Any], key: str, value: Any) -> None:
    section, _, name = key.partition(".")
    if name:
        inner = values.setdefault(section, {})
        if isinstance(inner, dict):
            inner[name] = value
    else:
        values[key] = value


def read_workbook_scenarios(path: Path | str) -> dict[str, str]:
    """TOML text of the scenarios in a workbook by name."""
    book = Book(Path(path))
    lines: dict[str, list[str]] = {}
    problems = []
    rows = book.cells(SCENARIOS)[1:] if SCENARIOS in book.names else []
    for number, row in enumerate(rows, 2):
        name, text = (row[0] or "").strip(), (row[1] if len(row) > 1 else None) or ""
        if name and (set(name) & set('/\\:*?"<>|') or name.startswith(".")):
            message = "cannot be the name of a file"
            problems.append(Problem(f"sheet {SCENARIOS}", message, number, "scenario", name))
        elif name:
            lines.setdefault(name, []).append(text)
        elif text:
            message = "a value is required: name of the scenario the line belongs to"
            problems.append(Problem(f"sheet {SCENARIOS}", message, number, "scenario"))
    if problems:
        raise CaseError(problems)
    return {name: "\n".join(found) for name, found in lines.items()}
