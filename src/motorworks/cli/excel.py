"""``motorworks excel``: a case as a workbook, and back."""

from typing import Annotated

import typer


def excel(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="A case, or a workbook ending in .xlsx.")
    ],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="The workbook, or the folder of the case, to write.")
    ],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a workbook that exists.")] = False,
) -> None:
    """Turn a case into an Excel workbook, or a workbook into a case, without loss.

    Every table is a sheet, with notes and drop-down lists; scenarios travel along. Comments in
    case.toml and other files of the folder stay behind.

    Examples: motorworks excel mine mine.xlsx; motorworks excel mine.xlsx mine-2
    """
    from motorworks.cli.excel_ways import convert

    typer.echo(convert(source, target, force=force))
