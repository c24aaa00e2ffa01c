"""Any case goes through a folder and through a workbook without losing anything."""

import string
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motorworks.case.case import Case, dtype_of
from motorworks.case.column import LARGEST, Column, columns_of, key_of
from motorworks.case.info import CaseInfo, Focus
from motorworks.case.tables import TABLES
from motorworks.io.case_folder import read_case, write_case
from motorworks.io.scenarios import scenario_texts
from motorworks.io.workbook import read_workbook, read_workbook_scenarios, write_workbook

# What a cell may hold: no control characters but line feed and tab, no lone surrogates, and
# (as cells are trimmed) no space at either end.
TEXT = (
    st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=12)
    .map(str.strip)
    .filter(lambda text: text and text == pl.Series([text]).str.strip_chars()[0])
)
TRICKY = st.sampled_from(
    ["007", "1e5", "=A1", "true", "NULL", "nan", '"', ",", ";", "a,b", "_x000D_", "2024-01-01", "-"]
)
NAME = st.text(string.ascii_lowercase, min_size=1, max_size=4)
MONTH = st.builds("{:04d}-{:02d}".format, st.integers(1990, 2060), st.integers(1, 12))
DAY = st.dates().filter(lambda day: day.year >= 1000).map(str)
WHEN = st.one_of(MONTH, DAY, st.sampled_from(["2025", "2025-Q3", "2025-H2", "2025-01..2025-Q4"]))


def cells(column: Column) -> st.SearchStrategy[Any]:
    """Any value that a column may hold."""
    low, high = column.minimum, column.maximum
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "text": st.one_of(TEXT, TRICKY),
        "choice": st.sampled_from(column.choices or ("",)),
        "yes_no": st.booleans(),
        "month": MONTH,
        "day": DAY,
        "when": WHEN,
        "integer": st.integers(
            -int(LARGEST) if low is None else int(low),
            int(LARGEST) if high is None else int(high),
        ),
        "number": st.floats(
            (-LARGEST if low is None else low) if column.above is None else column.above,
            LARGEST if high is None else high,
            exclude_min=column.above is not None,
            allow_nan=False,
            allow_infinity=False,
        ),
    }
    # a blank cell of a column with a default means the default, so only the others may be blank
    may_be_blank = not column.required and column.default is None
    return st.one_of(st.none(), kinds[column.kind]) if may_be_blank else kinds[column.kind]


@st.composite
def tables(draw: st.DrawFn, name: str) -> pl.DataFrame:
    """A table with a few rows and no double key."""
    columns = columns_of(TABLES[name])
    rows = draw(st.lists(st.tuples(*map(cells, columns)), min_size=1, max_size=4))
    schema = {column.name: dtype_of(column) for column in columns}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.unique(list(key_of(TABLES[name])), keep="first", maintain_order=True)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case with a few filled tables, a frame and settings."""
    names = draw(st.lists(st.sampled_from(sorted(TABLES)), unique=True, max_size=3))
    setting = st.one_of(st.booleans(), st.integers(-(10**9), 10**9), TEXT, TRICKY,
                        st.floats(allow_nan=False, allow_infinity=False))  # fmt: skip
    info = CaseInfo(
        name=draw(NAME),
        title=draw(TEXT),
        start=draw(MONTH),
        months=draw(st.integers(1, 600)),
        currency="USD",
        dates=draw(st.sampled_from(["early", "mid", "late"])),
        focus=draw(st.none() | st.builds(Focus, vehicle=TEXT, plant=TEXT)),
        plan=draw(st.dictionaries(NAME, setting, max_size=3)),
        sequence=draw(st.dictionaries(NAME, setting, max_size=3)),
    )
    return Case(info, {name: draw(tables(name)) for name in names})


SCENARIOS = st.dictionaries(
    NAME, st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"))
    .filter(lambda text: text == "" or text[0] != "\ufeff"), max_size=2,
)  # fmt: skip


def same(left: Case, right: Case) -> None:
    """Frame and tables are equal, with every digit."""
    assert left.info == right.info
    for name in TABLES:
        assert left.table(name).equals(right.table(name)), name
        assert left.table(name).schema == right.table(name).schema, name


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(), SCENARIOS)
def test_a_case_reads_back_from_its_folder(case: Case, scenarios: dict[str, str]) -> None:
    """And writing it again gives the same bytes."""
    with tempfile.TemporaryDirectory() as home:
        one, two = Path(home, "one"), Path(home, "two")
        write_case(case, one, scenarios)
        back = read_case(one)
        same(case, back)
        assert scenario_texts(one) == scenarios
        write_case(back, two, scenarios)
        for path in one.rglob("*.*"):
            assert path.read_bytes() == (two / path.relative_to(one)).read_bytes()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(), SCENARIOS)
def test_a_case_reads_back_from_its_workbook(case: Case, scenarios: dict[str, str]) -> None:
    """Scenarios travel along."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home, "case.xlsx")
        write_workbook(case, path, scenarios)
        same(case, read_workbook(path))
        assert read_workbook_scenarios(path) == scenarios
