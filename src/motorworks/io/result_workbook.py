"""The tables of a result as one Excel workbook."""

import io
from collections.abc import Mapping, Sequence

import polars as pl

from motorworks.case.column import Record, columns_of
from motorworks.case.info import CaseInfo
from motorworks.io.sheets import add_sheet, fill_sheet, open_workbook

CONTENTS = "contents"
#: Longer tables stay out: a sheet takes far longer to write than all other files of a table, and
#: spreadsheets slow down with it.
MOST_ROWS = 15_000


def result_workbook(
    info: CaseInfo, records: Sequence[type[Record]], tables: Mapping[str, pl.DataFrame]
) -> bytes:
    """Bytes of a workbook with a sheet per result table; the same for the same tables.

    Parameters
    ----------
    info
        The frame of the case, for title and currency.
    records
        Declared result tables, in the order of the sheets.
    tables
        Tables by name; those of ``records`` that are missing have no sheet.
    """
    stream = io.BytesIO()
    book, styles = open_workbook(stream)
    present = [record for record in records if record.TABLE in tables]
    contents = book.add_worksheet(CONTENTS)
    contents.hide_gridlines(2)
    contents.set_column(0, 0, 24)
    contents.set_column(1, 1, 10)
    contents.set_column(2, 2, 100)
    contents.write_string(0, 0, info.title, styles.title)
    contents.write_string(1, 0, f"Money in {info.currency}; the notes on the headings say units.")
    for place, title in enumerate(("sheet", "rows", "what a row is")):
        contents.write_string(3, place, title, styles.required)
    for row, record in enumerate(present, 4):
        name, table = record.TABLE, tables[record.TABLE]
        about = (record.__doc__ or "").strip().split("\n", 1)[0]
        contents.write_number(row, 1, table.height)
        if table.height > MOST_ROWS:
            contents.write_string(row, 0, name)
            about += f" Too long for a sheet: see results/{name}.csv."
        else:
            contents.write_url(row, 0, f"internal:'{name}'!A1", styles.link, name)
            columns = columns_of(record)
            sheet = add_sheet(book, name, columns, styles, asked=False)
            fill_sheet(sheet, columns, table, styles, rounded=True)
            sheet.autofilter(0, 0, max(table.height, 1), len(columns) - 1)
        contents.write_string(row, 2, about)
    book.close()
    return stream.getvalue()
