"""Text cells of an input table to its declared types, with every problem found at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from motorworks.case.cells import typing_of
from motorworks.case.column import Column, Record, columns_of, key_of
from motorworks.case.hints import hint_for
from motorworks.case.tables import TABLES
from motorworks.case.wording import counted, did_you_mean
from motorworks.errors import Problem

Cells = Sequence[str | None]

#: Row numbers as a spreadsheet shows them: the header is row 1.
FIRST_ROW = 2
#: Problems of one kind that are listed one by one; the rest is counted.
LISTED = 50

_ROW = "\0row"
_BAD = "\0bad "


@dataclass
class _Found:
    """The problems of one table, as they are found."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        message: str,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        self.problems.append(Problem(self.file, message, row, column, value))

    def more(self, count: int, column: str | None) -> None:
        if count > LISTED:
            self.add(
                f"and {counted(count - LISTED, 'more row')} with the same problem", None, column
            )


def parse_table(
    name: str, header: Cells, rows: Sequence[Cells], file: str
) -> tuple[pl.DataFrame, list[Problem]]:
    """Turn text cells into the typed table that the record class declares.

    Cells are trimmed; rows without any value are passed over (they keep their number); blank
    cells take the declared default.

    Parameters
    ----------
    name
        Table, one of ``motorworks.case.tables.TABLES``.
    header
        Column names as they stand in the file, in any order.
    rows
        Cells below the header; ``None`` and ``""`` are blank.
    file
        File or sheet as the user knows it, for the problems.

    Returns
    -------
    table, problems
        The typed table (blank where a cell was bad) and all problems, by column and row.

    Examples
    --------
    >>> table, problems = parse_table("countries", ["country", "name"], [["KR", "Korea"]], "a.csv")
    >>> print(problems[0])
    a.csv row 1, customs_area: required column is missing
    """
    table, _, problems = parse_record(TABLES[name], header, rows, file)
    return table, problems


def parse_record(
    record: type[Record], header: Cells, rows: Sequence[Cells], file: str
) -> tuple[pl.DataFrame, list[int], list[Problem]]:
    """As :func:`parse_table`, for any record; tells the number of each row, too."""
    found = _Found(file)
    columns = columns_of(record)
    places = _places(columns, header, found)
    _report_unnamed(header, rows, found)
    text = _text(columns, places, *_whole_rows(rows, len(header), found))
    table, sound = _typed_table(columns, set(places), text, found)
    _report_duplicates(key_of(record), sound, found)
    return table.drop(_ROW), table[_ROW].to_list(), found.problems


def _places(columns: Sequence[Column], header: Cells, found: _Found) -> dict[str, int]:
    """Place of each declared column in the file."""
    allowed = [column.name for column in columns]
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        title = (cell or "").strip()
        if title in places:
            found.add(f"column stands twice, also as column {places[title] + 1}", 1, title)
        elif title in allowed:
            places[title] = place
        elif title:
            hint = did_you_mean(title, allowed)
            found.add(f"unknown column; allowed are {', '.join(allowed)}{hint}", 1, title)
    for column in columns:
        if column.required and column.name not in places:
            found.add("required column is missing", 1, column.name)
    return places


def _whole_rows(
    rows: Sequence[Cells], width: int, found: _Found
) -> tuple[Sequence[Cells], Sequence[int]]:
    """Rows that are as wide as the header, and their numbers; others are problems."""
    if all(count == width for count in set(map(len, rows))):
        return rows, range(FIRST_ROW, FIRST_ROW + len(rows))
    whole: list[Cells] = []
    numbers: list[int] = []
    ragged = 0
    for number, row in enumerate(rows, FIRST_ROW):
        filled = len(row)
        while filled > width and not (row[filled - 1] or "").strip():
            filled -= 1
        if filled == width:
            whole.append(row)
            numbers.append(number)
        elif any((cell or "").strip() for cell in row):
            ragged += 1
            if ragged <= LISTED:
                found.add(f"has {counted(filled, 'cell')}, but the header has {width}", number)
    found.more(ragged, None)
    return whole, numbers


def _text(
    columns: Sequence[Column],
    places: dict[str, int],
    rows: Sequence[Cells],
    numbers: Sequence[int],
) -> pl.DataFrame:
    """The declared columns as trimmed text, blank as null, without rows that hold nothing."""
    data = {
        column.name: [_trimmed(row[places[column.name]]) for row in rows]
        for column in columns
        if column.name in places
    }
    if not data:
        return pl.DataFrame(schema={_ROW: pl.Int64})
    frame = pl.DataFrame(
        [pl.Series(name, cells, dtype=pl.String) for name, cells in data.items()]
        + [pl.Series(_ROW, numbers, dtype=pl.Int64)]
    )
    # a column without blanks, as most tables have, shows that no row is empty
    if any(None not in cells for cells in data.values()):
        return frame
    return frame.filter(~pl.all_horizontal(pl.exclude(_ROW).is_null()))


def _trimmed(cell: str | None) -> str | None:
    return (cell.strip().replace("\r\n", "\n") or None) if cell else None


def _report_unnamed(header: Cells, rows: Sequence[Cells], found: _Found) -> None:
    """A value under no heading belongs to no column, which nobody meant."""
    for place in (place for place, cell in enumerate(header) if not (cell or "").strip()):
        for number, row in enumerate(rows, FIRST_ROW):
            if place < len(row) and (row[place] or "").strip():
                message = f"column {place + 1} has no name in the header, but holds a value"
                found.add(message, number, value=row[place])
                break


def _typed_table(
    columns: Sequence[Column], given: set[str], text: pl.DataFrame, found: _Found
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All declared columns in their types, and the rows of them with sound key values."""
    blanks = [pl.lit(None, pl.String).alias(c.name) for c in columns if c.name not in given]
    text = text.with_columns(blanks) if blanks else text
    values, faults = [], []
    for column in columns:
        value, bad = typing_of(column, text.get_column(column.name))
        if column.required and column.name in given:
            bad = bad | pl.col(column.name).is_null()
        values.append(value.alias(column.name))
        faults.append(bad.alias(_BAD + column.name))
    done = text.select(_ROW, *values, *faults)
    any_bad = done.select(pl.col(f"^{_BAD}.*$").any()).row(0)
    for column, is_bad in zip(columns, any_bad, strict=True):
        if is_bad:
            mask = done.get_column(_BAD + column.name)
            cells = text.get_column(column.name).filter(mask)
            _report_cells(column, cells, done.get_column(_ROW).filter(mask), found)
    keys = [
        _BAD + column.name
        for column, is_bad in zip(columns, any_bad, strict=True)
        if column.key and is_bad
    ]
    sound = done.filter(~pl.any_horizontal(keys)) if keys else done
    return done.select(_ROW, *(column.name for column in columns)), sound


def _report_cells(column: Column, cells: pl.Series, rows: pl.Series, found: _Found) -> None:
    listed = zip(rows.head(LISTED).to_list(), cells.head(LISTED).to_list(), strict=True)
    for row, value in listed:
        if value is None:
            found.add(f"a value is required: {column.allowed}", row, column.name)
        else:
            message = f"must be {column.allowed}{hint_for(column, value)}"
            found.add(message, row, column.name, value)
    found.more(len(cells), column.name)


def _report_duplicates(key: Sequence[str], table: pl.DataFrame, found: _Found) -> None:
    if not key or not table.select(key).is_duplicated().any():
        return
    first = table.select(_ROW, *key).with_columns(pl.col(_ROW).first().over(key).alias("\0first"))
    again = first.filter(pl.col(_ROW) != pl.col("\0first"))
    for row in again.head(LISTED).iter_rows(named=True):
        value = "|".join("" if row[name] is None else str(row[name]) for name in key)
        found.add(f"the same key already stands in row {row[chr(0) + 'first']}",
                  row[_ROW], "|".join(key), value)  # fmt: skip
    found.more(again.height, "|".join(key))
