"""Text files as people save them: with a byte order mark, in the wrong encoding, or broken."""

import csv
import io
import re
from pathlib import Path

from motorworks.errors import Problem

_TOO_LONG = 10_000_000
_LINE_END = re.compile("\r\n|\r|\n")


def read_text(path: Path, file: str) -> tuple[str, list[Problem]]:
    """Read a UTF-8 file; what stands in the way becomes a problem named after ``file``."""
    try:
        data = path.read_bytes()
    except PermissionError:
        return "", [Problem(file, "may not be read: permission denied")]
    except IsADirectoryError:
        return "", [Problem(file, "is a folder, not a file")]
    except OSError as error:
        return "", [Problem(file, f"cannot be read: {error.strerror}")]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", [Problem(file, "is UTF-16 text; save it as 'CSV UTF-8'")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"0x{data[error.start]:02x}"
        message = f"is not UTF-8 (line {line}, byte {found}); save it as 'CSV UTF-8'"
        return "", [Problem(file, message)]
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return "", [Problem(file, f"holds a NUL byte in line {line}: it is damaged or not text")]
    return text, []


def lines_of(text: str) -> list[tuple[int, str]]:
    r"""Lines of a text with their numbers, as an editor counts them.

    Examples
    --------
    >>> lines_of("a\r\nb\rc\u2028d\n")
    [(1, 'a'), (2, 'b'), (3, 'c\u2028d'), (4, '')]
    """
    return list(enumerate(_LINE_END.split(text), 1))


def read_csv(path: Path, file: str) -> tuple[list[str], list[list[str]], list[Problem]]:
    """Header, rows and problems of a CSV file; rows may still be ragged."""
    text, problems = read_text(path, file)
    if problems:
        return [], [], problems
    if not text.strip():
        message = "is empty; write the header at least, or leave the file out"
        return [], [], [Problem(file, message)]
    csv.field_size_limit(_TOO_LONG)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return [], [], [Problem(file, f"is not valid CSV: {_said(error)}")]
    header = rows[0] if rows else []
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            message = f"cells are separated by {name}; save it as CSV with commas"
            return [], [], [Problem(file, message, row=1)]
    return header, rows[1:], []


def _said(error: csv.Error) -> str:
    text = str(error)
    if "unexpected end of data" in text:
        return "a quotation mark is opened and never closed"
    if "expected after" in text:
        return 'a quoted cell goes on after its closing quotation mark; write "" for one inside'
    return text
