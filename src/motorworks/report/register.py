"""The register of figures: where each comes from, which are disputed, and what they move."""

import polars as pl

from motorworks.report import tornado
from motorworks.report.blocks import (
    Chart,
    Chip,
    Column,
    Link,
    Number,
    Row,
    Section,
    Table,
    Tone,
)
from motorworks.report.facts import fact_words
from motorworks.report.numbers import change, counted, plain
from motorworks.report.story import Story

MOST_ROWS = 600
_FIRST = 1e300
_TONES: dict[str, Tone] = {"reported": "good", "derived": "calm", "assumed": "bad"}


def disputes(facts: pl.DataFrame) -> pl.DataFrame:
    """Facts that speak of a cell of which another fact says something else."""
    cell = ["table", "key", "field"]
    spoken = facts.filter(pl.col("table") != "background")
    several = (
        spoken.group_by(cell).agg(pl.col("value").n_unique().alias("n")).filter(pl.col("n") > 1)
    )
    rows = facts.join(several.select(cell), on=cell, how="semi")
    unlike = facts.filter(~pl.col("chosen"))
    both = pl.concat([rows, unlike]).unique(subset="fact_id")
    return both.sort([*cell, "chosen", "fact_id"], descending=[False, False, False, True, False])


def swings(story: Story) -> dict[str, tuple[float, float]]:
    """Least and greatest change of the first headline under each fact."""
    if story.ranges is None or story.ranges.tables["headlines"].height == 0:
        return {}
    first = story.ranges.tables["headlines"]["headline"][0]
    table = story.ranges.tables["moves"].filter(pl.col("headline") == first)
    sums = table.group_by("fact_id").agg(
        pl.col("change").min().alias("low"), pl.col("change").max().alias("high")
    )
    return {key: (low, high) for key, low, high in sums.iter_rows()}


def _source(story: Story) -> dict[str, Link]:
    return {
        row["source_id"]: Link(row["title"], row["url"])
        for row in story.case.table("sources").iter_rows(named=True)
    }


def _said(text: str | None, unit: str | None) -> str:
    """A figure as written, its thousands set apart where it is a quantity."""
    if text is None:
        return "–"
    if not unit:
        return text
    try:
        said = plain(float(text))
    except ValueError:
        return text
    return f"×\u00a0{said}" if unit == "factor" else said


def _value(row: dict[str, str | None]) -> str:
    said, unit = _said(row["value"], row["unit"]), row["unit"]
    return f"{said}\u00a0{unit}" if row["value"] and unit and unit != "factor" else said


def _rows(story: Story, facts: pl.DataFrame, disputed: bool) -> list[Row]:
    sources, moved = _source(story), swings(story)
    unit, stopped = _headline_unit(story), failures(story)
    out: list[Row] = []
    for row in facts.iter_rows(named=True):
        cells: Row = [fact_words(story, row, row["fact_id"]), _value(row)]
        ends = (_said(row["low"], row["unit"]), _said(row["high"], row["unit"]))
        cells.append("–" if ends == ("–", "–") else "\u00a0…\u00a0".join(ends))
        cells.append(Chip(row["status"], _TONES.get(row["status"], "calm")))
        if disputed:
            cells.append(Chip("chosen", "good") if row["chosen"] else Chip("set aside"))
        if moved:
            stuck = stopped.get(row["fact_id"], "")
            cells.append(_moved(moved.get(row["fact_id"]), unit, stuck))
        cells.append(sources.get(row["source_id"] or "", row["source_id"] or "–"))
        cells.append(" ".join(part for part in (row["reason"], row["note"]) if part) or "–")
        out.append(cells)
    return out


def _headline_unit(story: Story) -> str:
    if story.ranges is None or story.ranges.tables["headlines"].height == 0:
        return ""
    return str(story.ranges.tables["headlines"]["unit"][0])


def failures(story: Story) -> dict[str, str]:
    """Values of each fact under which there is no plan, in words."""
    if story.ranges is None or "failures" not in story.ranges.tables:
        return {}
    said: dict[str, list[str]] = {}
    for row in story.ranges.tables["failures"].iter_rows(named=True):
        said.setdefault(row["fact_id"], []).append(row["input"])
    return {fact_id: f"no plan at {' and '.join(inputs)}" for fact_id, inputs in said.items()}


def _moved(span: tuple[float, float] | None, unit: str, stuck: str = "") -> Number:
    if stuck:
        beside = "" if span is None else f"{_moved(span, unit).text}, "
        return Number(f"{beside}{stuck}", _FIRST)
    if span is None:
        return Number("–", 0.0)
    low, high = span
    if max(abs(low), abs(high)) < 1e-9:
        return Number("none", 0.0)
    size = max(abs(low), abs(high))
    if abs(high - low) < 1e-9:
        return Number(change(low, unit), size)
    return Number(f"{change(min(low, 0.0), unit)} … {change(max(high, 0.0), unit)}", size)


def table(story: Story, facts: pl.DataFrame, caption: str, disputed: bool, folded: str) -> Table:
    """Facts with range, state, what they move, source and reason."""
    heads = [Column("Figure"), Column("Value"), Column("Low … high"), Column("Evidence")]
    if disputed:
        heads.append(Column("State"))
    if swings(story):
        assert story.ranges is not None
        row = story.ranges.tables["headlines"].row(0, named=True)
        heads.append(Column(f"Moves: {row['label'].lower()}", row["unit"], number=True))
    heads += [Column("Source"), Column("Why, and notes")]
    shown = facts.head(MOST_ROWS)
    if shown.height < facts.height:
        caption += f" The first {MOST_ROWS} of {facts.height} rows; all are in facts.csv."
    return Table(caption, heads, _rows(story, shown, disputed), search=True, folded=folded)


def lead(story: Story) -> str:
    """How many figures are reported, derived, assumed and disputed."""
    facts = story.case.table("facts")
    if facts.height == 0:
        return "The case records no sources for its figures."
    counts = dict(facts.filter(pl.col("chosen")).group_by("status").len().iter_rows())
    said = ", ".join(f"{counts.get(status, 0)} {status}" for status in _TONES)
    aside = facts.filter(~pl.col("chosen")).height
    said_of = "disagrees and stays" if aside == 1 else "disagree and stay"
    return (
        f"{counted(facts.filter('chosen').height, 'figure')} with a recorded origin: {said}. "
        f"{counted(aside, 'figure')} of other sources {said_of} on record."
    )


def section(story: Story) -> Section:
    """The register with the tornado."""
    title, short = "Assumptions and disputed facts", "Assumptions"
    facts = story.case.table("facts")
    if facts.height == 0:
        return Section("register", title, lead(story), short=short)
    blocks: list[Chart | Table] = []
    chart = tornado.chart(story)
    if chart is not None:
        blocks.append(chart)
    moved = swings(story)
    size = {key: max(abs(low), abs(high)) for key, (low, high) in moved.items()}
    assumed = facts.filter((pl.col("status") == "assumed") & pl.col("chosen"))
    assumed = _by_size(assumed, size)
    if assumed.height:
        text = "Figures that no source gives, assumed openly; those that move most come first."
        blocks.append(table(story, assumed, text, False, ""))
    disputed = disputes(facts)
    if disputed.height:
        text = "Figures on which sources disagree: all are kept, one is chosen, with the reason."
        blocks.append(table(story, disputed, text, True, ""))
    rest = facts.filter((pl.col("status") != "assumed") & pl.col("chosen"))
    if rest.height:
        text = "Figures reported by a source, or derived from such figures."
        fold = f"Show {counted(rest.height, 'reported or derived figure')}"
        blocks.append(table(story, rest, text, False, fold))
    return Section("register", title, lead(story), blocks, short)


def _by_size(facts: pl.DataFrame, size: dict[str, float]) -> pl.DataFrame:
    order = pl.col("fact_id").replace_strict(size, default=0.0, return_dtype=pl.Float64)
    return facts.sort([order, "fact_id"], descending=[True, False])
