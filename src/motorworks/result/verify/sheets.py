"""One result table as arrays, held against the rows that the case calls for."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import polars as pl

from motorworks.case.column import Column, Record, columns_of
from motorworks.result.verify.findings import Array

Key = tuple[Any, ...]
Row = dict[str, Any]

Object = Callable[[str, list[Key], int], None]
"""Says what is wrong in rows of a table, given their keys and the number of rows looked at."""


@dataclass(frozen=True)
class Due:
    """The rows that a table must hold: ``keys``, each in every month where ``monthly``."""

    keys: list[Key]
    monthly: bool = False


class Series(dict[Key, Array]):
    """Amounts by month; a key that is not there reads as zeros."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._zeros = np.zeros(count)

    def __missing__(self, key: Key) -> Array:
        """Zeros, not kept."""
        return self._zeros


class Sheet:
    """Columns of a table as arrays, by key and month where monthly, else by key.

    Rows that the case does not allow are left out; rows that are missing read as 0, and
    ``there`` is False for them.
    """

    def __init__(self, due: Due, months: tuple[str, ...], record: type[Record]) -> None:
        self.due = due
        self.months = months
        self.place = {key: number for number, key in enumerate(due.keys)}
        self._columns = [column for column in columns_of(record) if not column.key]
        self.keys = [column for column in columns_of(record) if column.key]
        self.shape = (len(due.keys), len(months)) if due.monthly else (len(due.keys),)
        self.there = np.zeros(self.shape, dtype=bool)
        self.columns: dict[str, Array] = {
            column.name: np.zeros(self.shape)
            if _is_figure(column)
            else np.full(self.shape, None, dtype=object)
            for column in self._columns
        }

    def series(self, column: str) -> Series:
        """A column of a monthly table, as amounts by month of each key."""
        result = Series(len(self.months))
        result.update(zip(self.due.keys, self.columns[column], strict=True))
        return result

    def row(self, *key: Any) -> Row | None:
        """A row of a table that is not monthly; blank figures are None."""
        number = self.place.get(key)
        if number is None or not self.there[number]:
            return None
        return {name: _plain(column[number]) for name, column in self.columns.items()}

    def rows(self) -> Iterator[tuple[Key, Row]]:
        """The rows of a table that is not monthly."""
        for key in self.due.keys:
            row = self.row(*key)
            if row is not None:
                yield key, row

    def fill(self, table: pl.DataFrame, record: type[Record], wrong: Object) -> None:
        """Read the columns; say which rows, and which numbers in them, are amiss."""
        position = self._positions(table)
        known = position >= 0
        seen = np.bincount(position[known], minlength=math.prod(self.shape))
        size = math.prod(self.shape)
        twice = [self.key(n) for n in np.flatnonzero(seen > 1).tolist()]
        wrong("has a row more than once", twice, table.height)
        for column in self._columns:
            if column.name in table.columns:
                self._read(table, column, record, position, wrong)
        self.there.reshape(-1)[position[known]] = True
        missing = [self.key(n) for n in np.flatnonzero(seen == 0).tolist()]
        wrong("lacks a row that the case calls for", missing, size)
        if not known.all():
            names = [column.name for column in self.keys if column.name in table.columns]
            rows = table.select(names).rows() if names else []
            surplus = [row for row, ok in zip(rows, known.tolist(), strict=False) if not ok]
            wrong("has a row that the case does not know", surplus, size)

    def _positions(self, table: pl.DataFrame) -> Array:
        """Place of each row in the flat arrays, -1 for a row that the case does not know."""
        names = [column.name for column in self.keys]
        if not set(names) <= set(table.columns):
            return np.full(table.height, -1)
        parts = [
            table[c.name].cast(pl.Int64() if c.kind == "integer" else pl.String(), strict=False)
            for c in self.keys
        ]
        months = {month: t for t, month in enumerate(self.months)}
        split = len(parts) - 1 if self.due.monthly else len(parts)
        keys = zip(*(part.to_list() for part in parts[:split]), strict=True)
        place = np.array([self.place.get(key, -1) for key in keys], dtype=np.int64)
        if not self.due.monthly:
            return place
        month = np.array([months.get(name, -1) for name in parts[-1].to_list()], dtype=np.int64)
        return np.where((place < 0) | (month < 0), -1, place * len(self.months) + month)

    def _read(
        self, table: pl.DataFrame, column: Column, record: type[Record], position: Array,
        wrong: Object,
    ) -> None:  # fmt: skip
        """Put a column in its place; say where a number is due and none stands."""
        known = position >= 0
        if not _is_figure(column):
            texts = np.array(table[column.name].cast(pl.String, strict=False).to_list(), object)
            self.columns[column.name].reshape(-1)[position[known]] = texts[known]
            return
        values, bad, part = figures(table[column.name], record, column)
        self.columns[column.name].reshape(-1)[position[known]] = values[known]
        names = [self.key(n) for n in position[known & bad]]
        wrong(f"has no number as {column.name} in a row", names, table.height)
        names = [self.key(n) for n in position[known & part]]
        wrong(f"has no whole number as {column.name} in a row", names, table.height)

    def key(self, number: int) -> Key:
        """Key of a place in the flat arrays."""
        if not self.due.monthly:
            return self.due.keys[number]
        key, month = divmod(int(number), len(self.months))
        return (*self.due.keys[key], self.months[month])


def figures(series: pl.Series, record: type[Record], column: Column) -> tuple[Array, Array, Array]:
    """Numbers of a column, which of them are none (read as 0), and which should be whole.

    A blank that is allowed becomes NaN.
    """
    blank = np.zeros(series.len(), dtype=bool)
    if series.null_count():
        blank = series.is_null().to_numpy()
    values = series.cast(pl.Float64, strict=False).to_numpy().astype(np.float64)
    allowed = type(None) in get_args(record.model_fields[column.name].annotation)
    bad = ~np.isfinite(values) & ~(blank if allowed else np.zeros_like(blank))
    values[bad] = 0.0
    part = np.zeros_like(bad)
    if column.kind == "integer":
        part = np.isfinite(values) & (values != np.round(values))
    return values, bad, part


def _is_figure(column: Column) -> bool:
    return column.kind in {"number", "integer"}


def _plain(value: Any) -> Any:
    """A cell as a plain value, NaN as None."""
    if isinstance(value, np.floating):
        return None if math.isnan(value) else float(value)
    return value
