"""What ``motorworks store`` does: read or draw bodies, lead them through, show, write."""

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import typer
from rich.table import Table

from motorworks.case.body_store import BodyStore, StoreTask
from motorworks.case.day_part import part_of
from motorworks.case.line_day import LineDay
from motorworks.case.wording import did_you_mean
from motorworks.cli.outputs import refuse_unwritable
from motorworks.cli.sequence_tell import number
from motorworks.cli.tell import console
from motorworks.errors import CaseError, Problem
from motorworks.io.body_csv import BodyList, read_bodies
from motorworks.io.sequence_csv import csv_of
from motorworks.io.workbook import save
from motorworks.result.body_store import StoreResult, place_figures
from motorworks.result.verify.body_store import verify_body_store
from motorworks.sequence.store.params import StoreParams
from motorworks.sequence.store.size import Scramble, Sized, smallest_lanes, smallest_store
from motorworks.sequence.store.solve import form_batches, lead_through

_COLOURS = ("white", "black", "grey", "silver", "blue", "red", "orange", "green")
_SHARES = (30, 22, 16, 12, 9, 6, 3, 2)

_WORDS = {
    "in_order_pct": "bodies in order, %",
    "overtaken": "bodies overtaken",
    "displaced_p50": "places away, median",
    "displaced_p95": "places away, 95th percentile",
    "displaced_most": "places away, most",
    "displaced_mean": "places away, mean",
    "colour_changes": "colour changes",
    "mark": "mark of the line",
}


@dataclass(frozen=True)
class Layout:
    """The store, as written on the command line."""

    lanes: str | None
    places: int | None
    pull_off: int | None
    fill: int | None


@dataclass(frozen=True)
class Bodies:
    """Which bodies come, and what counts."""

    file: Path | None
    demo: int | None
    count: str
    orders: Path | None
    rules: Path | None


@dataclass(frozen=True)
class Paint:
    """Limits of batches, how paint scrambles an order, and the share to keep."""

    most: int | None
    painted: str | None
    repair_pct: float
    delay: str
    ovens: int
    jitter: int
    keep: float
    seed: int


@dataclass(frozen=True)
class Told:
    """Where the outcome goes."""

    out: Path | None
    events: Path | None
    json: bool


def run_store(
    task: str, layout: Layout, bodies: Bodies, paint: Paint, params: StoreParams, told: Told
) -> bool:
    """Do a task of the store; whether it could be done as asked."""
    scramble = Scramble(paint.repair_pct, _span(paint.delay), paint.ovens, paint.jitter)
    read = (bodies.file, bodies.orders, bodies.rules)
    refuse_unwritable(
        [path for path in (told.out, told.events) if path], [path for path in read if path]
    )
    if task == "size":
        sized = _sized(layout, scramble, paint)
        _tell_sized(sized, as_json=told.json)
        return sized.smallest is not None
    store = _store(layout)
    listed = _bodies(bodies, scramble, paint.seed, "colour" if task == "batches" else "wanted")
    came: dict[str, float] = {}
    if task == "batches":
        result = form_batches(
            store, listed.bodies, listed.colours,
            most=paint.most, before=paint.painted, params=params,
        )  # fmt: skip
        came["colour_changes"] = float(_changes(listed.colours, paint.painted))
    else:
        asked = _task(store, listed, bodies)
        result = lead_through(asked, params)
        came = place_figures(listed.wanted, tuple(range(asked.count)))
        check = verify_body_store(asked, result)
        if not check.clean:
            console(err=True).print(f"check: {check}", style="bold red", markup=False)
            return False
    _tell(store, came, result, as_json=told.json)
    for path, table in ((told.out, "released"), (told.events, "store_events")):
        if path is not None:
            save(path, csv_of(result.tables[table]).encode())
            if not told.json:
                console().print(str(path), soft_wrap=True, markup=False)
    return result.broken == 0


def _store(layout: Layout) -> BodyStore:
    """The store of a layout; one of three ways to give it."""
    given = [name for name in (layout.lanes, layout.places, layout.pull_off) if name is not None]
    if len(given) != 1:
        msg = "say how the store is laid out: one of --lanes, --places and --pull-off"
        raise typer.BadParameter(msg)
    if layout.lanes is not None:
        count, length = _lanes(layout.lanes)
        fill = layout.fill or max(1, (count - 1) * length)
        store = BodyStore((length,) * count, fill, fill)
    elif layout.places is not None:
        store = BodyStore((1,) * layout.places, layout.fill or layout.places, layout.fill)
    else:
        places = (layout.pull_off or 0) + 1
        store = BodyStore((1,) * places, layout.fill or places, layout.fill)
    if faults := store.faults():
        raise CaseError([Problem("store", fault) for fault in faults])
    return store


def _lanes(text: str) -> tuple[int, int]:
    count, _, length = text.lower().partition("x")
    if not all(word.isascii() and word.isdigit() and 0 < len(word) < 4 for word in (count, length)):
        msg = f"is lanes and places of each, as 6x7, not {text}"
        raise typer.BadParameter(msg, param_hint="--lanes")
    if int(count) == 0 or int(length) == 0:
        msg = f"a store has a lane and a place at least, not {text}"
        raise typer.BadParameter(msg, param_hint="--lanes")
    return int(count), int(length)


def _span(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    last = last or first
    if not all(word.isascii() and word.isdigit() and len(word) < 6 for word in (first, last)):
        msg = f"is the least and the most positions, as 20-60, not {text}"
        raise typer.BadParameter(msg, param_hint="--delay")
    return int(first), int(last)


def _bodies(bodies: Bodies, scramble: Scramble, seed: int, needs: str) -> BodyList:
    """Bodies of the file, or drawn: scrambled by paint, colours by usual shares."""
    if bodies.file is not None:
        return read_bodies(bodies.file, needs)
    if faults := scramble.faults():
        raise CaseError([Problem("paint", fault) for fault in faults])
    count = bodies.demo or 1
    rng = np.random.default_rng(seed)
    wanted = scramble.order(count, rng)
    drawn = rng.choice(len(_COLOURS), size=count, p=np.array(_SHARES) / sum(_SHARES))
    names = tuple(f"B{place + 1:05d}" for place in wanted)
    return BodyList(names, wanted, tuple(_COLOURS[place] for place in drawn))


def _task(store: BodyStore, listed: BodyList, bodies: Bodies) -> StoreTask:
    weights = {name: int(name == bodies.count) for name in ("overtaken", "displacement", "mark")}
    day = None
    if bodies.count == "mark":
        if bodies.orders is None:
            msg = "the mark needs the cars of the line: --orders, and --rules"
            raise typer.BadParameter(msg, param_hint="--count")
        day = _day(bodies.orders, bodies.rules, listed.bodies)
    return StoreTask(store, listed.bodies, listed.wanted, **weights, day=day)


def _day(orders: Path, rules: Path | None, names: tuple[str, ...]) -> LineDay:
    """The day of the line, its cars in the order in which the bodies come."""
    from motorworks.io.formats.day_orders import read_day

    day = read_day(orders, rules)
    place = {name: car for car, name in enumerate(day.cars[day.before :])}
    unknown = [name for name in names if name not in place]
    if unknown or len(names) != day.count:
        problems = [
            Problem("--bodies", f"is no car of the day{did_you_mean(name, place)}", value=name)
            for name in unknown[:20]
        ]
        missing = sorted(place.keys() - set(names))[:20]
        problems += [Problem("--bodies", "does not come to the store", value=n) for n in missing]
        raise CaseError(problems)
    return part_of(day, [place[name] for name in names])


def _changes(colours: tuple[str, ...], before: str | None) -> int:
    """Changes of colour if bodies are painted as they come."""
    row = [*([before] if before else []), *colours]
    return sum(a != b for a, b in pairwise(row))


def _sized(layout: Layout, scramble: Scramble, paint: Paint) -> Sized:
    if layout.lanes is not None:
        count, longest = _lanes(layout.lanes)
        return smallest_lanes(scramble, paint.keep, count, longest=longest, seed=paint.seed)
    return smallest_store(scramble, paint.keep, seed=paint.seed)


def _tell(store: BodyStore, came: dict[str, float], result: StoreResult, *, as_json: bool) -> None:
    if as_json:
        told = {
            "store": str(store),
            "cost": result.cost,
            "bound": result.bound,
            "proven": result.proven,
            "broken": result.broken,
            "how": result.how,
            "as_they_come": came,
            "given_out": dict(result.figures),
        }
        typer.echo(json.dumps(told, indent=1))
        return
    out = console()
    out.print(f"store: {store}", style="bold", markup=False)
    grid = Table(box=None, pad_edge=False, header_style="bold")
    grid.add_column("")
    grid.add_column("as they come", justify="right")
    grid.add_column("given out", justify="right")
    for name, value in result.figures.items():
        if name == "mark" and "colour_changes" in result.figures:
            continue  # batches: the changes again
        first = _figure(came[name]) if name in came else ""
        grid.add_row(_WORDS[name], first, _figure(value))
    out.print(grid)
    if result.broken:
        out.print(f"limits broken: {result.broken:,}", style="bold red")
    state = "proven" if result.proven else f"no way comes below {result.bound:,}"
    out.print(f"{result.cost:,} counted, {state}: {result.how}", soft_wrap=True, markup=False)


def _figure(value: float) -> str:
    """A figure with two decimals where it has some."""
    return number(value) if float(value).is_integer() else f"{value:,.2f}"


def _tell_sized(sized: Sized, *, as_json: bool) -> None:
    rows = [
        {
            "places": one.store.places,
            "lanes": len(one.store.lanes) if not one.store.any_body else None,
            "in_order_pct": round(one.in_order_pct, 3),
            "low_pct": round(one.low_pct, 3),
            "high_pct": round(one.high_pct, 3),
            "displaced_p95": round(one.displaced_p95, 2),
        }
        for one in sized.tried
    ]
    if as_json:
        best = sized.smallest.store.places if sized.smallest else None
        told = {"keep_pct": sized.target_pct, "places": best, "tried": rows}
        typer.echo(json.dumps(told, indent=1))
        return
    out = console()
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("places", "in order, %", "95 % interval", "95th percentile of places away"):
        grid.add_column(head, justify="right")
    for one in sized.tried:
        style = "bold" if one is sized.smallest else ""
        grid.add_row(
            f"{one.store.places:,}", f"{one.in_order_pct:.2f}",
            f"{one.low_pct:.2f} to {one.high_pct:.2f}", f"{one.displaced_p95:.1f}", style=style,
        )  # fmt: skip
    out.print(grid)
    if sized.smallest is None:
        out.print(f"no store tried keeps {sized.target_pct:g} % in order", style="bold red")
    else:
        kept = f"smallest store that keeps {sized.target_pct:g} % in order"
        out.print(f"{kept}: {sized.smallest.store}", style="bold", markup=False)
