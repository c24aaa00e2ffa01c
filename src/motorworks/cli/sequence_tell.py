"""Showing a sequence in a terminal: its mark and parts, how good it is, how it was found."""

import json
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from motorworks.case.line_day import LineDay
from motorworks.case.wording import counted
from motorworks.result.sequence import Searched, SequenceResult
from motorworks.result.sequence_score import Score

WORDS = {
    "high": "rules of high priority",
    "low": "rules of low priority",
    "colour": "colour changes",
    "overload": "work overload, s",
    "levelling": "unevenness",
    "changes": "cars moved",
}
"""What each objective counts, in words."""

_STOPPED = {
    "proven": "no order can be better",
    "target": "target reached",
    "iterations": "all moves made",
    "time": "time is up",
    "interrupted": "stopped by hand",
}
_MOST_RULES = 30
_SOME_S = 0.05
"""Seconds of search below which a pace says nothing."""


def number(value: float) -> str:
    """A figure with thousands marked, and decimals where it has some.

    Examples
    --------
    >>> number(2011000.0), number(0.125), number(33.33333)
    ('2,011,000', '0.125', '33.333')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.3f}"


def tell_score(out: Console, day: LineDay, score: Score) -> None:
    """Show the mark of an order and what it is made of."""
    _tell_day(out, day, score.mark)
    grid = _grid("objective", "counted", "weight", "in the mark")
    for one in day.objectives:
        value = score.values[one.name]
        grid.add_row(WORDS[one.name], number(value), number(one.weight), number(value * one.weight))
    out.print(grid)
    _tell_broken(out, score)


def tell_result(out: Console, day: LineDay, result: SequenceResult, score: Score) -> None:
    """Show the mark of an order that was found, and how near each objective is to its best."""
    _tell_day(out, day, result.mark)
    grid = _grid("objective", "found", "at least", "weight", "")
    for proof in result.proofs:
        least = max(proof.bound, proof.given_better)
        grid.add_row(
            WORDS.get(proof.name, proof.name), number(proof.value), number(least),
            number(proof.weight), "proven best" if proof.proven else "",
        )  # fmt: skip
    out.print(grid)
    for how in dict.fromkeys(proof.how for proof in result.proofs if proof.how):
        names = ", ".join(proof.name for proof in result.proofs if proof.how == how)
        out.print(f"bound of {names}: {how}", soft_wrap=True, markup=False)
    _tell_broken(out, score)
    out.print(told_search(result.searched), soft_wrap=True, markup=False)


def told_search(searched: Searched) -> str:
    """How an order was found, in a line.

    Examples
    --------
    >>> print(told_search(Searched(1, 1, 3_000_000, 9, 1.0, "time", "walk", "0.1")))
    time is up: 3,000,000 moves in 1.0 s of search, 3.0 million a second; seed 1, 1 thread, walk 0.1
    """
    pace = searched.moves / searched.seconds / 1e6 if searched.seconds >= _SOME_S else 0.0
    fast = f", {pace:,.1f} million a second" if pace else ""
    return (
        f"{_STOPPED.get(searched.stopped, searched.stopped)}: {searched.moves:,} moves in "
        f"{searched.seconds:,.1f} s of search{fast}; seed {searched.seed}, "
        f"{counted(searched.threads, 'thread')}, {searched.engine} {searched.version}"
    )


def _tell_day(out: Console, day: LineDay, mark: float) -> None:
    out.print(str(day), style="bold", soft_wrap=True, markup=False)
    out.print(f"mark {number(mark)}", style="bold", markup=False)


def _tell_broken(out: Console, score: Score) -> None:
    """Rules that are broken, and whether the order may be built."""
    if score.broken:
        message = f"hard rules are broken: {counted(score.broken, 'violation')}"
        out.print(message, style="bold red", markup=False)
    else:
        out.print("all hard rules hold")
    rows = by_rule(score)
    if not rows:
        return
    grid = _grid("broken rule", "priority", "places", "counted", left=2)
    for row in rows[:_MOST_RULES]:
        grid.add_row(
            Text(row["rule"]), row["priority"], f"{row['places']:,}", number(row["counted"])
        )
    out.print(grid)
    if len(rows) > _MOST_RULES:
        out.print(f"and {counted(len(rows) - _MOST_RULES, 'more rule')}", style="dim")


def by_rule(score: Score) -> list[dict[str, Any]]:
    """Rules that are broken, with the number of places and what they count."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in score.violations:
        row = found.setdefault(
            (one.rule, one.priority),
            {"rule": one.rule, "priority": one.priority, "places": 0, "counted": 0.0},
        )
        row["places"] += 1
        row["counted"] += one.cost
    return list(found.values())


def _grid(*heads: str, left: int = 1) -> Table:
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for place, head in enumerate(heads):
        grid.add_column(head, justify="left" if place < left or not head else "right")
    return grid


def as_json(day: LineDay, score: Score, result: SequenceResult | None) -> str:
    """Mark and parts of an order as JSON; of one that was found, bounds and search too."""
    told: dict[str, Any] = {
        "name": day.name,
        "cars": day.count,
        "mark": _whole(score.mark),
        "broken": score.broken,
        "objectives": [
            {"objective": one.name, "weight": one.weight, "value": _whole(score.values[one.name])}
            for one in day.objectives
        ],
        "rules": [{**row, "counted": _whole(row["counted"])} for row in by_rule(score)],
        "batches": len(score.batches),
    }
    if result is not None:
        for row, proof in zip(told["objectives"], result.proofs, strict=True):
            row |= {
                "bound": _whole(proof.bound), "given_better": _whole(proof.given_better),
                "proven": proof.proven, "how": proof.how,
            }  # fmt: skip
        told["search"] = vars(result.searched)
    return json.dumps(told, indent=2, ensure_ascii=False)


def _whole(value: float) -> float:
    """A number without decimals where it has none."""
    return int(value) if float(value).is_integer() else value
