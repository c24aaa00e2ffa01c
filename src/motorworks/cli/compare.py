"""``motorworks compare``: runs side by side."""

from pathlib import Path
from typing import Annotated

import typer


def compare(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN RUN ...", help="Run folders.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Page to write.")] = Path(
        "compare.html"
    ),
) -> None:
    """Put runs side by side: headlines with differences to the first, loads, volumes, costs.

    Prints the headlines and writes a page that opens offline; its path is the last line.

    Example: motorworks compare runs/busan-base-1a2b3c4d runs/busan-us-duty-25-5e6f7a8b
    """
    from rich.table import Table

    from motorworks.cli.tell import console, in_plain
    from motorworks.errors import CaseError, Problem
    from motorworks.io.workbook import save
    from motorworks.pipeline import read_story
    from motorworks.report.compare import comparison_table, render_compare

    if len(runs) < 2:
        message = "a comparison needs at least two run folders"
        raise CaseError([Problem("command line", message)])
    stories = [read_story(run) for run in runs]
    rows = comparison_table(stories)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(rows[0]):
        table.add_column(in_plain(head), justify="right" if number else "left")
    for row in rows[1:]:
        table.add_row(*map(in_plain, row))
    screen = console()
    screen.print(table)
    save(out, render_compare(stories).encode())
    screen.print(str(out), soft_wrap=True, markup=False)
