"""``motorworks verify``: check all that a run folder holds, from its files alone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from motorworks.result.verify import Verification


def verify(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Run folder.")],
) -> None:
    """Recompute every rule and amount of a plan, its slots, sequences and simulations.

    Nothing of the planner is used. Files that are no longer as the run wrote them are named
    first. Exit code 0 if all holds, 1 if something does not, 2 if the folder cannot be read.

    Example: motorworks verify runs/busan-base-1a2b3c4d
    """
    from motorworks.cli.tell import console
    from motorworks.io.run_folder import changed_files

    out = console()
    found = verify_folder(run)
    changed = changed_files(run)
    for problem in changed:
        out.print(str(problem), style="yellow", soft_wrap=True, markup=False)
    out.print(str(found), style="green" if found.clean else "red", soft_wrap=True, markup=False)
    if changed or not found.clean:
        raise typer.Exit(1)


def verify_folder(folder: Path) -> "Verification":
    """Check all that a run folder holds from its files alone."""
    from motorworks.io.run_folder import read_run
    from motorworks.result.verify.whole_run import verify_run

    files = read_run(folder)
    return verify_run(files.case, files.result, files.slotted, files.days, files.simulated)
