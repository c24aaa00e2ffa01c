"""Recomputes the outcome of the stage sequence from the day and the order alone."""

from typing import Any

import polars as pl

from motorworks.case.line_day import LineDay
from motorworks.result.sequence import SequenceResult
from motorworks.result.sequence_score import Score
from motorworks.result.sequence_tables import sequence_tables
from motorworks.result.verify.findings import Ledger, Verification
from motorworks.result.verify.sequence_score import score_order

SEQUENCE_RULES = (
    "each_car_once", "frozen", "objectives", "mark", "broken", "bounds",
    "sequence", "violations", "batches", "sequence_objectives", "sequence_progress",
)  # fmt: skip
"""Every rule that can object to a sequence."""

_LISTED = 5
_CONTINUOUS = ("overload", "levelling")
_EXACT, _RELATIVE = 1e-6, 1e-7


def verify_sequence(day: LineDay, result: SequenceResult, *, line: str = "line") -> Verification:
    """Hold a result against the day, by the written rules alone.

    The order has each car of the day once and begins with the frozen ones; objectives, mark and
    broken hard rules are those of the order; no bound lies above a value that was reached; the
    tables say what the order is. Tables that are not there are not looked at.

    Parameters
    ----------
    day
        The day.
    result
        What the stage says.
    line
        Name of the line in its tables.
    """
    ledger = Ledger()
    if not _each_once(ledger, day, result):
        return ledger.close(SEQUENCE_RULES)
    score = score_order(day, result.order)
    _frozen(ledger, day, result)
    _values(ledger, day, result, score)
    _bounds(ledger, result)
    _stated(ledger, day, result, score, line)
    _progress(ledger, result)
    return ledger.close(SEQUENCE_RULES)


def _each_once(ledger: Ledger, day: LineDay, result: SequenceResult) -> bool:
    ledger.checked["each_car_once"] += day.count
    times = [0] * day.count
    strange = [car for car in result.order if not 0 <= car < day.count]
    for car in result.order:
        if 0 <= car < day.count:
            times[car] += 1
    wrong = [(car, many) for car, many in enumerate(times) if many != 1]
    for car, many in wrong[:_LISTED]:
        name = day.cars[day.before + car]
        message = f"car {car + 1} as given ({name}) stands in the order {many} times"
        ledger.add("each_car_once", name, message, many, 1)
    for car in strange[:_LISTED]:
        message = f"the order has a car {car + 1}, but the day has {day.count:,}"
        ledger.add("each_car_once", str(car + 1), message, car + 1, day.count)
    return not wrong and not strange


def _frozen(ledger: Ledger, day: LineDay, result: SequenceResult) -> None:
    """The beginning that stays as given."""
    ledger.checked["frozen"] += day.frozen
    for place, car in enumerate(result.order[: day.frozen]):
        if car != place:
            message = f"position {place + 1} is frozen, but holds car {car + 1} as given"
            ledger.add("frozen", f"position {place + 1}", message, car + 1, place + 1)


def _values(ledger: Ledger, day: LineDay, result: SequenceResult, score: Score) -> None:
    """Objectives in their order, the mark, and what is broken of the hard rules."""
    stated = [(proof.name, proof.weight) for proof in result.proofs]
    ranked = [(objective.name, objective.weight) for objective in day.objectives]
    ledger.checked["objectives"] += 1
    if stated != ranked:
        message = f"objectives and weights are {ranked}, the result has {stated}"
        ledger.add("objectives", "order", message)
    for proof in result.proofs:
        if proof.name in score.values:
            due = score.values[proof.name]
            _equal(ledger, "objectives", proof.name, proof.value, due, _room(proof.name, due))
    room = sum(o.weight * _room(o.name, score.values[o.name]) for o in day.objectives)
    _equal(ledger, "mark", "mark", result.mark, score.mark, max(room, _EXACT))
    _equal(ledger, "broken", "broken hard rules", result.broken, score.broken, _EXACT)


def _room(name: str, value: float) -> float:
    """By how much an objective may be missed: counts by nothing, sums of times by rounding."""
    return _EXACT + _RELATIVE * abs(value) if name in _CONTINUOUS else 0.0


def _equal(ledger: Ledger, rule: str, what: str, stated: float, due: float, room: float) -> None:
    ledger.checked[rule] += 1
    if not abs(stated - due) <= max(room, _EXACT):
        message = f"{what}: {due:,.12g} in this order, the result says {stated:,.12g}"
        ledger.add(rule, what, message, stated, due)


def _bounds(ledger: Ledger, result: SequenceResult) -> None:
    """No order that keeps the hard rules is below a bound; so this one is not, if it keeps them."""
    for proof in result.proofs if result.broken == 0 else ():
        for what, low, high in (
            ("bound", proof.bound, proof.value),
            ("bound given what matters more", proof.given_better, proof.value),
            ("bound against that given what matters more", proof.bound, proof.given_better),
        ):
            ledger.checked["bounds"] += 1
            if not low <= high + max(_EXACT, _room(proof.name, high)):
                message = f"{proof.name}, {what}: {low:,.12g} lies above {high:,.12g}"
                ledger.add("bounds", proof.name, message, low, high)


def _stated(ledger: Ledger, day: LineDay, result: SequenceResult, score: Score, line: str) -> None:
    """Tables that follow from the order say what it is."""
    due = sequence_tables(day, result.order, score, line=line, proofs=result.proofs)
    for name in ("sequence", "violations", "batches", "sequence_objectives"):
        if name in result.tables:
            _same_table(ledger, name, result.tables[name], due[name])


def _same_table(ledger: Ledger, rule: str, table: pl.DataFrame, due: pl.DataFrame) -> None:
    ledger.checked[rule] += 1
    if table.columns != due.columns or table.height != due.height:
        message = (
            f"should hold {due.height:,} rows of {', '.join(due.columns)}, but has "
            f"{table.height:,} of {', '.join(table.columns)}"
        )
        ledger.add(rule, rule, message, table.height, due.height)
        return
    wrong = 0
    for number, (row, wanted) in enumerate(zip(table.to_dicts(), due.to_dicts(), strict=True), 1):
        for column, value in row.items():
            ledger.checked[rule] += 1
            if not _same(value, wanted[column]) and wrong < _LISTED:
                wrong += 1
                message = (
                    f"row {number}, {column} is {value!r}, but the order has {wanted[column]!r}"
                )
                ledger.add(rule, f"row {number}, {column}", message)


def _same(value: Any, due: Any) -> bool:
    if isinstance(value, float) and isinstance(due, float):
        return abs(value - due) <= _EXACT + _RELATIVE * abs(due)
    return bool(value == due)


def _progress(ledger: Ledger, result: SequenceResult) -> None:
    """Better and better orders were found, and the last of them is the one that is given."""
    table = result.tables.get("sequence_progress")
    if table is None or table.is_empty():
        return
    moves, marks = table["moves"].to_list(), table["mark"].to_list()
    rule = "sequence_progress"
    for number in range(1, len(moves)):
        ledger.checked[rule] += 1
        if moves[number] < moves[number - 1]:
            ledger.add(rule, f"row {number + 1}", f"row {number + 1} has fewer moves than the last")
    if result.broken == 0:
        _equal(ledger, rule, "last mark", marks[-1], result.mark, _RELATIVE * result.mark)
