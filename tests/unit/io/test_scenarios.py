"""Scenarios by name: files of the case, files elsewhere and facts; and how TOML is written."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from motorworks.case.case import Case
from motorworks.errors import CaseError
from motorworks.io.case_folder import copy_case, find_case, read_case
from motorworks.io.scenarios import list_scenarios, load_scenario, resolve, scenario_of
from motorworks.io.toml import toml_text

HALF = """title = "Half"
[[change]]
action = "scale"
table = "demand"
field = "units"
factor = 0.5
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the case tiny with one more scenario."""
    copy_case(find_case("tiny"), tmp_path / "mine")
    (tmp_path / "mine" / "scenarios" / "half.toml").write_text(HALF)
    return tmp_path / "mine"


def total(case: Case) -> float:
    """All demand of a case."""
    return float(case.table("demand")["units"].sum())


def complaints(text: str) -> str:
    """What is said about the text of a scenario."""
    with pytest.raises(CaseError) as caught:
        scenario_of(text, "scenarios/s.toml")
    return str(caught.value)


def test_scenarios_are_found_by_name_by_path_and_by_fact(folder: Path, tmp_path: Path) -> None:
    """Applied in the order given, each with the text that travels with the result."""
    (tmp_path / "elsewhere.toml").write_text(HALF)
    case = read_case(folder)
    names = ["half", str(tmp_path / "elsewhere.toml"), "fact:demand-alpha:low"]
    resolved, applied = resolve(case, folder, names)
    assert [name for name, _ in applied] == ["half", "elsewhere", "fact:demand-alpha:low"]
    assert applied[0][1] == HALF
    assert total(resolved) < total(case) / 4
    assert "half" in list_scenarios(folder)


def test_the_text_of_a_fact_is_the_scenario_that_was_applied(folder: Path) -> None:
    """Read again, it changes the case in the same way."""
    case = read_case(folder)
    _, text, scenario = load_scenario(case, folder, "fact:gamma-material:high")
    assert scenario_of(text, "x.toml") == scenario


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hlaf", "did you mean 'half'?"),
        ("nowhere.toml", "there is no such scenario; the case has"),
        ("fact:nothing", "there is no such fact"),
        ("fact:gamma-start:low", "the fact has no low"),
    ],
)
def test_an_unknown_scenario_is_told_with_those_there_are(
    folder: Path, name: str, said: str
) -> None:
    """Files and facts alike."""
    with pytest.raises(CaseError) as caught:
        resolve(read_case(folder), folder, [name])
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "s.toml: is not valid TOML"),
        ("", "s.toml, title: required key is missing"),
        ('title = "x"\ncolour = 1', "s.toml, colour: unknown key"),
        ('title = "x"\ndates = "soon"', "must be 'early', 'mid' or 'late'"),
        (
            'title = "x"\n[[change]]\naction = "halve"\ntable = "demand"',
            "change.0.action = 'halve'",
        ),
        ('title = "x"\n[[change]]\naction = "set"\ntable = "d"', "'set' needs field and value"),
        ('title = "x"\n[[change]]\naction = "drop"\ntable = "d"\nfield = "a"', "takes no field"),
        ('title = "x"\n[[change]]\naction = "drop"\ntabel = "d"', "change.0.tabel: unknown key"),
        (HALF.replace("0.5", "inf"), "change.0.factor"),
    ],
)
def test_a_bad_scenario_file_is_told_by_key(text: str, said: str) -> None:
    """Each with what is allowed."""
    assert said in complaints(text)


@pytest.mark.parametrize(
    "content",
    [
        {"a": 1, "b": 0.1, "c": True, "d": "x\n\"y\"\\\x7f é"},
        {"list": [1, 2.5, "x"], "empty": [], "nested": {"deep": {"odd key": 1}}},
        {"rows": [{"a": 1, "b": {"from": "2025-01"}}, {"a": 2}], "late": 1e300},
        {"s": {}, "t": {"u": {}}},
    ],
)  # fmt: skip
def test_toml_is_written_so_that_it_reads_back_the_same(content: dict[str, Any]) -> None:
    """Plain values, lists, sections and lists of rows."""
    assert tomllib.loads(toml_text(content)) == content
