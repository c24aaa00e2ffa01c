"""A case as a workbook: without loss, kind to planners, and strict about what they type."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from motorworks.case.case import Case
from motorworks.case.info import CaseInfo, Focus
from motorworks.case.records.evidence import Source
from motorworks.case.records.markets import Demand
from motorworks.case.tables import TABLES
from motorworks.errors import CaseError
from motorworks.io.case_folder import find_case, read_case, shipped_cases
from motorworks.io.scenarios import scenario_texts
from motorworks.io.workbook import (
    read_workbook,
    read_workbook_scenarios,
    save,
    write_workbook,
)

INFO = CaseInfo(name="demo", title="Demo", start="2024-01", months=2, currency="USD")
FRAME = [["key", "value"], ["name", "demo"], ["title", "Demo"], ["start", "2024-01"],
         ["months", 2], ["currency", "USD"]]  # fmt: skip


def book_of(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook as a planner may leave it; numbers, dates and truth as a spreadsheet has them."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in {"case": FRAME, **sheets}.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, place, value, day)
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(number, place, value, None, "#REF!")
                elif value is not None:
                    sheet.write(number, place, value)
    book.close()
    return path


def complaints(path: Path, read: Callable[[Path], object] = read_workbook) -> str:
    """What is said about a workbook that cannot be read."""
    with pytest.raises(CaseError) as caught:
        read(path)
    return "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize("name", sorted(shipped_cases()))
def test_every_shipped_case_survives_the_way_there_and_back(tmp_path: Path, name: str) -> None:
    """Frame, every table with every digit, and the scenarios to the letter."""
    folder = find_case(name)
    case, scenarios = read_case(folder), scenario_texts(folder)
    write_workbook(case, tmp_path / "c.xlsx", scenarios)
    back = read_workbook(tmp_path / "c.xlsx")
    assert back.info == case.info
    for table in TABLES:
        assert back.table(table).equals(case.table(table)), table
    assert read_workbook_scenarios(tmp_path / "c.xlsx") == scenarios


def test_hard_texts_numbers_and_settings_survive(tmp_path: Path) -> None:
    """What a spreadsheet would round, escape, calculate or take for something else."""
    texts = ["007", "1e5", "=1+1", "true", "_x0041_", "two\nlines", "0.33333333333333331", "é 釜"]
    numbers = [0.1 + 0.2, 1 / 3, 1e15, 5e-324, 123456789.123456789]
    rows = [Source(source_id=f"s{place}", title=text) for place, text in enumerate(texts)]
    demand = [
        Demand(vehicle="v", market="m", month=f"2024-0{place}", units=number)
        for place, number in enumerate(numbers, 1)
    ]
    plan = {"a": 2, "b": 0.1, "c": True, "d": "true", "e": "words", "f": "2", "g": [1, "x"]}
    info = INFO.model_copy(update={"plan": plan, "focus": Focus(vehicle="1", plant="p")})
    write_workbook(Case.of(info, [*rows, *demand]), tmp_path / "c.xlsx")
    back = read_workbook(tmp_path / "c.xlsx")
    assert back.table("sources")["title"].to_list() == texts
    assert back.table("demand")["units"].to_list() == numbers
    assert back.info == info
    assert {key: type(value) for key, value in back.info.plan.items()} == {
        key: type(value) for key, value in plan.items()
    }


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    """No date of writing is kept."""
    for name in ("a", "b"):
        write_workbook(Case(INFO), tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_planner_finds_notes_lists_and_frozen_headings(tmp_path: Path) -> None:
    """A sheet per table; the choices of a column, and the names that stand in another sheet."""
    write_workbook(Case(INFO), tmp_path / "c.xlsx")
    with zipfile.ZipFile(tmp_path / "c.xlsx") as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        texts = "".join(archive.read(name).decode() for name in sheets)
        notes = [name for name in archive.namelist() if name.startswith("xl/comments")]
        said = "".join(archive.read(name).decode() for name in notes)
    assert len(sheets) == len(TABLES) + 3
    assert texts.count("<pane ") >= len(TABLES)
    assert '"full,CKD,SKD,DKD"' in texts
    assert "<formula1>vehicles!$A$2:$A$1000</formula1>" in texts
    assert "Unit: vehicles/h" in said
    assert "Blank means 100." in said


def test_what_a_spreadsheet_makes_of_typed_values_is_read(tmp_path: Path) -> None:
    """Months and days turned into dates, whole numbers into floats, names into numbers."""
    path = book_of(
        tmp_path / "c.xlsx",
        demand=[["vehicle", "market", "month", "units"],
                [308, "US", dt.date(2024, 1, 1), 10], [308, "US", "2024-02", "11"]],
        shop_rates=[["shop", "start", "jph"], ["line", dt.date(2024, 3, 15), 45.5]],
        facts=[["fact_id", "table", "key", "field", "value", "status", "chosen"],
               ["f", "background", "*", "x", 0.123456789012, "assumed", False]],
        _notes=[["anything"]],
    )  # fmt: skip
    case = read_workbook(path)
    assert case.table("demand").rows() == [
        ("308", "US", "2024-01", 10.0),
        ("308", "US", "2024-02", 11.0),
    ]
    assert case.table("shop_rates").row(0) == ("line", "2024-03-15", 45.5, 100.0)
    assert case.table("facts")["value"].to_list() == ["0.123456789012"]
    assert case.table("facts")["chosen"].to_list() == [False]


def test_problems_name_sheet_row_and_column(tmp_path: Path) -> None:
    """All at once, spreadsheet errors and a frame with mistakes included."""
    path = book_of(
        tmp_path / "c.xlsx",
        case=[*FRAME[:4], ["months", 0], ["colour", "red"], ["currency", "USD"]],
        demand=[["vehicle", "market", "month", "units"],
                ["v", "US", dt.date(2024, 1, 15), 1], [None, None, None, None],
                ["v", "US", "2024-02", "x"], ["v", "US", "2024-03", "=1/0"]],
        demnad=[["vehicle"]],
    )  # fmt: skip
    text = complaints(path)
    for said in (
        "sheet demand row 5, D = '#REF!': is a spreadsheet error",
        "sheet demand row 2, month = '2024-01-15': must be a month",
        "sheet demand row 4, units = 'x': must be a number",
        "sheet demnad: is not a table; start its name with _ to keep it as a note; did you mean",
        "sheet case row 5, months = '0': must be greater than or equal to 1",
        "sheet case row 6, colour: unknown key",
    ):
        assert said in text


def test_scenarios_must_have_names_that_a_file_may_have(tmp_path: Path) -> None:
    """Nothing in a workbook may write outside the folder of its case."""
    rows = [["scenario", "text"], ["../evil", "x"], [None, "lost line"], [".hidden", "x"]]
    text = complaints(book_of(tmp_path / "c.xlsx", scenarios=rows), read_workbook_scenarios)
    assert "sheet scenarios row 2, scenario = '../evil': cannot be the name of a file" in text
    assert "row 3, scenario: a value is required" in text
    assert "row 4, scenario = '.hidden'" in text


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    """Missing, a folder, text, a zip of something else, and one without the frame."""
    (tmp_path / "text.xlsx").write_text("hello")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")
    (tmp_path / "zip.xlsx").write_bytes(stream.getvalue())
    book = xlsxwriter.Workbook(str(tmp_path / "bare.xlsx"))
    book.add_worksheet("demand")
    book.close()
    assert "cannot be read: No such file" in complaints(tmp_path / "missing.xlsx")
    assert "is a folder, not a workbook" in complaints(tmp_path)
    assert "is not an Excel workbook" in complaints(tmp_path / "text.xlsx")
    assert "is not an Excel workbook" in complaints(tmp_path / "zip.xlsx")
    assert "sheet case: is missing" in complaints(tmp_path / "bare.xlsx")


def test_a_text_too_long_for_a_cell_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """XlsxWriter would leave it out."""
    case = Case.of(INFO, [Source(source_id="s", title="x" * 32_768)])
    with pytest.raises(CaseError, match=r"sources\.csv row 2, title: is longer"):
        write_workbook(case, tmp_path / "c.xlsx")
    with pytest.raises(CaseError, match=r"scenarios/s\.toml: has a line longer"):
        write_workbook(Case(INFO), tmp_path / "c.xlsx", {"s": "x" * 32_768})
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder that is not there."""
    with pytest.raises(CaseError, match="cannot be written: No such file"):
        write_workbook(Case(INFO), tmp_path / "nowhere" / "c.xlsx")


def test_a_file_may_have_a_name_as_long_as_the_system_allows(tmp_path: Path) -> None:
    """The temporary name that it is written to first has room as well."""
    path = tmp_path / ("é" * 125 + ".csv")
    save(path, b"a")
    assert path.read_bytes() == b"a"
    assert list(tmp_path.iterdir()) == [path]
