"""What may stand in the tables of a case: in the terminal, as JSON and as Markdown."""

from dataclasses import asdict
from json import dumps
from typing import Any

from rich.table import Table
from rich.text import Text

from motorworks.case.column import Column, columns_of
from motorworks.case.tables import TABLES
from motorworks.case.wording import default_text, did_you_mean
from motorworks.cli.tell import console
from motorworks.errors import CaseError, Problem


def known(table: str | None) -> list[str]:
    """The table named, or all of them."""
    if table is None:
        return list(TABLES)
    if table in TABLES:
        return [table]
    message = f"there is no such table; `motorworks schema` lists them{did_you_mean(table, TABLES)}"
    raise CaseError([Problem(table, message)])


def _about(name: str) -> str:
    """The docstring of a table, on one line."""
    return " ".join((TABLES[name].__doc__ or "").replace("``", "").split())


def _columns(name: str) -> tuple[Column, ...]:
    return columns_of(TABLES[name])


def _default(column: Column) -> str:
    if column.required:
        return "required"
    return default_text(column.default) or "blank"


def as_json(names: list[str]) -> str:
    """Column tables as JSON."""
    content: dict[str, Any] = {
        name: {"about": _about(name), "columns": [asdict(c) for c in _columns(name)]}
        for name in names
    }
    return dumps(content, indent=2, ensure_ascii=False)


def as_markdown(names: list[str]) -> str:
    """Column tables as Markdown, a section each."""
    return "\n".join(_markdown(name) for name in names)


def _markdown(name: str) -> str:
    lines = [f"## {name}", "", _about(name), ""]
    lines += ["| column | meaning | unit | allowed | if blank |", "|---|---|---|---|---|"]
    for column in _columns(name):
        title = f"**{column.name}**" if column.key else column.name
        cells = (title, column.meaning, column.unit, column.allowed, _default(column))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*lines, "", ""])


def show_list() -> None:
    """Print all tables and what a row of each is."""
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    grid.add_column("table", no_wrap=True, style="cyan")
    grid.add_column("columns", justify="right")
    grid.add_column("a row is")
    for name in TABLES:
        first = (TABLES[name].__doc__ or "").split("\n", 1)[0].replace("``", "")
        grid.add_row(name, str(len(_columns(name))), first)
    console().print(grid)


def show_table(name: str) -> None:
    """Print the columns of one table."""
    out = console()
    out.print(Text.assemble((name, "bold cyan"), f".csv: {_about(name)}"))
    out.print()
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    grid.add_column("column", no_wrap=True)
    grid.add_column("meaning, and what may stand there", overflow="fold")
    grid.add_column("if blank", no_wrap=True)
    for column in _columns(name):
        title = Text(column.name, style="bold cyan" if column.key else "cyan")
        unit = f" ({column.unit})" if column.unit else ""
        about = Text.assemble(column.meaning, (unit, "green"), "\n", (column.allowed, "dim"))
        grid.add_row(title, about, Text(_default(column)))
    out.print(grid)
    out.print()
    out.print(Text("Bold columns together identify a row.", style="dim"))
