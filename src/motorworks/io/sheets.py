"""Sheets of a workbook: headings with notes, columns as declared, drop-down lists."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from motorworks.case.column import Column, columns_of
from motorworks.case.tables import TABLES
from motorworks.case.wording import default_text

#: Rows for which drop-down lists are laid out beyond those already filled.
SPARE_ROWS = 1000
#: The largest whole number that a spreadsheet holds exactly.
_EXACT = 2**53
_WIDEST = 40
_INK = "#1F3A4D"
_EPOCH = dt.datetime(2000, 1, 1)


class Exact(float):
    """A number that XlsxWriter writes with all its digits (it would stop at sixteen)."""

    def __format__(self, spec: str) -> str:
        """Shortest text that reads back the same."""
        del spec
        return repr(float(self))


@dataclass(frozen=True)
class Styles:
    """Cell formats of one workbook."""

    required: Format
    optional: Format
    text: Format
    plain: Format
    number: Format
    title: Format
    link: Format


def open_workbook(target: Any) -> tuple[xlsxwriter.Workbook, Styles]:
    """A workbook to be written to a stream, the same bytes for the same content."""
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": _EPOCH, "author": "Motorworks"})
    head = {"bold": True, "valign": "vcenter", "border": 1, "border_color": "#FFFFFF"}
    styles = Styles(
        required=book.add_format({**head, "bg_color": _INK, "font_color": "#FFFFFF"}),
        optional=book.add_format({**head, "bg_color": "#C9D6DF", "font_color": _INK}),
        text=book.add_format({"num_format": "@"}),
        plain=book.add_format({}),
        number=book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00;0"}),
        title=book.add_format({"bold": True, "font_size": 14, "font_color": _INK}),
        link=book.add_format({"font_color": "#1565C0", "underline": 1}),
    )
    return book, styles


def note_of(column: Column, *, asked: bool = True) -> str:
    """What a heading's note says: meaning, unit, what is allowed, and whether it must be there."""
    parts = [column.meaning + "."]
    if column.unit:
        parts.append(f"Unit: {column.unit}")
    if not asked:
        return "\n".join(parts)
    parts.append(f"Allowed: {column.allowed}")
    if column.required:
        parts.append("Required.")
    elif column.default is not None:
        parts.append(f"Blank means {default_text(column.default)}.")
    else:
        parts.append("May be blank.")
    if column.key:
        parts.append("Part of the key.")
    return "\n".join(parts)


def add_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    columns: Sequence[Column],
    styles: Styles,
    *,
    asked: bool = True,
) -> Worksheet:
    """A sheet with headings, their notes, and panes frozen below them.

    ``asked`` sheets are to be filled in: their notes say what is allowed, and what must be there.
    """
    sheet = book.add_worksheet(name)
    for place, column in enumerate(columns):
        style = styles.required if column.required else styles.optional
        sheet.write_string(0, place, column.name, style)
        size = {"x_scale": 2.2, "y_scale": 1.5, "font_size": 9}
        sheet.write_comment(0, place, note_of(column, asked=asked), size)
    sheet.set_row(0, 20)
    keys = [place for place, column in enumerate(columns) if column.key]
    sheet.freeze_panes(1, len(keys) if keys == list(range(len(keys))) else 0)
    if not keys or len(keys) > 3:
        sheet.freeze_panes(1, 0)
    return sheet


def fill_sheet(
    sheet: Worksheet, columns: Sequence[Column], table: pl.DataFrame, styles: Styles, rounded: bool
) -> None:
    """Write the rows of a table below the headings; ``rounded`` shows two decimals."""
    for place, column in enumerate(columns):
        cells = table.get_column(column.name)
        is_text = cells.dtype == pl.String
        style = styles.text if is_text else styles.plain
        if rounded and cells.dtype == pl.Float64:
            style = styles.number
        sheet.set_column(place, place, _width(column, cells), style)
        if is_text and table.height:
            sheet.ignore_errors(
                {"number_stored_as_text": f"{letter(place)}2:{letter(place)}1048576"}
            )
        for row, value in enumerate(cells.to_list(), 1):
            if value is not None:
                _write(sheet, row, place, value)


def _write(sheet: Worksheet, row: int, place: int, value: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif isinstance(value, bool):
        sheet.write_string(row, place, "yes" if value else "no")
    elif isinstance(value, int) and abs(value) > _EXACT:
        sheet.write_string(row, place, str(value))
    else:
        sheet.write_number(row, place, Exact(value))


def _width(column: Column, cells: pl.Series) -> int:
    longest = cells.head(200).cast(pl.String).str.len_chars().max() if len(cells) else 0
    found = longest if isinstance(longest, int) else 0
    return min(_WIDEST, max(len(column.name) + 3, 10, min(found, _WIDEST) + 2))


def letter(place: int) -> str:
    """Letters of a column counted from 0.

    Examples
    --------
    >>> letter(0), letter(26)
    ('A', 'AA')
    """
    head = letter(place // 26 - 1) if place >= 26 else ""
    return head + chr(ord("A") + place % 26)


def add_lists(
    sheet: Worksheet, columns: Sequence[Column], heights: dict[str, int], last: int
) -> None:
    """Drop-down lists for choices and references, and limits for numbers.

    Parameters
    ----------
    sheet
        The sheet.
    columns
        Its columns.
    heights
        Rows of every table, which the lists of references reach over.
    last
        Last row to lay them out for, counted from 0.
    """
    for place, column in enumerate(columns):
        rule = _rule(column, heights)
        if rule:
            message = column.allowed
            rule |= {"error_title": column.name, "error_message": message[:255]}
            sheet.data_validation(1, place, last, place, rule)


def _rule(column: Column, heights: dict[str, int]) -> dict[str, Any] | None:
    if column.ref:
        table, field = column.ref.split(".")
        names = [other.name for other in columns_of(TABLES[table])]
        where = letter(names.index(field))
        end = heights[table] + SPARE_ROWS
        source = f"={table}!${where}$2:${where}${end}"
        return {"validate": "list", "source": source, "error_type": "warning"}
    if column.kind == "choice":
        return {"validate": "list", "source": list(column.choices)}
    if column.kind == "yes_no":
        return {"validate": "list", "source": ["yes", "no"]}
    if column.kind in ("number", "integer"):
        return _limits(column)
    return None


def _limits(column: Column) -> dict[str, Any] | None:
    low = column.minimum if column.minimum is not None else column.above
    rule: dict[str, Any] = {"validate": "integer" if column.kind == "integer" else "decimal"}
    if low is not None and column.maximum is not None:
        return {**rule, "criteria": "between", "minimum": low, "maximum": column.maximum}
    if low is not None:
        return {**rule, "criteria": ">=" if column.above is None else ">", "value": low}
    return None
