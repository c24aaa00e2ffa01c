"""``motorworks run``: the main job on a case, from its folder to its report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from motorworks.cli.arguments import CaseName, Scenarios

if TYPE_CHECKING:
    from rich.console import Console

    from motorworks.pipeline import Run


_NO_RANGES = "ranges: not worked out"
_FEW_RANGES = "ranges: incomplete, stopped before every fact had been varied"


def run(
    case: CaseName,
    scenario: Scenarios = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FOLDER", help="Run folder to write; default runs/…."),
    ] = None,
    start_from: Annotated[
        Path | None,
        typer.Option(
            "--start-from",
            metavar="RUN",
            help="Run folder of an earlier plan: the search for choices begins with its own.",
        ),
    ] = None,
    ranges: Annotated[
        bool,
        typer.Option(
            "--ranges/--no-ranges",
            help="Solve again under every uncertain fact, for ranges and break-evens.",
        ),
    ] = True,
    workers: Annotated[
        int, typer.Option("--workers", "-w", min=1, help="Processes for the ranges.")
    ] = 2,
) -> None:
    """Plan a case, check the plan, and write a run folder with tables and a report.

    The run folder holds the resolved case, the scenarios, every result table as Parquet and CSV,
    a workbook, and report.html, which opens offline. Ctrl-C during the ranges keeps the plan
    and the ranges done so far. The last line is the path of the report.

    Exit code 0 done, 1 no plan is possible or the plan fails its check, 2 bad input.

    Examples: motorworks run busan; motorworks run busan -s us-duty-25 -s sop-2025-q2;
    motorworks run mine --no-ranges --out runs/quick
    """
    from motorworks.cli.tell import console
    from motorworks.cli.watching import Watching
    from motorworks.io.case_folder import find_case
    from motorworks.pipeline import run as run_pipeline

    out_console = console()
    folder = find_case(case)
    with Watching() as watch:
        done = run_pipeline(
            folder, scenario or [], out=out, start_from=start_from, ranges=ranges,
            workers=workers, watch=watch,
        )  # fmt: skip
    _tell(out_console, done)
    if not done.verification.clean:
        raise typer.Exit(1)


def _tell(out: "Console", done: "Run") -> None:
    from rich.table import Table

    from motorworks.cli.tell import in_plain, tell_chosen, tell_moved
    from motorworks.report import changes
    from motorworks.report.chosen import chosen
    from motorworks.report.summary import summary_table

    table = Table(box=None, pad_edge=False, header_style="bold")
    rows = summary_table(done.story)
    for number, head in enumerate(rows[0]):
        table.add_column(head, justify="right" if number else "left")
    for row in rows[1:]:
        table.add_row(*map(in_plain, row))
    out.print(done.story.title, style="bold", markup=False)
    out.print(table)
    tell_chosen(out, chosen(done.story.case, done.story.result))
    tell_moved(out, changes.words(done.story.result))
    solver = done.story.result.solver
    out.print(
        f"plan {solver.status} ({solver.name} {solver.version}, {solver.columns:,} columns, "
        f"gap {solver.gap:.2%}); check: {done.verification}",
        soft_wrap=True,
    )
    if done.story.ranges is None or not done.story.ranges.complete:
        out.print(_NO_RANGES if done.story.ranges is None else _FEW_RANGES, style="yellow")
    seconds = ", ".join(f"{name} {value:.1f}" for name, value in done.seconds.items())
    out.print(f"seconds: {seconds}", style="dim", soft_wrap=True)
    out.print(str(done.folder / "report.html"), soft_wrap=True, markup=False)
