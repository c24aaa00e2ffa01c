"""Whatever well-typed tables it is given, the check answers with problems, not a traceback."""

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from motorworks.case.case import Case, dtype_of
from motorworks.case.check import check_case, doubts_about
from motorworks.case.column import Column, columns_of
from motorworks.case.info import CaseInfo
from motorworks.case.tables import TABLES
from motorworks.errors import Problem

NAMES = st.sampled_from(["a", "b", "A", "KR", "USD", "a b", "*", "", "a|b", "a|*|*", "plants"])
MONTHS = st.sampled_from(["2024-12", "2025-01", "2025-03", "2099-12"])
DAYS = st.sampled_from(["2024-12-31", "2025-01-01", "2025-02-28", "0001-01-01", "9999-12-31"])
WHENS = st.one_of(MONTHS, DAYS, st.sampled_from(["2025", "2025-Q1", "2025-H2", "2024..2026-03"]))
NUMBERS = st.one_of(
    st.sampled_from([0.0, 1.0, 100.0, 1e-9]), st.floats(0, 1e9, allow_nan=False)
)  # fmt: skip
FIGURES = {
    "text": NAMES,
    "integer": st.integers(0, 10**6),
    "number": NUMBERS,
    "yes_no": st.booleans(),
    "month": MONTHS,
    "day": DAYS,
    "when": WHENS,
}
TEXTS = {
    ("facts", "table"): st.sampled_from([*TABLES, "background", "none"]),
    ("facts", "field"): st.sampled_from(["units", "start", "price", "rate", "jph", "none"]),
    ("facts", "value"): st.one_of(NAMES, WHENS, NUMBERS.map(str)),
    ("facts", "low"): st.one_of(NAMES, WHENS, NUMBERS.map(str)),
    ("facts", "high"): st.one_of(NAMES, WHENS, NUMBERS.map(str)),
    ("facts", "unit"): st.sampled_from(["factor", "USD/vehicle", "%", "vehicles"]),
    ("facts", "as_of"): st.one_of(NAMES, WHENS),
}


def cells(table: str, column: Column) -> st.SearchStrategy[Any]:
    """What may stand in a column: a value of its kind within its bounds, or a blank if allowed."""
    values: st.SearchStrategy[Any]
    if column.kind == "choice":
        values = st.sampled_from(column.choices)
    else:
        values = TEXTS.get((table, column.name), FIGURES[column.kind])
    if column.kind in ("integer", "number"):
        whole = column.kind == "integer"
        values = values.map(lambda value: clipped(column, value, whole=whole))
    return values if column.required else st.one_of(st.none(), values)


def clipped(column: Column, value: float, *, whole: bool) -> float | int:
    """A figure pushed into the bounds of its column."""
    low = column.minimum if column.minimum is not None else 0.0
    low = column.above + 1e-6 if column.above is not None else low
    value = max(value, low) if column.maximum is None else min(max(value, low), column.maximum)
    return int(value) if whole else value


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case of a few random rows in some of the tables; few names, so that rows meet."""
    chosen = draw(st.sets(st.sampled_from(sorted(TABLES)), min_size=3))
    tables = {}
    for name in sorted(chosen):
        columns = columns_of(TABLES[name])
        row = st.fixed_dictionaries({c.name: cells(name, c) for c in columns})
        rows = draw(st.lists(row, min_size=1, max_size=3))
        schema = {c.name: dtype_of(c) for c in columns}
        tables[name] = pl.DataFrame(rows, schema=schema, orient="row")
    info = CaseInfo(
        name="random", title="Random", start="2025-01", months=3, currency="USD",
        dates=draw(st.sampled_from(["early", "mid", "late"])),
    )  # fmt: skip
    return Case(info, tables)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_check_answers_any_tables_with_problems(case: Case) -> None:
    """Each names a file and, where it names a row, one that the table has."""
    for problem in check_case(case) + doubts_about(case):
        assert isinstance(problem, Problem)
        assert problem.message
        if problem.row is not None:
            assert 2 <= problem.row <= case.table(problem.file.removesuffix(".csv")).height + 1


@settings(max_examples=20, deadline=None)
@given(cases())
def test_the_check_of_tables_full_of_blanks_does_not_raise(case: Case) -> None:
    """The reader leaves a blank where a cell was bad."""
    blank = {name: frame.clear(n=2) for name, frame in case.tables.items() if frame.height}
    assert isinstance(check_case(case.replace(**blank)), list)
    doubts_about(case.replace(**blank))
