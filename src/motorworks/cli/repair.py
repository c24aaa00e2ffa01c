"""``motorworks repair``: an order that cannot be built as it was, put right with few changes."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from motorworks.cli.day_source import Csplib, Orders, Roadef, Rules, Source


def repair(
    order: Annotated[Path, typer.Argument(metavar="ORDER", help="The order in force, a CSV.")],
    *,
    roadef: Roadef = None,
    csplib: Csplib = None,
    orders: Orders = None,
    rules: Rules = None,
    now: Annotated[
        int, typer.Option(min=0, metavar="N", help="Cars already on the line; they stay.")
    ] = 0,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="CAR", help="A car that is not built; once for each."),
    ] = None,
    late: Annotated[
        list[str] | None,
        typer.Option(
            "--late", metavar="CAR@PLACE", help="A car and its first place; once for each."
        ),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--add",
            metavar="CAR[@PLACE]",
            help="A car of the day that is not in ORDER, and its first place; once for each.",
        ),
    ] = None,
    down: Annotated[
        list[str] | None,
        typer.Option(
            "--down", metavar="COLOUR@FIRST-LAST", help="Places at which a colour is down."
        ),
    ] = None,
    keep: Annotated[
        Literal["fewest", "middle", "best"],
        typer.Option("--keep", help="Which of the three orders is written."),
    ] = "fewest",
    iterations: Annotated[
        int, typer.Option(min=1, max=10**12, metavar="N", help="Moves of each search.")
    ] = 400_000,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Seed of the random numbers.")
    ] = 1,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write the new order there, as CSV."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Tell all three orders as JSON.")] = False,
) -> None:
    """Repair an order: cars drop out, come late or come back, a colour is down.

    ORDER is a sheet as `motorworks sequence --out` writes it. Cars on the line stay; the others
    close up, which counts no change. Three orders are told: with the fewest changes that hard
    rules ask for, with the best mark, and one between. Places count from 1 in the new order.

    Exit code 0 done, 1 hard rules stay broken, 2 bad input.

    Example: motorworks repair sequence.csv --orders orders.csv --rules rules.csv --now 40
    --drop k17 --late k52@90 --down red@60-80 --out new.csv
    """
    from motorworks.cli.repair_run import Happened, repair_order

    source = Source(roadef, csplib, orders, rules)
    source.refuse_unclear()
    happened = Happened(now, *(tuple(said or ()) for said in (drop, late, add, down)))
    if not repair_order(source, order, happened, keep, iterations, seed, out, json):
        raise typer.Exit(1)
