"""What the plan says: its tables by key, and whether they are complete."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from motorworks.case.column import columns_of, key_of
from motorworks.result.plan import PlanResult
from motorworks.result.records import RESULT_TABLES
from motorworks.result.verify.findings import FAMILIES, Array, Ledger
from motorworks.result.verify.given import Given
from motorworks.result.verify.sheets import Due, Key, Series, Sheet, figures


class Said:
    """The result tables by key, rows that the case does not allow left out.

    ``parts`` are the units of ``origin_parts`` by source, regime, vehicle and plant, by month;
    ``parts_of`` has the same by regime, vehicle and plant.
    """

    def __init__(
        self, given: Given, due: Mapping[str, Due], result: PlanResult, ledger: Ledger
    ) -> None:
        self._given = given
        self._ledger = ledger
        self.sheets: dict[str, Sheet] = {}
        for name, record in RESULT_TABLES.items():
            table = self._table(name, result.tables)
            if name not in due:
                self._free(name, table)
                continue
            self.sheets[name] = Sheet(due[name], given.months, record)
            ledger.checked["table_complete"] += self.sheets[name].there.size
            self._fill(name, table)
        self.make = self.series("production", "units")
        self.stock = self.series("plant_stock", "units")
        self.ship = self.series("shipments", "units")
        self.sold = self.series("market", "sold")
        self.late = self.series("market", "late")
        self.lost = self.series("market", "lost")
        self.market_stock = self.series("market", "stock")
        self.in_store = self.series("component_stock", "units")
        self.get = self.series("components", "units")
        self.kept = {key: row["units"] for key, row in self.sheets["end_value"].rows()}
        self.parts_of: dict[Key, list[tuple[str, Array]]] = {}
        for (source, *of), units in self.parts.items():
            self.parts_of.setdefault(tuple(of), []).append((source, units))
        self._not_negative()

    def series(self, table: str, column: str) -> Series:
        """A column of a monthly table, as amounts by month of each key."""
        return self.sheets[table].series(column)

    def shortfall(self, agreement: str, year: int) -> float:
        """Cars that an agreement is said to be short of in a year."""
        row = self.sheets["agreements"].row(agreement, year)
        return row["shortfall"] or 0.0 if row else 0.0

    def _table(self, name: str, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame | None:
        """The table, if there is one; says which columns it lacks."""
        if name not in tables:
            self._wrong(name, f"the table {name} is missing")
            return None
        table = tables[name]
        columns = [column.name for column in columns_of(RESULT_TABLES[name])]
        lacking = [column for column in columns if column not in table.columns]
        if lacking:
            self._wrong(name, f"{name} lacks the column {', '.join(lacking)}")
        return table

    def _fill(self, name: str, table: pl.DataFrame | None) -> None:
        if table is not None:
            self.sheets[name].fill(
                table, RESULT_TABLES[name], lambda what, keys, of: self._list(name, what, keys, of)
            )

    def _free(self, name: str, table: pl.DataFrame | None) -> None:
        """A table of any number of rows: none twice, figures where they are due."""
        if name == "origin_parts":
            self.parts: dict[Key, Array] = {}
        if table is None or table.is_empty():
            return
        record = RESULT_TABLES[name]
        names = [key for key in key_of(record) if key in table.columns]
        rows = table.select(names).rows()
        seen: set[Key] = set()
        twice = [row for row in rows if row in seen or seen.add(row)]  # type: ignore[func-returns-value]
        self._list(name, "has a row more than once", twice, len(rows))
        for column in columns_of(record):
            if column.key or column.kind not in {"number", "integer"}:
                continue
            if column.name in table.columns:
                values, bad, _ = figures(table[column.name], record, column)
                wrong = [rows[n] for n in np.flatnonzero(bad)]
                self._list(name, f"has no number as {column.name} in a row", wrong, len(rows))
                if name == "origin_parts" and len(names) == len(key_of(record)):
                    self._parts(rows, values)
        if name == "marginals" and "family" in names:
            strange = [row for row in rows if row[names.index("family")] not in FAMILIES]
            self._list(name, "names a rule that is not in the model", strange, len(rows))

    def _parts(self, rows: list[Key], units: Array) -> None:
        """Originating components counted for a vehicle; rows hold what is more than nothing."""
        place, strange = self._given.place, []
        for key, amount in zip(rows, units, strict=True):
            if key[-1] not in place or key[0] not in self._given.sources:
                strange.append(key)
                continue
            months = self.parts.setdefault(key[:-1], np.zeros(self._given.count))
            months[place[key[-1]]] += amount
        self._list("origin_parts", "has a row that the case does not know", strange, len(rows))

    def _list(self, name: str, what: str, keys: list[Key], of: int) -> None:
        """One finding for all rows of a table with the same fault."""
        if keys:
            first = " ".join(str(part) for part in keys[0])
            count = f" ({len(keys):,} such of {of:,})" if len(keys) > 1 else ""
            self._wrong(name, f"{name} {what}: {first}{count}", float(len(keys)))

    def _wrong(self, where: str, message: str, value: float | None = None) -> None:
        self._ledger.add("table_complete", where, message, value, 0.0)

    def _not_negative(self) -> None:
        """Cars, hours and stocks are never below zero (``sold`` has a rule of its own)."""
        for name, columns in _COUNTS.items():
            sheet = self.sheets[name]
            for column in columns:
                values = sheet.columns[column].reshape(-1)
                zeros = np.zeros_like(values)
                for n in self._ledger.each_over("non_negative", zeros, values):
                    where = " ".join(str(part) for part in sheet.key(n))
                    message = f"{name}.{column} of {where} is below zero: {values[n]:,.1f}"
                    self._ledger.add("non_negative", where, message, float(values[n]), 0.0)
        for key, months in self.parts.items():
            for t in self._ledger.each_over("non_negative", np.zeros_like(months), months):
                where = " ".join((*key, self._given.months[t]))
                message = f"origin_parts.units of {where} is below zero: {months[t]:,.1f}"
                self._ledger.add("non_negative", where, message, float(months[t]), 0.0)


_COUNTS = {
    "production": ("units",),
    "plant_stock": ("units",),
    "shipments": ("units",),
    "market": ("late", "lost", "stock"),
    "components": ("units",),
    "component_stock": ("units",),
    "agreements": ("shortfall",),
    "end_value": ("units",),
    "shifts": ("overtime", "weekend", "plus", "minus", "hired", "freed"),
    "spot": ("ceu",),
    "component_sales": ("units",),
    "preferred": ("units",),
    "carbon_goals": ("over",),
}
