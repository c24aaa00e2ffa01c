"""What the plan says: its tables as dictionaries, and whether they are complete."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, get_args

import polars as pl

from motorworks.case.column import columns_of, key_of
from motorworks.result.plan import PlanResult
from motorworks.result.records import RESULT_TABLES
from motorworks.result.verify.findings import FAMILIES, PARTS, Ledger
from motorworks.result.verify.given import Given

Key = tuple[Any, ...]
Row = dict[str, Any]


class Series(dict[tuple[str, str], list[float]]):
    """Amounts by month, keyed by two names; a key that is not there reads as zeros."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def __missing__(self, key: tuple[str, str]) -> list[float]:
        """Zeros, not kept."""
        return [0.0] * self._count


class Said:
    """The result tables by key, rows that the case does not allow left out."""

    def __init__(self, given: Given, result: PlanResult, ledger: Ledger) -> None:
        self._given = given
        self._ledger = ledger
        expected = expected_keys(given)
        self.tables: dict[str, dict[Key, Row]] = {}
        for name in RESULT_TABLES:
            found = self._read(name, result.tables)
            self.tables[name] = self._complete(name, found, expected.get(name))
        self._not_negative()
        self.make = self._series("production", "units")
        self.stock = self._series("plant_stock", "units")
        self.ship = self._series("shipments", "units")
        self.sold = self._series("market", "sold")
        self.late = self._series("market", "late")
        self.lost = self._series("market", "lost")
        self.market_stock = self._series("market", "stock")
        self.in_store = self._series("component_stock", "units")
        self.get = {
            source: [
                self.tables["components"].get((source, month), {}).get("units", 0.0)
                for month in given.months
            ]
            for source in given.sources
        }
        self.kept = {key: row["units"] for key, row in self.tables["end_value"].items()}

    def _series(self, table: str, column: str) -> Series:
        """One column of a table by its first two keys and the month."""
        place = {month: t for t, month in enumerate(self._given.months)}
        series = Series(self._given.count)
        for (first, second, month), row in self.tables[table].items():
            if (first, second) not in series:
                series[first, second] = [0.0] * self._given.count
            series[first, second][place[month]] = row[column]
        return series

    def _read(self, name: str, tables: Mapping[str, pl.DataFrame]) -> dict[Key, Row]:
        """Rows by key; says what columns, numbers or whole tables are amiss."""
        if name not in tables:
            self._wrong(name, f"the table {name} is missing")
            return {}
        table, record = tables[name], RESULT_TABLES[name]
        columns = columns_of(record)
        lacking = [column.name for column in columns if column.name not in table.columns]
        if lacking:
            self._wrong(name, f"{name} lacks the column {', '.join(lacking)}")
        rows: dict[Key, Row] = {}
        twice: list[Key] = []
        for found in table.iter_rows(named=True):
            key = tuple(found.get(part) for part in key_of(record))
            if key in rows:
                twice.append(key)
            rows[key] = found
        self._list(name, "has a row more than once", twice, table.height)
        self._numbers(name, rows, lacking)
        return rows

    def _numbers(self, name: str, rows: dict[Key, Row], lacking: list[str]) -> None:
        """Say where a number is due and none stands, and read it as 0."""
        fields = RESULT_TABLES[name].model_fields
        for column in columns_of(RESULT_TABLES[name]):
            may_be_blank = type(None) in get_args(fields[column.name].annotation)
            if column.kind not in {"number", "integer"} or column.key:
                continue
            blank: list[Key] = []
            for key, row in rows.items():
                value = row.get(column.name)
                if value is None and may_be_blank:
                    row[column.name] = None
                elif not _is_number(value):
                    row[column.name] = 0.0
                    blank.append(key)
            if column.name not in lacking:
                self._list(name, f"has no number as {column.name} in a row", blank, len(rows))

    def _complete(
        self, name: str, rows: dict[Key, Row], keys: Iterable[Key] | None
    ) -> dict[Key, Row]:
        """Keep the rows that the case allows; say which are missing or surplus."""
        if keys is None:
            strange = [key for key in rows if name == "marginals" and key[0] not in FAMILIES]
            self._list(name, "names a rule that is not in the model", strange, len(rows))
            return rows
        due = dict.fromkeys(keys)
        self._ledger.checked["table_complete"] += len(due)
        missing = [key for key in due if key not in rows]
        surplus = [key for key in rows if key not in due]
        self._list(name, "lacks a row that the case calls for", missing, len(due))
        self._list(name, "has a row that the case does not know", surplus, len(due))
        return {key: row for key, row in rows.items() if key in due}

    def _list(self, name: str, what: str, keys: list[Key], of: int) -> None:
        """One finding for all rows of a table with the same fault."""
        if keys:
            first = " ".join(str(part) for part in keys[0])
            count = f" ({len(keys):,} such of {of:,})" if len(keys) > 1 else ""
            self._wrong(name, f"{name} {what}: {first}{count}", float(len(keys)))

    def _wrong(self, where: str, message: str, value: float | None = None) -> None:
        self._ledger.add("table_complete", where, message, value, 0.0)

    def _not_negative(self) -> None:
        """Cars, sales and stocks are never below zero (``sold`` has a rule of its own)."""
        for name, columns in _COUNTS.items():
            for key, row in self.tables[name].items():
                for column in columns:
                    if self._ledger.over("non_negative", 0.0, row[column]):
                        where = " ".join(str(part) for part in key)
                        message = f"{name}.{column} of {where} is below zero: {row[column]:,.1f}"
                        self._ledger.add("non_negative", where, message, row[column], 0.0)


_COUNTS = {
    "production": ("units",),
    "plant_stock": ("units",),
    "shipments": ("units",),
    "market": ("late", "lost", "stock"),
    "components": ("units",),
    "component_stock": ("units",),
    "agreements": ("shortfall",),
    "end_value": ("units",),
}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def expected_keys(given: Given) -> dict[str, list[Key]]:
    """Keys that each table must hold, as the package's docstring lists them."""
    months = given.months

    def monthly(keys: Iterable[Key]) -> list[Key]:
        return [(*key, month) for key in keys for month in months]

    return {
        "production": monthly(given.allocations),
        "plant_stock": monthly(given.stocked),
        "shipments": monthly(given.flows),
        "landed": monthly(given.flows),
        "market": monthly(given.demand),
        "components": monthly((source,) for source in given.sources),
        "component_stock": monthly(given.stores),
        "agreements": [(row.agreement, year) for row in given.firm for year in given.years(row)],
        "end_value": list(given.demand),
        "objective": [(part,) for part in (*PARTS, "margin")],
        "capacity": monthly((shop,) for shop in given.paces),
    }
