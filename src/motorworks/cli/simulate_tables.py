"""Tables of a simulation in a terminal: states, buffers, stops by cause, the order of cars."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from motorworks.case.wording import counted
from motorworks.cli.simulate_found import Found

_MOST_ROWS = 40
_MOST_STATES = 30
_MOST_STOPS = 8


def tell_states(out: Console, found: Found) -> None:
    """States in per cent of open time; of a large plant, of those places that wait least."""
    grid = _grid("element", "shop", "working", "blocked", "starved", "stopped", "other", left=2)
    rows = state_rows(found.result.tables["sim_elements"].to_dicts())
    for row in least_waiting(rows, _MOST_STATES):
        figures = [
            f"{row[name]:.1f}" for name in ("working", "blocked", "starved", "stopped", "other")
        ]
        grid.add_row(Text(row["element"]), Text(row["shop"]), *figures)
    out.print("states, % of open time", style="bold")
    out.print(grid)
    if len(rows) > _MOST_STATES:
        left = counted(len(rows) - _MOST_STATES, "element")
        out.print(f"and {left} that wait longer for others", style="dim")


def least_waiting(rows: Sequence[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Of states by element, so many that are blocked and starved least, in their order.

    Examples
    --------
    >>> rows = [{"blocked": 5.0, "starved": 0.0}, {"blocked": 0.0, "starved": 9.0},
    ...         {"blocked": 1.0, "starved": 1.0}]
    >>> [row["starved"] for row in least_waiting(rows, 2)]
    [0.0, 1.0]
    """
    waits = [row["blocked"] + row["starved"] for row in rows]
    shown = sorted(range(len(rows)), key=lambda place: (waits[place], place))[:most]
    return [rows[place] for place in sorted(shown)]


def state_rows(elements: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """States by element in per cent of open time, put together as a planner reads them."""
    rows = []
    for row in elements:
        share = {name: float(row[name] or 0.0) for name in _STATES}
        closed = sum(float(row[name] or 0.0) for name in ("breaks", "maintenance"))
        scale = 100.0 / (100.0 - closed) if closed < 99.999 else 0.0
        open_share = {name: value * scale for name, value in share.items()}
        stopped = open_share["failed"] + open_share["repair"]
        other = sum(open_share[name] for name in ("setup", "operators", "parts", "overload"))
        rows.append({
            "element": row["element"], "shop": row["shop"], "working": open_share["working"],
            "blocked": open_share["blocked"], "starved": open_share["starved"],
            "stopped": stopped, "other": other,
        })  # fmt: skip
    return rows


_STATES = (
    "working", "setup", "starved", "blocked", "failed", "repair", "operators", "parts", "overload",
)  # fmt: skip


def tell_buffers(out: Console, found: Found) -> None:
    """How full buffers were."""
    table = found.result.tables["sim_buffers"]
    if not table.height:
        return
    grid = _grid("buffer", "places", "mean", "95 % below", "empty %", "full %")
    for row in table.head(_MOST_ROWS).iter_rows(named=True):
        places = "endless" if row["places"] is None else f"{row['places']:,}"
        figures = [row["p95"], row["empty"], row["full"]]
        grid.add_row(
            Text(row["element"]), places, f"{row['content']:.1f}",
            *("" if one is None else f"{one:.1f}" for one in figures),
        )  # fmt: skip
    out.print(grid)


def tell_stops(out: Console, found: Found) -> None:
    """What made places stand still for longest."""
    table = found.result.tables["sim_stops"].filter(pl.col("minutes") > 0.0)
    if not table.height:
        return
    grid = _grid("element", "cause", "stops", "minutes", "each", left=2)
    rows = table.sort("minutes", "element", "cause", descending=[True, False, False])
    for row in rows.head(_MOST_STOPS).iter_rows(named=True):
        cause = f"{row['cause']}, {row['place']}" if row["place"] else row["cause"]
        figures = [row["stops"], row["minutes"], row["each"]]
        grid.add_row(
            Text(row["element"]), Text(cause),
            *("" if one is None else f"{one:,.1f}" for one in figures),
        )  # fmt: skip
    out.print("stops by cause, a replication", style="bold")
    out.print(grid)
    if table.height > _MOST_STOPS:
        out.print(f"and {counted(table.height - _MOST_STOPS, 'smaller cause')}", style="dim")


def tell_order(out: Console, found: Found) -> None:
    """How far cars are scrambled behind each shop, where cars have an order."""
    table = found.result.tables["sim_order"]
    if found.model.cars is None or not table.height:
        return
    grid = _grid("behind", "in order %", "places away: half", "95 %", "colour changes")
    for row in table.iter_rows(named=True):
        figures = [row[name] for name in ("in_order", "displaced_p50", "displaced_p95")]
        changes = row["colour_changes"]
        grid.add_row(
            Text(row["element"]), *("" if one is None else f"{one:,.1f}" for one in figures),
            "" if changes is None else f"{changes:,.0f}",
        )  # fmt: skip
    out.print("order of cars", style="bold")
    out.print(grid)


def _grid(*heads: str, left: int = 1) -> Table:
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for place, head in enumerate(heads):
        grid.add_column(head, justify="left" if place < left else "right")
    return grid
