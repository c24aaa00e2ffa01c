"""``motorworks store``: bodies through a painted body store, batches for paint, size of a store."""

from pathlib import Path
from typing import Annotated

import typer

_TASKS = ("restore", "batches", "size")
_COUNTS = ("overtaken", "displacement", "mark")


Task = Annotated[
    str, typer.Argument(metavar="TASK", help="restore (an order), batches (for paint) or size.")
]
Bodies = Annotated[
    Path | None,
    typer.Option(
        "--bodies",
        metavar="FILE",
        help="CSV of bodies as they come: body, and wanted (place from 1) or colour.",
    ),
]
Demo = Annotated[
    int | None,
    typer.Option("--demo", min=1, max=100_000, metavar="N", help="Draw N bodies instead."),
]
Lanes = Annotated[
    str | None,
    typer.Option("--lanes", metavar="LxK", help="L lanes of K places, first in first out."),
]
Places = Annotated[
    int | None,
    typer.Option("--places", min=1, max=5000, metavar="B", help="B places, all within reach."),
]
PullOff = Annotated[
    int | None,
    typer.Option("--pull-off", min=0, max=5000, metavar="P", help="P places beside a line."),
]
Fill = Annotated[
    int | None,
    typer.Option(
        "--fill",
        min=1,
        metavar="N",
        help="Bodies in the store when one goes; all lanes but one full where left out.",
    ),
]
Count = Annotated[
    str,
    typer.Option("--count", metavar="WHAT", help="overtaken, displacement, or mark of a day."),
]
Orders = Annotated[
    Path | None,
    typer.Option("--orders", metavar="FILE", help="Cars of the day for --count mark."),
]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="FILE", help="Rules for --orders.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="The next in the wanted order goes if in reach.")
]
LookAhead = Annotated[
    int | None,
    typer.Option("--look-ahead", min=0, metavar="N", help="Know only the next N to come."),
]
Width = Annotated[
    int, typer.Option(min=1, max=100_000, metavar="N", help="States the search keeps.")
]
Most = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Most bodies of one colour in a row.")
]
Painted = Annotated[
    str | None, typer.Option("--painted", metavar="COLOUR", help="Colour painted last.")
]
RepairPct = Annotated[
    float, typer.Option(min=0, max=99, metavar="PCT", help="Bodies repaired after paint, %.")
]
Delay = Annotated[
    str, typer.Option("--delay", metavar="A-B", help="Positions that a repair takes.")
]
Ovens = Annotated[int, typer.Option(min=1, max=100, metavar="N", help="Ovens in turn.")]
Jitter = Annotated[
    int, typer.Option(min=0, max=1000, metavar="N", help="Positions an oven may take longer.")
]
Keep = Annotated[
    float, typer.Option(min=0.1, max=100, metavar="PCT", help="Share to keep in order, %.")
]
Seed = Annotated[
    int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Seed of the random numbers.")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write the order given out, as CSV."),
]
Events = Annotated[
    Path | None,
    typer.Option("--events", metavar="FILE", help="Write lane in and lane out, as CSV."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, nothing else.")]


def store(
    task: Task,
    *,
    bodies: Bodies = None,
    demo: Demo = None,
    lanes: Lanes = None,
    places: Places = None,
    pull_off: PullOff = None,
    fill: Fill = None,
    count: Count = "overtaken",
    orders: Orders = None,
    rules: Rules = None,
    strict: Strict = False,
    look_ahead: LookAhead = None,
    width: Width = 60,
    most: Most = None,
    painted: Painted = None,
    repair_pct: RepairPct = 10.0,
    delay: Delay = "20-60",
    ovens: Ovens = 1,
    jitter: Jitter = 0,
    keep: Keep = 98.0,
    seed: Seed = 1,
    out: Out = None,
    events: Events = None,
    json: Json = False,
) -> None:
    """Restore a wanted order behind paint, form batches before it, or size the store.

    The layout is one of --lanes, --places and --pull-off. A body is in order when no body wanted
    behind it goes before it. The size is that of the smallest store whose 95 % interval of the
    share in order, over drawn scrambles, reaches the share to keep; --lanes LxK sizes L lanes of
    up to K places, else all places are within reach.

    Exit code 0 done, 1 a limit of batches is broken or no store is enough, 2 bad input.

    Examples: motorworks store restore --demo 500 --lanes 6x7; motorworks store restore --bodies
    bodies.csv --places 40 --out released.csv; motorworks store batches --bodies bodies.csv --lanes
    6x5 --most 10; motorworks store size --repair-pct 12 --delay 20-60 --keep 98
    """
    if task not in _TASKS:
        msg = f"is restore, batches or size, not {task}"
        raise typer.BadParameter(msg, param_hint="TASK")
    if count not in _COUNTS:
        msg = f"is overtaken, displacement or mark, not {count}"
        raise typer.BadParameter(msg, param_hint="--count")
    if task != "size" and (bodies is None) == (demo is None):
        msg = "say which bodies come: either --bodies or --demo"
        raise typer.BadParameter(msg)
    of_bodies, of_paint = "restore and batches", "batches"
    for name, value, tasks in (
        ("--bodies", bodies, of_bodies), ("--demo", demo, of_bodies), ("--fill", fill, of_bodies),
        ("--places", places, of_bodies), ("--pull-off", pull_off, of_bodies),
        ("--out", out, of_bodies), ("--events", events, of_bodies),
        ("--most", most, of_paint), ("--painted", painted, of_paint),
    ):  # fmt: skip
        if value is not None and task not in tasks:
            msg = f"goes with {tasks}, not with {task}"
            raise typer.BadParameter(msg, param_hint=name)
    if orders is not None and count != "mark":
        msg = "goes with --count mark"
        raise typer.BadParameter(msg, param_hint="--orders")

    from motorworks.cli import store_run as run
    from motorworks.sequence.store.params import StoreParams

    done = run.run_store(
        task,
        run.Layout(lanes, places, pull_off, fill),
        run.Bodies(bodies, demo, count, orders, rules),
        run.Paint(most, painted, repair_pct, delay, ovens, jitter, keep, seed),
        StoreParams(width=width, look_ahead=look_ahead, strict=strict),
        run.Told(out, events, json),
    )
    if not done:
        raise typer.Exit(1)
