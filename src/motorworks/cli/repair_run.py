"""What ``motorworks repair`` does: read, repair, write, show."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rich.table import Table

from motorworks.case.day_part import part_of
from motorworks.case.line_day import LineDay
from motorworks.case.wording import did_you_mean
from motorworks.cli.day_source import Source
from motorworks.cli.outputs import refuse_unwritable
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
    add: tuple[str, ...]
    down: tuple[str, ...]


def repair_order(
    source: Source,
    file: Path,
    happened: Happened,
    keep: str,
    iterations: int,
    seed: int,
    out: Path | None,
    as_json: bool = False,
) -> bool:
    """Repair an order, write and show it; whether all hard rules hold in the one that is kept."""
    day = source.read()
    refuse_unwritable([out] if out else [], source.files)
    what = disturbance(day, happened)
    order = read_order(file, day, without=[car for car, _ in what.added])
    params = SequenceParams(iterations=iterations, seed=seed, bound_effort=0)
    answers = repair(day, order, what, params)
    kept = next(answer for answer in answers if answer.name == keep)
    if out is not None:
        save(out, _sheet(day, kept.order).encode())
    if as_json:
        told = [_as_dict(day, answer) for answer in answers]
        console().print(
            json.dumps(told, indent=2, ensure_ascii=False), soft_wrap=True, markup=False
        )
        return kept.broken == 0
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

    def cars_at(option: str, texts: tuple[str, ...], form: str) -> tuple[tuple[int, int], ...]:
        told = spans(option, texts, form)
        names = [name for name, _, _ in told]
        problems.extend(
            Problem(option, "is named twice", value=name)
            for name in dict.fromkeys(names)
            if names.count(name) > 1
        )
        return tuple((known(option, cars, name, "car"), first) for name, first, _ in told)

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
    late = cars_at("--late", happened.late, "CAR@PLACE")
    at_once = tuple(text if "@" in text else f"{text}@{happened.now + 1}" for text in happened.add)
    added = cars_at("--add", at_once, "CAR@PLACE")
    down = tuple(
        (known("--down", colours, name, "colour"), first, day.count - 1 if last is None else last)
        for name, first, last in spans("--down", happened.down, "COLOUR@FIRST-LAST")
    )
    if problems:
        raise CaseError(problems)
    return Disturbance(happened.now, dropped, late, added, down)


def _sheet(day: LineDay, order: tuple[int, ...]) -> str:
    """The new order as a sheet; ``given`` stays the place in the day as given."""
    part = part_of(day, order)
    same = range(part.count)
    table = sequence_tables(part, same, score_order(part, same))["sequence"]
    given = pl.Series("given", [car + 1 for car in order], dtype=pl.Int64)
    return csv_of(sequence_sheet(table.with_columns(given)))


def _as_dict(day: LineDay, answer: Repaired) -> dict[str, object]:
    """One of the three orders: what it counts, and its cars from the first on."""
    names = day.cars[day.before :]
    return {
        "order": answer.name, "changes": answer.changes, "moved": answer.moved,
        "mark": answer.mark, "values": answer.values, "broken": answer.broken,
        "cars": [names[car] for car in answer.order],
    }  # fmt: skip


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
