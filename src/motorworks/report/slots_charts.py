"""Charts of orders and their days: cars a day, promised against built, take rates."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from motorworks.report.blocks import Chart, Select, Spec, single
from motorworks.report.numbers import counted, grouped, percent, plain
from motorworks.report.paints import paint_tints
from motorworks.report.slots_axis import built_orders, day_axis, day_label, labelled_slots
from motorworks.report.theme import ACCENT, BAD, axis, colours_of, layout, titled
from motorworks.result.slotted import SlottedMonth

Names = Mapping[str, Mapping[str, str]]

_MOST_SHARES = 40


def days_chart(key: str, one: SlottedMonth, names: Names) -> Chart:
    """Cars a day as stacked bars, by what is chosen, with the room that a line has."""
    slots = labelled_slots(one)
    built = built_orders(one).join(slots, on=["day", "shift"], how="left", maintain_order="left")
    lines = sorted(built["line"].unique().to_list())
    nouns = [("vehicle", "Vehicles"), ("market", "Markets"), ("colour", "Colours")]
    nouns = [(noun, text) for noun, text in nouns if built[noun].null_count() < built.height]
    ways = ["", *lines] if len(lines) > 1 else [""]
    labels = slots["label"].to_list()
    variants, selects = {}, []
    for noun, _ in nouns or [("vehicle", "Vehicles")]:
        for line in ways:
            own = built if not line else built.filter(pl.col("line") == line)
            variants["|".join([noun, *([line or "all"] if len(ways) > 1 else [])])] = _bars(
                one, own, noun, labels, names, line
            )
    selects.append(Select("Stacked by", nouns))
    if len(ways) > 1:
        told = [(line, names.get("shop", {}).get(line, line)) for line in lines]
        selects.append(Select("Line", [("all", "All lines"), *told]))
    counts = built.group_by("label").agg(pl.len().alias("n"))["n"].to_list()
    least, most = min(counts, default=0), max(counts, default=0)
    word = "shift" if slots["shift"].max() else "day"
    caption = (
        f"Between {grouped(least)} and {counted(most, 'car')} a {word}, "
        f"{plain(sum(counts) / max(len(counts), 1))} on average. Marks show the room a line has, "
        "counted in cars of that day's mix."
    )
    return Chart(key, "Cars built each day, stacked", caption, variants, selects)


def _bars(
    one: SlottedMonth, built: pl.DataFrame, noun: str, labels: Sequence[str], names: Names,
    line: str,
) -> Spec:  # fmt: skip
    counts = built.group_by(noun, "label").agg(pl.len().alias("n"))
    order = counts.group_by(noun).agg(pl.col("n").sum()).sort(["n", noun], descending=[True, False])
    keys = order[noun].to_list()
    said = {(row[noun], row["label"]): row["n"] for row in counts.iter_rows(named=True)}
    known = [str(name) for name in keys if name is not None]
    tints = paint_tints(known) if noun == "colour" else colours_of(known)
    data: list[dict[str, Any]] = [
        {"type": "bar", "name": names.get(noun, {}).get(name, name or "none"), "x": list(labels),
         "y": [said.get((name, label), 0) for label in labels],
         "marker": {"color": tints.get(name or "", "#d5d9e0"), "line": {"width": 0.5,
                    "color": "#9aa3b2"}},
         "hovertemplate": "%{y} %{fullData.name}<extra>%{x}</extra>"}
        for name in keys
    ]  # fmt: skip
    data += _room(one, labels, line)
    return {
        "data": data,
        "layout": layout(
            390, barmode="stack", bargap=0.18, xaxis=day_axis(labels),
            yaxis=axis(title=titled("cars"), rangemode="tozero"),
            margin={"l": 56, "r": 16, "t": 70, "b": 70},
        ),
    }  # fmt: skip


def _room(one: SlottedMonth, labels: Sequence[str], line: str) -> list[dict[str, Any]]:
    """Marks for the room of each slot in cars; none where it is not limited."""
    table = one.result.tables["slot_limits"].filter(pl.col("kind") == "capacity")
    days = one.result.tables["slot_days"]
    rows = table.join(
        days.select("line", pl.col("day").alias("last"), "shift", "cars"),
        on=["line", "last", "shift"], how="inner",
    )  # fmt: skip
    rows = rows.filter(pl.col("line") == line) if line else rows
    if not rows.height:
        return []
    cars = pl.when(pl.col("used") > 0.0).then(pl.col("most") * pl.col("cars") / pl.col("used"))
    rows = rows.with_columns(cars.otherwise(pl.col("most")).alias("room"))
    found = {
        day_label(*row[:2]): row[2]
        for row in rows.group_by("last", "shift").agg(pl.col("room").sum()).iter_rows()
    }
    return [{
        "type": "scatter", "mode": "markers", "name": "room", "x": list(labels),
        "y": [found.get(label) for label in labels],
        "marker": {"symbol": "line-ew", "size": 16, "line": {"width": 2, "color": BAD}},
        "hovertemplate": "room for %{y:.0f}<extra>%{x}</extra>",
    }]  # fmt: skip


def promised_chart(key: str, one: SlottedMonth) -> Chart | None:
    """Orders by days from the day on which they were due; None where any day is as good."""
    orders = one.result.tables["slotted_orders"].filter(pl.col("due").is_not_null())
    built = orders.filter(pl.col("day").is_not_null())
    if not built.height:
        return None
    off = (built["days_late"] - built["days_early"]).alias("off")
    counts = built.with_columns(off).group_by("off").len().sort("off")
    away = counts["off"].to_list()
    spec: Spec = {
        "data": [{
            "type": "bar", "x": away, "y": counts["len"].to_list(),
            "marker": {"color": [BAD if days > 0 else ACCENT if days == 0 else "#7d86c4"
                                 for days in away]},
            "hovertemplate": "%{x} days from due: %{y} orders<extra></extra>",
        }],
        "layout": layout(
            250, xaxis=axis(title=titled("days after the day on which an order is due"),
                            showgrid=False),
            yaxis=axis(title=titled("orders"), type="log" if _steep(counts) else "linear"),
        ),
    }  # fmt: skip
    exact = float(built.filter((pl.col("days_late") == 0) & (pl.col("days_early") == 0)).height)
    early = float((built["days_early"] > 0).sum())
    caption = (
        f"{percent(exact / built.height, 1)} of orders are built on the day on which they are "
        f"due, {percent(early / built.height, 1)} earlier."
    )
    return single(key, "Orders by days early and late", caption, spec)


def _steep(counts: pl.DataFrame) -> bool:
    """Whether bars differ so much that small ones would not be seen."""
    found = counts["len"].to_list()
    return len(found) > 2 and max(found) > 100 * min(found)


def shares_chart(key: str, one: SlottedMonth) -> Chart:
    """Share of cars with each option or colour, wanted and drawn."""
    summed: dict[tuple[str, str], tuple[int, float, int]] = {}
    for row in one.shares:
        cars, wanted, drawn = summed.get((row.kind, row.name), (0, 0.0, 0))
        summed[row.kind, row.name] = (cars + row.cars, wanted + row.wanted, drawn + row.drawn)
    ranked = sorted(summed, key=lambda name: (name[0] != "option", -summed[name][1], name))
    ranked = ranked[:_MOST_SHARES]
    labels = [name if kind == "option" else f"{name} (colour)" for kind, name in ranked]
    drawn_pct = [100.0 * summed[name][2] / max(summed[name][0], 1) for name in ranked]
    wanted_pct = [100.0 * summed[name][1] / max(summed[name][0], 1) for name in ranked]
    spec: Spec = {
        "data": [
            {"type": "bar", "orientation": "h", "name": "drawn", "y": labels, "x": drawn_pct,
             "marker": {"color": "#7d86c4"},
             "hovertemplate": "%{y}: %{x:.2f} % drawn<extra></extra>"},
            {"type": "scatter", "mode": "markers", "name": "wanted", "y": labels, "x": wanted_pct,
             "marker": {"symbol": "line-ns", "size": 14, "line": {"width": 3, "color": BAD}},
             "hovertemplate": "%{y}: %{x:.2f} % wanted<extra></extra>"},
        ],
        "layout": layout(
            100 + 22 * len(labels),
            xaxis=axis(title=titled("cars of the vehicles that are sold with it, %")),
            yaxis=axis(autorange="reversed", showgrid=False, type="category"),
            margin={"l": 10, "r": 16, "t": 40, "b": 44},
        ),
    }  # fmt: skip
    far = max((abs(summed[name][1] - summed[name][2]) for name in ranked), default=0.0)
    caption = (
        f"Bars are drawn, marks are wanted; over all vehicles and markets no option or colour is "
        f"off by more than {counted(far, 'car') if far == round(far) else plain(far) + ' cars'}."
    )
    return single(key, "Take rates wanted and drawn", caption, spec)
