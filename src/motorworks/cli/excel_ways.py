"""From a case to a workbook and back, whichever the first name asks for."""

from pathlib import Path

from motorworks.errors import CaseError, Problem
from motorworks.io.case_folder import find_case, read_case, write_case
from motorworks.io.scenarios import scenario_texts
from motorworks.io.workbook import read_workbook, read_workbook_scenarios, write_workbook

_SUFFIX = ".xlsx"


def convert(source: str, target: str, *, force: bool = False) -> str:
    """Write the workbook of a case, or the case of a workbook; returns a line that says so."""
    if source.lower().endswith(_SUFFIX):
        return _to_folder(Path(source), Path(target))
    return _to_workbook(source, Path(target), force=force)


def _to_folder(book: Path, folder: Path) -> str:
    if folder.name.lower().endswith(_SUFFIX):
        message = "should be a folder: the first name is a workbook already"
        raise CaseError([Problem(str(folder), message)])
    case = read_workbook(book)
    write_case(case, folder, read_workbook_scenarios(book))
    return f"{folder} holds the case {case.info.name}; next: motorworks check {folder}"


def _to_workbook(source: str, book: Path, *, force: bool) -> str:
    if not book.name.lower().endswith(_SUFFIX):
        raise CaseError([Problem(str(book), f"should end in {_SUFFIX}")])
    if book.exists() and not force:
        message = "exists already; --force replaces it, or choose another name"
        raise CaseError([Problem(str(book), message)])
    folder = find_case(source)
    case = read_case(folder)
    write_workbook(case, book, scenario_texts(folder))
    return f"{book} holds the case {case.info.name}"
