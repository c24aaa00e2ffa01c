"""What ``motorworks front`` does: read a day, find its front, score, show, write."""

import json
from pathlib import Path

import polars as pl
import typer
from rich.table import Table

from motorworks.case.line_day import LineDay
from motorworks.cli.day_source import Source
from motorworks.cli.sequence_tell import WORDS, number
from motorworks.cli.tell import console
from motorworks.errors import CaseError, Problem
from motorworks.io.sequence_csv import csv_of, sequence_sheet
from motorworks.io.workbook import save
from motorworks.result.sequence_tables import sequence_tables
from motorworks.result.verify import score_order
from motorworks.sequence.front import Front, colour_front
from motorworks.sequence.params import SequenceParams


def show_front(
    source: Source,
    searches: int,
    time_limit: float | None,
    iterations: int | None,
    seed: int,
    out: Path | None,
    *,
    as_json: bool,
) -> bool:
    """Find the front of a day, print and write it; whether all hard rules hold in its orders."""
    day = source.read()
    if out is not None:
        _make_folder(out)
    params = SequenceParams(
        seed=seed, time_limit_s=time_limit, iterations=iterations, bound_effort=0
    )
    found = colour_front(day, params, most_searches=searches)
    scores = [score_order(day, point.order) for point in found.points]
    names = [item.name for item in day.objectives]
    rows = [
        {"point": place, **{name: score.values[name] for name in names}, "broken": score.broken}
        for place, score in enumerate(scores, 1)
    ]
    if as_json:
        told = {"name": day.name, "whole": found.whole, "how": found.how, "points": rows}
        typer.echo(json.dumps(told, indent=1))
    else:
        _tell(day, found, rows)
    if out is not None:
        save(out / "front.csv", csv_of(pl.DataFrame(rows)).encode())
        for place, (point, score) in enumerate(zip(found.points, scores, strict=True), 1):
            table = sequence_tables(day, point.order, score)["sequence"]
            save(out / f"order-{place}.csv", csv_of(sequence_sheet(table)).encode())
        if not as_json:
            console().print(str(out), soft_wrap=True, markup=False)
    return all(score.broken == 0 for score in scores)


def _tell(day: LineDay, found: Front, rows: list[dict[str, float]]) -> None:
    out = console()
    out.print(str(day), style="bold", soft_wrap=True, markup=False)
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("point", *(WORDS[item.name] for item in day.objectives)):
        grid.add_column(head, justify="right")
    for row in rows:
        grid.add_row(*(number(value) for name, value in row.items() if name != "broken"))
    out.print(grid)
    out.print(f"{'all points' if found.whole else 'points found'}: {found.how}", markup=False)


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise CaseError([Problem(str(path), message)]) from None
