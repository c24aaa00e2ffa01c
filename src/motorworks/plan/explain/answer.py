"""Plan a case and explain it: what stands in the way, what a wish costs and pushes out."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from motorworks.case.case import Case, dtype_of
from motorworks.case.column import columns_of
from motorworks.engines.lp.model import Floats
from motorworks.errors import InfeasibleError
from motorworks.plan.explain.conflict import Conflict, find_conflicts
from motorworks.plan.explain.force import forced
from motorworks.plan.explain.probe import can_be_met
from motorworks.plan.explain.rules import System
from motorworks.plan.explain.ways import Effort, Way, ways_out
from motorworks.plan.explain.wish import Wish, moved
from motorworks.plan.optimum import OnFound, Optimum
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import Program, margin_of, optimise, read_plan, write_program
from motorworks.result.explanations import WishChange
from motorworks.result.plan import PlanResult

_MOST_MOVED = 12
_SHOWN = 0.05
_FEW_MONTHS = 18
"""Longest horizon of which changes are told by month, not by year."""


@dataclass(frozen=True)
class Refusal:
    """No plan meets all rules: the conflicts, and the ways out of them, cheapest first."""

    conflicts: list[Conflict]
    ways: list[Way]


@dataclass(frozen=True)
class Answer:
    """What becomes of a wish.

    ``plan`` is the best plan with it, for the case ``case``, and ``changes`` are the differences
    to the plan without; None and ``refusal`` where it cannot be had. ``cost`` is the margin given
    up for it, in the reporting currency.
    """

    wish: Wish
    case: Case
    plan: PlanResult | None = None
    cost: float | None = None
    changes: pl.DataFrame | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Planned:
    """A case planned: its program, the solution, and the plan in tables."""

    program: Program
    solution: Optimum
    result: PlanResult


def planned(case: Case, params: PlanParams, on_found: OnFound | None = None) -> Planned | Refusal:
    """The best plan of a case, or why there is none and what would help.

    With ``on_found``, Ctrl-C keeps the best plan so far.
    """
    program = write_program(case, params)
    try:
        solution = optimise(program, on_found=on_found, ranging=True, explain=False)
    except InfeasibleError:
        return refuse(program)
    return Planned(program, solution, read_plan(program, solution))


def refuse(program: Program) -> Refusal:
    """Conflicts of a program without a plan, and the ways out."""
    system = System(program.builder, program.data, program.model)
    conflicts = find_conflicts(system)
    params = program.params
    effort = Effort(params.gap_pct / 100.0, params.time_limit_s or Effort.time_limit_s)
    return Refusal(conflicts, ways_out(system, conflicts, effort))


def answer_wish(
    case: Case, params: PlanParams, wish: Wish, plan: PlanResult, start: Floats | None = None
) -> Answer:
    """Plan with a wish forced, and hold the outcome against the plan without.

    Parameters
    ----------
    case, params
        The case and its settings.
    wish
        What is asked, as :func:`motorworks.plan.explain.wish.read_wish` gives it.
    plan
        The plan without the wish.
    start
        Its columns, from which a search with integers may start.
    """
    changed, program = forced(case, params, wish)
    if start is not None and len(start) != len(program.model.cost):
        start = None
    try:
        result = read_plan(program, optimise(program, start=start, ranging=True, explain=False))
    except InfeasibleError:
        refusal = refuse(program)
        ways = [*moved_ways(case, params, wish), *refusal.ways]
        ways.sort(key=lambda way: -math.inf if way.margin is None else -way.margin)
        return Answer(wish, changed, refusal=Refusal(refusal.conflicts, ways))
    return Answer(wish, changed, result, plan.margin - result.margin, changes_between(plan, result))


def moved_ways(case: Case, params: PlanParams, wish: Wish) -> Iterator[Way]:
    """The same wish as few months later, and earlier, as it can be had, if within a year."""
    for sign, direction in ((1, "later"), (-1, "earlier")):
        for months in range(1, _MOST_MOVED + 1):
            other = moved(wish, sign * months, case)
            if other is None:
                break
            _, program = forced(case, params, other)
            if can_be_met(program.model):
                margin = margin_of(program, optimise(program, explain=False))
                time = f"{months} month{'' if months == 1 else 's'} {direction} than wished"
                yield Way(f"{other.text}, {time}", (), margin, confirmed=True)
                break


def changes_between(before: PlanResult, after: PlanResult) -> pl.DataFrame:
    """What another plan builds, sells and chooses differently, largest changes first."""
    schema = {column.name: dtype_of(column) for column in columns_of(WishChange)}
    rows = [
        *_units(before, after, "built", "production", "plant", "units"),
        *_units(before, after, "sold", "market", "market", "sold"),
        *_choices(before, after),
        *_parts(before, after),
    ]
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    size = pl.col("change").abs()
    order = ["kind", size, "what", "place", "period"]
    return frame.sort(order, descending=[False, True, False, False, False], nulls_last=True)


Row = tuple[str, str, str, str, str | None, str | None, float | None, str]


def _units(
    before: PlanResult, after: PlanResult, kind: str, table: str, place: str, column: str
) -> Iterator[Row]:
    """Cars by vehicle, place and year that are more or fewer."""
    keys = ["vehicle", place, "period"]
    months = before.table(table)["month"].n_unique()
    period = pl.col("month").str.slice(0, 4 if months > _FEW_MONTHS else 7).alias("period")

    def summed(plan: PlanResult, name: str) -> pl.DataFrame:
        cars = pl.col(column).sum().alias(name)
        return plan.table(table).with_columns(period).group_by(keys).agg(cars)

    both = summed(before, "old").join(summed(after, "new"), on=keys, how="full", coalesce=True)
    for vehicle, where, time, old, new in both.select(*keys, "old", "new").fill_null(0.0).rows():
        if abs(new - old) >= _SHOWN:
            yield kind, vehicle, where, time, f"{old:.1f}", f"{new:.1f}", new - old, "vehicles"


def _parts(before: PlanResult, after: PlanResult) -> Iterator[Row]:
    """Parts of the margin that come out otherwise."""
    old = dict(before.table("objective").rows())
    for part, new in after.table("objective").rows():
        change = new - old.get(part, 0.0)
        if abs(change) >= _SHOWN:
            yield (
                "margin", part, "", "", f"{old.get(part, 0.0):.0f}", f"{new:.0f}", change,
                "reporting currency",
            )  # fmt: skip


CHOICES = (
    ("start", "launches", "vehicle", "plant", None, "start"),
    ("end", "launches", "vehicle", "plant", None, "end"),
    ("pattern", "shifts", "plant", None, "month", "pattern"),
    ("site", "sites", "site", None, "month", "up"),
    ("conversion", "conversions", "conversion", None, None, "start"),
    ("exit", "exits", "agreement", None, None, "exit"),
)
"""Kind of change, table, what, place, time, value."""


def _choices(before: PlanResult, after: PlanResult) -> Iterator[Row]:
    """Starts, shifts, sites, conversions and exits that are chosen otherwise."""
    for kind, table, what, place, time, value in CHOICES:
        keys = [name for name in (what, place, time) if name]
        old = before.table(table).select(*keys, pl.col(value).cast(pl.String).alias("old"))
        new = after.table(table).select(*keys, pl.col(value).cast(pl.String).alias("new"))
        both = old.join(new, on=keys, how="full", coalesce=True)
        moved = both.filter(pl.col("old").ne_missing(pl.col("new"))).sort(keys)
        for row in moved.iter_rows(named=True):
            yield (
                kind, row[what], row[place] if place else "", row[time] if time else "",
                row["old"], row["new"], None, "",
            )  # fmt: skip
