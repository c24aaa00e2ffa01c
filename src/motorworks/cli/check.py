"""``motorworks check``: every problem of a case at once."""

from typing import Annotated

import typer

from motorworks.cli.arguments import CaseName


def check(
    case: CaseName,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            "-s",
            metavar="NAME",
            help="Check the case as changed by it: a scenario of the case, a .toml file or "
            "fact:ID[:low|:high]. May be given several times, applied in order.",
        ),
    ] = None,
) -> None:
    """List every problem of a case: file, row, column, value, and what is allowed.

    Without a scenario, the case is checked as it stands, and each of its scenarios is tried.
    Exit code 2 if there is a problem; doubts are listed, too, but do not count.

    Examples: motorworks check busan; motorworks check mine --scenario us-duty-25
    """
    from motorworks.cli.case_check import check_folder
    from motorworks.io.case_folder import find_case

    found = check_folder(find_case(case), scenario or [])
    if found.doubts or found.problems:
        from motorworks.cli.tell import tell_problems

        if found.doubts:
            tell_problems(found.doubts, "doubt", "yellow")
        if found.problems:
            tell_problems(found.problems)
            raise typer.Exit(2)
    typer.echo(found.summary)
