"""One column of text to its declared type, and back to the text that reads the same."""

from collections.abc import Callable

import polars as pl

from motorworks.case.case import dtype_of
from motorworks.case.column import LARGEST, Column, KindName
from motorworks.case.dates import check_day, check_month, check_when

_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_INTEGER = r"^[+-]?[0-9]+(\.0*)?$"
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f]"
_YES = ("yes", "true")
_NO = ("no", "false")
_CHECKS: dict[KindName, Callable[[str], str]] = {
    "month": check_month,
    "day": check_day,
    "when": check_when,
}


def typed(column: Column, text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Values of a column of trimmed text (null where blank), and a mask of the bad cells.

    Blank cells take the column's default; bad cells become null or that default.

    Examples
    --------
    >>> from motorworks.case.column import columns_of
    >>> from motorworks.case.records.sites import ShopRate
    >>> jph = next(c for c in columns_of(ShopRate) if c.name == "jph")
    >>> [s.to_list() for s in typed(jph, pl.Series("jph", ["45", "-1", "4,5"]))]
    [[45.0, -1.0, None], [False, True, True]]
    """
    value, bad = typing_of(column, text)
    both = text.to_frame(column.name).select(value.alias("value"), bad.alias("bad"))
    return both.get_column("value").rename(column.name), both.get_column("bad")


def typing_of(column: Column, text: pl.Series) -> tuple[pl.Expr, pl.Expr]:
    """Value and badness of a column as expressions, so that a table is typed in one go.

    Parameters
    ----------
    column
        The declared column.
    text
        Its cells; the expressions are to be used on a table that has them under the same name.
    """
    cell = pl.col(column.name)
    value, right = _READERS[column.kind](column, cell, text)
    if column.default is not None:
        value = value.fill_null(pl.lit(column.default, dtype=dtype_of(column)))
    return value, cell.is_not_null() & ~right.fill_null(value=False)


def text_of(values: pl.Series) -> pl.Series:
    """The shortest text that reads back as the same values.

    Examples
    --------
    >>> text_of(pl.Series([80.0, 0.1, None])).to_list(), text_of(pl.Series([True])).to_list()
    (['80', '0.1', None], ['yes'])
    """
    if values.dtype == pl.Boolean:
        return values.cast(pl.String).replace_strict({"true": "yes", "false": "no"}, default=None)
    text = values.cast(pl.String)
    return text.str.strip_suffix(".0") if values.dtype.is_float() else text


_Reading = tuple[pl.Expr, pl.Expr]


def _read_text(column: Column, cell: pl.Expr, text: pl.Series) -> _Reading:
    del column, text
    return cell, ~cell.str.contains(_CONTROL)


def _read_number(column: Column, cell: pl.Expr, text: pl.Series) -> _Reading:
    del text
    clean = pl.when(cell.str.contains(_NUMBER)).then(cell)
    value = clean.cast(pl.Float64, strict=False)
    return value, (value.abs() <= LARGEST) & _inside(column, value)


def _read_integer(column: Column, cell: pl.Expr, text: pl.Series) -> _Reading:
    del text
    clean = pl.when(cell.str.contains(_INTEGER)).then(cell)
    value = clean.str.replace(r"\.0*$", "").cast(pl.Int64, strict=False)
    return value, value.is_not_null() & _inside(column, value)


def _inside(column: Column, value: pl.Expr) -> pl.Expr:
    right = value.is_not_null()
    if column.minimum is not None:
        right = right & (value >= column.minimum)
    if column.maximum is not None:
        right = right & (value <= column.maximum)
    if column.above is not None:
        right = right & (value > column.above)
    return right


def _read_yes_no(column: Column, cell: pl.Expr, text: pl.Series) -> _Reading:
    del column, text
    words = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
    value = cell.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)
    return value, value.is_not_null()


def _read_choice(column: Column, cell: pl.Expr, text: pl.Series) -> _Reading:
    del text
    return cell, cell.is_in(column.choices)


def _read_date(column: Column, cell: pl.Expr, text: pl.Series) -> _Reading:
    """Check each distinct text once: there are few of them even in long tables."""
    check = _CHECKS[column.kind]
    right = [value for value in set(text.to_list()) if value is not None and _passes(check, value)]
    good = cell.is_in(pl.Series(right, dtype=pl.String).implode())
    # whoever calculates with a date relies on its form, so a bad one is blank like a bad figure
    return pl.when(good).then(cell), good


def _passes(check: Callable[[str], str], value: str) -> bool:
    try:
        check(value)
    except ValueError:
        return False
    return True


_READERS: dict[KindName, Callable[[Column, pl.Expr, pl.Series], _Reading]] = {
    "text": _read_text,
    "number": _read_number,
    "integer": _read_integer,
    "yes_no": _read_yes_no,
    "choice": _read_choice,
    "month": _read_date,
    "day": _read_date,
    "when": _read_date,
}
