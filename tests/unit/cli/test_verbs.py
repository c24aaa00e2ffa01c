"""The verbs of the command line: what they print, where, and with which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from motorworks import __version__
from motorworks.case.column import columns_of
from motorworks.case.tables import TABLES
from motorworks.cli import case_check
from motorworks.cli.main import app
from motorworks.cli.tell import tell_problems
from motorworks.errors import EngineError, InfeasibleError, Problem
from motorworks.io.case_folder import find_case, read_case, shipped_cases


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test works in a folder of its own, in front of no terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")


def run(*words: str) -> Result:
    """What a command line gives."""
    return CliRunner().invoke(app, list(words), prog_name="motorworks")


def test_help_names_every_verb_and_shows_examples() -> None:
    """On stdout, with exit code 0."""
    result = run("--help")
    assert result.exit_code == 0
    for verb in ("new", "check", "describe", "excel", "schema", "motorworks new mine --from busan"):
        assert verb in result.stdout


def test_help_loads_no_heavy_library() -> None:
    """Tables, solver, records and charts are loaded by the verb that needs them."""
    code = (
        "import sys\nfrom motorworks.cli.main import app\n"
        "app(['--help'], prog_name='motorworks', standalone_mode=False)\n"
        "heavy = {'polars', 'numpy', 'pydantic', 'highspy', 'scipy', 'plotly', 'jinja2'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.strip() == ""


def test_the_version_is_printed() -> None:
    """As the package has it."""
    assert run("--version").stdout == f"motorworks {__version__}\n"


@pytest.mark.parametrize("words", [["frob"], ["check"], ["check", "tiny", "--frob"], ["new"]])
def test_a_wrong_command_line_is_refused_with_code_2(words: list[str]) -> None:
    """In the words of the command line parser."""
    result = run(*words)
    assert result.exit_code == 2
    assert "Usage: motorworks" in result.stderr


@pytest.mark.parametrize("name", sorted(shipped_cases()))
def test_every_shipped_case_is_well(name: str) -> None:
    """And check says what it has looked at."""
    result = run("check", name)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(f"{name} is well: ")


def test_check_lists_all_problems_on_stderr_with_code_2() -> None:
    """Cells, rules between tables, settings and scenarios; one a line, where no one watches."""
    run("new", "mine")
    mine = Path("mine")
    (mine / "scenarios" / "wild.toml").write_text(
        'title = "Wild"\n[plan]\nlate_months = -1\n[[change]]\naction = "drop"\ntable = "demand"\n'
    )
    (mine / "scenarios" / "lost.toml").write_text(
        'title = "Lost"\n[[change]]\naction = "drop"\ntable = "pins"\n'
    )
    toml = (mine / "case.toml").read_text()
    (mine / "case.toml").write_text(toml.replace("lost_penalty", "lost_penality"))
    lanes = (mine / "lanes.csv").read_text()
    (mine / "lanes.csv").write_text(lanes.replace(",home,", ",hoome,"))
    result = run("check", "mine")
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert any(line.startswith("case.toml, plan.lost_penality: unknown key") for line in lines)
    assert any(line.startswith("lanes.csv row") and "'hoome'" in line for line in lines)
    assert any(line.startswith("scenarios/lost.toml: change 1 (drop pins)") for line in lines)
    assert any(line.startswith("scenarios/wild.toml, plan.late_months = '-1'") for line in lines)
    assert lines[-1].split()[1:2] == ["problems"]


def test_a_single_doubt_is_told_from_problems(capsys: pytest.CaptureFixture[str]) -> None:
    """Both are listed below each other; one problem alone needs no sum."""
    tell_problems([Problem("a.csv", "looks odd")], "doubt", "yellow")
    tell_problems([Problem("b.csv", "is wrong")])
    assert capsys.readouterr().err.splitlines() == [
        "a.csv: looks odd",
        "1 doubt",
        "b.csv: is wrong",
    ]


def test_check_takes_scenarios_in_order() -> None:
    """Facts of the case are scenarios, too; facts are not held against what scenarios change."""
    result = run("check", "tiny", "-s", "fact:gamma-price:low", "--scenario", "gamma-late")
    assert result.exit_code == 0, result.stderr
    assert "tiny as changed by fact:gamma-price:low, then gamma-late is well" in result.stdout
    result = run("check", "tiny", "-s", "gamma-lat")
    assert result.exit_code == 2
    assert "did you mean 'gamma-late'?" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "nowhere"], "no such folder, nor a shipped case; shipped are"),
        (["check", ""], "no such folder"),
        (["check", "file"], "file: is a file; a case is a folder"),
        (["describe", "empty"], "empty: is not a case: it has no case.toml"),
        (["new", "Café"], "'cafe' would do"),
        (["new", "full"], "full: exists already"),
        (["new", "mine", "--from", "nowhere"], "no such folder"),
        (["new", "mine", "--from", "empty"], "is not a case"),
        (["excel", "tiny", "out.csv"], "out.csv: should end in .xlsx"),
        (["excel", "tiny", "full.xlsx"], "full.xlsx: exists already; --force replaces it"),
        (["excel", "none.xlsx", "back"], "none.xlsx: cannot be read"),
        (["excel", "file.xlsx", "back"], "file.xlsx: is not an Excel workbook"),
        (["excel", "file.xlsx", "back.xlsx"], "should be a folder"),
        (["schema", "plant"], "did you mean 'plants'?"),
    ],
)
def test_bad_input_is_told_in_a_line_with_code_2(words: list[str], said: str) -> None:
    """Never with a traceback, and nothing is left behind."""
    Path("file").write_text("x")
    Path("file.xlsx").write_text("x")
    Path("full.xlsx").write_text("x")
    Path("empty").mkdir()
    Path("full").mkdir()
    Path("full", "thesis.txt").write_text("x")
    before = sorted(Path().rglob("*"))
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert sorted(Path().rglob("*")) == before


def test_new_copies_a_case_under_its_new_name() -> None:
    """With all its files; comments of case.toml stay."""
    result = run("new", "mine", "--from", "tiny")
    assert result.exit_code == 0
    assert "motorworks check mine" in result.stdout
    assert read_case("mine").info.name == "mine"
    there = {path.name for path in find_case("tiny").rglob("*") if path.suffix != ".py"}
    assert there - {"__pycache__"} <= {path.name for path in Path("mine").rglob("*")}


def test_describe_shows_frame_tables_facts_scenarios_and_sources() -> None:
    """On a page."""
    result = run("describe", "tiny")
    assert result.exit_code == 0
    for said in ("horizon", "gamma at south", "demand 23", "facts  8", "gamma-late", "made-up"):
        assert said in result.stdout


def test_a_case_goes_to_excel_and_back_without_loss() -> None:
    """Scenarios included; a second time only with --force."""
    assert run("excel", "tiny", "tiny.xlsx").exit_code == 0
    assert run("excel", "tiny", "tiny.xlsx").exit_code == 2
    assert run("excel", "tiny", "tiny.xlsx", "--force").exit_code == 0
    assert run("excel", "tiny.xlsx", "back").exit_code == 0
    given, back = read_case(find_case("tiny")), read_case("back")
    assert all(back.table(name).equals(given.table(name)) for name in TABLES)
    for path in (find_case("tiny") / "scenarios").glob("*.toml"):
        assert Path("back", "scenarios", path.name).read_text() == path.read_text()


def test_schema_lists_tables_and_columns() -> None:
    """In the terminal, as JSON and as Markdown."""
    assert all(name in run("schema").stdout for name in TABLES)
    assert "vehicles/h" in run("schema", "shop_rates").stdout
    content = json.loads(run("schema", "--json").stdout)
    assert {name: len(table["columns"]) for name, table in content.items()} == {
        name: len(columns_of(record)) for name, record in TABLES.items()
    }
    page = run("schema", "pins", "--markdown").stdout
    assert page.startswith("## pins\n")
    assert "| **month** | Month |  | a month as 2025-07 | required |" in page


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InfeasibleError("the pins conflict"), 1, "the pins conflict"),
        (EngineError("out of memory"), 1, "out of memory"),
        (KeyboardInterrupt(), 130, "stopped"),
        (OSError(28, "No space left on device", "big.csv"), 1, "big.csv: No space left on device"),
        (ZeroDivisionError("division by zero"), 1, "ZeroDivisionError: division by zero"),
    ],
)
def test_what_goes_wrong_gives_a_line_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    """No traceback unless asked for."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(case_check, "check_folder", fail)
    result = run("check", "tiny")
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    if isinstance(error, Exception):
        assert run("--debug", "check", "tiny").exception is error


def test_square_brackets_in_names_are_shown_as_they_are(tmp_path: Path) -> None:
    """In titles, names and folders; none of it is markup of the terminal."""
    home = tmp_path / "odd"
    assert run("new", str(home)).exit_code == 0
    info, plants = home / "case.toml", home / "plants.csv"
    title = 'title = "[/red] and [bold] '
    info.write_text(info.read_text().replace('title = "', title))
    plants.write_text(plants.read_text().replace("South plant", "South [/i] plant"))
    done = run("run", str(home), "--no-ranges", "--out", "[b]run")
    assert done.exit_code == 0
    for said in ("[/red] and [bold]", "South [/i] plant", "[b]run/report.html"):
        assert said in done.stdout
    late = run("run", str(home), "-s", "gamma-late", "--no-ranges", "--out", "[i]late")
    assert late.exit_code == 0
    compared = run("compare", "[b]run", "[i]late", "--out", "[b].html")
    assert compared.exit_code == 0
    assert "South [/i] plant" in compared.stdout
    assert "[b].html" in compared.stdout


def test_ctrl_c_before_the_first_range_keeps_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan is there by then: it is checked and reported, and the missing ranges are told."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("motorworks.pipeline.stages.solve_ranges", stop)
    done = run("run", "tiny", "--out", "kept")
    assert done.exit_code == 0
    assert "ranges: not worked out" in done.stdout
    assert run("verify", "kept").exit_code == 0


def test_publish_gives_a_plan_out_to_a_case() -> None:
    """The file in the case's folder is named, with what stands in it; a wrong folder is told."""
    assert run("new", "mine").exit_code == 0
    assert run("run", "mine", "--no-ranges", "--out", "first").exit_code == 0
    for words in (("nowhere", "mine"), ("mine", "mine"), ("first", "nowhere")):
        assert run("publish", *words).exit_code == 2
    assert not Path("mine", "published_plan.csv").exists()
    done = run("publish", "first", "mine", "--whole")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{Path('mine', 'published_plan.csv')}: ")
    assert "cars from 2025-01 to 2025-06" in done.stdout
    assert run("check", "mine").exit_code == 0
