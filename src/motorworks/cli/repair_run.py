"""What ``motorworks repair`` does: read, repair, write, show."""

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rich.table import Table

from motorworks.case.day_part import part_of
from motorworks.case.line_day import LineDay
from motorworks.case.wording import did_you_mean
from motorworks.cli.day_source import Source
from motorworks.cli.sequence_run import refuse_unwritable
from motorworks.cli.sequence_tell import number
from motorworks.cli.tell import console
from motorworks.errors import CaseError, Problem
from motorworks.io.sequence_csv import csv_of, read_order, sequence_sheet
from motorworks.io.workbook import save
from motorworks.result.sequence_tables import sequence_tables
from motorworks.result.verify import score_order
from motorworks.sequence.params import SequenceParams
from motorworks.sequence.repair import Disturbance, Repaired, repair

_AT = re.compile(r"(?P<name>.+)@(?P<first>[0-9]{1,9})(?:-(?P<last>[0-9]{1,9}))?")


@dataclass(frozen=True)
class Happened:
    """What has happened, as written on the command line."""

    now: int
    drop: tuple[str, ...]
    late: tuple[str, ...]
    down: tuple[str, ...]


def repair_order(
    source: Source,
    file: Path,
    happened: Happened,
    keep: str,
    iterations: int,
    seed: int,
    out: Path | None,
) -> bool:
    """Repair an order, write and show it; whether all hard rules hold in the one that is kept."""
    day = source.read()
    refuse_unwritable([out] if out else [])
    order = read_order(file, day)
    params = SequenceParams(iterations=iterations, seed=seed, bound_effort=0)
    answers = repair(day, order, disturbance(day, happened), params)
    kept = next(answer for answer in answers if answer.name == keep)
    if out is not None:
        save(out, _sheet(day, kept.order).encode())
    _tell(day, answers)
    if out is not None:
        console().print(f"{keep}: {out}", soft_wrap=True, markup=False)
    return kept.broken == 0


def disturbance(day: LineDay, happened: Happened) -> Disturbance:
    """What has happened, in numbers; names that are none are told, all of them."""
    problems: list[Problem] = []
    cars: dict[str, int] = {}
    for place, name in enumerate(day.cars[day.before :]):
        cars.setdefault(name, place)
    colours = {name: place for place, name in enumerate(day.colours)}

    def known(option: str, names: dict[str, int], name: str, what: str) -> int:
        if name not in names:
            message = f"is no {what} of the day{did_you_mean(name, names)}"
            problems.append(Problem(option, message, value=name))
        return names.get(name, 0)

    def spans(option: str, texts: tuple[str, ...], form: str) -> list[tuple[str, int, int | None]]:
        found = []
        for text in texts:
            match = _AT.fullmatch(text)
            if match is None or ("-" not in form and match["last"]):
                problems.append(Problem(option, f"must be {form}", value=text))
            else:
                last = None if match["last"] is None else int(match["last"]) - 1
                found.append((match["name"], int(match["first"]) - 1, last))
        return found

    dropped = tuple(known("--drop", cars, name, "car") for name in happened.drop)
    late = tuple(
        (known("--late", cars, name, "car"), first)
        for name, first, _ in spans("--late", happened.late, "CAR@PLACE")
    )
    down = tuple(
        (known("--down", colours, name, "colour"), first, day.count - 1 if last is None else last)
        for name, first, last in spans("--down", happened.down, "COLOUR@FIRST-LAST")
    )
    if problems:
        raise CaseError(problems)
    return Disturbance(happened.now, dropped, late, (), down)


def _sheet(day: LineDay, order: tuple[int, ...]) -> str:
    """The new order as a sheet; ``given`` stays the place in the day as given."""
    part = part_of(day, order)
    same = range(part.count)
    table = sequence_tables(part, same, score_order(part, same))["sequence"]
    given = pl.Series("given", [car + 1 for car in order], dtype=pl.Int64)
    return csv_of(sequence_sheet(table.with_columns(given)))


def _tell(day: LineDay, answers: list[Repaired]) -> None:
    names = [objective.name for objective in day.objectives if objective.name != "changes"]
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for place, head in enumerate(("order", "changes", "moved", "mark", *names, "hard")):
        grid.add_column(head, justify="right" if place else "left", no_wrap=True)
    for answer in answers:
        values = [number(answer.values[name]) for name in names]
        grid.add_row(
            answer.name, f"{answer.changes:,}", f"{answer.moved:,}", number(answer.mark), *values,
            f"{answer.broken:,}",
        )  # fmt: skip
    console().print(grid)
