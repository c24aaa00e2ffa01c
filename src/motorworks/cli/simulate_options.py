"""What ``motorworks simulate`` may be asked."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Level = Literal["shop", "station"]
What = Literal["buffers", "crews"]
Engine = Literal["auto", "events", "recursion", "slots"]

LevelOf = Annotated[
    Level | None,
    typer.Option("--level", help="Shops in a few elements each (default), or every station."),
]
Plant = Annotated[
    str | None,
    typer.Option("--plant", metavar="PLANT", help="Plant; the one the case is about if blank."),
]
Days = Annotated[
    str | None,
    typer.Option(
        "--days",
        "-d",
        metavar="A..B",
        help="First and last day; four weeks from the first full month if blank.",
    ),
]
RunFolder = Annotated[
    Path | None,
    typer.Option(
        "--run",
        metavar="RUN",
        help="Run folder of the case, for its plan's mix and its days in sequence.",
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(
        "--replications",
        "-n",
        min=1,
        max=1_000_000,
        metavar="N",
        help="Replications, 20 if blank; the fewest with --precision.",
    ),
]
Precision = Annotated[
    float | None,
    typer.Option(
        "--precision",
        min=0.001,
        max=50.0,
        metavar="PCT",
        help="Go on until cars a day are known to within this share, in per cent.",
    ),
]
Warmup = Annotated[
    float | None,
    typer.Option(
        "--warmup",
        min=0.0,
        metavar="MIN",
        help="Minutes cut off at the start; found by MSER-5 if blank.",
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(min=0, max=2**31 - 1, metavar="N", help="Seed of the random numbers."),
]
EngineOf = Annotated[
    Engine | None, typer.Option("--engine", help="auto (default): the fastest that is exact.")
]
Gains = Annotated[
    bool, typer.Option("--gains", help="Try small changes one by one: what would help most.")
]
Improve = Annotated[
    What | None,
    typer.Option("--improve", help="Place --budget more buffer places, or people in crews."),
]
Budget = Annotated[
    int, typer.Option("--budget", min=1, max=100_000, metavar="N", help="How many, for --improve.")
]
Visits = Annotated[
    Path | None,
    typer.Option(
        "--visits",
        metavar="FILE",
        help="Write a row for each visit of a car to an element, as Parquet.",
    ),
]
Ocel = Annotated[
    Path | None,
    typer.Option(
        "--ocel",
        metavar="FILE",
        help="Write the first replication as an event log, OCEL 2.0 in JSON.",
    ),
]
Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE", help="Write a page with the plant in pictures."),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", "-o", metavar="FOLDER", help="Write all result tables there, as Parquet and CSV."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, nothing else.")]
