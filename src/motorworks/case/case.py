"""A case: everything that is given, as typed tables that nothing changes in place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

import polars as pl

from motorworks.case.column import Column, KindName, Record, columns_of
from motorworks.case.info import CaseInfo
from motorworks.case.tables import TABLES

DTYPES: dict[KindName, pl.DataType] = {
    "text": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "yes_no": pl.Boolean(),
    "choice": pl.String(),
    "month": pl.String(),
    "day": pl.String(),
    "when": pl.String(),
}

R = TypeVar("R", bound=Record)


def dtype_of(column: Column) -> pl.DataType:
    """Polars type in which a column is held; months and dates are ISO text."""
    return DTYPES[column.kind]


@cache
def empty_table(name: str) -> pl.DataFrame:
    """Table ``name`` without rows, with its declared columns and types."""
    return pl.DataFrame(schema={c.name: dtype_of(c) for c in columns_of(TABLES[name])})


def table_of(record: type[Record], rows: Iterable[Record]) -> pl.DataFrame:
    """Rows of one record class as a typed table."""
    schema = {c.name: dtype_of(c) for c in columns_of(record)}
    return pl.DataFrame([row.model_dump() for row in rows], schema=schema, orient="row")


@dataclass(frozen=True)
class Case:
    """A case folder in memory.

    Parameters
    ----------
    info
        What stands in ``case.toml``.
    tables
        One typed Polars table per name in ``motorworks.case.tables.TABLES``; tables that are
        not given are empty. Never change one in place: use :meth:`replace`.

    Examples
    --------
    >>> from motorworks.case.records.sites import Country
    >>> info = CaseInfo(name="demo", title="Demo", start="2024-01", months=1, currency="USD")
    >>> case = Case.of(info, [Country(country="KR", name="Korea", customs_area="KR")])
    >>> case.rows(Country)[0].name
    'Korea'
    """

    info: CaseInfo
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = sorted(set(self.tables) - set(TABLES))
        if unknown:
            msg = f"unknown tables: {', '.join(unknown)}"
            raise KeyError(msg)
        given = self.tables
        full = {name: given[name] if name in given else empty_table(name) for name in TABLES}
        object.__setattr__(self, "tables", MappingProxyType(full))

    @classmethod
    def of(cls, info: CaseInfo, rows: Iterable[Record]) -> "Case":
        """Build a case from records of any kind, in any order."""
        sorted_rows: dict[str, list[Record]] = {}
        for row in rows:
            sorted_rows.setdefault(row.TABLE, []).append(row)
        return cls(info, {name: table_of(TABLES[name], got) for name, got in sorted_rows.items()})

    def table(self, name: str) -> pl.DataFrame:
        """The typed table of that name, perhaps without rows."""
        return self.tables[name]

    def rows(self, record: type[R]) -> list[R]:
        """The rows of one noun as frozen records."""
        return [record(**row) for row in self.tables[record.TABLE].iter_rows(named=True)]

    def replace(self, info: CaseInfo | None = None, **tables: pl.DataFrame) -> "Case":
        """A copy with some tables (or ``case.toml``) exchanged; the rest is shared."""
        return Case(info or self.info, {**self.tables, **tables})

    def with_info(self, **changes: Any) -> "Case":
        """A copy with some fields of ``case.toml`` changed, checked anew."""
        return self.replace(CaseInfo(**{**self.info.model_dump(), **changes}))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle without the read-only view of the tables."""
        return Case, (self.info, dict(self.tables))
