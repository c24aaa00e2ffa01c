"""``motorworks new``: a copy of a case to work on."""

from pathlib import Path
from typing import Annotated

import typer


def new(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="Folder to make; its name becomes the case's name."),
    ],
    source: Annotated[
        str,
        typer.Option("--from", metavar="CASE", help="Case to copy: a folder, or a shipped case."),
    ] = "tiny",
) -> None:
    """Copy a case into a new folder, to work on it.

    Example: motorworks new mine --from busan
    """
    from motorworks.io.case_folder import copy_case, find_case

    folder = Path(name)
    copy_case(find_case(source), folder)
    typer.echo(f"{_shown(folder)} is a copy of {source}. Next:")
    typer.echo(f"  motorworks describe {_shown(folder)}")
    typer.echo(f"  motorworks check {_shown(folder)}")


def _shown(folder: Path) -> str:
    text = str(folder)
    return f'"{text}"' if " " in text else text
