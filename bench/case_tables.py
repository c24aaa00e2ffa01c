"""Typed tables for generated cases."""

from typing import Any

import polars as pl

from motorworks.case.case import dtype_of
from motorworks.case.column import columns_of
from motorworks.case.tables import TABLES


def names(kind: str, count: int) -> list[str]:
    """Numbered names of a kind."""
    return [f"{kind}-{number:02d}" for number in range(count)]


def table(name: str, /, **columns: Any) -> dict[str, pl.DataFrame]:
    """A typed table by name: single values fill the column, columns not named take defaults."""
    lengths = [len(c) for c in columns.values() if not isinstance(c, (str, int, float))]
    series = []
    for column in columns_of(TABLES[name]):
        values = columns.get(column.name, column.default)
        if isinstance(values, (str, int, float)) or values is None:
            values = [values] * lengths[0]
        series.append(pl.Series(column.name, values, dtype=dtype_of(column), strict=False))
    return {name: pl.DataFrame(series)}


def cross(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Every member of one list beside every member of the other."""
    return [a for a in left for _ in right], right * len(left)
