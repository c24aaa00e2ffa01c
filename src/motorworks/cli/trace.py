"""``motorworks trace``: one car of a run, from its facts to its minutes."""

from pathlib import Path
from typing import Annotated

import typer


def trace(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Run folder.")],
    vehicle: Annotated[
        str, typer.Argument(metavar="VEHICLE", help="Order number, as busan-2025-10-00689.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Follow a car of a run: its facts, agreement, plan, order, day, place in sequence, minutes.

    Order numbers stand in the tables slotted_orders, sequence and sim_cars of the run. Exit code 0
    done, 2 if the run cannot be read or has no such order.

    Examples: motorworks trace runs/busan busan-2025-10-00689;
    motorworks trace runs/busan busan-2025-10-00689 --json
    """
    import json

    from rich.table import Table

    from motorworks.cli.tell import console, in_plain
    from motorworks.io.run_folder import read_run
    from motorworks.result.trace import trace_car

    files = read_run(run)
    found = trace_car(
        files.case, files.result, vehicle, slotted=files.slotted, days=files.days,
        simulated=files.simulated,
    )  # fmt: skip
    if as_json:
        steps = {step.title: [list(row) for row in step.rows] for step in found.steps}
        typer.echo(json.dumps({"order": found.order, **steps}, indent=2, ensure_ascii=False))
        return
    out = console()
    for step in found.steps:
        out.print(step.title, style="bold", markup=False)
        grid = Table(box=None, pad_edge=False, show_header=False)
        grid.add_column(no_wrap=True, style="dim")
        grid.add_column(overflow="fold")
        for label, text in step.rows:
            grid.add_row(in_plain(f"  {label}"), in_plain(text))
        out.print(grid)
