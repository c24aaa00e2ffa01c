"""Flows from plants to markets as a Sankey diagram."""

import polars as pl

from motorworks.report.blocks import Chart, Section, Select, Spec
from motorworks.report.map import chart as map_chart
from motorworks.report.numbers import grouped, percent
from motorworks.report.story import Story
from motorworks.report.theme import OTHER, colours_of, layout

MOST_LINKS = 60
MOST_MARKETS = 14


def flows(story: Story, year: str = "") -> pl.DataFrame:
    """Cars shipped by vehicle, plant and market, the largest flow first."""
    shipped = story.table("shipments").filter(pl.col("units") > 0)
    if year:
        shipped = shipped.filter(pl.col("month").str.starts_with(year))
    sums = shipped.group_by(["vehicle", "plant", "market"]).agg(pl.col("units").sum())
    sums = sums.filter(pl.col("units") >= 0.5)
    return sums.sort(["units", "vehicle", "plant", "market"], descending=[True, *[False] * 3])


def years_of(story: Story) -> list[str]:
    """Calendar years of the horizon."""
    return list(dict.fromkeys(month[:4] for month in story.months))


def brands(story: Story) -> dict[str, str]:
    """Brand of each vehicle."""
    return dict(story.case.table("vehicles").select("vehicle", "brand").iter_rows())


def spec(story: Story, by: str, year: str) -> Spec:
    """Sankey diagram, its links coloured by vehicle or by brand."""
    rows = flows(story, year)
    rows, markets = _joined_markets(rows)
    group, colours, names = _groups(story, rows, by)
    rows = rows.with_columns(
        pl.col("vehicle").replace_strict(group, default="", return_dtype=pl.String).alias("group")
    )
    links = rows.group_by(["group", "plant", "market"]).agg(pl.col("units").sum())
    links = links.sort(["units", "group", "plant", "market"], descending=[True, *[False] * 3])
    links = links.head(MOST_LINKS)
    plants = list(dict.fromkeys(links["plant"].to_list()))
    kept = [market for market in markets if market in set(links["market"].to_list())]
    nodes = {("plant", key): place for place, key in enumerate(plants)}
    nodes |= {("market", key): len(plants) + place for place, key in enumerate(kept)}
    labels = [_label(story, links, "plant", key) for key in plants]
    labels += [_label(story, links, "market", key) for key in kept]
    shown = list(dict.fromkeys(links["group"].to_list()))
    trace = {
        "type": "sankey",
        "arrangement": "snap",
        "valueformat": ",.0f",
        "valuesuffix": " cars",
        "node": {
            "label": labels,
            "color": ["#1d2433"] * len(plants) + ["#8b94a5"] * len(kept),
            "pad": 18,
            "thickness": 14,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [nodes["plant", row] for row in links["plant"].to_list()],
            "target": [nodes["market", row] for row in links["market"].to_list()],
            "value": [round(value, 1) for value in links["units"].to_list()],
            "color": [_pale(colours.get(key, OTHER)) for key in links["group"].to_list()],
            "customdata": [names.get(key, "Others") for key in links["group"].to_list()],
            "hovertemplate": "%{customdata}: %{value:,.0f} cars<br>%{source.label} → "
            "%{target.label}<extra></extra>",
        },
    }
    return {
        "data": [trace, *_legend(shown, colours, names)],
        "layout": layout(
            max(360, 120 + 46 * max(len(plants), len(kept))),
            xaxis={"visible": False},
            yaxis={"visible": False},
            margin={"l": 8, "r": 8, "t": 40, "b": 12},
            showlegend=True,
        ),
    }


def _joined_markets(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """The largest markets; the rest become one without a name."""
    sums = rows.group_by("market").agg(pl.col("units").sum())
    order = sums.sort(["units", "market"], descending=[True, False])["market"].to_list()
    if len(order) <= MOST_MARKETS:
        return rows, order
    keep = order[: MOST_MARKETS - 1]
    market = pl.when(pl.col("market").is_in(keep)).then(pl.col("market")).otherwise(pl.lit(""))
    return rows.with_columns(market.alias("market")), [*keep, ""]


def _groups(
    story: Story, rows: pl.DataFrame, by: str
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Group of each vehicle, and each group's colour and name."""
    vehicles = list(dict.fromkeys(rows["vehicle"].to_list()))
    if by == "brand":
        of = brands(story)
        ranked = list(dict.fromkeys(of.get(vehicle, "") for vehicle in vehicles))
        colours = colours_of(ranked)
        return of, colours, {key: story.names.of("brand", key) for key in ranked}
    colours = story.colours["vehicle"]
    group = {key: key if colours.get(key, OTHER) != OTHER else "" for key in vehicles}
    return group, colours, {key: story.names.vehicle(key) for key in vehicles}


def _label(story: Story, links: pl.DataFrame, noun: str, key: str) -> str:
    units = float(links.filter(pl.col(noun) == key)["units"].sum())
    name = story.names.of(noun, key) if key else "Other markets"
    return f"{name}  <b>{grouped(units)}</b>"


def _pale(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.55)"


def _legend(
    shown: list[str], colours: dict[str, str], names: dict[str, str]
) -> list[dict[str, object]]:
    """Empty traces that give a Sankey diagram the legend it lacks."""
    return [
        {
            "type": "scatter", "x": [None], "y": [None], "mode": "markers",
            "name": names.get(key, "Others"), "hoverinfo": "skip",
            "marker": {"symbol": "square", "size": 11, "color": colours.get(key, OTHER)},
        }
        for key in shown
    ]  # fmt: skip


def caption(story: Story) -> str:
    """The largest flow, and how much crosses a customs border."""
    rows = flows(story)
    total = float(rows["units"].sum() or 0)
    if total < 0.5:
        return "The plan ships no car."
    pairs = rows.group_by(["plant", "market"]).agg(pl.col("units").sum())
    top = pairs.sort(["units", "plant", "market"], descending=[True, False, False])
    plant, market, units = top.row(0)
    return (
        f"The largest flow is {story.names.plant(plant)} to {story.names.market(market)}: "
        f"{grouped(units)} cars, {percent(units / total)} of the {grouped(total)} shipped. "
        f"{percent(_abroad(story, pairs) / total)} of all cars cross a customs border."
    )


def _abroad(story: Story, pairs: pl.DataFrame) -> float:
    case = story.case
    area = dict(case.table("countries").select("country", "customs_area").iter_rows())
    plants = dict(case.table("plants").select("plant", "country").iter_rows())
    markets = dict(case.table("markets").select("market", "country").iter_rows())
    return sum(
        float(units)
        for plant, market, units in pairs.iter_rows()
        if area.get(plants.get(plant)) != area.get(markets.get(market))
    )


def figure(story: Story) -> Spec:
    """All years, by vehicle."""
    return spec(story, "vehicle", "")


def section(story: Story) -> Section:
    """The section on flows: Sankey diagram and map."""
    years = years_of(story)
    choices = [("", "all years")] + ([(year, year) for year in years] if len(years) > 1 else [])
    variants = {
        f"{by}|{year}": spec(story, by, year) for by in ("vehicle", "brand") for year, _ in choices
    }
    selects = [
        Select("Colour by", [("vehicle", "vehicle"), ("brand", "brand")]),
        Select("Departing in", choices),
    ]
    alt = "Sankey diagram of cars shipped from each plant to each market."
    blocks = [Chart("flows", alt, caption(story), variants, selects)]
    placed = map_chart(story)
    if placed is not None:
        blocks.append(placed)
    lead = "Who supplies whom: cars by month of departure. The wider the band, the more cars."
    return Section("flows", "Flows from plant to market", lead, blocks, "Flows")
