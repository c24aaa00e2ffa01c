"""From factory to market: what one car costs on its way, and what is left of its price."""

from dataclasses import dataclass

import polars as pl

from motorworks.report.blocks import Chart, Column, Number, Row, Section, Select, Spec, Table
from motorworks.report.numbers import grouped, percent, with_unit
from motorworks.report.story import Story
from motorworks.report.theme import ACCENT, BAD, GOOD, SOFT, axis, layout, titled

PARTS = (
    ("material", "Material"),
    ("conversion", "Conversion"),
    ("freight", "Freight"),
    ("duty", "Duty"),
    ("transit_capital", "Capital<br>on the way"),
)
MOST_WAYS = 24


@dataclass(frozen=True)
class Way:
    """A vehicle on its way from a plant to a market."""

    vehicle: str
    plant: str
    market: str

    @property
    def key(self) -> str:
        """Name in the chart's choices."""
        return f"{self.vehicle}@{self.plant}@{self.market}".replace("|", " ")


def means(story: Story, keys: list[str]) -> pl.DataFrame:
    """Per-car figures as means over the cars shipped, by the given keys."""
    columns = ["net_price", *(part for part, _ in PARTS), "margin"]
    shipped = story.table("landed").filter(pl.col("units") > 1e-6)
    shipped = shipped.with_columns(pl.col("month").str.slice(0, 4).alias("year"))
    weighted = [(pl.col(name) * pl.col("units")).sum() / pl.col("units").sum() for name in columns]
    sums = shipped.group_by(keys).agg(
        pl.col("units").sum(),
        *[mean.alias(name) for mean, name in zip(weighted, columns, strict=True)],
    )
    return sums.filter(pl.col("units") >= 0.5)


def ways(story: Story) -> list[Way]:
    """Ways worth showing: those of the focus first, then by cars shipped."""
    rows = means(story, ["vehicle", "plant", "market"])
    focus = story.case.info.focus
    first = (
        (pl.col("vehicle") == focus.vehicle) & (pl.col("plant") == focus.plant)
        if focus is not None
        else pl.lit(False)
    )
    rows = rows.with_columns(first.alias("first"))
    order = ["first", "units", "vehicle", "plant", "market"]
    rows = rows.sort(order, descending=[True, True, False, False, False]).head(MOST_WAYS)
    return [Way(*row) for row in rows.select("vehicle", "plant", "market").iter_rows()]


def way_words(story: Story, way: Way) -> str:
    """A way as shown in the choice above the chart."""
    names = story.names
    return f"{names.vehicle(way.vehicle)}: {names.plant(way.plant)} → {names.market(way.market)}"


def spec(story: Story, row: dict[str, float]) -> Spec:
    """Waterfall of one car: costs rise to the landed cost, the margin leads to the price."""
    money = story.currency
    cost = sum(row[part] for part, _ in PARTS)
    steps = [(label, -abs(row[part]) if row[part] < 0 else row[part], "relative")
             for part, label in PARTS]  # fmt: skip
    steps += [("Landed cost", cost, "total"), ("Margin", row["margin"], "relative"),
              ("Net price", row["net_price"], "total")]  # fmt: skip
    price = row["net_price"]
    shares = [
        f"{percent(value / price, 1)} of the net price" if price > 0 else ""
        for _, value, _ in steps
    ]
    trace = {
        "type": "waterfall",
        "x": [label for label, _, _ in steps],
        "y": [round(value, 2) for _, value, _ in steps],
        "measure": [measure for _, _, measure in steps],
        "text": [grouped(value) for _, value, _ in steps],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": shares,
        "hovertemplate": f"<b>%{{x}}</b><br>%{{text}} {money} per car<br>%{{customdata}}"
        "<extra></extra>",
        "connector": {"line": {"color": "#b9c0cc", "width": 1, "dash": "dot"}},
        "increasing": {"marker": {"color": "#7d8bb8"}},
        "decreasing": {"marker": {"color": BAD}},
        "totals": {"marker": {"color": ACCENT}},
    }
    # a margin above zero is told from a cost by its own bar colour, laid over the step
    shapes = []
    if row["margin"] > 0:
        shapes.append({
            "type": "rect", "xref": "x", "yref": "y", "x0": 5.6, "x1": 6.4,
            "y0": cost, "y1": price, "fillcolor": GOOD, "line": {"width": 0},
        })  # fmt: skip
    return {
        "data": [trace],
        "layout": layout(
            430,
            showlegend=False,
            waterfallgap=0.2,
            shapes=shapes,
            yaxis=axis(title=titled(f"{money} per car"), tickformat=",.0f"),
            xaxis=axis(showgrid=False, tickangle=0),
            margin={"l": 56, "r": 16, "t": 28, "b": 40},
        ),
    }


def _empty(story: Story) -> Spec:
    words = {
        "text": "no car takes this way in this year", "showarrow": False,
        "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "font": {"color": SOFT, "size": 14},
    }  # fmt: skip
    bare = {"visible": False}
    return {"data": [], "layout": layout(430, annotations=[words], xaxis=bare, yaxis=bare)}


def caption(story: Story) -> str:
    """The first way's price, cost and margin, and the best and worst way."""
    first = ways(story)[0]
    rows = means(story, ["vehicle", "plant", "market"])
    row = _row(rows, first, "")
    assert row is not None
    money = f"{story.currency}"
    cost = row["net_price"] - row["margin"]
    text = (
        f"{way_words(story, first)}, mean of all years: a car costs {with_unit(cost, money)} "
        f"landed and brings {with_unit(row['net_price'], money)} net, a margin of "
        f"{with_unit(row['margin'], money)} a car."
    )
    same = rows.filter((pl.col("vehicle") == first.vehicle) & (pl.col("plant") == first.plant))
    if same.height > 1:
        # rounded, so that sums in another order do not change the sentence
        same = same.with_columns(pl.col("margin").round(2)).sort("market")
        best = same.sort("margin", descending=True, maintain_order=True).row(0, named=True)
        worst = same.sort("margin", maintain_order=True).row(0, named=True)
        text += (
            f" Its best market is {story.names.market(best['market'])} "
            f"({with_unit(best['margin'], money)}), its poorest "
            f"{story.names.market(worst['market'])} ({with_unit(worst['margin'], money)})."
        )
    return text


def _row(rows: pl.DataFrame, way: Way, year: str) -> dict[str, float] | None:
    found = rows.filter(
        (pl.col("vehicle") == way.vehicle)
        & (pl.col("plant") == way.plant)
        & (pl.col("market") == way.market)
    )
    if year:
        found = found.filter(pl.col("year") == year)
    return found.row(0, named=True) if found.height else None


def figure(story: Story) -> Spec:
    """The first way over all years."""
    found = ways(story)
    rows = means(story, ["vehicle", "plant", "market"])
    row = _row(rows, found[0], "") if found else None
    return spec(story, row) if row is not None else _empty(story)


def table(story: Story, found: list[Way]) -> Table:
    """The same figures for every way."""
    money = f"{story.currency}/vehicle"
    heads = [Column("Vehicle, plant → market"), Column("Cars", "vehicles", number=True)]
    heads += [Column(label.replace("<br>", " "), money, number=True) for _, label in PARTS]
    heads += [Column("Net price", money, number=True), Column("Margin", money, number=True)]
    rows = means(story, ["vehicle", "plant", "market"])
    body: list[Row] = []
    for way in found:
        row = _row(rows, way, "")
        if row is None:
            continue
        values = [row["units"], *(row[part] for part, _ in PARTS), row["net_price"], row["margin"]]
        body.append([way_words(story, way), *[Number(grouped(v), v) for v in values]])
    return Table(
        "Means over all cars shipped in the horizon.", heads, body,
        search=True, folded="Show the figures of every way",
    )  # fmt: skip


def section(story: Story) -> Section:
    """The section on cost from factory to market."""
    found = ways(story)
    title, short = "From factory to market: cost and margin of a car", "Cost per car"
    if not found:
        return Section("landed", title, "The plan ships no car.", short=short)
    years = list(dict.fromkeys(month[:4] for month in story.months))
    total = means(story, ["vehicle", "plant", "market"])
    yearly = means(story, ["vehicle", "plant", "market", "year"])
    choices = [("", "all years")] + ([(year, year) for year in years] if len(years) > 1 else [])
    variants = {}
    for way in found:
        for year, _ in choices:
            row = _row(yearly if year else total, way, year)
            variants[f"{way.key}|{year}"] = spec(story, row) if row is not None else _empty(story)
    selects = [
        Select("Way", [(way.key, way_words(story, way)) for way in found]),
        Select("Departing in", choices),
    ]
    alt = "Waterfall of the cost of one car from material to duty, its margin and its net price."
    lead = (
        "What one car costs until it stands in the market, and what is left of the net price "
        "(after sales tax, dealer and discounts) in the month it arrives."
    )
    chart = Chart("landed", alt, caption(story), variants, selects)
    return Section("landed", title, lead, [chart, table(story, found)], short)
