"""Reading sheets as text cells without losing a digit, and finding spreadsheet errors."""

import io
import re
import zipfile
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import fastexcel
import polars as pl

from motorworks.errors import CaseError, Problem

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ERROR_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*t="e"[^>]*>(?:<f.*?</f>|<f/>)?<v>([^<]*)')


class Book:
    """A workbook opened for reading.

    Parameters
    ----------
    path
        An ``.xlsx`` file.

    Raises
    ------
    CaseError
        If it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._data = path.read_bytes()
        except IsADirectoryError:
            raise CaseError([Problem(str(path), "is a folder, not a workbook")]) from None
        except OSError as error:
            raise CaseError([Problem(str(path), f"cannot be read: {error.strerror}")]) from None
        try:
            self._reader = fastexcel.read_excel(self._data)
            self.names: list[str] = self._reader.sheet_names
            self.problems = _spreadsheet_errors(self._data)
        except (fastexcel.FastExcelError, zipfile.BadZipFile, KeyError, ElementTree.ParseError):
            message = "is not an Excel workbook (.xlsx), or is damaged or locked by a password"
            raise CaseError([Problem(str(path), message)]) from None

    def cells(self, name: str) -> list[list[str | None]]:
        """Rows of a sheet as text; numbers with all digits, blank cells ``None``."""
        said = self._load(name, "string")
        if said.width == 0:
            return []
        meant = self._load(name, "float")
        columns = [
            _exact(said.get_column(title), meant.get_column(title)).to_list()
            for title in said.columns
        ]
        return [list(row) for row in zip(*columns, strict=True)]

    def _load(self, name: str, kind: Literal["string", "float"]) -> pl.DataFrame:
        sheet = self._reader.load_sheet(
            name, header_row=None, skip_rows=0, dtypes=kind, skip_whitespace_tail_rows=True
        )
        frame: pl.DataFrame = sheet.to_polars()
        return frame


def _exact(said: pl.Series, meant: pl.Series) -> pl.Series:
    """Text of the cells; where a number was rounded to be said, all its digits."""
    rounded = (said.cast(pl.Float64, strict=False) != meant).fill_null(value=False)
    return meant.cast(pl.String).zip_with(rounded, said)


def _spreadsheet_errors(data: bytes) -> list[Problem]:
    """Cells that show ``#REF!`` and the like; a reader would take them for blank."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name, part in _sheet_parts(archive).items():
            for column, row, value in _ERROR_CELL.findall(archive.read(part)):
                message = "is a spreadsheet error; mend the formula behind it"
                found.append(
                    Problem(
                        f"sheet {name}", message, int(row), column.decode(), value.decode("utf-8")
                    )
                )
    return found


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """File inside the workbook of each sheet."""
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    parts = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(f"{_LINKS}id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in archive.namelist() and "worksheets/" in part:
            parts[sheet.get("name", "")] = part
    return parts
