"""What a scenario may do to a table: set, scale, add and drop."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from motorworks.case.cells import typed
from motorworks.case.column import Column, KindName, columns_of, key_of
from motorworks.case.filters import cell_text, row_mask
from motorworks.case.hints import hint_for
from motorworks.case.parse import FIRST_ROW, parse_table
from motorworks.case.tables import TABLES
from motorworks.case.wording import counted, did_you_mean

_NUMERIC: tuple[KindName, ...] = ("number", "integer")


class BadChange(ValueError):
    """A change cannot be made; says why in one or several sentences."""

    def __init__(self, *messages: str) -> None:
        self.messages = messages
        super().__init__("; ".join(messages))


def set_cells(
    name: str, table: pl.DataFrame, where: Mapping[str, Any], field: str, value: Any
) -> pl.DataFrame:
    """Put ``value`` into the column ``field`` of the rows picked."""
    column = _column(name, field)
    mask = _picked(name, table, where)
    new = _checked_value(column, value)
    cells = table.get_column(field)
    changed = table.with_columns(new.new_from_index(0, table.height).zip_with(mask, cells))
    return _with_unique_keys(name, changed) if column.key else changed


def scale_cells(
    name: str, table: pl.DataFrame, where: Mapping[str, Any], field: str, factor: float | None
) -> pl.DataFrame:
    """Multiply the cells of ``field`` in the rows picked; whole numbers are rounded."""
    column = _column(name, field)
    if column.kind not in _NUMERIC:
        msg = f"column '{field}' holds {column.allowed}, which cannot be scaled"
        raise BadChange(msg)
    mask = _picked(name, table, where)
    cells = table.get_column(field)
    if cells.filter(mask).null_count() == mask.sum():
        msg = f"the column '{field}' is blank in all rows picked"
        raise BadChange(msg)
    scaled = cells * float(factor or 0.0)
    if column.kind == "integer":
        scaled = scaled.round().cast(pl.Int64)
    changed = scaled.zip_with(mask, cells)
    _refuse_outside(column, changed.filter(mask))
    return table.with_columns(changed)


def add_rows(name: str, table: pl.DataFrame, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Append rows, which must be as the table declares and have keys of their own."""
    if not rows:
        msg = "'rows' is empty"
        raise BadChange(msg)
    columns = {column.name: column for column in columns_of(TABLES[name])}
    header = list(dict.fromkeys(key for row in rows for key in row))
    messages: list[str] = []
    cells: list[list[str | None]] = []
    for place, row in enumerate(rows, 1):
        texts: list[str | None] = []
        for title in header:
            try:
                given = row.get(title)
                known = given is not None and title in columns
                texts.append(cell_text(columns[title], given) if known else None)
            except ValueError as error:
                messages.append(f"row {place}, {title}: {error}")
                texts.append(None)
        cells.append(texts)
    if messages:
        raise BadChange(*messages)
    added, problems = parse_table(name, header, cells, "")
    if problems:
        raise BadChange(*(_of_row(str(problem), problem.row) for problem in problems))
    hint = "; to change a row that is there already, use set"
    return _with_unique_keys(name, pl.concat([table, added]), hint)


def _of_row(message: str, row: int | None) -> str:
    """Count the rows of a scenario from 1, and have no file before them."""
    own = message.removeprefix(f" row {row}").lstrip(", ").lstrip(": ")
    return own if row is None or row < FIRST_ROW else f"row {row - 1}: {own}"


def drop_rows(name: str, table: pl.DataFrame, where: Mapping[str, Any]) -> pl.DataFrame:
    """Leave out the rows picked."""
    return table.filter(~_picked(name, table, where))


def _column(name: str, field: str) -> Column:
    columns = {column.name: column for column in columns_of(TABLES[name])}
    if field not in columns:
        allowed = ", ".join(columns)
        msg = f"there is no column '{field}'; {name} has {allowed}{did_you_mean(field, columns)}"
        raise BadChange(msg)
    return columns[field]


def _picked(name: str, table: pl.DataFrame, where: Mapping[str, Any]) -> pl.Series:
    columns = {title: _column(name, title) for title in where}
    try:
        mask = row_mask(table, columns, where)
    except ValueError as error:
        raise BadChange(str(error)) from error
    if not mask.any():
        raise BadChange(_nothing(table, columns, where))
    return mask


def _nothing(table: pl.DataFrame, columns: Mapping[str, Column], where: Mapping[str, Any]) -> str:
    """Say what was looked for, and which part of it no row has."""
    if not table.height:
        return "the table has no rows"
    sought = ", ".join(f"{title} = {value!r}" for title, value in where.items())
    alone = [
        title
        for title in where
        if not row_mask(table, {title: columns[title]}, {title: where[title]}).any()
    ]
    if not alone:
        return f"no row has {sought} together"
    cells = table.get_column(alone[0]).drop_nulls().unique().sort().cast(pl.String).to_list()
    shown = ", ".join(cells[:8]) + (", ..." if len(cells) > 8 else "")
    hint = did_you_mean(str(where[alone[0]]), cells)
    return f"no row has {sought}; {counted(len(cells), 'value')} of {alone[0]}: {shown}{hint}"


def _checked_value(column: Column, value: Any) -> pl.Series:
    try:
        text = cell_text(column, value)
    except ValueError as error:
        msg = f"{column.name}: {error}"
        raise BadChange(msg) from error
    values, bad = typed(column, pl.Series(column.name, [text or None], dtype=pl.String))
    if bad.any():
        msg = f"{column.name} = {value!r} must be {column.allowed}{hint_for(column, text)}"
        raise BadChange(msg)
    if column.required and not text:
        msg = f"{column.name} may not be blank"
        raise BadChange(msg)
    return values


def _refuse_outside(column: Column, cells: pl.Series) -> None:
    text = cells.cast(pl.String)
    _, bad = typed(column, text)
    if bad.any():
        worst = text.filter(bad)[0]
        msg = f"{column.name} would become {worst} in {counted(int(bad.sum()), 'row')}"
        msg += f", but must be {column.allowed}"
        raise BadChange(msg)


def _with_unique_keys(name: str, table: pl.DataFrame, hint: str = "") -> pl.DataFrame:
    key = key_of(TABLES[name])
    doubles = table.select(key).is_duplicated()
    if doubles.any():
        row = table.select(key).filter(doubles).row(0)
        value = "|".join("" if part is None else str(part) for part in row)
        msg = f"the key {'|'.join(key)} = '{value}' would stand twice{hint}"
        raise BadChange(msg)
    return table
