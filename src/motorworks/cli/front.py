"""``motorworks front``: colour changes against all else, an order for each bargain."""

from pathlib import Path
from typing import Annotated

import typer

from motorworks.cli.day_source import Csplib, Orders, Roadef, Rules, Source


def front(
    *,
    roadef: Roadef = None,
    csplib: Csplib = None,
    orders: Orders = None,
    rules: Rules = None,
    searches: Annotated[
        int, typer.Option(min=2, max=1000, metavar="N", help="Most searches on a large day.")
    ] = 12,
    time_limit: Annotated[
        float | None,
        typer.Option(
            min=0.001, max=86_400.0, metavar="S",
            help="Most seconds of each search; 10 where --iterations says nothing.",
        ),
    ] = None,
    iterations: Annotated[
        int | None,
        typer.Option(min=1, max=10**12, metavar="N", help="Most moves of each search."),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Seed of the random numbers.")
    ] = 1,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FOLDER", help="Write the front and its orders there."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, nothing else.")] = False,
) -> None:  # fmt: skip
    """Show what one more colour change buys in violations: orders that no other beats in both.

    On a small day of ratios and paint all points are found; on others, searches with weights
    between the two find points of the convex hull. Each order is scored by the written rules. With
    --out, front.csv holds the points and order-1.csv, order-2.csv, ... the orders.

    Exit code 0 done, 1 hard rules stay broken, 2 bad input.

    Examples: motorworks front --orders orders.csv --rules rules.csv; motorworks front --roadef
    A/022_3_4_EP_RAF_ENP --searches 8 --time-limit 20 --out front
    """
    source = Source(roadef, csplib, orders, rules)
    source.refuse_unclear()

    from motorworks.cli.front_run import show_front

    limit = 10.0 if time_limit is None and iterations is None else time_limit
    if not show_front(source, searches, limit, iterations, seed, out, as_json=json):
        raise typer.Exit(1)
