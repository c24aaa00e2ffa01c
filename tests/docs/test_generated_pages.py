"""The reference pages that are written from declarations hold all of them."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest
from typer.main import get_command

from motorworks.case.column import columns_of
from motorworks.case.tables import RECORDS
from motorworks.cli.main import app
from motorworks.plan.params import PlanParams
from motorworks.result.ranges import RANGE_RECORDS
from motorworks.result.records import RESULT_RECORDS

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    """The page writer, which stands beside the documents."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "docs")
        return importlib.import_module("_pages")


@pytest.fixture(scope="module")
def folder(pages: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all pages written."""
    folder = tmp_path_factory.mktemp("generated")
    pages.write_pages(folder)
    return folder


def test_every_input_column_stands_on_a_page(folder: Path) -> None:
    """Each table has its section and each column its meaning."""
    text = "".join(path.read_text("utf-8") for path in folder.glob("input-*.md"))
    for record in RECORDS:
        assert f"(input-{record.TABLE})=" in text
        for column in columns_of(record):
            assert column.meaning.replace("|", "\\|").replace("*", "\\*") in text


def test_every_result_table_stands_on_a_page(folder: Path) -> None:
    """Result tables and tables of ranges are all listed."""
    text = (folder / "results.md").read_text("utf-8")
    for record in (*RESULT_RECORDS, *RANGE_RECORDS):
        assert f"## {record.TABLE}\n" in text


def test_every_setting_stands_on_a_page_with_its_default(folder: Path) -> None:
    """The settings page repeats the defaults of the code."""
    text = (folder / "settings.md").read_text("utf-8")
    for name, info in PlanParams.model_fields.items():
        if info.default is not None:
            assert f"| {name} | {info.description} | {info.default} |" in text


def test_pages_that_nothing_writes_any_more_are_removed(pages: ModuleType, tmp_path: Path) -> None:
    """A page of a group that is gone does not linger."""
    (tmp_path / "input-gone.md").write_text("# gone\n", "utf-8")
    pages.write_pages(tmp_path)
    assert not (tmp_path / "input-gone.md").exists()


def test_the_api_pages_name_every_module(pages: ModuleType) -> None:
    """A module that defines something is documented; the command line is not an API."""
    modules = set(pages.public_modules())
    assert {"motorworks.errors", "motorworks.case.case", "motorworks.result.plan"} <= modules
    assert not [name for name in modules if name.startswith("motorworks.cli")]


def test_every_verb_stands_on_the_page_of_commands(folder: Path) -> None:
    """Each command has its section, and each option its meaning."""
    text = (folder / "commands.md").read_text("utf-8")
    for name, command in getattr(get_command(app), "commands", {}).items():
        assert f"## {name}\n" in text
        helps = [parameter.help for parameter in command.params if parameter.help]
        assert all(told.replace("|", "\\|") in text for told in helps)
