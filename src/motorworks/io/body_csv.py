"""Bodies that come to a store, as a sheet."""

from dataclasses import dataclass
from pathlib import Path

from motorworks.errors import CaseError, Problem
from motorworks.io.text import read_csv


@dataclass(frozen=True)
class BodyList:
    """Bodies in the order in which they come; wanted positions count from 0.

    ``wanted`` and ``colours`` are empty where the sheet does not have the column.
    """

    bodies: tuple[str, ...]
    wanted: tuple[int, ...] = ()
    colours: tuple[str, ...] = ()


def read_bodies(path: Path, needs: str) -> BodyList:
    """Read bodies from a CSV file with the columns body, and wanted (from 1) or colour.

    Parameters
    ----------
    path
        The file. Other columns mean nothing here.
    needs
        Column that must be there beside ``body``.

    Raises
    ------
    CaseError
        With every row that is wrong.
    """
    header, rows, problems = read_csv(path, path.name)
    names = [cell.strip().lower() for cell in header]
    if not problems:
        problems = [
            Problem(path.name, "required column is missing", 1, name)
            for name in ("body", needs)
            if name not in names
        ]
    if problems:
        raise CaseError(problems)
    cells = [
        (number, [*(cell.strip() for cell in row), *[""] * len(names)])
        for number, row in enumerate(rows, 2)
        if any(cell.strip() for cell in row)
    ]
    if not cells:
        raise CaseError([Problem(path.name, "has no bodies")])

    def column(name: str) -> list[tuple[int, str]]:
        place = names.index(name)
        return [(number, row[place]) for number, row in cells]

    problems += _doubled(path.name, "body", column("body"))
    wanted: tuple[int, ...] = ()
    if "wanted" in names:
        wanted, wrong = _positions(path.name, column("wanted"))
        problems += wrong
    colours = tuple(text for _, text in column("colour")) if "colour" in names else ()
    if needs == "colour":
        problems += [
            Problem(path.name, "is missing", number, "colour")
            for number, text in column("colour")
            if not text
        ]
    if problems:
        raise CaseError(problems)
    return BodyList(tuple(text for _, text in column("body")), wanted, colours)


def _doubled(file: str, name: str, column: list[tuple[int, str]]) -> list[Problem]:
    """Cells that are empty or stand there before."""
    rows: dict[str, int] = {}
    found = []
    for number, text in column:
        if not text:
            found.append(Problem(file, "is missing", number, name))
        elif text in rows:
            found.append(Problem(file, f"stands in row {rows[text]} too", number, name, text))
        rows.setdefault(text, number)
    return found


def _positions(file: str, column: list[tuple[int, str]]) -> tuple[tuple[int, ...], list[Problem]]:
    """Wanted positions from 0; each from 1 to the number of bodies, once."""
    last = len(column)
    problems = [
        Problem(file, f"must be a whole number from 1 to {last}", number, "wanted", text)
        for number, text in column
        if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= last)
    ]
    if not problems:
        problems = _doubled(file, "wanted", [(n, str(int(text))) for n, text in column])
    if problems:
        return (), problems
    return tuple(int(text) - 1 for _, text in column), []
