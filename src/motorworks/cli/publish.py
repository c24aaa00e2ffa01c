"""``motorworks publish``: give a plan out, so that the next one can keep to it."""

from pathlib import Path
from typing import Annotated

import typer


def publish(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Run folder.")],
    case: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of the case.")],
    whole: Annotated[
        bool, typer.Option("--whole", help="Round every month down to whole cars.")
    ] = False,
) -> None:
    """Write the cars that a run builds into published_plan.csv of a case.

    Each later run tells in its table `changes` what moves; freeze_months, change_penalty and the
    flexibility of agreements limit it. Figures stand as the run has them, so that a frozen month
    fits wherever it fitted; --whole gives whole cars. What was published before is replaced.

    Example: motorworks publish runs/mine-base-1a2b3c4d mine
    """
    from motorworks.cli.tell import console
    from motorworks.io import publish as writing
    from motorworks.io.run_folder import changed_files, read_run

    out = console()
    for problem in changed_files(run):
        out.print(str(problem), style="yellow", soft_wrap=True, markup=False)
    plan = writing.publish(read_run(run).result, case, whole=whole).table(writing.TABLE)
    months = plan["month"].to_list()
    span = f" from {min(months)} to {max(months)}" if months else ""
    told = f"{plan['units'].sum() or 0:,.0f} cars{span}"
    out.print(f"{case / writing.TABLE}.csv: {told}", soft_wrap=True, markup=False)
