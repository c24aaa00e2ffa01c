"""A task for the store as flat arrays: what the compiled search reads."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motorworks.case.body_store import StoreTask
from motorworks.case.line_day import LineDay

Integers = NDArray[np.int64]

HARD = 10**12
"""What a hard rule costs in the search when it is broken: more than all that may be gained."""


class Flow(NamedTuple):
    """The store, the bodies, and what the line behind it counts.

    Shapes: ``lengths`` (lanes); ``wanted``, ``kind`` (bodies); ``has`` (cars, ratios), ``colour``
    (cars), where a body is car ``before + body``; ``most``, ``window``, ``weight``, ``once``,
    ``past_ends`` (ratios); ``batch`` (colours). ``reach`` is how many cars back a rule may look.
    Bodies of one ``kind`` are alike in all that counts.
    """

    lengths: Integers
    longest: int
    least: int
    full: int
    strict: bool
    wanted: Integers
    kind: Integers
    overtaken: int
    displacement: int
    before: int
    total: int
    reach: int
    has: Integers
    most: Integers
    window: Integers
    weight: Integers
    once: Integers
    past_ends: Integers
    colour: Integers
    change: int
    batch: Integers
    batch_with_before: bool


def encode(task: StoreTask, *, strict: bool = False) -> Flow:
    """Lay a task out as arrays.

    Parameters
    ----------
    task
        A task without faults.
    strict
        Whether the body that is next in the wanted order goes whenever it can be reached.
    """
    day = task.day if task.mark else None
    count = task.count
    by_place = bool(task.wanted) and (task.overtaken > 0 or task.displacement > 0 or strict)
    wanted = np.array(task.wanted or range(count), dtype=np.int64)
    has, rules, colour, change, batch = _line(day, count, task.mark)
    windows = rules[1]
    before = day.before if day else 0
    return Flow(
        lengths=np.array(task.store.lanes, dtype=np.int64),
        longest=max(task.store.lanes),
        least=task.store.least,
        full=task.store.full,
        strict=strict and bool(task.wanted),
        wanted=wanted,
        kind=np.arange(count, dtype=np.int64) if by_place else _kinds(has, colour, before),
        overtaken=task.overtaken,
        displacement=task.displacement,
        before=before,
        total=count,
        reach=int(windows.max()) if len(windows) else 1,
        has=has,
        most=rules[0],
        window=windows,
        weight=rules[2],
        once=rules[3],
        past_ends=rules[4],
        colour=colour,
        change=change,
        batch=batch,
        batch_with_before=bool(day and day.paint and day.paint.with_before),
    )


def _line(
    day: LineDay | None, count: int, mark: int
) -> tuple[Integers, Integers, Integers, int, Integers]:
    """Traits and rules of the line behind the store; a line without rules where none counts."""
    if day is None:
        no_traits = np.zeros((count, 0), dtype=np.int64)
        no_rules = np.zeros((5, 0), dtype=np.int64)
        no_limit = np.full(1, count + 1, dtype=np.int64)
        return no_traits, no_rules, np.zeros(count, dtype=np.int64), 0, no_limit
    weights = {
        "hard": HARD,
        "high": mark * day.weight("high"),
        "low": mark * day.weight("low"),
    }
    rows = [
        (
            r.most,
            r.window,
            weights[r.priority] * (1 if r.priority == "hard" else r.weight),
            r.counting == "once",
            r.past_ends,
        )
        for r in day.ratios
    ]
    rules = np.array(rows, dtype=np.int64).reshape(len(rows), 5).T.copy()
    has = day.has[:, [r.trait for r in day.ratios]].astype(np.int64)
    free = (len(day.cars) + 1,) * len(day.colours)
    batch = np.array(day.paint.most if day.paint else free, dtype=np.int64)
    return has, rules, day.colour.astype(np.int64), mark * day.weight("colour"), batch


def _kinds(has: Integers, colour: Integers, before: int) -> Integers:
    """Number bodies by what counts of them: traits and colour."""
    rows = np.column_stack([has, colour])[before:]
    return np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)
