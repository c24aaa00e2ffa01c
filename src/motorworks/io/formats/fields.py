"""Sheets whose cells are parted by semicolons, one line a row, below a header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from motorworks.errors import Problem
from motorworks.io.text import lines_of, read_text

_WHOLE = re.compile("[0-9]{1,9}")


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read.

    ``rows`` holds the number of each row, the header's being 1, and its cells, as many as the
    header has; ``problems`` what stood in the way.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]


def read_sheet(folder: Path, file: str, columns: Sequence[str]) -> Sheet:
    """Read a sheet that begins with the columns named; lower and upper case are the same.

    A semicolon at the end of a row and lines without anything mean nothing.
    """
    text, problems = read_text(folder / file, file)
    lines = [(row, _cells(line)) for row, line in lines_of(text) if line.strip(" ;\t")]
    if problems or not lines:
        problems = problems or [Problem(file, f"is empty; it begins with {';'.join(columns)}")]
        return Sheet(file, (), (), tuple(problems))
    (top, header), *body = lines
    for place, column in enumerate(columns):
        found = header[place] if place < len(header) else None
        if found is None or found.lower() != column.lower():
            message = f"column {place + 1} must be {column!r}"
            problems.append(Problem(file, message, top, value=found or ""))
    rows = []
    for row, cells in body:
        if len(cells) == len(header):
            rows.append((row, cells))
        else:
            message = f"has {len(cells)} cells, but the header has {len(header)}"
            problems.append(Problem(file, message, row))
    return Sheet(file, header, tuple(rows), tuple(problems))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removesuffix(";").split(";"))


def whole(text: str) -> int | None:
    """A whole number from 0 of at most nine digits; ``None`` for anything else.

    Examples
    --------
    >>> whole("12"), whole("-1"), whole("1.0")
    (12, None, None)
    """
    return int(text) if _WHOLE.fullmatch(text) else None
