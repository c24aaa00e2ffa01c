"""What the plan chose: starts, ends, sites, standstills, shifts, exits; and its objectives."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from motorworks.report.blocks import (
    Block,
    Chart,
    Column,
    Number,
    Row,
    Section,
    Select,
    Spec,
    Table,
)
from motorworks.report.numbers import compact, counted, grouped, listed, with_unit
from motorworks.report.story import Story
from motorworks.report.theme import OTHER, PALETTE, axis, layout, month_axis, month_words, titled

_EXTRAS = (("overtime", "#ddb74a"), ("weekend", "#cc6677"), ("plus", "#88ccee"))
_OBJECTIVES = {
    "agreements": "Cars below agreed minima",
    "demand": "Sales lost, and months of waiting",
    "margin": "Margin",
    "carbon": "Carbon",
    "smoothness": "Cars more or less from month to month",
}


def section(story: Story) -> Section | None:
    """The section on choices; None for a plan that had none and one objective."""
    blocks: list[Block] = []
    chosen = list(_chosen(story))
    if chosen:
        blocks.append(_choices_table(story, chosen))
    if story.table("shifts").height:
        blocks.append(_shifts(story))
    if story.table("objectives").drop_nulls("rank").height > 1:
        blocks.append(_objectives(story))
    if not blocks:
        return None
    lead = (
        "Starts, ends, sites, shifts and ends of agreements that were the plan's to choose, within "
        "the windows of the case."
    )
    return Section("choices", "What the plan chose", lead, blocks, "Choices")


def _chosen(story: Story) -> Iterator[tuple[str, str, float]]:
    """Each choice: what it is about, what was chosen, and what it costs."""
    names = story.names
    for row in story.table("launches").iter_rows(named=True):
        yield (
            f"{names.vehicle(row['vehicle'])} at {names.plant(row['plant'])}",
            _launch_words(row),
            row["capex"] + row["fixed_cost"],
        )
    sites = story.case.table("site_windows")
    ups = story.table("sites")
    for row in sites.iter_rows(named=True):
        own = ups.filter(pl.col("site") == row["site"])
        place = names.plant(row["plant"]) if row["shop"] is None else names.any(row["shop"])
        yield place, _site_words(own["month"].to_list(), own["up"].to_list()), 0.0
    for row in story.table("conversions").iter_rows(named=True):
        when = "never" if row["start"] is None else f"from {month_words(row['start'])}"
        yield names.any(row["conversion"]), f"stands still {when}", row["cost"]
    for row in story.table("exits").iter_rows(named=True):
        when = "is kept" if row["exit"] is None else f"ends before {month_words(row['exit'])}"
        yield names.of("agreement", row["agreement"]), when, row["cost"]


def _launch_words(row: dict[str, Any]) -> str:
    if row["start"] is None:
        return "never starts"
    words = f"starts in {month_words(row['start'])}"
    if row["decided"] is not None and row["decided"] != row["start"]:
        words += f", decided in {month_words(row['decided'])}"
    return words + ("" if row["end"] is None else f", ends with {month_words(row['end'])}")


def _site_words(months: list[str], ups: list[int]) -> str:
    r"""When a site is open.

    Examples
    --------
    >>> _site_words(["2025-01", "2025-02", "2025-03"], [0, 1, 1]).replace("\u00a0", " ")
    'opens in Feb 2025'
    """
    if not any(ups):
        return "never opens"
    if all(ups):
        return "is open throughout"
    first, last = ups.index(1), len(ups) - 1 - ups[::-1].index(1)
    words = [] if first == 0 else [f"opens in {month_words(months[first])}"]
    words += [] if last == len(ups) - 1 else [f"closes after {month_words(months[last])}"]
    return listed(words)


def _choices_table(story: Story, chosen: list[tuple[str, str, float]]) -> Table:
    heads = [Column("What"), Column("Chosen"), Column("Cost", story.currency, number=True)]
    rows: list[Row] = [
        [what, words, Number(grouped(cost) if cost else "–", cost)] for what, words, cost in chosen
    ]
    count = counted(len(chosen), "choice")
    return Table(f"{count}; costs are those of the whole horizon.", heads, rows)


def _shifts(story: Story) -> Chart:
    """Hours of each plant by month, coloured by pattern, extra hours on top."""
    table = story.table("shifts")
    plants = list(dict.fromkeys(table["plant"].to_list()))
    specs = {plant: _hours(story, table.filter(pl.col("plant") == plant)) for plant in plants}
    options = [(plant, story.names.plant(plant)) for plant in plants]
    alt = "Bars of the hours a plant works in each month by shift pattern, with extra hours."
    if len(plants) == 1:
        return Chart("shifts", alt, _shift_caption(story, table), {"": specs[plants[0]]})
    caption = _shift_caption(story, table)
    return Chart("shifts", alt, caption, specs, [Select("Plant", options)])


def _shift_caption(story: Story, table: pl.DataFrame) -> str:
    """How often plants change their pattern, and what labour costs."""
    changes = []
    for plant, rows in table.group_by("plant", maintain_order=True):
        patterns = rows["pattern"].to_list()
        for month, before, now in zip(rows["month"][1:], patterns, patterns[1:], strict=False):
            if before != now and now is not None:
                name = _pattern(story, now)
                where = story.names.plant(str(plant[0]))
                changes.append(f"{where} goes to {name} in {month_words(month)}")
    cost = with_unit(float(table["cost"].sum()), story.currency)
    said = "; ".join(changes[:4]) if changes else "No plant changes its shift pattern"
    more = f"; and {len(changes) - 4} changes more" if len(changes) > 4 else ""
    return f"{said}{more}. Shifts and extra hours cost {cost} over the horizon."


def _pattern(story: Story, key: str) -> str:
    named = story.case.table("shift_patterns").filter(pl.col("pattern") == key)
    return str(named["name"][0]) if named.height else key


def _hours(story: Story, rows: pl.DataFrame) -> Spec:
    patterns = list(dict.fromkeys(p for p in rows["pattern"].to_list() if p is not None))
    traces: list[dict[str, Any]] = []
    for place, key in enumerate(patterns):
        mine = rows.filter(pl.col("pattern") == key)
        text = [
            f"{grouped(row['hours'])} h, {grouped(row['heads'])} people, "
            f"{compact(row['cost'])} {story.currency}"
            for row in mine.iter_rows(named=True)
        ]
        traces.append({
            "type": "bar", "name": _pattern(story, key), "x": mine["month"].to_list(),
            "y": mine["hours"].round(1).to_list(), "text": text, "textposition": "none",
            "marker": {"color": PALETTE[place] if place < len(PALETTE) else OTHER},
            "hovertemplate": "%{x}: %{text}<extra>%{fullData.name}</extra>",
        })  # fmt: skip
    for column, colour in _EXTRAS:
        if rows[column].sum() > 0.05:
            traces.append({
                "type": "bar", "name": "time account" if column == "plus" else column,
                "x": rows["month"].to_list(), "y": rows[column].round(1).to_list(),
                "marker": {"color": colour},
                "hovertemplate": "%{x}: %{y:,.0f} h<extra>%{fullData.name}</extra>",
            })  # fmt: skip
    return {
        "data": traces,
        "layout": layout(
            340, barmode="stack", bargap=0.15, showlegend=True,
            xaxis=month_axis(story.months),
            yaxis=axis(title=titled("Hours per month"), tickformat=",.0f", rangemode="tozero"),
        ),
    }  # fmt: skip


def _objectives(story: Story) -> Table:
    """All objectives in their order, with best and value."""
    heads = [
        Column("Rank", number=True), Column("Objective"), Column("In this plan", number=True),
        Column("Best when optimised", number=True), Column("Proven limit", number=True),
        Column("Unit"),
    ]  # fmt: skip
    rows: list[Row] = []
    for row in story.table("objectives").iter_rows(named=True):
        unit = story.currency if row["objective"] == "margin" else row["unit"]
        figures: list[Number | str] = [
            "–" if row[name] is None else Number(compact(row[name]), row[name])
            for name in ("value", "best", "bound")
        ]
        rank = "–" if row["rank"] is None else Number(str(row["rank"]), row["rank"])
        rows.append([rank, _OBJECTIVES[row["objective"]], *figures, unit])
    note = (
        "Objectives in their order; each may give up its tolerance for those after it. Those "
        "without a rank were not optimised."
    )
    return Table(note, heads, rows)
