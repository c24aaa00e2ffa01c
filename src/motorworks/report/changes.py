"""What moved against the plan that was published last."""

import polars as pl

from motorworks.report.blocks import Column, Number, Row, Section, Table
from motorworks.report.numbers import change, counted, grouped
from motorworks.report.story import Story
from motorworks.report.theme import month_words
from motorworks.result.plan import PlanResult

MOST_ROWS = 60
_LEAST = 0.5


def moved(result: PlanResult) -> pl.DataFrame:
    """Published months whose cars are others now, the largest changes first."""
    table = result.table("changes").with_columns(change=pl.col("units") - pl.col("published"))
    size = pl.col("change").abs()
    keys = ["vehicle", "plant", "month"]
    return table.filter(size >= _LEAST).sort([-size, *keys])


def words(result: PlanResult) -> str | None:
    """How much the plan differs from the one published; None where none was."""
    published = result.table("changes")
    if published.height == 0:
        return None
    rows = moved(result)
    if rows.height == 0:
        return "as it was published in every month on record"
    more = float(rows.filter(pl.col("change") > 0)["change"].sum())
    less = -float(rows.filter(pl.col("change") < 0)["change"].sum())
    months = rows["month"].n_unique()
    first = month_words(str(rows["month"].min()))
    return (
        f"{counted(more, 'car')} more and {grouped(less)} fewer than published, in "
        f"{counted(months, 'month')}, first in {first}"
    )


def section(story: Story) -> Section | None:
    """The section on changes; None where no plan was published."""
    said = words(story.result)
    if said is None:
        return None
    rows = moved(story.result)
    lead = f"{said[:1].upper()}{said[1:]}."
    blocks = [_table(story, rows)] if rows.height else []
    return Section("changes", "Against the published plan", lead, blocks, "Changes")


def _table(story: Story, rows: pl.DataFrame) -> Table:
    heads = [
        Column("Vehicle"), Column("Plant"), Column("Month"),
        Column("Published", "cars", number=True), Column("Now", "cars", number=True),
        Column("Change", "cars", number=True),
    ]  # fmt: skip
    lines: list[Row] = [
        [story.names.vehicle(row["vehicle"]), story.names.plant(row["plant"]),
         month_words(row["month"]),
         *(Number(grouped(row[name]), row[name]) for name in ("published", "units")),
         Number(change(row["change"], "vehicles"), row["change"])]
        for row in rows.head(MOST_ROWS).iter_rows(named=True)
    ]  # fmt: skip
    rest = rows.height - MOST_ROWS
    note = "The largest changes first" + (
        f"; {counted(rest, 'smaller one')} more." if rest > 0 else "."
    )
    return Table(
        note, heads, lines, search=True, folded="" if len(lines) <= 12 else "Show all changes"
    )
