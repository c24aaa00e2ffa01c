"""Manufacturing agreements, year by year."""

import polars as pl

from motorworks.report.blocks import Block, Chip, Column, Number, Row, Section, Spec, Table, single
from motorworks.report.numbers import compact, counted, grouped
from motorworks.report.story import Story
from motorworks.report.theme import BAD, INK, PALETTE, axis, layout, titled

MOST_SHOWN = 12


def rows_of(story: Story) -> pl.DataFrame:
    """Agreement years in order."""
    return story.table("agreements").sort(["agreement", "year"])


def figure(story: Story) -> Spec:
    """Cars built by agreement and year, with the least and most agreed."""
    rows = rows_of(story)
    keys = list(dict.fromkeys(rows["agreement"].to_list()))[:MOST_SHOWN]
    traces: list[dict[str, object]] = []
    for place, key in enumerate(keys):
        mine = rows.filter(pl.col("agreement") == key)
        traces.append({
            "type": "bar", "name": story.names.of("agreement", key),
            "x": [str(year) for year in mine["year"].to_list()],
            "y": [round(value, 1) for value in mine["units"].to_list()],
            "marker": {"color": PALETTE[place % len(PALETTE)]}, "offsetgroup": key,
            "hovertemplate": "%{x}: %{y:,.0f} cars<extra>%{fullData.name}</extra>",
        })  # fmt: skip
    traces += _bounds(rows.filter(pl.col("agreement").is_in(keys)), len(keys))
    return {
        "data": traces,
        "layout": layout(
            340,
            barmode="group",
            scattermode="group",
            bargap=0.75 if rows.height <= 3 else 0.5,
            showlegend=True,
            yaxis=axis(title=titled("Cars per year"), tickformat=",.0f", rangemode="tozero"),
            xaxis=axis(type="category", showgrid=False),
        ),
    }


def _bounds(rows: pl.DataFrame, side_by_side: int) -> list[dict[str, object]]:
    """A mark for the least and the most agreed at the column of each agreement."""
    out: list[dict[str, object]] = []
    for column, name, colour in (("minimum", "Least agreed", BAD), ("maximum", "Most agreed", INK)):
        some = rows.drop_nulls(column)
        for place, (key, mine) in enumerate(some.group_by("agreement", maintain_order=True)):
            out.append({
                "type": "scatter", "mode": "markers", "name": name, "offsetgroup": key[0],
                "legendgroup": column, "showlegend": place == 0,
                "x": [str(year) for year in mine["year"].to_list()],
                "y": [round(value, 1) for value in mine[column].to_list()],
                "marker": {"symbol": "line-ew", "size": 46 if side_by_side == 1 else 22,
                           "line": {"width": 3, "color": colour}},
                "hovertemplate": f"%{{x}}: {name.lower()} %{{y:,.0f}} cars<extra></extra>",
            })  # fmt: skip
    return out


def caption(story: Story) -> str:
    """Whether every minimum is met."""
    rows = rows_of(story)
    short = rows.filter(pl.col("shortfall") > 0.5)
    bound = rows.filter(pl.col("minimum").is_not_null())
    if short.height == 0:
        return (
            f"Every minimum is met ({counted(bound.height, 'agreement year')} with one on record)."
            if bound.height
            else "No firm agreement has a minimum."
        )
    worst = short.sort("shortfall", descending=True).row(0, named=True)
    name = story.names.of("agreement", worst["agreement"])
    return (
        f"{counted(short.height, 'agreement year')} fall{'s' if short.height == 1 else ''} short; "
        f"most in {worst['year']}: {name} by {grouped(worst['shortfall'])} cars."
    )


def _bound(value: float | None) -> Number | str:
    return "–" if value is None else Number(grouped(value), value)


def table(story: Story) -> Table:
    """Each agreement and year."""
    heads = [Column("Agreement"), Column("Year"), Column("Built", "vehicles", number=True),
             Column("Least", "vehicles", number=True), Column("Most", "vehicles", number=True),
             Column("Short by", "vehicles", number=True), Column("State")]  # fmt: skip
    body: list[Row] = []
    for row in rows_of(story).iter_rows(named=True):
        missed = row["shortfall"] > 0.5
        full = row["maximum"] is not None and row["units"] >= row["maximum"] - 0.5
        state = Chip("met", "good")
        if missed:
            state = Chip("short", "bad")
        elif full:
            state = Chip("at its most")
        elif row["minimum"] is None:
            state = Chip("no minimum")
        body.append([
            story.names.of("agreement", row["agreement"]), str(row["year"]),
            Number(grouped(row["units"]), row["units"]), _bound(row["minimum"]),
            _bound(row["maximum"]), Number(grouped(row["shortfall"]), row["shortfall"]), state,
        ])  # fmt: skip
    note = "Least and most are taken for the days of the year inside agreement and horizon."
    return Table(note, heads, body, search=len(body) > 15)


def sides(story: Story) -> Table | None:
    """What the cars of each agreement leave to its two parties; None where no fee is known."""
    paid = story.case.table("agreements").filter(pl.col("fee").is_not_null())["agreement"]
    table = story.table("agreement_sides").filter(pl.col("agreement").is_in(paid.to_list()))
    if not table.height:
        return None
    money = story.currency
    heads = [Column("Agreement"), Column("Year"), Column("Built", "vehicles", number=True),
             Column("Fee", money, number=True), Column("Left to the maker", money, number=True),
             Column("Left to the principal", money, number=True),
             Column("Margin of its cars", money, number=True)]  # fmt: skip
    body: list[Row] = [
        [
            story.names.of("agreement", row["agreement"]), str(row["year"]),
            Number(grouped(row["units"]), row["units"]),
            *(Number(compact(row[name]), row[name])
              for name in ("fee", "maker", "principal", "total")),
        ]
        for row in table.sort("agreement", "year").iter_rows(named=True)
    ]  # fmt: skip
    note = (
        "The maker has the fee, with what is paid for a shortfall, less conversion; the principal "
        "has the rest of the margin."
    )
    return Table(note, heads, body, folded="Show what is left to each party")


def section(story: Story) -> Section:
    """The section on agreements."""
    title = "Manufacturing agreements"
    loose = story.case.table("agreements").filter(pl.col("status") != "firm")["name"].to_list()
    said = f" Letters of intent bind nothing: {', '.join(loose)}." if loose else ""
    if rows_of(story).height == 0:
        lead = f"No firm agreement falls into the horizon.{said}"
        return Section("agreements", title, lead, short="Agreements")
    lead = f"What each firm agreement asks for in a calendar year, and what the plan builds.{said}"
    alt = "Columns of cars built under each agreement in each year, with least and most agreed."
    blocks: list[Block] = [single("agreements", alt, caption(story), figure(story)), table(story)]
    split = sides(story)
    blocks += [] if split is None else [split]
    return Section("agreements", title, lead, blocks, "Agreements")
