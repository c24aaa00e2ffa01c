"""The headline figures: with their range over the facts, and what changed against the base."""

from dataclasses import dataclass

import polars as pl

from motorworks.report.blocks import Card, Cards, Notes, Section, Tone
from motorworks.report.numbers import counted, grouped, in_unit, percent, signed, with_unit
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
NEUTRAL = frozenset({"peak_load", "mean_load", "stock"})


def ranged(story: Story) -> list[Ranged]:
    """All headlines of a story: those with a range over the facts first."""
    own = {figure.key: figure for figure in figures(story.case, story.result)}
    before: dict[str, float] = {}
    if story.base is not None:
        before = {figure.key: figure.value for figure in figures(*story.base)}
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


def break_even_words(story: Story, key: str | None = None) -> list[str]:
    """The values of facts at which a headline becomes zero, in words."""
    if story.ranges is None or "break_evens" not in story.ranges.tables:
        return []
    table = story.ranges.tables["break_evens"].filter(pl.col("break_even").is_not_null())
    if key is not None:
        table = table.filter(pl.col("headline") == key)
    labels = {str(row["headline"]): str(row["label"]) for row in _range_rows(story)}
    facts = {fact["fact_id"]: fact for fact in story.case.table("facts").iter_rows(named=True)}
    out = []
    for row in table.sort("inside", descending=True).iter_rows(named=True):
        fact = facts.get(row["fact_id"], {})
        unit = "" if fact.get("unit") in (None, "factor") else str(fact["unit"])
        where = "inside" if row["inside"] else "outside"
        out.append(
            f"{labels.get(row['headline'], row['headline'])} falls to zero if "
            f"{fact_words(story, fact, row['fact_id'])} goes from {with_unit(row['chosen'], unit)} "
            f"to {with_unit(row['break_even'], unit)}: {where} the range thought possible "
            f"({in_unit(row['low'], unit)} to {in_unit(row['high'], unit)})."
        )
    return out


def fact_words(story: Story, fact: dict[str, object], fact_id: str) -> str:
    """What a fact speaks of, in words: field, then the rows it stands in.

    A fact without a place is named by its id.
    """
    if not fact:
        return fact_id
    parts = [part for part in str(fact["key"]).split("|") if part and part != "*"]
    said = ", ".join(month_words(part) if _is_month(part) else story.names.any(part)
                     for part in parts)  # fmt: skip
    field = str(fact["field"]).replace("_pct", "").replace("_", " ")
    table = str(fact["table"]).replace("_", " ")
    return f"{field} ({said})" if said else f"{field} ({table})"


def _is_month(text: str) -> bool:
    return len(text) == len("2026-10") and text[:4].isdigit() and text[5:].isdigit()


def _tone(item: Ranged) -> Tone:
    key, change = item.figure.key, item.change
    if change is None or abs(change) < 1e-9 or key in NEUTRAL:
        return "calm"
    return "good" if (change > 0) != (key in LESS_IS_BETTER) else "bad"


def card(item: Ranged) -> Card:
    """A headline as a card."""
    figure, lines = item.figure, []
    span = None
    if item.low is not None and item.high is not None:
        low, high = item.low, item.high
        lines.append(f"{in_unit(low, figure.unit)} to {in_unit(high, figure.unit)} over the facts")
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
    missed = f"{percent(lost / wanted, 1)} of demand is lost" if lost >= 0.5 else "none is lost"
    served = (
        f"customers want {grouped(wanted)}, {grouped(sold)} are sold and {missed}"
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
    words = break_even_words(story)
    if words:
        blocks.append(Notes(words[:6], "Break-even"))
    if story.ranges is None:
        text = "The range over the facts was not computed for this run."
        blocks.append(Notes([text]))
    elif not story.ranges.complete:
        text = "The ranges are incomplete: the run was stopped before all facts had been varied."
        blocks.append(Notes([text]))
    return Section("headlines", "Headlines", lead(story), blocks)
