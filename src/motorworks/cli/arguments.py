"""Arguments that several verbs take."""

from typing import Annotated

import typer

CaseName = Annotated[str, typer.Argument(metavar="CASE", help="Folder, or shipped case.")]

Scenarios = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        "-s",
        metavar="NAME",
        help="A scenario of the case, a .toml file or fact:ID[:low|:high]. May be given several "
        "times, applied in order.",
    ),
]
