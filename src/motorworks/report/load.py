"""Load of plants and shops by month, as a heat-map."""

from typing import Any

import polars as pl

from motorworks.report.blocks import Chart, Section, Select, Spec
from motorworks.report.numbers import counted, grouped, listed, percent
from motorworks.report.story import Story
from motorworks.report.theme import LOAD_SCALE, axis, layout, month_axis, month_words, scale
from motorworks.result.plan import PlanResult

MOST_ROWS = 40
FULL = 0.9995


def shop_loads(result: PlanResult) -> pl.DataFrame:
    """Load of each shop in each month as a share; null where it is closed."""
    load = pl.when(pl.col("capacity") > 1e-9).then(pl.col("used") / pl.col("capacity"))
    return result.table("capacity").with_columns(load.alias("load"))


def plant_loads(result: PlanResult) -> pl.DataFrame:
    """The fullest shop of each plant in each month."""
    ranked = shop_loads(result).sort(
        ["plant", "month", "load", "shop"],
        descending=[False, False, True, False],
        nulls_last=True,
    )
    return ranked.unique(subset=["plant", "month"], keep="first", maintain_order=True)


def pattern_words(story: Story, plant: str, month: str) -> str:
    """The shift pattern a plant works at the end of a month, in words."""
    chosen = story.table("shifts").filter(plant=plant, month=month)
    rows = story.case.table("shift_calendar").filter(pl.col("plant") == plant).sort("start")
    if chosen.height:
        pattern = chosen["pattern"][0]
    elif rows.height == 0:
        return ""
    else:
        begun = rows.filter(pl.col("start").str.slice(0, 7) <= month)
        pattern = begun["pattern"][-1] if begun.height else rows["pattern"][0]
    named = story.case.table("shift_patterns").filter(pl.col("pattern") == pattern)
    return str(named["name"][0]) if named.height else str(pattern)


def caption(story: Story) -> str:
    """Which plant is fullest and when, and which stand still."""
    loads = plant_loads(story.result)
    open_ = loads.filter(pl.col("load").is_not_null())
    if open_.height == 0:
        return "No plant has a shop with a stated pace, so no load can be given."
    top = open_.sort(["load", "month"], descending=[True, False]).row(0, named=True)
    plant = story.names.plant(top["plant"])
    pattern = pattern_words(story, top["plant"], top["month"])
    full = open_.filter((pl.col("plant") == top["plant"]) & (pl.col("load") > FULL))
    if full.height > 1:
        months = open_.filter(pl.col("plant") == top["plant"]).height
        text = f"{plant} is full in {full.height} of its {counted(months, 'open month')}"
        text += f", first in {month_words(full['month'].sort()[0])}"
    else:
        text = f"{plant} is fullest in {month_words(top['month'])} at {percent(top['load'])}"
        text += " of what it can build"
    text += f" ({pattern})." if pattern else "."
    closed = loads.filter(pl.col("load").is_null())
    if closed.height:
        names = [story.names.plant(key) for key in sorted(closed["plant"].unique().to_list())]
        rest = f" and {len(names) - 3} more" if len(names) > 3 else ""
        said = ", ".join(names[:3]) + rest if rest else listed(names)
        text += f" Months without a working hour are grey ({said})."
    return text


def _heat(story: Story, loads: pl.DataFrame, key: str, noun: str) -> Spec:
    months = story.months
    order = loads.group_by(key).agg(pl.col("used").sum()).sort(["used", key], descending=True)
    keys = order[key].to_list()[:MOST_ROWS]
    cells = {(row[key], row["month"]): row for row in loads.iter_rows(named=True)}
    shares: list[list[float | None]] = []
    texts: list[list[str]] = []
    for name in keys:
        rows = [cells.get((name, month)) for month in months]
        shares.append([_share(row) for row in rows])
        texts.append([_hover(story, row) for row in rows])
    labels = [story.names.of(noun, name) for name in keys]
    trace: dict[str, Any] = {
        "type": "heatmap",
        "x": list(months),
        "y": labels,
        "z": shares,
        "text": texts,
        "hovertemplate": "%{text}<extra></extra>",
        "hoverongaps": False,
        "colorscale": scale(LOAD_SCALE),
        "zmin": 0,
        "zmax": 100,
        "xgap": 1.5,
        "ygap": 3,
        "colorbar": {
            "title": {"text": "Load, %", "side": "right", "font": {"size": 12}},
            "thickness": 10,
            "outlinewidth": 0,
            "tickvals": [0, 25, 50, 75, 100],
        },
    }
    if len(months) <= 60 and len(keys) <= 25:
        trace["texttemplate"] = "%{z:.0f}"
        trace["textfont"] = {"size": 12 if len(months) <= 30 else 10 if len(months) <= 40 else 8}
    shapes, notes = _closed_marks(months, labels, shares)
    return {
        "data": [trace],
        "layout": layout(
            max(190, 90 + 38 * len(keys)),
            xaxis=month_axis(months),
            yaxis=axis(autorange="reversed", showgrid=False, ticks="", tickfont={"size": 13}),
            shapes=shapes,
            annotations=notes,
            margin={"l": 10, "r": 10, "t": 10, "b": 44},
        ),
    }


def _share(row: dict[str, Any] | None) -> float | None:
    if row is None or row["load"] is None:
        return None
    return float(round(100 * row["load"], 2))


def _hover(story: Story, row: dict[str, Any] | None) -> str:
    if row is None:
        return ""
    name = story.names.of("shop", row["shop"])
    head = f"<b>{name}</b>, {month_words(row['month'])}"
    if row["load"] is None:
        return f"{head}<br>closed"
    return (
        f"{head}<br>{percent(row['load'], 1)}: {grouped(row['used'])} of "
        f"{grouped(row['capacity'])} standard vehicles<br>{grouped(row['hours'])} staffed hours"
    )


def _closed_marks(
    months: tuple[str, ...], labels: list[str], shares: list[list[float | None]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A grey block over each run of closed months, with the word where it has room."""
    shapes, notes = [], []
    for place, row in enumerate(shares):
        for start, stop in _runs([value is None for value in row]):
            shapes.append({
                "type": "rect", "xref": "x", "yref": "y", "layer": "below",
                "x0": start - 0.47, "x1": stop - 0.53, "y0": place - 0.44, "y1": place + 0.44,
                "fillcolor": "#b4bac6", "line": {"width": 0},
            })  # fmt: skip
            if stop - start > 2 or len(months) <= 14:
                notes.append({
                    "x": (start + stop - 1) / 2, "y": place, "xref": "x", "yref": "y",
                    "text": "closed", "showarrow": False,
                    "font": {"size": 11, "color": "#5b6475"},
                })  # fmt: skip
    return shapes, notes


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    """Start and stop of each run of true flags.

    Examples
    --------
    >>> _runs([True, False, True, True])
    [(0, 1), (2, 4)]
    """
    out: list[tuple[int, int]] = []
    for place, flag in enumerate(flags):
        if flag and out and out[-1][1] == place:
            out[-1] = (out[-1][0], place + 1)
        elif flag:
            out.append((place, place + 1))
    return out


def figure(story: Story) -> Spec:
    """Plant by month."""
    return _heat(story, plant_loads(story.result), "plant", "plant")


def section(story: Story) -> Section:
    """The section on load."""
    loads = shop_loads(story.result)
    if loads.height == 0:
        text = "No shop has a stated pace, so the plan is not limited by plants and no load shows."
        return Section("load", "Load of the plants", text)
    variants = {"plant": figure(story)}
    selects = []
    if loads["shop"].n_unique() > loads["plant"].n_unique():
        variants["shop"] = _heat(story, loads, "shop", "shop")
        selects = [Select("Rows", [("plant", "Plants (fullest shop)"), ("shop", "Shops")])]
    if not selects:
        variants = {"": variants["plant"]}
    alt = "Heat-map of the share of its capacity that each plant uses in each month."
    chart = Chart("load", alt, caption(story), variants, selects)
    lead = (
        "Cars built in a month against what the plant's fullest shop could build: pace × staffed "
        "hours × availability, closures taken out. The darker, the fuller."
    )
    return Section("load", "Load of the plants", lead, [chart], "Load")
