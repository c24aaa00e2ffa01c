"""Which cells of the case a fact speaks of."""

import re

import polars as pl

from motorworks.case.case import Case
from motorworks.case.column import key_of
from motorworks.case.records.evidence import Fact
from motorworks.case.tables import TABLES

BACKGROUND = "background"
FACTOR = "factor"


def cells_of(case: Case, fact: Fact) -> list[int]:
    """Positions of the rows that a fact's key matches, in its table and counted from 0.

    None where the fact is background, its table is unknown, or its key has another number of
    parts than the table's key has columns.

    Examples
    --------
    >>> from motorworks.case.info import CaseInfo
    >>> from motorworks.case.records.sites import ShopRate
    >>> info = CaseInfo(name="demo", title="Demo", start="2024-01", months=1, currency="USD")
    >>> days = ("2018-01-01", "2019-10-01")
    >>> case = Case.of(info, [ShopRate(shop="line", start=day, jph=45) for day in days])
    >>> about = {"fact_id": "f", "table": "shop_rates", "field": "jph", "status": "assumed"}
    >>> [cells_of(case, Fact(key=key, **about)) for key in ("line|*", "line|2019-*")]
    [[0, 1], [1]]
    """
    return matching_rows(case, fact.table, fact.key)


def matching_rows(case: Case, table: str, key: str) -> list[int]:
    """Positions of the rows of ``table`` that ``key`` matches; a blank part matches a blank."""
    if table not in TABLES:
        return []
    columns, parts = key_of(TABLES[table]), key.split("|")
    if len(columns) != len(parts):
        return []
    tests = [
        _test(column, part) for column, part in zip(columns, parts, strict=True) if part != "*"
    ]
    frame = case.table(table)
    if not tests:
        return list(range(frame.height))
    return frame.select(pl.all_horizontal(tests).arg_true()).to_series().to_list()


def _test(column: str, part: str) -> pl.Expr:
    if not part:
        return pl.col(column).is_null()
    text = pl.col(column).cast(pl.String)
    if "*" in part:
        pattern = ".*".join(re.escape(piece) for piece in part.split("*"))
        return text.str.contains(f"^(?:{pattern})$").fill_null(value=False)
    return (text == part).fill_null(value=False)
