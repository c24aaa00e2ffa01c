"""What a painted body store does with the bodies that come to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import polars as pl

from motorworks.case.body_store import StoreTask
from motorworks.case.column import Record, col


class ReleasedBody(Record):
    """A body at its place in the order in which the store gives them out."""

    TABLE: ClassVar[str] = "released"
    position: int = col("Place in the order given out, from 1", key=True, unit="place")
    body: str = col("Body")
    came: int = col("Its place in the order in which they came, from 1", unit="place")
    lane: int = col("Lane it stood in, from 1")
    wanted: int = col("Place at which it was wanted, from 1; 0 where none was", unit="place")
    displacement: int = col("Places after the wanted one; below 0 before it", unit="place")
    overtaken: bool = col("Whether a body wanted behind it went before it")


class StoreEvent(Record):
    """A body comes into the store or is given out."""

    TABLE: ClassVar[str] = "store_events"
    step: int = col("Order of events, from 1", key=True)
    event: str = col("in or out")
    body: str = col("Body")
    lane: int = col("Lane, from 1")
    held: int = col("Bodies in the store after it", unit="vehicles")


STORE_RECORDS: tuple[type[Record], ...] = (ReleasedBody, StoreEvent)


@dataclass(frozen=True)
class StoreResult:
    """How bodies pass a store.

    Parameters
    ----------
    events
        In their order: whether a body is given out (else it comes), its number, and its lane.
    order
        Bodies in the order in which they are given out.
    cost
        The sum of all that counts, as :class:`~motorworks.case.body_store.StoreTask` weighs it.
    broken
        Times a hard rule of the line behind is broken.
    bound
        No way through the store costs less.
    how
        How the order and the bound were found, in words.
    figures
        ``in_order_pct`` (bodies not overtaken), ``overtaken``, ``displaced_p50``,
        ``displaced_p95``, ``displaced_most``, ``displaced_mean`` (distances from the wanted
        positions, in positions), ``colour_changes`` and ``mark`` where a line is known.
    tables
        ``released`` and ``store_events``.
    settings
        The settings of the search.
    """

    events: tuple[tuple[bool, int, int], ...]
    order: tuple[int, ...]
    cost: int
    broken: int
    bound: int
    how: str
    figures: Mapping[str, float] = field(default_factory=dict)
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def proven(self) -> bool:
        """Whether no way through the store costs less."""
        return self.broken == 0 and self.cost <= self.bound


def place_figures(wanted: tuple[int, ...], order: tuple[int, ...]) -> dict[str, float]:
    """Say how far an order is from the one wanted.

    A body is in order when no body wanted behind it goes before it; it is overtaken otherwise.
    Distances are between the positions wanted and given.

    Examples
    --------
    >>> figures = place_figures((1, 0, 2), (0, 1, 2))
    >>> figures["overtaken"], figures["displaced_most"]
    (1.0, 1.0)
    """
    places = np.array([wanted[body] for body in order])
    overtaken = int((places < np.maximum.accumulate(places)).sum())
    distance = np.abs(np.arange(len(places)) - places)
    return {
        "in_order_pct": 100.0 * (1 - overtaken / len(places)),
        "overtaken": float(overtaken),
        "displaced_p50": float(np.percentile(distance, 50)),
        "displaced_p95": float(np.percentile(distance, 95)),
        "displaced_most": float(distance.max()),
        "displaced_mean": float(distance.mean()),
    }


def store_tables(
    task: StoreTask, events: tuple[tuple[bool, int, int], ...]
) -> dict[str, pl.DataFrame]:
    """Write events and the order given out as tables."""
    moves: list[tuple[object, ...]] = []
    released: list[tuple[object, ...]] = []
    top, held = -1, 0
    for step, (out, body, lane) in enumerate(events, 1):
        held += -1 if out else 1
        kind = "out" if out else "in"
        moves.append((step, kind, task.bodies[body], lane + 1, held))
        if not out:
            continue
        position, wanted = len(released), task.wanted[body] if task.wanted else -1
        away = position - wanted if task.wanted else 0
        row = (position + 1, task.bodies[body], body + 1, lane + 1, wanted + 1, away, wanted < top)
        released.append(row)
        top = max(top, wanted)
    return {
        record.TABLE: pl.DataFrame(rows, schema=list(record.model_fields), orient="row")
        for record, rows in ((ReleasedBody, released), (StoreEvent, moves))
    }
