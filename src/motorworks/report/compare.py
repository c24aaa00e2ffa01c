"""Runs side by side: headlines, load, volumes and the parts of the margin."""

from collections.abc import Sequence

import polars as pl

from motorworks.report import shell
from motorworks.report.blocks import (
    Block,
    Chart,
    Chip,
    Column,
    Number,
    Row,
    Section,
    Select,
    Spec,
    Table,
    single,
)
from motorworks.report.headline import ranged
from motorworks.report.load import plant_loads
from motorworks.report.numbers import change, counted, grouped, in_unit, signed, with_unit
from motorworks.report.story import Story
from motorworks.report.theme import OTHER, PALETTE, axis, layout, month_axis, titled
from motorworks.result.headlines import Figure

DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
MOST_KEYS = 30
VIEWS = {
    "vehicle": ("production", "units", "Built, by vehicle"),
    "market": ("market", "sold", "Sold, by market"),
    "plant": ("production", "units", "Built, by plant"),
}
ALL = ""


def run_names(stories: Sequence[Story]) -> list[str]:
    """A short name for each run, kept apart by a number where they are the same."""
    shorts = [story.short for story in stories]
    return [
        f"{short} ({place})" if shorts.count(short) > 1 else short
        for place, short in enumerate(shorts, start=1)
    ]


def joined_months(stories: Sequence[Story]) -> list[str]:
    """Months of all horizons, in order."""
    return sorted({month for story in stories for month in story.months})


def _colour(place: int) -> str:
    return PALETTE[place] if place < len(PALETTE) else OTHER


def headline_rows(stories: Sequence[Story]) -> list[tuple[str, str, list[Figure | None]]]:
    """Label, unit, and the figure of each run; the headlines of the first run come first."""
    found = [{item.figure.key: item.figure for item in ranged(story)} for story in stories]
    keys = list(dict.fromkeys(key for mine in found for key in mine))
    out = []
    for key in keys:
        row = [mine.get(key) for mine in found]
        some = next(item for item in row if item is not None)
        out.append((some.label, some.unit, row))
    return out


def _differs(item: Figure | None, first: Figure | None) -> float | None:
    """The difference to the first run, where both have the figure in the same unit."""
    if item is None or first is None or item.unit != first.unit or item.label != first.label:
        return None
    return item.value - first.value


def comparison_table(stories: Sequence[Story]) -> list[list[str]]:
    """Headlines of all runs as rows of text, the heads of the columns first."""
    rows = [["headline", *run_names(stories)]]
    for label, _, items in headline_rows(stories):
        row = [label]
        for place, item in enumerate(items):
            text = "–" if item is None else with_unit(item.value, item.unit)
            difference = _differs(item, items[0]) if place else None
            if item is not None and difference is not None:
                text += f" ({signed(difference, item.unit)})"
            row.append(text)
        rows.append(row)
    return rows


def headline_table(stories: Sequence[Story]) -> Table:
    """Headlines with a column of differences for each run after the first."""
    names = run_names(stories)
    heads = [Column("Headline"), Column("Unit"), Column(names[0], number=True)]
    for name in names[1:]:
        heads += [Column(name, number=True), Column("Difference", f"to {names[0]}", number=True)]
    body: list[Row] = []
    for label, unit, items in headline_rows(stories):
        row: Row = [label, unit]
        for place, item in enumerate(items):
            row.append("–" if item is None else Number(in_unit(item.value, item.unit), item.value))
            if place:
                difference = _differs(item, items[0])
                row.append("–" if difference is None else
                           Number(change(difference, unit), difference))  # fmt: skip
        body.append(row)
    return Table("Differences are to the first run; of shares, in points.", heads, body)


def _lines(
    stories: Sequence[Story], months: list[str], values: list[dict[str, float]], unit: str
) -> list[dict[str, object]]:
    return [
        {
            "type": "scatter", "mode": "lines", "name": name, "connectgaps": False,
            "x": months,
            "y": [round(mine[month], 2) if month in mine else None for month in months],
            "line": {"color": _colour(place), "width": 2.4, "dash": DASHES[place % len(DASHES)]},
            "hovertemplate": f"%{{x}}: %{{y:,.0f}} {unit}<extra>%{{fullData.name}}</extra>",
        }
        for place, (name, mine) in enumerate(zip(run_names(stories), values, strict=True))
    ]  # fmt: skip


def _picture(traces: list[dict[str, object]], months: list[str], title: str) -> Spec:
    up = axis(title=titled(title), tickformat=",.0f", rangemode="tozero")
    return {
        "data": traces,
        "layout": layout(400, xaxis=month_axis(months), yaxis=up, showlegend=True,
                         hovermode="x unified"),
    }  # fmt: skip


def load_chart(stories: Sequence[Story]) -> Chart | None:
    """Load of a plant in all runs."""
    months = joined_months(stories)
    loads = [plant_loads(story.result).filter(pl.col("load").is_not_null()) for story in stories]
    used = pl.concat([load.select("plant", "used") for load in loads])
    order = used.group_by("plant").agg(pl.col("used").sum())
    order = order.sort(["used", "plant"], descending=[True, False])
    plants = order["plant"].to_list()[:MOST_KEYS]
    if not plants:
        return None
    variants = {}
    for plant in plants:
        values = [
            {month: 100 * load for month, load
             in mine.filter(pl.col("plant") == plant).select("month", "load").iter_rows()}
            for mine in loads
        ]  # fmt: skip
        variants[plant] = _picture(_lines(stories, months, values, "%"), months, "Load, %")
    choices = [(plant, _name(stories, "plant", plant)) for plant in plants]
    text = (
        "Cars built against what the plant's fullest shop could build; months without a working "
        "hour are gaps."
    )
    alt = "Lines of the load of a plant by month, one for each run."
    return Chart("load", alt, text, variants, [Select("Plant", choices)])


def _name(stories: Sequence[Story], noun: str, key: str) -> str:
    return next((story.names[noun][key] for story in stories if key in story.names[noun]), key)


def _volumes(story: Story, view: str, key: str) -> dict[str, float]:
    table, value, _ = VIEWS[view]
    rows = story.table(table)
    if key != ALL:
        rows = rows.filter(pl.col(view) == key)
    sums = rows.group_by("month").agg(pl.col(value).sum())
    return dict.fromkeys(story.months, 0.0) | dict(sums.iter_rows())


def volume_chart(stories: Sequence[Story]) -> Chart:
    """Cars built or sold in all runs: in all, or of one vehicle, plant or market."""
    months = joined_months(stories)
    choices = [("plant:", "All cars built"), ("market:", "All cars sold")]
    for view, (_, _, words) in VIEWS.items():
        choices += [(f"{view}:{key}", f"{words}: {_name(stories, view, key)}")
                    for key in _keys(stories, view)]  # fmt: skip
    variants = {}
    for choice, _ in choices:
        view, key = choice.split(":", 1)
        values = [_volumes(story, view, key) for story in stories]
        variants[choice.replace("|", " ")] = _picture(
            _lines(stories, months, values, "cars"), months, "Cars per month"
        )
    built = [float(story.table("production")["units"].sum() or 0) for story in stories]
    most = max(range(len(stories)), key=lambda place: built[place])
    text = f"{run_names(stories)[most]} builds most: {grouped(built[most])} cars."
    alt = "Lines of cars built or sold by month, one for each run."
    picks = [(choice.replace("|", " "), words) for choice, words in choices]
    return Chart("volumes", alt, text, variants, [Select("Show", picks)])


def _keys(stories: Sequence[Story], view: str) -> list[str]:
    table, value, _ = VIEWS[view]
    rows = pl.concat([story.table(table).select(view, value) for story in stories])
    sums = rows.group_by(view).agg(pl.col(value).sum()).filter(pl.col(value) > 0.5)
    return list(sums.sort([value, view], descending=[True, False])[view])[:MOST_KEYS]


def parts(stories: Sequence[Story]) -> dict[str, list[float]]:
    """Amount of each part of the margin in each run."""
    found = [dict(story.table("objective").iter_rows()) for story in stories]
    names = list(dict.fromkeys(name for mine in found for name in mine if name != "margin"))
    rows = {name: [float(mine.get(name, 0.0)) for mine in found] for name in names}
    return {name: row for name, row in rows.items() if any(abs(amount) > 0.5 for amount in row)}


def parts_figure(stories: Sequence[Story]) -> Spec:
    """Difference of each part of the margin to the first run."""
    rows, names = parts(stories), run_names(stories)
    labels = [name.replace("_", " ").capitalize() for name in rows]
    traces = [
        {
            "type": "bar", "orientation": "h", "name": names[place],
            "y": [*labels, "<b>Margin</b>"],
            "x": [round((amount[place] - amount[0]) / 1e6, 4) for amount in rows.values()]
            + [round((stories[place].result.margin - stories[0].result.margin) / 1e6, 4)],
            "marker": {"color": _colour(place)},
            "hovertemplate": "%{y}: %{x:,.2f} M<extra>%{fullData.name}</extra>",
        }
        for place in range(1, len(stories))
    ]  # fmt: skip
    count = (len(labels) + 1) * max(1, len(stories) - 1)
    return {
        "data": traces,
        "layout": layout(
            max(320, 130 + 22 * count),
            barmode="group",
            showlegend=True,
            xaxis=axis(title=titled(f"Difference to {names[0]}, M {stories[0].currency}")),
            yaxis=axis(autorange="reversed", showgrid=False, tickfont={"size": 12}),
            margin={"l": 10, "r": 16, "t": 16, "b": 48},
        ),
    }


def parts_table(stories: Sequence[Story]) -> Table:
    """Parts of the margin in each run."""
    heads = [Column("Part of the margin")]
    heads += [Column(name, story.currency, number=True)
              for name, story in zip(run_names(stories), stories, strict=True)]  # fmt: skip
    body: list[Row] = [
        [name.replace("_", " "), *[Number(grouped(amount), amount) for amount in row]]
        for name, row in parts(stories).items()
    ]
    margins = [story.result.margin for story in stories]
    body.append(["margin", *[Number(grouped(margin), margin) for margin in margins]])
    return Table("Money in is positive, money out negative.", heads, body)


def runs_table(stories: Sequence[Story]) -> Table:
    """What the runs are."""
    heads = [Column("Run"), Column("Case"), Column("Scenarios"), Column("Horizon"), Column("Plan")]
    body: list[Row] = []
    for name, story in zip(run_names(stories), stories, strict=True):
        said = "; ".join(item.title or item.name for item in story.scenarios) or "none"
        span = f"{story.months[0]} to {story.months[-1]}"
        status = story.result.solver.status
        mark = Chip(status, "good" if status.lower() == "optimal" else "bad")
        body.append([name, story.case.info.title, said, span, mark])
    return Table("The first run is the one that the others are set against.", heads, body)


def warnings(stories: Sequence[Story]) -> str:
    """What keeps the runs from being set against each other plainly."""
    out = []
    if len({story.currency for story in stories}) > 1:
        out.append("The runs report in different currencies, so money has no differences.")
    first = stories[0]
    if any(story.months != first.months for story in stories):
        out.append("The runs have different horizons; totals cover different spans.")
    return " ".join(out)


def sections(stories: Sequence[Story]) -> list[Section]:
    """All sections of the comparison."""
    lead = f"{counted(len(stories), 'run')} side by side. {warnings(stories)}".strip()
    first = Section("headlines", "Headlines", lead, [headline_table(stories), runs_table(stories)])
    money: list[Block] = []
    if len({story.currency for story in stories}) == 1:
        alt = "Bars of the difference of each part of the margin to the first run."
        money.append(single("parts", alt, _parts_caption(stories), parts_figure(stories)))
    money.append(parts_table(stories))
    load = load_chart(stories)
    return [
        first,
        Section("parts", "Parts of the margin", "Where the margins part.", money),
        Section("load", "Load of the plants", "How full each plant is in each run.",
                [load] if load is not None else []),
        Section("volumes", "Volumes", "What is built and sold in each run.",
                [volume_chart(stories)]),
    ]  # fmt: skip


def _parts_caption(stories: Sequence[Story]) -> str:
    names, margins = run_names(stories), [story.result.margin for story in stories]
    best = max(range(len(stories)), key=lambda place: margins[place])
    text = f"{names[best]} earns most: {with_unit(margins[best], stories[0].currency)}."
    rows = parts(stories)
    if len(stories) == 2 and rows:
        name, row = max(rows.items(), key=lambda item: abs(item[1][1] - item[1][0]))
        text += (
            f" The largest difference lies in {name.replace('_', ' ')}: "
            f"{signed(row[1] - row[0], stories[0].currency)}."
        )
    return text


def render_compare(stories: Sequence[Story]) -> str:
    """Write two runs or more side by side as one page that opens offline.

    Parameters
    ----------
    stories
        The runs; the others are set against the first.

    Returns
    -------
    str
        The page; it makes no request when opened.
    """
    names = run_names(stories)
    subtitle = f"Differences are to {names[0]}"
    return shell.render(" / ".join(names), "Motorworks comparison of runs", subtitle, [],
                        sections(stories))  # fmt: skip
