"""Case folders: read with all problems at once, written in one canonical form."""

from pathlib import Path

import pytest

from motorworks.case.case import Case
from motorworks.case.info import CaseInfo, Focus
from motorworks.case.records.evidence import Source
from motorworks.case.records.markets import Demand
from motorworks.case.records.sites import Country, Plant
from motorworks.errors import CaseError
from motorworks.io.case_folder import copy_case, find_case, read_case, shipped_cases, write_case

TOML = 'name = "demo"\ntitle = "Demo"\nstart = "2024-01"\nmonths = 2\ncurrency = "USD"\n'
INFO = CaseInfo(name="demo", title="Demo", start="2024-01", months=2, currency="USD")


def folder_with(home: Path, **files: str | bytes) -> Path:
    """A case folder with these tables; case.toml is good unless given as ``case``."""
    home.mkdir(exist_ok=True)
    (home / "case.toml").write_text(TOML)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (home / ("case.toml" if name == "case" else f"{name}.csv")).write_bytes(data)
    return home


def complaints(folder: Path) -> str:
    """What is said about a folder that cannot be read."""
    with pytest.raises(CaseError) as caught:
        read_case(folder)
    return "\n".join(map(str, caught.value.problems))


def test_a_case_is_read_from_its_files(tmp_path: Path) -> None:
    """With a byte order mark, Windows line ends and quoted cells."""
    text = '\ufeffcountry,name,customs_area\r\nKR,"Korea, Republic of",KR\r\n'
    case = read_case(folder_with(tmp_path / "c", countries=text))
    assert case.info == INFO
    assert case.rows(Country) == [
        Country(country="KR", name="Korea, Republic of", customs_area="KR")
    ]
    assert case.table("demand").height == 0


def test_a_case_is_written_in_one_canonical_form(tmp_path: Path) -> None:
    """Columns as declared, blank columns left out, numbers short, tables without rows not there."""
    plant = Plant(plant="p", name="P", organisation="o", country="KR", nameplate=300000, lat=0.1)
    case = Case.of(INFO.model_copy(update={"plan": {"late_months": 3}}), [plant])
    write_case(case, tmp_path / "c", {"half": 'title = "Half"\n'})
    assert (tmp_path / "c" / "plants.csv").read_text() == (
        "plant,name,organisation,country,lat,nameplate,yard_cost\np,P,o,KR,0.1,300000,0\n"
    )
    assert (tmp_path / "c" / "case.toml").read_text() == f"{TOML}\n[plan]\nlate_months = 3\n"
    assert (tmp_path / "c" / "scenarios" / "half.toml").read_text() == 'title = "Half"\n'
    assert not (tmp_path / "c" / "demand.csv").exists()


def test_the_frame_reads_back_with_focus_and_settings(tmp_path: Path) -> None:
    """Text that TOML must escape included."""
    info = CaseInfo(
        name="demo", title='A "line"\\ and\nmore \x7f é', start="2024-01", months=2, currency="USD",
        dates="late", focus=Focus(vehicle="v", plant="p"),
        plan={"a": 0.1, "b": True, "odd key": "x", "deep": {"c": [1, 2]}},
    )  # fmt: skip
    write_case(Case(info), tmp_path / "c")
    assert read_case(tmp_path / "c").info == info


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """The frame, unknown tables, bad cells, and files that are not text."""
    home = folder_with(
        tmp_path / "c",
        case=TOML.replace("months = 2", "months = 0\ncolour = 1"),
        demand="vehicle,market,month,units\nsuv,US,2024-01,-1\n",
        demnad="vehicle\n",
        plants=b"plant,name\nb\xfcsan,x\n",
        lanes="",
        shops=b"shop\n\0\n",
        prices="vehicle;market;start\n",
        brands='brand,name,organisation\n"b,x,y\n',
        vehicles="vehicle,name".encode("utf-16"),
        options='option,name\n"a"b,c\n',
        colours="colour\tname\n",
    )
    text = complaints(home)
    for said in (
        "case.toml, months = '0': must be greater than or equal to 1",
        "case.toml, colour: unknown key; allowed are name, title",
        "demand.csv row 2, units = '-1'",
        "demnad.csv: is not a table; `motorworks schema` lists them; did you mean 'demand'?",
        "plants.csv: is not UTF-8 (line 2, byte 0xfc)",
        "lanes.csv: is empty",
        "shops.csv: holds a NUL byte in line 2",
        "prices.csv row 1: cells are separated by semicolons",
        "brands.csv: is not valid CSV: a quotation mark is opened and never closed",
        "vehicles.csv: is UTF-16 text",
        "options.csv: is not valid CSV: a quoted cell goes on",
        "colours.csv row 1: cells are separated by tabs",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("months = ", "is not valid TOML"),
        (TOML.replace("name =", "nam ="), "did you mean 'name'?"),
        (TOML.replace("name =", "nam ="), "case.toml, name: required key is missing"),
        (TOML.replace('"demo"', '"Démo"'), "must match the pattern"),
        (TOML.replace("2024-01", "2024"), "'2024' is not a month"),
        (TOML + '[focus]\nvehicle = "v"\n', "focus.plant: required key is missing"),
        (TOML.replace("2024-01", "9999-12"), "the horizon from 9999-12 ends after the year 9999"),
        (TOML.replace("months = 2", 'months = "2"'), "months = '2': must be a number"),
        (TOML.replace("months = 2", "months = true"), "months = 'True': must be a number"),
        (TOML + 'dates = "soon"\n', "must be 'early', 'mid' or 'late'"),
        (b"name = '\xff'", "is not UTF-8"),
    ],
)
def test_a_bad_frame_is_told_by_key(tmp_path: Path, toml: str | bytes, said: str) -> None:
    """Each key with what is allowed."""
    assert said in complaints(folder_with(tmp_path / "c", case=toml))


def test_other_files_in_the_folder_are_nobodys_business(tmp_path: Path) -> None:
    """Notes, hidden copies that macOS leaves, and folders."""
    home = folder_with(tmp_path / "c")
    (home / "README.md").write_text("x")
    (home / "._demand.csv").write_bytes(b"\0\xff")
    (home / "scenarios").mkdir()
    assert read_case(home).info == INFO


def test_what_is_not_a_case_is_told(tmp_path: Path) -> None:
    """No folder, a file, an empty folder, a run, a table that is a folder."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "run.json").write_text("{}")
    assert "there is no such folder" in complaints(tmp_path / "nowhere")
    assert "is a file; a case is a folder" in complaints(tmp_path / "file")
    (tmp_path / "book.xlsx").write_text("x")
    assert "book makes one of it" in complaints(tmp_path / "book.xlsx")
    assert "it has no case.toml" in complaints(tmp_path)
    assert "is the folder of a run" in complaints(tmp_path / "run")
    home = folder_with(tmp_path / "c")
    (home / "demand.csv").mkdir()
    assert "demand.csv: is a folder, not a file" in complaints(home)


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if permissions were missing, which a test as root cannot take away."""

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    home = folder_with(tmp_path / "c")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert complaints(home) == "case.toml: may not be read: permission denied"


def test_a_case_is_never_written_over_something(tmp_path: Path) -> None:
    """Stale tables of another case would become part of it."""
    write_case(Case(INFO), tmp_path / "c")
    with pytest.raises(CaseError, match="exists already"):
        write_case(Case(INFO), tmp_path / "c")


def test_a_case_is_found_by_path_or_by_the_name_of_a_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of that name goes first."""
    monkeypatch.chdir(tmp_path)
    shipped = find_case("tiny")
    assert shipped == shipped_cases()["tiny"]
    (tmp_path / "tiny").mkdir()
    assert find_case("tiny") == Path("tiny")


@pytest.mark.parametrize("name", ["tinny", "", "a" * 300, "nul\0", "café"])
def test_an_unknown_case_is_told_with_the_shipped_ones(name: str) -> None:
    """Names that no file can have included."""
    with pytest.raises(CaseError, match=r"shipped are .*tiny"):
        find_case(name)


@pytest.mark.parametrize("name", sorted(shipped_cases()))
def test_every_shipped_case_reads_back_from_a_copy_and_from_what_is_written(
    tmp_path: Path, name: str
) -> None:
    """Copying keeps every file and changes the name; writing keeps every figure."""
    source = find_case(name)
    case = read_case(source)
    copy_case(source, tmp_path / "copy")
    write_case(case, tmp_path / "written")
    copied, written = read_case(tmp_path / "copy"), read_case(tmp_path / "written")
    assert copied.info == case.info.model_copy(update={"name": "copy"})
    assert written.info == case.info
    for table in case.tables:
        assert copied.table(table).equals(case.table(table)), table
        assert written.table(table).equals(case.table(table)), table


@pytest.mark.parametrize(
    ("name", "said"),
    [("Café au lait", "'cafe-au-lait' would do"), ("釜山", "has a-z"), ("my_case", "'my-case'")],
)
def test_a_copy_needs_a_name_that_a_case_may_have(tmp_path: Path, name: str, said: str) -> None:
    """With a suggestion where one can be made."""
    with pytest.raises(CaseError, match=said):
        copy_case(find_case("tiny"), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_texts_with_separators_quotes_and_line_ends_survive(tmp_path: Path) -> None:
    """As a title with all of them at once."""
    title = 'One, "two"; three\nfour\ttabbed'
    case = Case.of(INFO, [Source(source_id="s", title=title)])
    write_case(case, tmp_path / "c")
    assert read_case(tmp_path / "c").rows(Source)[0].title == title


def test_numbers_are_written_so_that_they_read_back_the_same(tmp_path: Path) -> None:
    """The shortest text that gives the very same number."""
    numbers = [0.1 + 0.2, 1 / 3, 1e15, 5e-324, 80.0]
    rows = [
        Demand(vehicle="v", market="m", month=f"2024-0{place}", units=number)
        for place, number in enumerate(numbers, 1)
    ]
    write_case(Case.of(INFO, rows), tmp_path / "c")
    assert read_case(tmp_path / "c").table("demand")["units"].to_list() == numbers
    assert (tmp_path / "c" / "demand.csv").read_text().endswith("v,m,2024-05,80\n")
