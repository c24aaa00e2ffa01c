"""Which rows of a table a scenario speaks of."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from motorworks.case.cells import typed
from motorworks.case.column import Column, KindName
from motorworks.case.dates import span_of

_NUMERIC: tuple[KindName, ...] = ("number", "integer")
_DATES: tuple[KindName, ...] = ("month", "day", "when")


def cell_text(column: Column, value: Any) -> str:
    """Text that a value of a scenario would be in a CSV cell; ValueError if of a wrong kind.

    Examples
    --------
    >>> from motorworks.case.column import columns_of
    >>> from motorworks.case.records.sites import ShopRate
    >>> start, jph = [c for c in columns_of(ShopRate) if c.name in ("start", "jph")]
    >>> cell_text(jph, 45), cell_text(start, dt.date(2025, 7, 1)), cell_text(jph, "")
    ('45', '2025-07-01', '')
    """
    if isinstance(value, bool):
        fits, text = column.kind == "yes_no", "yes" if value else "no"
    elif isinstance(value, int | float):
        fits, text = column.kind in _NUMERIC, repr(value)
    elif isinstance(value, str):
        fits = column.kind not in (*_NUMERIC, "yes_no") or not value.strip()
        text = value.strip()
    elif isinstance(value, dt.date):
        fits, text = column.kind in _DATES, value.isoformat()
    else:
        fits, text = False, ""
    if not fits:
        quotes = "" if column.kind in (*_NUMERIC, "yes_no") else " in quotes"
        unquoted = " without quotes" if isinstance(value, str) else ""
        msg = f"{value!r} should be {column.allowed}{quotes or unquoted}"
        raise ValueError(msg)
    return text


def row_mask(
    table: pl.DataFrame, columns: Mapping[str, Column], where: Mapping[str, Any]
) -> pl.Series:
    """True for the rows in which every column holds what is looked for.

    Parameters
    ----------
    table
        The table.
    columns
        Declared columns by name; those of ``where`` must be there.
    where
        A value, a list of values, or a mapping with ``from`` and ``to``, by column.
    """
    mask = pl.repeat(True, table.height, eager=True)
    for title, sought in where.items():
        cells = table.get_column(title)
        column = columns[title]
        if isinstance(sought, Mapping):
            mask = mask & _inside(column, cells, sought)
        else:
            values = list(sought) if isinstance(sought, list | tuple) else [sought]
            mask = mask & _one_of(column, cells, values)
    return mask


def _one_of(column: Column, cells: pl.Series, sought: list[Any]) -> pl.Series:
    texts = [_said_of(column, value) for value in sought]
    if column.kind == "text":
        # any text may stand there; a set is far quicker than a query on such short columns
        wanted: set[str | None] = {text or None for text in texts}
        return pl.Series([cell in wanted for cell in cells.to_list()], dtype=pl.Boolean)
    values, bad = typed(column, pl.Series([text or None for text in texts], dtype=pl.String))
    if bad.any():
        wrong = sought[bad.to_list().index(True)]
        msg = f"looks for {column.name} = {wrong!r}, which is never {column.allowed}"
        raise ValueError(msg)
    filled = values.filter(pl.Series([bool(text) for text in texts], dtype=pl.Boolean))
    mask = cells.is_in(filled.unique().implode()).fill_null(value=False)
    return mask | cells.is_null() if "" in texts else mask


def _said_of(column: Column, value: Any) -> str:
    try:
        return cell_text(column, value)
    except ValueError as error:
        msg = f"looks for {column.name}, where {error}"
        raise ValueError(msg) from error


def _inside(column: Column, cells: pl.Series, sought: Mapping[str, Any]) -> pl.Series:
    if not sought or not set(sought) <= {"from", "to"}:
        msg = f"the range of {column.name} takes only from and to"
        raise ValueError(msg)
    if column.kind in _NUMERIC:
        low, high = (_number(column, sought.get(end)) for end in ("from", "to"))
        inside = cells.is_not_null()
        inside = inside & (cells >= low) if low is not None else inside
        inside = inside & (cells <= high) if high is not None else inside
        return inside.fill_null(value=False)
    if column.kind in _DATES:
        return _inside_dates(column, cells, sought)
    msg = f"the column {column.name} has no order; list the values instead of from and to"
    raise ValueError(msg)


def _number(column: Column, value: Any) -> float | None:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    msg = f"looks for {column.name} from or to {value!r}, which is no number"
    raise ValueError(msg)


def _inside_dates(column: Column, cells: pl.Series, sought: Mapping[str, Any]) -> pl.Series:
    """Dates all of whose days lie in the range, rough dates included."""
    try:
        first, last = (
            span_of(str(sought[end])) if end in sought else None for end in ("from", "to")
        )
    except ValueError as error:
        msg = f"looks for {column.name} in a range, but {error}"
        raise ValueError(msg) from error
    fitting = []
    for text in cells.drop_nulls().unique():
        span = span_of(text)
        if (first is None or span[0] >= first[0]) and (last is None or span[1] <= last[1]):
            fitting.append(text)
    return cells.is_in(fitting).fill_null(value=False)
