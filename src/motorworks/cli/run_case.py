"""``motorworks run``: the main job on a case, from its folder to its report."""

import typer

from motorworks.cli import run_options as option
from motorworks.cli.arguments import CaseName, Scenarios


def run(
    case: CaseName,
    scenario: Scenarios = None,
    out: option.Out = None,
    month: option.Month = None,
    days: option.Days = None,
    stages: option.Stages = None,
    take_from: option.TakeFrom = None,
    start_from: option.StartFrom = None,
    ranges: option.Ranges = True,
    close_loop: option.CloseLoop = False,
    workers: option.Workers = 2,
) -> None:
    """Plan a case, slot its orders, sequence and simulate its days, check all, and report.

    Where the case has rules or colours for a line, the month's plan becomes orders with days, every
    day's cars get their order, and the plant is simulated with them. The run folder holds the
    resolved case, the scenarios, every result table as Parquet and CSV, a workbook, and
    report.html, which opens offline. The last line is the path of the report.

    Each stage is kept as soon as it is done, in a folder named like the run's with .part at its
    end: the same command goes on from there if it fails, is stopped or killed. Ctrl-C during a
    search keeps the best so far, during the ranges the ranges done so far.

    Exit code 0 done, 1 no plan is possible, it fails its check or a sequence breaks a hard rule,
    2 bad input.

    Examples: motorworks run busan; motorworks run busan -s us-duty-25 -s sop-2025-q2;
    motorworks run busan --month 2026-03..2026-04 --from runs/busan-base-1a2b3c4d;
    motorworks run mine --stages plan --no-ranges --out runs/quick;
    motorworks run busan --days 2025-10-06..2025-10-10 --close-loop
    """
    from motorworks.case.info import STAGES
    from motorworks.cli.run_tell import tell_run
    from motorworks.cli.tell import console
    from motorworks.cli.typed_spans import months_of, spans_of
    from motorworks.cli.watching import Watching
    from motorworks.io.case_folder import find_case
    from motorworks.pipeline import run as run_pipeline

    out_console = console()
    folder = find_case(case)
    named = STAGES if stages is None else [word.strip() for word in stages.split(",")]
    with Watching() as watch:
        done = run_pipeline(
            folder, scenario or [], out=out, stages=["plan", *named], months=months_of(month or []),
            days=spans_of(days or []), ranges=ranges, close_loop=close_loop, workers=workers,
            start_from=start_from, take_from=take_from, watch=watch,
        )  # fmt: skip
    tell_run(out_console, done)
    days_done = done.story.days.days if done.story.days else ()
    if not done.verification.clean or any(one.result.broken for one in days_done):
        raise typer.Exit(1)
