"""``motorworks run``: the main job on a case, from its folder to its report."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from motorworks.cli.arguments import CaseName, Scenarios
from motorworks.errors import CaseError, Problem

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
    sequence: Annotated[
        bool,
        typer.Option(
            "--sequence/--no-sequence",
            help="Put days of the plan in order, where the case has rules for a line.",
        ),
    ] = True,
    days: Annotated[
        list[str] | None,
        typer.Option(
            "--days",
            "-d",
            metavar="DAY",
            help="A day to sequence, or first..last; several times for more. Default: one day.",
        ),
    ] = None,
    simulate: Annotated[
        bool,
        typer.Option(
            "--simulate/--no-simulate", help="Simulate the days in order, minute by minute."
        ),
    ] = True,
    close_loop: Annotated[
        bool,
        typer.Option(
            "--close-loop",
            help="Plan again with the pace that the simulation measured, until the volume stays.",
        ),
    ] = False,
) -> None:
    """Plan a case, sequence and simulate a day, check all, and write a run folder with a report.

    The run folder holds the resolved case, the scenarios, every result table as Parquet and CSV,
    a workbook, and report.html, which opens offline. Ctrl-C during a sequence keeps the best
    order so far, during the ranges the ranges done so far. The last line is the path of the
    report.

    Exit code 0 done, 1 no plan is possible, it fails its check or a sequence breaks a hard rule,
    2 bad input.

    Examples: motorworks run busan; motorworks run busan -s us-duty-25 -s sop-2025-q2;
    motorworks run mine --no-ranges --out runs/quick; motorworks run busan --close-loop
    """
    from motorworks.cli.tell import console
    from motorworks.cli.watching import Watching
    from motorworks.io.case_folder import find_case
    from motorworks.pipeline import run as run_pipeline

    out_console = console()
    folder = find_case(case)
    spans = spans_of(days or [])
    with Watching() as watch:
        done = run_pipeline(
            folder, scenario or [], out=out, start_from=start_from, ranges=ranges,
            workers=workers, sequence=sequence, days=spans, simulate=simulate,
            close_loop=close_loop, watch=watch,
        )  # fmt: skip
    _tell(out_console, done)
    days_done = done.story.days.days if done.story.days else ()
    if not done.verification.clean or any(one.result.broken for one in days_done):
        raise typer.Exit(1)


def spans_of(texts: Sequence[str]) -> list[tuple[dt.date, dt.date]]:
    """Days as typed, by first and last.

    Examples
    --------
    >>> spans_of(["2025-10-01", "2025-10-06..2025-10-10"])[0][1].isoformat()
    '2025-10-01'

    Raises
    ------
    CaseError
        If one is no day and no span of days.
    """
    spans, problems = [], []
    for text in texts:
        first, _, last = text.partition("..")
        try:
            span = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
        except ValueError:
            span = None
        if span is None or span[0] > span[1]:
            message = "must be a day as 2025-10-01, or first..last"
            problems.append(Problem("--days", message, value=text))
        else:
            spans.append(span)
    if problems:
        raise CaseError(problems)
    return spans


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
    for one in done.story.days.asked if done.story.days else ():
        reached = ", ".join(f"{name} {value:,g}" for name, value in one.result.values.items())
        hard = f", {one.result.broken:,} violations of hard rules" if one.result.broken else ""
        out.print(f"{one.day.name}: {one.day.count:,} cars in order, {reached}{hard}")
    _tell_simulated(out, done)
    if done.story.ranges is None or not done.story.ranges.complete:
        out.print(_NO_RANGES if done.story.ranges is None else _FEW_RANGES, style="yellow")
    seconds = ", ".join(f"{name} {value:.1f}" for name, value in done.seconds.items())
    out.print(f"seconds: {seconds}", style="dim", soft_wrap=True)
    out.print(str(done.folder / "report.html"), soft_wrap=True, markup=False)


def _tell_simulated(out: "Console", done: "Run") -> None:
    """The pace of each simulation against the plan, and how often the loop was gone through."""
    if done.story.simulated is None:
        return
    from motorworks.cli.simulate_tell import against

    for span in done.story.simulated.spans:
        summary = span.result.tables["sim_summary"].to_dicts()
        assumed = next((row["assumed"] for row in summary if row["assumed"]), None)
        for pace in span.result.tables["sim_paces"].to_dicts():
            if pace["sets_pace"]:
                said = "" if assumed is None else f"; {against(pace['flow'], assumed)}"
                told = f"{pace['flow']:,.1f} cars an hour with cars always at hand{said}"
                out.print(f"{span.name} simulated: {told}", soft_wrap=True, markup=False)
    for turn, plant, volume in dict.fromkeys(
        (row.turn, row.plant, row.volume) for row in done.story.simulated.turns
    ):
        out.print(f"turn {turn}: {volume:,.0f} cars planned at {plant}")
