"""What the plan chose: starts, ends, sites, standstills, shifts, exits; and its objectives."""

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
from motorworks.report.chosen import Chosen, chosen
from motorworks.report.numbers import compact, grouped, with_unit
from motorworks.report.story import Story
from motorworks.report.theme import OTHER, PALETTE, axis, layout, month_axis, titled

_EXTRAS = (("overtime", "#ddb74a"), ("weekend", "#cc6677"), ("plus", "#88ccee"))
_EXTRA_NAMES = {"overtime": "overtime", "weekend": "weekends", "plus": "into the time account"}
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
    made = chosen(story.case, story.result)
    if made:
        blocks.append(_choices_table(story, made))
    if story.table("shifts").height:
        blocks.append(_shifts(story))
    if story.table("objectives").drop_nulls("rank").height > 1:
        blocks.append(_objectives(story))
    if not blocks:
        return None
    lead = (
        "What the case left to the plan: starts and ends of production, sites, shifts, ends of "
        "agreements, spot space, components for others, claims of origin."
        if made
        else "What was sought, the most important first."
    )
    return Section("choices", "What the plan chose", lead, blocks, "Choices")


def _choices_table(story: Story, made: list[Chosen]) -> Table:
    heads = [Column("What"), Column("Chosen"), Column("Cost", story.currency, number=True)]
    rows: list[Row] = [
        [one.what, one.words, Number(grouped(one.cost) if one.cost else "–", one.cost)]
        for one in made
    ]
    note = (
        "Costs are those of the whole horizon, of shifts all labour; those of sites, spot space "
        "and components stand among the parts of the margin."
    )
    return Table(note, heads, rows)


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
    """Whose hours these are, and what labour costs."""
    plants = table["plant"].unique(maintain_order=True).to_list()
    where = f" at {story.names.plant(plants[0])}" if len(plants) == 1 else ""
    labour = float(table["cost"].sum())
    cost = with_unit(labour, story.currency)
    extra = float(table.select("overtime", "weekend").sum_horizontal().sum())
    more = f", of them {grouped(extra)} of overtime and at weekends" if extra >= 0.5 else ""
    hours = float((table["hours"] + table["plus"] - table["minus"]).sum()) + extra
    paid = f"; labour costs {cost}" if round(labour) else ""
    return f"{grouped(hours)} hours are worked{where}{more}{paid}."


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
            + (
                f"; {grouped(row['minus'])} h off, from the time account"
                if row["minus"] > 0.05
                else ""
            )
            for row in mine.iter_rows(named=True)
        ]
        traces.append({
            "type": "bar", "name": _pattern(story, key), "x": mine["month"].to_list(),
            "y": (mine["hours"] - mine["minus"]).round(1).to_list(),
            "text": text, "textposition": "none",
            "marker": {"color": PALETTE[place] if place < len(PALETTE) else OTHER},
            "hovertemplate": "%{x}: %{text}<extra>%{fullData.name}</extra>",
        })  # fmt: skip
    for column, colour in _EXTRAS:
        if rows[column].sum() > 0.05:
            traces.append({
                "type": "bar", "name": _EXTRA_NAMES[column],
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
