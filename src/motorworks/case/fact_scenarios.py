"""Facts as scenarios: what if another figure than the one chosen were true."""

from typing import Any, Literal

import polars as pl

from motorworks.case.case import Case
from motorworks.case.cells import typed
from motorworks.case.column import Column, columns_of, key_of
from motorworks.case.facts import BACKGROUND, FACTOR, cells_of
from motorworks.case.records.evidence import Fact
from motorworks.case.scenario import Change, Scenario
from motorworks.case.tables import TABLES
from motorworks.case.wording import did_you_mean
from motorworks.errors import CaseError, Problem

Variant = Literal["value", "low", "high"]

_FILE = "facts.csv"


def fact_scenario(case: Case, fact_id: str, variant: Variant = "value") -> Scenario:
    """The scenario that puts a fact's value, its low or its high into the tables.

    A fact with the unit ``factor`` multiplies the cells by that figure over the one that the
    tables hold already: the value of the chosen fact on the same cells, or 1.

    Raises
    ------
    CaseError
        If there is no such fact, it has no such figure, or no table holds it.

    Examples
    --------
    >>> from motorworks.case.info import CaseInfo
    >>> from motorworks.case.records.sites import ShopRate
    >>> info = CaseInfo(name="demo", title="Demo", start="2024-01", months=2, currency="USD")
    >>> fact = Fact(fact_id="pace", table="shop_rates", key="line|*", field="jph",
    ...             value="45", low="43", status="assumed")
    >>> case = Case.of(info, [ShopRate(shop="line", start="2024-01-01", jph=45), fact])
    >>> fact_scenario(case, "pace", "low").title
    'shop_rates line|* jph = 43 (low)'
    """
    known = case.table("facts")
    mine = known.filter(pl.col("fact_id") == fact_id)
    if not mine.height:
        hint = did_you_mean(fact_id, known["fact_id"].to_list())
        raise _bad(fact_id, f"there is no such fact{hint}")
    fact = Fact(**mine.row(0, named=True))
    column = _column_of(fact)
    figure = getattr(fact, variant)
    if figure is None:
        raise _bad(fact_id, f"the fact has no {variant}")
    where = _where(case, fact)
    common = {"table": fact.table, "where": where, "field": fact.field, "reason": fact.reason}
    if fact.unit == FACTOR:
        factor = _number(fact, figure) / _held(case, fact)
        change = Change(action="scale", factor=factor, **common)
    else:
        change = Change(action="set", value=_value(column, fact, figure), **common)
    told = "" if variant == "value" else f" ({variant})"
    title = f"{fact.table} {fact.key} {fact.field} = {figure}{told}"
    return Scenario(title=title, note=fact.note, change=(change,))


def _bad(fact_id: str, message: str) -> CaseError:
    return CaseError([Problem(_FILE, message, column="fact_id", value=fact_id)])


def _column_of(fact: Fact) -> Column:
    if fact.table == BACKGROUND:
        raise _bad(fact.fact_id, "the fact is background: no table holds it, so nothing changes")
    if fact.table not in TABLES:
        raise _bad(fact.fact_id, f"the fact speaks of an unknown table '{fact.table}'")
    columns = {column.name: column for column in columns_of(TABLES[fact.table])}
    if fact.field not in columns:
        hint = did_you_mean(fact.field, columns)
        raise _bad(fact.fact_id, f"{fact.table} has no column '{fact.field}'{hint}")
    return columns[fact.field]


def _where(case: Case, fact: Fact) -> dict[str, Any]:
    """The key as a filter: values, or the list of those that a pattern matches."""
    names, parts = key_of(TABLES[fact.table]), fact.key.split("|")
    if len(names) != len(parts):
        raise _bad(fact.fact_id, f"the key '{fact.key}' should have the parts {'|'.join(names)}")
    rows = case.table(fact.table)[cells_of(case, fact)]
    if not rows.height:
        raise _bad(fact.fact_id, f"no row of {fact.table} has the key '{fact.key}'")
    pairs = zip(names, parts, strict=True)
    return {name: _sought(rows.get_column(name)) for name, part in pairs if part != "*"}


def _sought(cells: pl.Series) -> Any:
    values = ["" if value is None else value for value in cells.unique(maintain_order=True)]
    return values[0] if len(values) == 1 else values


def _value(column: Column, fact: Fact, figure: str) -> Any:
    """The figure in the kind of its column, as a scenario file would give it."""
    values, bad = typed(column, pl.Series([figure.strip()], dtype=pl.String))
    if bad.any():
        raise _bad(fact.fact_id, f"'{figure}' must be {column.allowed}")
    value = values[0]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(fact: Fact, figure: str) -> float:
    try:
        return float(figure)
    except ValueError:
        raise _bad(fact.fact_id, f"the factor '{figure}' is no number") from None


def _held(case: Case, fact: Fact) -> float:
    """The factor that the cells already carry."""
    same = case.table("facts").filter(
        pl.col("chosen"),
        pl.col("unit") == FACTOR,
        pl.col("table") == fact.table,
        pl.col("key") == fact.key,
        pl.col("field") == fact.field,
    )
    value = same["value"][0] if same.height else None
    held = _number(fact, value) if value else 1.0
    if held == 0:
        raise _bad(fact.fact_id, "the chosen factor is 0, so nothing can be scaled from it")
    return held
