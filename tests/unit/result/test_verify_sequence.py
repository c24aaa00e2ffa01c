"""Seeded faults in the outcome of a sequence, each of which the verifier must name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from motorworks.case.line_day import LineDay, Objective, Paint, Ratio, WorkStation
from motorworks.result.sequence import Proof, Searched, SequenceResult
from motorworks.result.sequence_tables import sequence_tables
from motorworks.result.verify import SEQUENCE_RULES, score_order, verify_sequence

DAY = LineDay(
    name="demo",
    cars=("z", "a", "b", "c", "d", "e"),
    before=1,
    traits=("roof", "awd"),
    has=np.array([[1, 0], [1, 1], [1, 0], [0, 1], [0, 0], [1, 1]], dtype=np.bool_),
    colours=("blue", "red"),
    colour=np.array([0, 1, 1, 1, 0, 1]),
    objectives=(Objective("high", 1000), Objective("colour", 10), Objective("overload", 1)),
    ratios=(Ratio("roofs", 0, 1, 2), Ratio("awds", 1, 1, 3, "low")),
    paint=Paint((2, 2)),
    stations=(WorkStation("s", (50.0, 70.0, 50.0, 90.0, 50.0, 50.5), 80.0),),
    frozen=1,
)
ORDER = (0, 2, 3, 1, 4)
"""Roofs at 1, 4 and 5 after one of the day before; red, red, blue, red, red after blue."""


def result_of(order: tuple[int, ...] = ORDER) -> SequenceResult:
    """What the stage would say of an order."""
    score = score_order(DAY, order)
    proofs = tuple(
        Proof(one.name, one.weight, score.values[one.name], 0.0, 0.0, "nothing is below nothing")
        for one in DAY.objectives
    )
    progress = [(0, score.mark + 5), (70, score.mark)]
    return SequenceResult(
        order=order,
        mark=score.mark,
        broken=score.broken,
        proofs=proofs,
        searched=Searched(1, 1, 90, 3, 0.1, "iterations", "walk", "0"),
        tables=sequence_tables(DAY, order, score, proofs=proofs, progress=progress),
    )


def test_a_right_result_is_clean() -> None:
    """Every rule has looked at something."""
    found = verify_sequence(DAY, result_of())
    assert found.clean, found
    assert set(found.checked) == set(SEQUENCE_RULES)
    assert all(found.checked.values())


def test_a_result_without_tables_is_held_against_its_order_alone() -> None:
    """Tables that are not there say nothing wrong."""
    found = verify_sequence(DAY, replace(result_of(), tables={}))
    assert found.clean
    assert found.checked["sequence"] == 0


def proof(number: int, **changes: Any) -> Callable[[SequenceResult], SequenceResult]:
    """A change of one proof."""

    def change(result: SequenceResult) -> SequenceResult:
        proofs = list(result.proofs)
        proofs[number] = replace(proofs[number], **changes)
        return replace(result, proofs=tuple(proofs), tables={})

    return change


def cell(table: str, column: str, value: Any) -> Callable[[SequenceResult], SequenceResult]:
    """A change of the last cell of a column."""

    def change(result: SequenceResult) -> SequenceResult:
        frame = result.tables[table]
        cells = [*frame[column].to_list()[:-1], value]
        changed = frame.with_columns(pl.Series(column, cells, dtype=frame[column].dtype))
        return replace(result, tables={**result.tables, table: changed})

    return change


def short(table: str) -> Callable[[SequenceResult], SequenceResult]:
    """A table that lost its last row."""
    return lambda result: replace(
        result, tables={**result.tables, table: result.tables[table].head(-1)}
    )


FAULTS: dict[str, tuple[str, Callable[[SequenceResult], SequenceResult]]] = {
    "a car twice": ("each_car_once", lambda r: replace(r, order=(0, 2, 3, 1, 1))),
    "a car too few": ("each_car_once", lambda r: replace(r, order=(0, 2, 3, 1))),
    "a car of another day": ("each_car_once", lambda r: replace(r, order=(0, 2, 3, 1, 5))),
    "a car of the day before": ("each_car_once", lambda r: replace(r, order=(-1, 2, 3, 1, 4))),
    "another order": ("objectives", lambda r: replace(r, order=(0, 1, 2, 3, 4), tables={})),
    "a frozen car moved": ("frozen", lambda _: result_of((2, 0, 3, 1, 4))),
    "a violation forgotten": ("objectives", proof(0, value=1.0)),
    "overload a little off": ("objectives", proof(2, value=10.002)),
    "another weight": ("objectives", proof(0, weight=999)),
    "an objective forgotten": (
        "objectives", lambda r: replace(r, proofs=r.proofs[:2], tables={})
    ),
    "a mark of one less": ("mark", lambda r: replace(r, mark=r.mark - 1)),
    "no mark": ("mark", lambda r: replace(r, mark=float("nan"))),
    "broken rules hidden": ("broken", lambda _: replace(result_of((1, 2, 0, 4, 3)), broken=0)),
    "a bound above the value": ("bounds", proof(1, bound=5.0)),
    "a later bound above the value": ("bounds", proof(1, given_better=5.0)),
    "a later bound below the bound": ("bounds", proof(1, bound=2.0, given_better=1.0)),
    "no bound": ("bounds", proof(1, bound=float("nan"))),
    "two cars in one place": ("sequence", cell("sequence", "car", "a")),
    "a wrong colour": ("sequence", cell("sequence", "colour", "blue")),
    "a car left out": ("sequence", short("sequence")),
    "a wrong cost": ("violations", cell("violations", "cost", 7.0)),
    "a violation left out": ("violations", short("violations")),
    "a batch too short": ("batches", cell("batches", "cars", 1)),
    "another value in the table": (
        "sequence_objectives", cell("sequence_objectives", "value", 1.0)
    ),
    "another last mark": ("sequence_progress", cell("sequence_progress", "mark", 1.0)),
    "a step back in time": ("sequence_progress", cell("sequence_progress", "moves", -1)),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_seeded_fault_is_named(fault: str) -> None:
    """The rule that objects is the one that the fault breaks, first of all."""
    rule, change = FAULTS[fault]
    found = verify_sequence(DAY, change(result_of()))
    assert rule in found.broken
    assert str(found.of(rule)[0]).startswith(f"{rule}: ")


def test_every_rule_can_object() -> None:
    """There is a fault for each."""
    assert {rule for rule, _ in FAULTS.values()} == set(SEQUENCE_RULES)
