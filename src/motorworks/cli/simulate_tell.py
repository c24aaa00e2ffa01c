"""Showing a simulation in a terminal: pace, what holds it back, what everybody did."""

import json
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from motorworks.case.plant_model import Source
from motorworks.case.wording import counted
from motorworks.cli.simulate_found import Found
from motorworks.cli.simulate_tables import tell_buffers, tell_order, tell_states, tell_stops
from motorworks.result.simulation import Estimate
from motorworks.result.verify.findings import Verification
from motorworks.simulate.gains import Gains, told_gain, told_left_out
from motorworks.simulate.holdups import told_active, told_turning
from motorworks.simulate.improve import Improvement, told_split

_MOST_GAINS = 12
_LONG_LEAD = 100.0
"""Minutes from which on a lead time needs no decimals."""
_TOP = 3

STOPPED = {
    "replications": "all replications done",
    "precision": "precision reached",
    "most": "precision not reached within the most replications",
    "interrupted": "stopped by hand",
}


def tell_simulation(out: Console, found: Found, check: Verification) -> None:
    """Show what was found, most important first."""
    _tell_head(out, found)
    _tell_pace(out, found)
    _tell_bottlenecks(out, found)
    if found.holdups.gains is not None:
        _tell_gains(out, found.holdups.gains)
    if found.improvement is not None:
        _tell_improvement(out, found.improvement)
    tell_states(out, found)
    tell_buffers(out, found)
    tell_stops(out, found)
    tell_order(out, found)
    _tell_how(out, found)
    style = "" if check.clean else "bold red"
    out.print(f"check: {check}", style=style, soft_wrap=True, markup=False)


def estimate(value: Estimate, digits: int = 1) -> str:
    """A mean and its interval.

    Examples
    --------
    >>> estimate(Estimate(43.25, 0.5, 20)), estimate(Estimate(43.25, float("inf"), 1))
    ('43.2 (42.8 to 43.8)', '43.2')
    """
    mean = f"{value.mean:,.{digits}f}"
    if value.half == float("inf"):
        return mean
    return f"{mean} ({value.low:,.{digits}f} to {value.high:,.{digits}f})"


def against(pace: float, assumed: float) -> str:
    """A pace against the one that the plan assumes.

    Examples
    --------
    >>> against(43.2, 45.0)
    'the plan assumes 45.0: 4.0 % less'
    >>> against(45.02, 45.0)
    'the plan assumes 45.0: as much'
    """
    change = 100.0 * (pace / assumed - 1.0)
    said = (
        "as much"
        if abs(change) < 0.1
        else f"{abs(change):.1f} % {'more' if change > 0 else 'less'}"
    )
    return f"the plan assumes {assumed:,.1f}: {said}"


def _tell_head(out: Console, found: Found) -> None:
    first, last = found.span
    result = found.result
    out.print(
        f"{result.plant} from {first} to {last}, {found.level} level: "
        f"{counted(len(found.model.elements), 'element')}, "
        f"{counted(result.simulated.replications, 'replication')}",
        style="bold", soft_wrap=True, markup=False,
    )  # fmt: skip


def _tell_pace(out: Console, found: Found) -> None:
    """What the plant could do, against the plan's pace; then what it does with the cars it has."""
    result, holdups = found.result, found.holdups
    grid = Table.grid(padding=(0, 2))
    for wraps in (False, False, True):
        grid.add_column(no_wrap=not wraps)
    for row in result.tables["sim_paces"].filter(pl.col("sets_pace")).iter_rows(named=True):
        rate = found.model.net_rate
        said = f"{row['shop']} sets it" if rate is None else against(row["flow"], rate)
        low, high = row["low"], row["high"]
        spread = "" if low is None else f" ({low:,.1f} to {high:,.1f})"
        grid.add_row("could do, cars an hour", f"{row['flow']:,.1f}{spread}", said)
    always = Estimate(holdups.cars_a_day, holdups.high - holdups.cars_a_day, len(holdups.tallies))
    grid.add_row("could do, cars a day", estimate(always), _supply(found))
    grid.add_row("does, cars an hour", estimate(result.jph_net), "with the cars it was given")
    grid.add_row("does, cars a day", estimate(result.cars_a_day), _planned(found))
    digits = 0 if result.lead_time.mean >= _LONG_LEAD else 1
    grid.add_row("lead time, minutes", estimate(result.lead_time, digits), "with nights, breaks")
    grid.add_row("warm-up cut off", f"{result.warmup.minutes:,.0f} minutes", result.warmup.reason)
    out.print(grid)
    if not result.warmup.settled:
        out.print("the span is too short to tell when the plant has settled", style="yellow")


def _planned(found: Found) -> str:
    days = found.result.tables["sim_days"].drop_nulls("planned")
    if not days.height:
        return ""
    planned, made = int(days["planned"].sum()), float(days["cars"].sum())
    return f"{made:,.0f} of {planned:,} planned in the whole span"


def _supply(found: Found) -> str:
    """What cars the plant has where what it could do is looked for."""
    kinds = {
        one.kind for one in found.holdups.model.elements
        if isinstance(one, Source) and not one.pieces
    }  # fmt: skip
    return "with cars as they arrive" if kinds == {"law"} else "with cars always at hand"


def _tell_bottlenecks(out: Console, found: Found) -> None:
    holdups = found.holdups
    model = holdups.model
    out.print(f"what holds it back, {_supply(found)}", style="bold")
    for point in holdups.turning[:_TOP]:
        out.print(f"  {told_turning(model, point)}", soft_wrap=True, markup=False)
    if not holdups.turning:
        out.print("  no place for whom its neighbours wait: cars come slowly, or all wait alike")
    for share in holdups.active[:_TOP]:
        out.print(f"  {told_active(model, share)}", soft_wrap=True, markup=False)


def _tell_gains(out: Console, gains: Gains) -> None:
    out.print("what would help, in cars a day", style="bold")
    for one in gains.gains[:_MOST_GAINS]:
        style = "" if one.seen else "dim"
        out.print(f"  {one}", style=style, soft_wrap=True, markup=False)
    hidden = len(gains.gains) - _MOST_GAINS
    said = [f"And {counted(hidden, 'smaller one')}."] if hidden > 0 else []
    said += [told_left_out(gains)] if gains.left_out else []
    said += [] if gains.complete else ["Stopped by hand before all had been tried."]
    if said:
        out.print(f"  {' '.join(said)}", style="dim", soft_wrap=True, markup=False)


def _tell_improvement(out: Console, found: Improvement) -> None:
    noun = "places" if found.what == "buffers" else "heads"
    out.print(f"best place for {sum(found.split)} more {noun}", style="bold")
    for line in told_split(found):
        out.print(f"  {line}", soft_wrap=True, markup=False)
    if found.left and found.complete:
        bring = "brings nothing, and is" if found.left == 1 else "bring nothing, and are"
        out.print(f"  {found.left} more {bring} left")
    told = told_gain(found.gain, found.low, found.high)
    out.print(
        f"  {found.before:,.1f} become {found.after:,.1f} cars a day: {told}; "
        f"{counted(found.simulated, 'split')} simulated",
        soft_wrap=True, markup=False,
    )  # fmt: skip
    if not found.complete:
        out.print("  stopped by hand: the best split so far", style="yellow")


def _tell_how(out: Console, found: Found) -> None:
    how = found.result.simulated
    out.print(
        f"{STOPPED.get(how.stopped, how.stopped)}: {how.events:,} events in {how.seconds:,.1f} s, "
        f"{how.events_a_second / 1e6:,.1f} million a second; seed {how.seed}, engine {how.engine} "
        f"({how.engine_reason}), {counted(how.workers, 'core')}",
        soft_wrap=True, markup=False,
    )  # fmt: skip


def as_json(found: Found, check: Verification) -> str:
    """All of it as JSON: headlines, every table but the longest, what was found and the check."""
    result, holdups = found.result, found.holdups
    told: dict[str, Any] = {
        "plant": result.plant,
        "first": found.span[0].isoformat(),
        "last": found.span[1].isoformat(),
        "level": found.level,
        "assumed_jph": found.model.net_rate,
        "cars_always_at_hand": {
            "cars_a_day": holdups.cars_a_day, "low": _finite(holdups.low),
            "high": _finite(holdups.high),
        },
        "headlines": {
            name: {"mean": _finite(value.mean), "half": _finite(value.half)}
            for name, value in (
                ("cars_a_day", result.cars_a_day), ("jph_net", result.jph_net),
                ("jph_gross", result.jph_gross), ("lead_time", result.lead_time),
            )
        },
        "warmup": vars(result.warmup),
        "simulated": vars(result.simulated),
        "settings": dict(result.settings),
        "tables": {
            name: table.to_dicts() for name, table in result.tables.items() if name not in _LONG
        },
        "check": {"clean": check.clean, "findings": [str(one) for one in check.findings]},
    }  # fmt: skip
    if found.improvement is not None:
        improved = found.improvement
        told["improvement"] = {
            "what": improved.what, "before": improved.before, "after": improved.after,
            "gain": improved.gain, "low": _finite(improved.low), "high": _finite(improved.high),
            "simulated": improved.simulated, "complete": improved.complete,
        }  # fmt: skip
    return json.dumps(told, indent=2, ensure_ascii=False, default=str)


_LONG = ("sim_visits", "sim_scene", "sim_levels", "sim_warmup")


def _finite(value: float) -> float | None:
    return value if abs(value) < float("inf") else None
