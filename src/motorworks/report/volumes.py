"""Volumes by vehicle, market and plant, per month, quarter or year."""

from collections.abc import Sequence

import polars as pl

from motorworks.report.blocks import Chart, Section, Select, Spec
from motorworks.report.numbers import grouped, percent
from motorworks.report.story import Story
from motorworks.report.theme import OTHER, axis, layout, month_axis, titled

MOST_SERIES = 9
VIEWS = {
    "vehicle": ("production", "units", "Cars built", "Built, by vehicle"),
    "market": ("market", "sold", "Cars sold", "Sold, by market"),
    "plant": ("production", "units", "Cars built", "Built, by plant"),
}
PERIODS = {"month": "month", "quarter": "quarter", "year": "year"}


def bucket(month: str, period: str) -> str:
    """The quarter or year a month lies in.

    Examples
    --------
    >>> bucket("2025-08", "quarter"), bucket("2025-08", "year")
    ('2025 Q3', '2025')
    """
    if period == "year":
        return month[:4]
    if period == "quarter":
        return f"{month[:4]} Q{(int(month[5:]) + 2) // 3}"
    return month


def series(story: Story, view: str, period: str) -> tuple[list[str], dict[str, list[float]]]:
    """Periods, and the volume of each key in them; the smallest keys are joined as ``""``."""
    table, value, _, _ = VIEWS[view]
    periods = list(dict.fromkeys(bucket(month, period) for month in story.months))
    place = {name: index for index, name in enumerate(periods)}
    sums = story.table(table).group_by([view, "month"]).agg(pl.col(value).sum().alias("n"))
    ranked = sums.group_by(view).agg(pl.col("n").sum()).filter(pl.col("n") > 0.5)
    keys = ranked.sort(["n", view], descending=[True, False])[view].to_list()
    keep = keys if len(keys) <= MOST_SERIES else keys[: MOST_SERIES - 1]
    out = {key: [0.0] * len(periods) for key in keep}
    if len(keep) < len(keys):
        out[""] = [0.0] * len(periods)
    for key, month, units in sums.sort([view, "month"]).iter_rows():
        name = key if key in out else ""
        if name in out and bucket(month, period) in place:
            out[name][place[bucket(month, period)]] += units
    return periods, out


def spec(story: Story, view: str, period: str) -> Spec:
    """Stacked columns of one view."""
    periods, lines = series(story, view, period)
    named = [story.names.of(view, key) if key else "Others" for key in lines]
    traces = [
        {
            "type": "bar",
            "name": name,
            "x": periods,
            "y": [round(value, 1) for value in values],
            "marker": {"color": story.colours[view].get(key, OTHER), "line": {"width": 0}},
            "hovertemplate": f"%{{x}}<br>%{{y:,.0f}} {VIEWS[view][2].lower()}"
            "<extra>%{fullData.name}</extra>",
        }
        for name, (key, values) in zip(named, lines.items(), strict=True)
    ]
    return {
        "data": traces,
        "layout": layout(
            440,
            barmode="stack",
            bargap=0.12,
            xaxis=_period_axis(periods, period),
            yaxis=axis(title=titled(f"{VIEWS[view][2]} per {PERIODS[period]}"), tickformat=",.0f"),
        ),
    }


def _period_axis(periods: Sequence[str], period: str) -> dict[str, object]:
    if period == "month":
        return month_axis(periods)
    shown = list(periods)[:: 1 if len(periods) <= 20 else 4]
    texts = shown
    if period == "quarter":
        texts = [name[5:] + (f"<br><b>{name[:4]}</b>" if name.endswith("Q1") else "")
                 for name in shown]  # fmt: skip
    return axis(type="category", showgrid=False, tickvals=shown, ticktext=texts, tickangle=0)


def caption(story: Story) -> str:
    """Who builds and buys most, and in which year the plan builds most."""
    built = story.table("production")
    total = float(built["units"].sum() or 0)
    if total < 0.5:
        return "The plan builds no car."
    by_vehicle = _top(built, "vehicle", "units")
    text = (
        f"{story.names.vehicle(by_vehicle[0])} is the largest vehicle with "
        f"{grouped(by_vehicle[1])} cars ({percent(by_vehicle[1] / total)} of all built)"
    )
    sold = story.table("market")
    if float(sold["sold"].sum() or 0) >= 0.5:
        market = _top(sold, "market", "sold")
        text += (
            f"; {story.names.market(market[0])} is the largest market with "
            f"{grouped(market[1])} cars sold"
        )
    years = built.with_columns(pl.col("month").str.slice(0, 4).alias("year"))
    best = _top(years, "year", "units")
    if years["year"].n_unique() > 1:
        text += f"; most is built in {best[0]} ({grouped(best[1])} cars)"
    return text + "."


def _top(frame: pl.DataFrame, key: str, value: str) -> tuple[str, float]:
    sums = frame.group_by(key).agg(pl.col(value).sum().alias("n"))
    row = sums.sort(["n", key], descending=[True, False]).row(0)
    return str(row[0]), float(row[1])


def figure(story: Story) -> Spec:
    """Cars built by vehicle and month."""
    return spec(story, "vehicle", "month")


def section(story: Story) -> Section:
    """The section on volumes."""
    variants = {
        f"{view}|{period}": spec(story, view, period) for view in VIEWS for period in PERIODS
    }
    selects = [
        Select("Show", [(view, VIEWS[view][3]) for view in VIEWS]),
        Select("Per", [(period, period) for period in PERIODS]),
    ]
    alt = "Stacked columns of cars built or sold in each period, by vehicle, market or plant."
    chart = Chart("volumes", alt, caption(story), variants, selects)
    lead = (
        "What is built and what is sold, period by period. Click a name in the legend to hide it."
    )
    return Section("volumes", "Volumes", lead, [chart])
