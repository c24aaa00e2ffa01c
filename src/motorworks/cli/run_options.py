"""What ``motorworks run`` may be asked."""

from pathlib import Path
from typing import Annotated

import typer

Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FOLDER", help="Run folder to write; default runs/…."),
]
StartFrom = Annotated[
    Path | None,
    typer.Option(
        "--start-from",
        metavar="RUN",
        help="Run folder of an earlier plan: the search for choices begins with its own.",
    ),
]
TakeFrom = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="RUN",
        help="Run folder of an earlier run: stages whose inputs are the same are taken over.",
    ),
]
Stages = Annotated[
    str | None,
    typer.Option(
        "--stages",
        metavar="A,B,...",
        help="Stages to run, of plan, slot, sequence, simulate; default: all. Sequence without "
        "slot draws the orders of a day from the plan.",
    ),
]
Month = Annotated[
    list[str] | None,
    typer.Option(
        "--month",
        "-m",
        metavar="MONTH",
        help="A month to slot, sequence and simulate, or first..last; several times for more. "
        "Default: the first full month of what the case is about.",
    ),
]
Days = Annotated[
    list[str] | None,
    typer.Option(
        "--days",
        "-d",
        metavar="DAY",
        help="A day to sequence and simulate, or first..last, instead of whole months.",
    ),
]
Ranges = Annotated[
    bool,
    typer.Option(
        "--ranges/--no-ranges",
        help="Solve again under every uncertain fact, for ranges and break-evens.",
    ),
]
Workers = Annotated[
    int, typer.Option("--workers", "-w", min=1, help="Processes for sequences and ranges.")
]
CloseLoop = Annotated[
    bool,
    typer.Option(
        "--close-loop",
        help="Plan again with the pace that the simulation measured, until the volume stays.",
    ),
]
