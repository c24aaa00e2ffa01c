"""Text cells to typed tables: every kind of bad cell, and every kind of bad header."""

import polars as pl
import pytest

from motorworks.case.case import empty_table
from motorworks.case.parse import LISTED, parse_table
from motorworks.case.tables import TABLES

DEMAND = ["vehicle", "market", "month", "units"]
GOOD = ["suv", "US", "2024-01", "10"]


def demand(*rows: list[str | None], header: list[str] | None = None) -> tuple[pl.DataFrame, str]:
    """The table, and all complaints as text."""
    table, problems = parse_table("demand", header or DEMAND, list(rows), "demand.csv")
    return table, "\n".join(map(str, problems))


def cell(table: str, column: str, value: str) -> str:
    """What is said about one cell of a table whose other cells may be missing."""
    _, problems = parse_table(table, [column], [[value]], "t.csv")
    return "\n".join(str(problem) for problem in problems if problem.row == 2)


def test_good_cells_take_their_declared_types() -> None:
    """Text, months and numbers; blanks become nothing."""
    table, said = demand(GOOD, ["van", "US", "2024-01", " 1e3 "], ["van", "KR", "2024-02", ".5"])
    assert said == ""
    assert table.schema == empty_table("demand").schema
    assert table["units"].to_list() == [10, 1000, 0.5]
    assert table["vehicle"].to_list() == ["suv", "van", "van"]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_empty(name: str) -> None:
    """A header alone is a table without rows, in the declared types."""
    header = list(TABLES[name].model_fields)
    table, problems = parse_table(name, header, [], "t.csv")
    assert problems == []
    assert table.schema == empty_table(name).schema


def test_columns_may_stand_in_any_order() -> None:
    """The table has them as declared."""
    table, said = demand(["10", "2024-01", "suv", "US"], header=["units", "month", *DEMAND[:2]])
    assert said == ""
    assert table.columns == DEMAND


def test_blank_cells_take_their_default_and_missing_columns_too() -> None:
    """The availability is 100, the plant's nameplate unknown."""
    header = ["shop", "start", "jph", "availability_pct"]
    rows = [["line", "2024-01-01", "45", ""], ["line", "2025-01-01", "45", "90"]]
    with_column, _ = parse_table("shop_rates", header, rows, "t.csv")
    without, _ = parse_table("shop_rates", header[:3], [row[:3] for row in rows], "t.csv")
    assert with_column["availability_pct"].to_list() == [100, 90]
    assert without["availability_pct"].to_list() == [100, 100]


def test_rows_without_values_are_passed_over_and_keep_their_number() -> None:
    """A gap in the sheet shifts no row number of a complaint."""
    table, said = demand(GOOD, ["", " ", None, ""], [], ["van", "US", "2024-01", "-3"])
    assert table.height == 2
    assert said == "demand.csv row 5, units = '-3': must be a number of at least 0"


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("demand", "units", "ten", "a number of at least 0"),
        ("demand", "units", "-0.1", "a number of at least 0"),
        ("demand", "units", "1,5", "for decimals: '1.5'"),
        ("demand", "units", "1,500", "write 1500 without thousands separators, or 1.500"),
        ("demand", "units", "1,500,000", "without thousands separators"),
        ("demand", "units", "1 500", "without thousands separators"),
        ("demand", "units", "5%", "write the figure alone"),
        ("demand", "units", "nan", "that is finite"),
        ("demand", "units", "1e999", "a number of at least 0"),
        ("demand", "units", "1e16", "no figure may be larger than 1e+15"),
        ("demand", "units", "0x10", "a number of at least 0"),
        ("demand", "units", "1_000", "without thousands separators"),
        ("demand", "units", "١", "a number of at least 0"),
        ("demand", "units", "#REF!", "mend the formula"),
        ("demand", "month", "2024-13", "a month as 2025-07"),
        ("demand", "month", "2024-1", "a month as 2025-07"),
        ("demand", "month", "0000-01", "a month as 2025-07"),
        ("demand", "month", "2024/01", "year-month-day"),
        ("demand", "month", "٢٠٢٤-01", "a month as 2025-07"),
        ("demand", "vehicle", "a\x07b", "without control characters"),
        ("shop_rates", "start", "2025-02-30", "a day as 2025-07-15"),
        ("shop_rates", "start", "2025-W01-1", "a day as 2025-07-15"),
        ("shop_rates", "start", "15.07.2025", "year-month-day"),
        ("shop_rates", "jph", "0", "a number above 0"),
        ("shop_rates", "availability_pct", "101", "at most 100"),
        ("closures", "start", "2025-Q5", "a date: 2025-07-15, 2025-07, 2025-Q3"),
        ("closures", "start", "2025-03..2025-01", "or a range A..B"),
        ("closures", "kind", "Holiday", "did you mean 'holiday'?"),
        ("plants", "heads", "2.5", "a whole number of at least 0"),
        ("plants", "heads", "99999999999999999999", "a whole number of at least 0"),
        ("plants", "lat", "91", "of at least -90, at most 90"),
        ("facts", "chosen", "maybe", "yes or no"),
    ],
)
def test_a_bad_cell_is_told_with_what_is_allowed(
    table: str, column: str, value: str, said: str
) -> None:
    """And with a hint where the cause can be guessed."""
    text = cell(table, column, value)
    assert text.startswith(f"t.csv row 2, {column} = {value!r}: must be ")
    assert said in text
    assert text.count("\n") == 0


def test_a_bad_date_is_blank() -> None:
    """So that what is checked beside it meets no month that does not exist."""
    rows = [["gamma", "south", "99999999999"], ["beta", "south", "2025-03"]]
    table, problems = parse_table("launch_windows", ["vehicle", "plant", "earliest"], rows, "t.csv")
    assert table["earliest"].to_list() == [None, "2025-03"]
    assert [problem.column for problem in problems] == ["earliest"]


@pytest.mark.parametrize(
    ("table", "column", "value", "read"),
    [
        ("demand", "units", "+5", 5.0),
        ("demand", "units", "5.", 5.0),
        ("demand", "units", "\u00a07\u2003", 7.0),
        ("plants", "heads", "12.0", 12),
        ("facts", "chosen", "TRUE", True),
        ("facts", "chosen", "No", False),
        ("closures", "start", "2025-H2", "2025-H2"),
        ("plants", "name", "two\r\nlines", "two\nlines"),
    ],
)
def test_harmless_ways_of_writing_are_read(
    table: str, column: str, value: str, read: object
) -> None:
    """Signs, spaces, whole numbers with a point, yes and no as Excel writes them."""
    got, _ = parse_table(table, [column], [[value]], "t.csv")
    assert cell(table, column, value) == ""
    assert got[column].to_list() == [read]


def test_a_required_cell_may_not_be_blank() -> None:
    """Each blank is told with what should stand there."""
    _, said = demand(["suv", " ", "2024-01", ""])
    assert "demand.csv row 2, market: a value is required: a name that stands in" in said
    assert "demand.csv row 2, units: a value is required: a number of at least 0" in said


def test_headers_are_held_against_the_declared_columns() -> None:
    """Unknown, doubled and missing columns, all at once."""
    _, said = demand(["suv", "US", "2024-01", "1"], header=["vehicle", "Market", "month", "month"])
    assert said.split("\n") == [
        "demand.csv row 1, Market: unknown column; allowed are vehicle, market, month, units; "
        "did you mean 'market'?",
        "demand.csv row 1, month: column stands twice, also as column 3",
        "demand.csv row 1, market: required column is missing",
        "demand.csv row 1, units: required column is missing",
    ]


def test_a_value_under_no_heading_is_told_and_an_empty_column_is_not() -> None:
    """Spreadsheets like to add empty columns; notes beside the table belong nowhere."""
    header = [*DEMAND, ""]
    assert demand([*GOOD, " "], header=header)[1] == ""
    said = demand([*GOOD, "note"], header=header)[1]
    assert (
        said == "demand.csv row 2 = 'note': column 5 has no name in the header, but holds a value"
    )


def test_rows_wider_or_narrower_than_the_header_are_told() -> None:
    """Blank cells to the right of the table are harmless."""
    table, said = demand(GOOD[:3], [*GOOD, "", " "], [*GOOD, "x"])
    assert table.height == 1
    assert said == (
        "demand.csv row 2: has 3 cells, but the header has 4\n"
        "demand.csv row 4: has 5 cells, but the header has 4"
    )


def test_a_key_may_stand_only_once() -> None:
    """The row that has it already is named; a blank key part is a value of its own."""
    header = ["vehicle", "plant", "market", "month", "reason"]
    rows: list[list[str | None]] = [
        ["suv", "p", "", "2024-01", "a"],
        ["suv", "p", "US", "2024-01", "b"],
        ["suv", "p", None, "2024-01", "c"],
    ]
    _, problems = parse_table("pins", header, rows, "pins.csv")
    assert [str(problem) for problem in problems] == [
        "pins.csv row 4, vehicle|plant|market|month = 'suv|p||2024-01': "
        "the same key already stands in row 2"
    ]


def test_keys_are_compared_as_what_they_mean() -> None:
    """Step 1 and step 01 are the same step."""
    rows = [["p", "1", "body"], ["p", "01", "paint"]]
    _, problems = parse_table("routings", ["plant", "step", "shop"], rows, "routings.csv")
    assert "already stands in row 2" in str(problems[0])


def test_a_bad_key_cell_is_told_once_and_makes_no_doubles() -> None:
    """Two rows with an unreadable month are two problems, not three."""
    _, said = demand(["suv", "US", "soon", "1"], ["suv", "US", "later", "1"])
    assert said.count("\n") == 1
    assert "already stands" not in said


def test_a_flood_of_problems_is_counted() -> None:
    """A thousand bad cells fill no screen, but none is kept quiet."""
    rows = [["suv", "US", f"{year}-01", "x"] for year in range(2000, 3000)]
    _, problems = parse_table("demand", DEMAND, rows, "demand.csv")
    assert len(problems) == LISTED + 1
    assert (
        str(problems[-1])
        == f"demand.csv, units: and {1000 - LISTED} more rows with the same problem"
    )
