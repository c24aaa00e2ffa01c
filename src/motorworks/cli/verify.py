"""``motorworks verify``: check all that a run folder holds, from its files alone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from motorworks.result.verify import Verification


def verify(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Run folder.")],
) -> None:
    """Recompute every rule and amount of a plan, its sequences and simulations, from the files.

    Nothing of the planner is used. Files that are no longer as the run wrote them are named
    first. Exit code 0 if all holds, 1 if something does not, 2 if the folder cannot be read.

    Example: motorworks verify runs/busan-base-1a2b3c4d
    """
    from motorworks.cli.tell import console
    from motorworks.io.run_folder import changed_files

    out = console()
    found = verify_run(run)
    changed = changed_files(run)
    for problem in changed:
        out.print(str(problem), style="yellow", soft_wrap=True, markup=False)
    out.print(str(found), style="green" if found.clean else "red", soft_wrap=True, markup=False)
    if changed or not found.clean:
        raise typer.Exit(1)


def verify_run(folder: Path) -> "Verification":
    """Check the plan, the sequences and the simulations of a run folder from its files alone."""
    from motorworks.io.run_folder import read_run
    from motorworks.result.verify import verify_plan
    from motorworks.result.verify.days import together, verify_days
    from motorworks.result.verify.simulated_days import verify_simulated

    files = read_run(folder)
    of_days = None if files.days is None else verify_days(files.case, files.result, files.days)
    found = together(verify_plan(files.case, files.result), of_days)
    if files.days is None or files.simulated is None:
        return found
    return together(found, verify_simulated(files.case, files.days, files.simulated))
