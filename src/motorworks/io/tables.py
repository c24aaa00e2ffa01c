"""Tables as files: each as Parquet for programs and as CSV for everybody."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from motorworks.case.cells import text_of
from motorworks.errors import CaseError, Problem


def write_tables(folder: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    """Write each table into a folder as ``NAME.parquet`` and ``NAME.csv``; the folder is made.

    Raises
    ------
    CaseError
        If the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            table.write_parquet(folder / f"{name}.parquet", compression="zstd")
            table.select(text_of(column) for column in table).write_csv(folder / f"{name}.csv")
    except OSError as error:
        raise CaseError([Problem(str(folder), f"cannot be written: {error.strerror}")]) from error
