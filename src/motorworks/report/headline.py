"""The headline figures: with their range over the facts, and what changed against the base."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from motorworks.report.blocks import Card, Cards, Notes, Section, Tone
from motorworks.report.facts import fact_words
from motorworks.report.numbers import (
    BLANK,
    NO_CHANGE,
    counted,
    grouped,
    in_unit,
    percent,
    signed,
    with_unit,
)
from motorworks.report.story import Story
from motorworks.report.theme import month_words
from motorworks.result.headlines import Figure, figures, total


@dataclass(frozen=True)
class Ranged:
    """A headline figure with its range over the facts and its change against the base."""

    figure: Figure
    low: float | None = None
    high: float | None = None
    change: float | None = None


LESS_IS_BETTER = frozenset({"lost", "lost_share", "duty", "freight", "shortfall"})
MOST_BREAK_EVENS = 6
NEUTRAL = frozenset({"peak_load", "mean_load", "stock"})


def ranged(story: Story) -> list[Ranged]:
    """All headlines of a story: those with a range over the facts first."""
    own = {figure.key: figure for figure in figures(story.case, story.result)}
    before: dict[str, float] = {}
    if story.base is not None:
        before = {figure.key: figure.value for figure in figures(*story.base)}
        before |= story.base_figures
    out = [_with_range(row, before) for row in _range_rows(story)]
    covered = {item.figure.key for item in out}
    for key, figure in own.items():
        if key not in covered:
            out.append(Ranged(figure, change=_change(key, figure.value, before)))
    return out


def _range_rows(story: Story) -> list[dict[str, object]]:
    if story.ranges is None or "headlines" not in story.ranges.tables:
        return []
    return list(story.ranges.tables["headlines"].iter_rows(named=True))


def _with_range(row: dict[str, object], before: dict[str, float]) -> Ranged:
    key, value = str(row["headline"]), float(str(row["value"]))
    figure = Figure(key, str(row["label"]), str(row["unit"]), value)
    low, high = float(str(row["low"])), float(str(row["high"]))
    return Ranged(figure, low, high, _change(key, value, before))


def _change(key: str, value: float, before: dict[str, float]) -> float | None:
    return value - before[key] if key in before else None


def break_evens(story: Story) -> list[Notes]:
    """The values of facts at which a headline becomes zero, the nearest first, in words."""
    if story.ranges is None or "break_evens" not in story.ranges.tables:
        return []
    labels = {str(row["headline"]): str(row["label"]) for row in _range_rows(story)}
    facts = {fact["fact_id"]: fact for fact in story.case.table("facts").iter_rows(named=True)}
    table = story.ranges.tables["break_evens"].filter(pl.col("break_even").is_not_null())
    found: dict[str, list[str]] = {}
    for row in sorted(table.iter_rows(named=True), key=_distance):
        fact = facts.get(row["fact_id"], {})
        said = f"{fact_words(story, fact, row['fact_id'])}: {_break_even_words(row, fact)}"
        found.setdefault(row["headline"], []).append(said[:1].upper() + said[1:])
    return [
        Notes(words[:MOST_BREAK_EVENS], f"Break-even: {labels.get(key, key)} falls to zero when")
        for key, words in found.items()
    ]


def _distance(row: dict[str, Any]) -> tuple[float, str]:
    """How far a break-even lies, in widths of the range thought possible."""
    width = abs(row["high"] - row["low"]) or 1.0
    return abs(row["break_even"] - row["chosen"]) / width, row["fact_id"]


def _break_even_words(row: dict[str, Any], fact: dict[str, Any]) -> str:
    unit = str(fact.get("unit") or "")
    times = f"×{BLANK}" if unit == "factor" else ""
    unit = "" if times else unit
    where = "inside" if row["inside"] else "outside"
    reached, ends = in_unit(row["break_even"], unit), [row["low"], row["high"]]
    just = ""
    if not row["inside"] and reached in [in_unit(end, unit) for end in ends]:
        just = "just below " if row["break_even"] < min(ends) else "just above "
    return (
        f"{times}{with_unit(row['chosen'], unit)} becomes {just}{times}"
        f"{with_unit(row['break_even'], unit)}, {where} what is thought possible "
        f"({times}{in_unit(row['low'], unit)} to {times}{in_unit(row['high'], unit)})"
    )


def _tone(item: Ranged) -> Tone:
    key, change = item.figure.key, item.change
    if change is None or signed(change, item.figure.unit) == NO_CHANGE or key in NEUTRAL:
        return "calm"
    return "good" if (change > 0) != (key in LESS_IS_BETTER) else "bad"


def card(item: Ranged) -> Card:
    """A headline as a card."""
    figure, lines = item.figure, []
    span = None
    if item.low is not None and item.high is not None:
        low, high = item.low, item.high
        lines.append(f"range {in_unit(low, figure.unit)} to {in_unit(high, figure.unit)}")
        span = _span(low, figure.value, high)
    if item.change is not None:
        said = signed(item.change, figure.unit)
        lines.append(f"{said} against the base")
    return Card(figure.label, in_unit(figure.value, figure.unit), figure.unit,
                tuple(lines), _tone(item), span)  # fmt: skip


def _span(low: float, value: float, high: float) -> tuple[float, float, float] | None:
    """Places on a bar that also holds zero where the range comes near it."""
    first, last = min(low, value), max(high, value)
    if last - first <= 1e-9:
        return None
    pad = 0.08 * (last - first)
    start, width = first - pad, last - first + 2 * pad
    return (low - start) / width, (value - start) / width, (high - start) / width


def lead(story: Story) -> str:
    """The plan in two sentences."""
    market = story.table("market")
    wanted, lost = total(market, "demand"), total(market, "lost")
    built = total(story.table("production"), "units")
    plants = story.table("production").filter(pl.col("units") > 0)["plant"].n_unique()
    margin = with_unit(story.result.margin, story.currency)
    sold = total(market, "sold")
    before = total(story.case.table("opening_backlog"), "units")
    waiting = f" and wait for {grouped(before)} from before" if before >= 0.5 else ""
    missed = f"{percent(lost / wanted, 1)} of demand is lost" if lost >= 0.5 else "none is lost"
    served = (
        f"customers want {grouped(wanted)}{waiting}, {grouped(sold)} are sold and {missed}"
        if wanted > 0
        else "no customer wants a car"
    )
    return (
        f"Over {counted(len(story.months), 'month')} from {month_words(story.months[0])} to "
        f"{month_words(story.months[-1])}, {counted(plants, 'plant')} build"
        f"{'s' if plants == 1 else ''} {grouped(built)} cars; {served}. The margin is {margin}."
    )


def section(story: Story) -> Section:
    """The headline section."""
    items = ranged(story)
    blocks: list[Cards | Notes] = [Cards([card(item) for item in items])]
    blocks += break_evens(story)
    if story.ranges is None:
        text = "The range over the facts was not computed for this run."
        blocks.append(Notes([text]))
    else:
        text = (
            "Range: least and greatest value with one uncertain or disputed fact changed at a "
            "time; which fact moves what stands under Assumptions."
        )
        blocks.append(Notes([text]))
    if story.ranges is not None and not story.ranges.complete:
        text = "The ranges are incomplete: the run was stopped before all facts had been varied."
        blocks.append(Notes([text]))
    return Section("headlines", "Headlines", lead(story), blocks)
