"""A Gantt chart of launches, ramps, closures and agreements."""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from motorworks.case.dates import add_months, first_day, last_day, resolve_when, span_of
from motorworks.case.records.programme import Ramp
from motorworks.report.blocks import Section, Spec, single
from motorworks.report.numbers import counted, listed
from motorworks.report.story import Story
from motorworks.report.theme import OTHER, PALETTE, axis, layout

MOST_ROWS = 44
FULL = 0.95
DAYS = {"early": "first", "mid": "middle", "late": "last"}
CLOSURES = {
    "retool": "#882255", "strike": "#cc6677", "shortage": "#ddb74a",
    "inventory": "#999933", "other": "#8b94a5", "holiday": "#c3c9d4", "extra": "#44aa99",
}  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """A stretch of time on a row of the chart, last day included.

    ``group`` is 0 for production, 1 for an agreement, 2 for a closure; ``place`` is the plant.
    """

    row: str
    group: int
    place: str
    kind: str
    first: dt.date
    last: dt.date
    colour: str
    text: str


def ramp_weeks(ramp: Ramp) -> float:
    """Weeks from the start of production to 95 % of the full rate.

    Examples
    --------
    >>> round(ramp_weeks(Ramp(ramp="r", curve="logistic", t50_weeks=8, slope_per_week=0.4)), 1)
    15.4
    """
    if ramp.curve == "step":
        return 0.0
    if ramp.curve == "linear":
        return 2 * FULL * ramp.t50_weeks
    if ramp.curve == "logistic":
        return max(0.0, ramp.t50_weeks + math.log(FULL / (1 - FULL)) / ramp.slope_per_week)
    return max(0.0, ramp.t50_weeks - math.log(-math.log2(FULL)) / ramp.slope_per_week)


def horizon(story: Story) -> tuple[dt.date, dt.date]:
    """First and last day of the horizon."""
    info = story.case.info
    return first_day(info.start), first_day(add_months(info.start, info.months)) - dt.timedelta(1)


def allocations(story: Story) -> Iterator[dict[str, Any]]:
    """Allocations with the start and end that the plan chose; none that never start."""
    chosen = {
        (row["vehicle"], row["plant"]): row
        for row in story.table("launches").iter_rows(named=True)
    }  # fmt: skip
    for row in story.case.table("allocations").iter_rows(named=True):
        choice = chosen.get((row["vehicle"], row["plant"]))
        if choice is None:
            yield {**row, "chosen": False}
        elif choice["start"] is not None:
            end = row["end"]
            if choice["end"] is not None:
                end = str(last_day(choice["end"]))
            yield {**row, "start": f"{choice['start']}-01", "end": end, "chosen": True}


def launches(story: Story) -> list[Bar]:
    """Production of each allocation: rough start, ramp, full rate."""
    case, names = story.case, story.names
    ramps = {ramp.ramp: ramp for ramp in case.rows(Ramp)}
    _, end = horizon(story)
    out = []
    for row in allocations(story):
        place = names.plant(row["plant"])
        label = f"{names.vehicle(row['vehicle'])} · {place}"
        start = resolve_when(row["start"], case.info.dates)
        early, late = span_of(row["start"])
        last = resolve_when(row["end"], case.info.dates) if row["end"] else end
        colour = story.colours["vehicle"].get(row["vehicle"], OTHER)
        ramp = ramps.get(row["ramp"] or "")
        full = start + dt.timedelta(weeks=ramp_weeks(ramp)) if ramp else start
        dated = "chosen" if row["chosen"] else f"dated {row['start']}"
        said = f"<b>{label}</b><br>starts {start} ({dated})"
        if ramp and full > start:
            until = min(full, last)
            out.append(Bar(label, 0, place, "ramp", start, until, colour,
                           f"{said}<br>ramps up until {full}"))  # fmt: skip
        if full <= last:
            until_words = f" to {last}" if row["end"] else ""
            out.append(Bar(label, 0, place, "full", full, last, colour,
                           f"{said}<br>full rate from {full}{until_words}"))  # fmt: skip
        if late > early + dt.timedelta(31):
            out.append(Bar(label, 0, place, "rough", early, late, colour,
                           f"{said}<br>may start from {early} to {late}"))  # fmt: skip
    return out


def closures(story: Story) -> list[Bar]:
    """Days on which a plant stands still or works less, one row for each plant."""
    case = story.case
    plants = case.table("plants").select("plant", "country").rows()
    out = []
    for row in case.table("closures").iter_rows(named=True):
        first = resolve_when(row["start"], case.info.dates)
        last = resolve_when(row["end"], case.info.dates)
        hit = [p for p, country in plants if p == row["plant"]
               or (row["plant"] is None and country == row["country"])]  # fmt: skip
        share = "" if row["worked_share"] == 0 else f", {100 * row['worked_share']:.0f} % worked"
        note = f"<br>{row['note']}" if row["note"] else ""
        for plant in hit:
            name = story.names.plant(plant)
            text = f"<b>{name}</b>: {row['kind']}{share}<br>{first} to {last}{note}"
            kind = CLOSURES.get(row["kind"], OTHER)
            out.append(Bar(f"Closures · {name}", 2, name, row["kind"], first, last, kind, text))
    return out + conversions(story)


def conversions(story: Story) -> list[Bar]:
    """Weeks in which a plant stands still for a conversion, where the plan put them."""
    starts = dict(story.table("conversions").select("conversion", "start").iter_rows())
    out = []
    for row in story.case.table("conversions").iter_rows(named=True):
        if (start := starts.get(row["conversion"])) is None:
            continue
        first = first_day(start)
        last = first + dt.timedelta(math.floor(7 * row["weeks"]) - 1)
        name = story.names.plant(row["plant"])
        text = f"<b>{name}</b>: conversion {row['conversion']} (chosen)<br>{first} to {last}"
        out.append(Bar(f"Closures · {name}", 2, name, "retool", first, last,
                       CLOSURES["retool"], text))  # fmt: skip
    return out


def agreements(story: Story) -> list[Bar]:
    """Time in which each manufacturing agreement holds."""
    case, names = story.case, story.names
    _, end = horizon(story)
    exits = dict(story.table("exits").select("agreement", "exit").iter_rows())
    out = []
    for row in case.table("agreements").iter_rows(named=True):
        first = resolve_when(row["start"], case.info.dates)
        last = resolve_when(row["end"], case.info.dates) if row["end"] else end
        if (left := exits.get(row["agreement"])) is not None:
            last = first_day(left) - dt.timedelta(1)
        firm = row["status"] == "firm"
        text = (
            f"<b>{row['name']}</b><br>{names.of('organisation', row['principal'])} orders, "
            f"{names.of('organisation', row['maker'])} builds {names.vehicle(row['vehicle'])}"
            f"<br>{first} to {last}; {'firm' if firm else 'letter of intent, binds nothing'}"
        )
        label = f"Agreement · {_cut(names.of('agreement', row['agreement']))}"
        out.append(Bar(label, 1, "", "firm" if firm else "intent", first, last, "#5b6475", text))
    return out


def _cut(text: str) -> str:
    return text if len(text) <= 44 else f"{text[:42]}…"


def bars(story: Story) -> list[Bar]:
    """All bars inside the horizon; rows beyond the most shown are left out, oldest starts first."""
    start, end = horizon(story)

    def inside(bar: Bar) -> bool:
        return bar.first <= end and bar.last >= start

    built = [bar for bar in launches(story) if inside(bar)]
    fixed = [bar for bar in [*agreements(story), *closures(story)] if inside(bar)]
    fixed_rows = list(dict.fromkeys(bar.row for bar in fixed))[: MOST_ROWS // 2]
    room = MOST_ROWS - len(fixed_rows)
    new = {bar.row for bar in built if bar.kind in ("ramp", "rough") and bar.last > start}
    rows = sorted(dict.fromkeys(bar.row for bar in built), key=lambda row: row not in new)[:room]
    keep = {*rows, *fixed_rows}
    return [bar for bar in [*built, *fixed] if bar.row in keep]


@dataclass(frozen=True)
class Style:
    """How bars of one kind are drawn, and their colour in the legend."""

    name: str
    width: float = 0.5
    opacity: float = 1.0
    legend: str = "#5b6475"
    hatched: bool = False


STYLES = {
    "full": Style("Full rate", legend=PALETTE[0]),
    "ramp": Style("Ramp-up", opacity=0.42, legend=PALETTE[0]),
    "rough": Style("Start may fall here", width=0.86, hatched=True, legend=PALETTE[0]),
    "firm": Style("Firm agreement"),
    "intent": Style("Letter of intent", opacity=0.35),
    **{kind: Style(f"Closure: {kind}", 0.62, legend=colour) for kind, colour in CLOSURES.items()},
}


def figure(story: Story) -> Spec:
    """The chart over the horizon."""
    found = bars(story)
    start, end = horizon(story)
    rows = _row_order(story, found)
    groups = {bar.row: bar.group for bar in found}
    traces: list[dict[str, object]] = []
    for kind in STYLES:
        mine = [bar for bar in found if bar.kind == kind]
        if mine:
            traces += [_trace(mine, STYLES[kind], start, end), _key(STYLES[kind], rows[0])]
    shapes = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": at - 0.5,
         "y1": at - 0.5, "line": {"color": "#dfe3ea", "width": 1}}
        for at in range(1, len(rows)) if groups[rows[at]] != groups[rows[at - 1]]
    ]  # fmt: skip
    return {
        "data": traces,
        "layout": layout(
            max(220, 110 + 27 * len(rows)),
            barmode="overlay",
            bargap=0.3,
            shapes=shapes,
            showlegend=True,
            xaxis=axis(type="date", range=[str(start), str(end + dt.timedelta(1))],
                       tickformat="%b<br>%Y", side="bottom"),
            yaxis=axis(type="category", categoryorder="array", categoryarray=rows,
                       autorange="reversed", showgrid=False, tickfont={"size": 12}),
            margin={"l": 10, "r": 16, "t": 16, "b": 44},
        ),
    }  # fmt: skip


def _row_order(story: Story, found: list[Bar]) -> list[str]:
    """Allocations by plant (that of the focus first) and start, then agreements, closures."""
    focus = story.case.info.focus
    home = story.names.plant(focus.plant) if focus else ""
    first: dict[str, dt.date] = {}
    heads: dict[str, Bar] = {}
    for bar in found:
        heads.setdefault(bar.row, bar)
        if bar.kind != "rough":
            first[bar.row] = min(bar.first, first.get(bar.row, bar.first))

    def place(row: str) -> tuple[int, bool, str, dt.date, str]:
        bar = heads[row]
        where = bar.place if bar.group == 0 else ""
        return bar.group, bar.place != home, where, first.get(row, bar.first), row

    return sorted(heads, key=place)


def _trace(found: list[Bar], style: Style, start: dt.date, end: dt.date) -> dict[str, object]:
    """Bars of one kind, cut to the horizon so that hover stays on the picture."""
    cut = [(max(bar.first, start), min(bar.last, end) + dt.timedelta(1)) for bar in found]
    colours = [bar.colour for bar in found]
    return {
        "type": "bar", "orientation": "h", "width": style.width, "showlegend": False,
        "y": [bar.row for bar in found],
        "base": [str(first) for first, _ in cut],
        "x": [(last - first).days * 86_400_000 for first, last in cut],
        "marker": _marker(style, colours),
        "customdata": [bar.text for bar in found],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip


def _marker(style: Style, colours: list[str]) -> dict[str, object]:
    if not style.hatched:
        return {"color": [_pale(colour, style.opacity) for colour in colours]}
    pattern = {"shape": "/", "size": 6, "solidity": 0.35, "fillmode": "replace",
               "fgcolor": colours, "bgcolor": "rgba(255,255,255,0)"}  # fmt: skip
    return {"color": colours, "pattern": pattern, "line": {"color": colours, "width": 1}}


def _pale(colour: str, share: float) -> str:
    """A colour thinned with white, as paint would be: later bars do not shine through."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - part)):02x}" for part in parts)


def _key(style: Style, row: str) -> dict[str, object]:
    """An entry of the legend; the bars themselves have the colours of their vehicles."""
    return {
        "type": "bar", "orientation": "h", "name": style.name, "y": [row], "x": [None],
        "marker": _marker(style, [style.legend]), "hoverinfo": "skip", "showlegend": True,
    }  # fmt: skip


def caption(story: Story) -> str:
    """Which starts lie ahead and which are uncertain; the longest closure."""
    start, end = horizon(story)
    rows = allocations(story)
    ahead = [(resolve_when(row["start"], story.case.info.dates), row) for row in rows]
    ahead = sorted([item for item in ahead if start < item[0] <= end], key=lambda item: item[0])
    said = [f"{story.names.vehicle(row['vehicle'])} at {story.names.plant(row['plant'])} on {day}"
            for day, row in ahead[:4]]  # fmt: skip
    more = f", and {len(ahead) - 4} more" if len(ahead) > 4 else ""
    text = f"{counted(len(ahead), 'start')} of production in the horizon"
    text += f": {', '.join(said)}{more}." if more else f": {listed(said)}." if said else "."
    stops = [
        bar for bar in closures(story)
        if bar.kind not in ("holiday", "extra") and bar.first <= end and bar.last >= start
    ]  # fmt: skip
    if stops:
        longest = max(stops, key=lambda bar: (bar.last - bar.first, bar.row))
        days = (longest.last - longest.first).days + 1
        text += f" The longest closure is at {longest.place}: {counted(days, 'day')} from "
        text += f"{longest.first}."
    hidden = _hidden(story)
    if hidden:
        text += f" {counted(hidden, 'row')} not shown."
    return text


def _hidden(story: Story) -> int:
    start, end = horizon(story)
    every = [*launches(story), *agreements(story), *closures(story)]
    rows = {bar.row for bar in every if bar.first <= end and bar.last >= start}
    return len(rows - {bar.row for bar in bars(story)})


def section(story: Story) -> Section:
    """The section on launches, ramps, closures and agreements."""
    title, short = "Launches, ramps, closures and agreements", "Timeline"
    if not bars(story):
        return Section("timeline", title, "Nothing starts, stops or is agreed.", short=short)
    lead = "When each vehicle is built where."
    if any(bar.kind == "rough" for bar in bars(story)):
        lead += (
            " A hatched span shows how early or late a roughly dated start may fall; this plan "
            f"takes its {DAYS[story.case.info.dates]} day."
        )
    alt = "Gantt chart of production by vehicle and plant, with agreements and closures."
    return Section("timeline", title, lead,
                   [single("timeline", alt, caption(story), figure(story))], short)  # fmt: skip
