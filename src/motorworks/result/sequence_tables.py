"""The result tables of a sequence, made from an order and its score wherever it came from."""

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from motorworks.case.case import dtype_of
from motorworks.case.column import Record, columns_of
from motorworks.case.line_day import LineDay
from motorworks.result.sequence import Proof
from motorworks.result.sequence_records import (
    PaintBatch,
    SearchProgress,
    SequencedCar,
    SequenceObjective,
    Violation,
)
from motorworks.result.sequence_score import Score


def sequence_tables(
    day: LineDay,
    order: Sequence[int],
    score: Score,
    *,
    line: str = "line",
    proofs: Sequence[Proof] = (),
    progress: Iterable[tuple[int, float]] = (),
) -> dict[str, pl.DataFrame]:
    """All tables of a sequence, declared in :mod:`motorworks.result.sequence_records`.

    Parameters
    ----------
    day
        The day.
    order
        Numbers of its cars, in their order.
    score
        What the order counts.
    line
        Name of the line.
    proofs
        What is known of each objective.
    progress
        Moves evaluated and best mark so far, whenever a better order was found.
    """
    place = (day.name, line)
    return {
        "sequence": _table(SequencedCar, (place + row for row in _cars(day, order, score))),
        "violations": _table(Violation, (place + row for row in _violations(score))),
        "batches": _table(PaintBatch, (place + row for row in _batches(day, score))),
        "sequence_objectives": _table(
            SequenceObjective,
            (
                (*place, rank, one.name, one.weight, one.value, one.bound, one.given_better,
                 one.how)
                for rank, one in enumerate(proofs, 1)
            ),
        ),
        "sequence_progress": _table(
            SearchProgress, ((*place, moves, float(mark)) for moves, mark in progress)
        ),
    }  # fmt: skip


def _table(record: type[Record], rows: Iterable[tuple[Any, ...]]) -> pl.DataFrame:
    schema = {column.name: dtype_of(column) for column in columns_of(record)}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def _cars(day: LineDay, order: Sequence[int], score: Score) -> Iterable[tuple[Any, ...]]:
    """Cars in their order; a window that ends after the day is put down to the last car."""
    broken = [0] * day.count
    for one in score.violations:
        broken[min(max(one.last, 0), day.count - 1)] += 1
    for position, car in enumerate(order):
        number = day.before + car
        yield (
            position + 1,
            day.cars[number],
            car + 1,
            day.vehicles[number] if day.vehicles else "",
            day.colours[day.colour[number]],
            traits_of(day, number),
            broken[position],
        )


def traits_of(day: LineDay, number: int) -> str:
    """What a car, counted from the day before, has of what rules speak of; parted by blanks.

    Its vehicle has a column of its own and is left out.
    """
    vehicle = day.vehicles[number] if day.vehicles else None
    names = (day.traits[place] for place in day.has[number].nonzero()[0])
    return " ".join(name for name in names if name != vehicle)


def _violations(score: Score) -> Iterable[tuple[Any, ...]]:
    for one in score.violations:
        yield (
            one.rule, one.first + 1, one.last + 1, one.priority, one.found, one.allowed, one.cost
        )  # fmt: skip


def _batches(day: LineDay, score: Score) -> Iterable[tuple[Any, ...]]:
    """Batches where colours play a part."""
    if len(day.colours) > 1 or day.paint is not None:
        for one in score.batches:
            yield one.first + 1, one.last + 1, day.colours[one.colour], one.cars, one.most
