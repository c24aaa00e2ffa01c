"""Arrays to result tables with their declared columns."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from motorworks.case.case import dtype_of
from motorworks.case.column import columns_of
from motorworks.plan.data import Floats, Ints
from motorworks.result.records import RESULT_TABLES

_SCHEMAS = {
    name: {column.name: dtype_of(column) for column in columns_of(record)}
    for name, record in RESULT_TABLES.items()
}


def monthly(
    table: str,
    months: list[str],
    names: Mapping[str, list[str]],
    values: Mapping[str, Floats | Ints],
) -> pl.DataFrame:
    """Arrays (n, T) as rows: the names repeated for every month."""
    count = len(next(iter(names.values())))
    repeated = np.repeat(np.arange(count), len(months))
    columns: dict[str, Any] = {
        name: pl.Series(column, dtype=pl.String)[repeated] for name, column in names.items()
    }
    columns["month"] = pl.Series(months)[np.tile(np.arange(len(months)), count)]
    columns |= {name: array.ravel() for name, array in values.items()}
    return frame(table, columns)


def frame(table: str, columns: Mapping[str, Any]) -> pl.DataFrame:
    """A result table with its declared columns in order; inf becomes blank."""
    declared = _SCHEMAS[table]
    return pl.DataFrame([_series(name, columns[name], kind) for name, kind in declared.items()])


def _series(name: str, values: Any, kind: pl.DataType) -> pl.Series:
    if kind == pl.Float64:
        numbers = np.asarray(values, dtype=np.float64)
        series = pl.Series(name, numbers, dtype=kind)
        finite = np.isfinite(numbers)
        return series if finite.all() else series.set(pl.Series(~finite), None)
    return pl.Series(name, values, dtype=kind)


def names_at(names: list[str], places: ArrayLike) -> list[str]:
    """The names at positions."""
    return [names[place] for place in np.asarray(places)]


def empty(table: str) -> pl.DataFrame:
    """A result table without rows, for a part of the plan that is switched off."""
    return pl.DataFrame(schema=_SCHEMAS[table])
