"""``motorworks schema``: what may stand in the tables of a case."""

from typing import Annotated

import typer


def schema(
    table: Annotated[
        str | None, typer.Argument(metavar="[TABLE]", help="Table; all of them if left out.")
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown.")] = False,
) -> None:
    """Show the tables of a case, or the columns of one table.

    Examples: motorworks schema; motorworks schema plants; motorworks schema --json
    """
    from motorworks.cli import column_tables

    names = column_tables.known(table)
    if json:
        typer.echo(column_tables.as_json(names))
    elif markdown:
        typer.echo(column_tables.as_markdown(names), nl=False)
    elif table is None:
        column_tables.show_list()
    else:
        column_tables.show_table(table)
