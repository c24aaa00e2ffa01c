"""Showing a slotted month in a terminal: what it costs, what is late and why, which days."""

import json
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from motorworks.case.wording import counted
from motorworks.cli.sequence_tell import number
from motorworks.result.slotted import SlottedMonth, SlottedMonths
from motorworks.slot.progress import Progress

_WORDS = {
    "late": "days late, by rank",
    "early": "days early",
    "left_out": "orders carried over, by rank",
    "changed": "orders moved since yesterday",
    "option": "cars over option quotas, by rank",
    "batch": "cars that paint batches lack",
    "mix": "cars off the even mix",
    "sailing": "cars that sailings lack",
}
_STOPPED = {
    "proven": "no schedule can be better",
    "iterations": "all moves made",
    "time": "time is up",
    "nodes": "the proof was given up",
    "interrupted": "stopped by hand",
}
_MOST_LATE = 12


def told(found: Progress) -> str:
    """How far a search has come, in a line.

    Examples
    --------
    >>> told(Progress(2.0, 3_000_000, 1200.0, 1150.0))
    'cost 1,200, at least 1,150; 3 million moves'
    """
    return (
        f"cost {number(found.cost)}, at least {number(round(found.bound, 3))}; "
        f"{found.moves / 1e6:,.0f} million moves"
    )


def tell_month(out: Console, one: SlottedMonth) -> None:
    """Show the days of a plant's orders."""
    result, searched = one.result, one.result.searched
    out.print(str(one.month), style="bold", soft_wrap=True, markup=False)
    for text in one.conflicts:
        out.print(text, style="yellow", soft_wrap=True, markup=False)
    if one.shares:
        missed = sum(abs(row.wanted - row.drawn) for row in one.shares)
        worst = max(abs(row.wanted - row.drawn) for row in one.shares)
        out.print(
            f"drawn from the plan: volumes met; take rates and colours missed by {missed:,.1f} "
            f"cars in all, {worst:.1f} at most (rules between options cost {one.least_miss:,.1f})",
            soft_wrap=True, markup=False,
        )  # fmt: skip
    gap = "proven best" if result.proven else f"at most {result.gap:.1%} above the best"
    out.print(f"cost {number(result.cost)}, {gap}", style="bold", markup=False)
    _tell_costs(out, one)
    _tell_late(out, one)
    out.print(
        f"{_STOPPED.get(searched.stopped, searched.stopped)}: {searched.moves:,} moves, "
        f"{counted(searched.nodes, 'node')}, {searched.seconds:,.1f} s; seed {searched.seed}, "
        f"{searched.engine} {searched.version}",
        soft_wrap=True, markup=False,
    )  # fmt: skip


def _tell_costs(out: Console, one: SlottedMonth) -> None:
    grid = Table(box=None, pad_edge=False, header_style="bold")
    grid.add_column("part")
    for head in ("counted", "weight", "cost"):
        grid.add_column(head, justify="right")
    for row in one.result.tables["slot_costs"].iter_rows(named=True):
        if row["counted"]:
            grid.add_row(
                _WORDS[row["part"]], number(row["counted"]), number(row["weight"]),
                number(row["cost"]),
            )  # fmt: skip
    if grid.row_count:
        out.print(grid)


def _tell_late(out: Console, one: SlottedMonth) -> None:
    """Late orders: how many, by how much and by what; the latest by name."""
    late = one.result.tables["late_orders"]
    if not late.height:
        out.print("no order is late")
        return
    over = late["day"].null_count()
    out.print(
        f"{counted(late.height, 'late order')}, {counted(over, 'order')} carried over; "
        f"at most {counted(int(late['days_late'].max() or 0), 'day')} late",  # type: ignore[arg-type]
        style="bold", markup=False,
    )  # fmt: skip
    held = late.group_by("held_by", "limit").agg(
        pl.len().alias("orders"), pl.col("days_late").sum().alias("days")
    )
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("held by", "limit", "orders", "days late"):
        grid.add_column(head, justify="right" if head in ("orders", "days late") else "left")
    for row in held.sort("orders", "held_by", "limit", descending=[True, False, False]).head(
        _MOST_LATE
    ).iter_rows(named=True):  # fmt: skip
        grid.add_row(
            row["held_by"], Text(row["limit"] or ""), f"{row['orders']:,}", f"{row['days']:,}"
        )
    out.print(grid)
    for row in late.sort("days_late", "given", descending=[True, False]).head(3).iter_rows(
        named=True
    ):  # fmt: skip
        day = f"built {row['day']}" if row["day"] else "carried over"
        out.print(
            f"  {row['order']}: due {row['due'] or 'any day'}, {day}: {row['reason']}",
            soft_wrap=True, markup=False,
        )  # fmt: skip


def as_json(found: SlottedMonths) -> str:
    """Costs, bound, late orders and days as JSON."""
    told: dict[str, Any] = found.stated
    for row, one in zip(told["months"], found.months, strict=True):
        row["parts"] = dict(one.result.parts)
        row["late"] = one.result.tables["late_orders"].to_dicts()
        row["days"] = one.result.tables["slot_days"].drop("month").to_dicts()
        row["searched"]["seconds"] = one.result.searched.seconds
    return json.dumps(told, indent=2, ensure_ascii=False)
