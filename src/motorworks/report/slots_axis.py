"""The axis of days that charts of slots share."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl

from motorworks.report.theme import axis
from motorworks.result.slotted import SlottedMonth


def day_label(text: str, shift: int) -> str:
    """A slot on an axis: the day, and the shift where slots are shifts."""
    day = f"{dt.date.fromisoformat(text):%a %-d %b}"
    return f"{day} · {shift}" if shift else day


def labelled_slots(one: SlottedMonth) -> pl.DataFrame:
    """Days, or shifts, of all lines together, each with its label."""
    days = one.result.tables["slot_days"].select("day", "shift").unique().sort("day", "shift")
    labels = [day_label(*row) for row in days.iter_rows()]
    return days.with_columns(pl.Series("label", labels, dtype=pl.String))


def day_axis(labels: Sequence[str]) -> dict[str, Any]:
    """A category axis of slots; some are named where they are many."""
    step = max(1, -(-len(labels) // 32))
    return axis(
        type="category", categoryorder="array", categoryarray=list(labels), showgrid=False,
        tickmode="array", tickvals=list(labels[::step]), tickangle=-45,
    )  # fmt: skip


def built_orders(one: SlottedMonth) -> pl.DataFrame:
    """Orders that have a slot; shift 0 where slots are days."""
    orders = one.result.tables["slotted_orders"].filter(pl.col("line").is_not_null())
    return orders.with_columns(pl.col("shift").fill_null(0))
