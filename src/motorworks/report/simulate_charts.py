"""Charts of a simulation: replications against the plan, days, gains with their intervals."""

import polars as pl

from motorworks.report.blocks import Chart, Spec, single
from motorworks.report.numbers import plain
from motorworks.report.theme import ACCENT, BAD, GOOD, QUIET, axis, layout, titled
from motorworks.result.simulation import Estimate

_MOST_GAINS = 15


def pace_chart(key: str, paces: list[float], mean: Estimate, assumed: float | None) -> Chart:
    """Pace of each replication, the interval of their mean, and what the plan assumes."""
    shapes = [_band(mean)]
    marks = [("simulated", mean.mean, ACCENT)]
    if assumed:
        marks.append(("the plan assumes", assumed, BAD if mean.high < assumed else GOOD))
    shapes += [_line(value, colour) for _, value, colour in marks]
    notes = [
        {"x": value, "y": 1.0, "yref": "paper", "yanchor": "bottom", "showarrow": False,
         "text": f"{label} {plain(value)}", "font": {"color": colour, "size": 12}}
        for label, value, colour in marks
    ]  # fmt: skip
    if len(notes) == 2:
        left = marks[0][1] <= marks[1][1]
        notes[0]["xanchor"], notes[1]["xanchor"] = ("right", "left") if left else ("left", "right")
    dots = {
        "type": "scatter", "mode": "markers", "x": paces, "y": _stacked(paces),
        "marker": {"size": 9, "color": ACCENT, "opacity": 0.55},
        "hovertemplate": "%{x:.2f} cars an hour<extra></extra>",
    }  # fmt: skip
    spec: Spec = {
        "data": [dots],
        "layout": layout(
            190, shapes=shapes, annotations=notes, showlegend=False,
            margin={"l": 24, "r": 24, "t": 34, "b": 44},
            xaxis=axis(title=titled("cars an open hour")),
            yaxis=axis(visible=False, range=[0.0, 1.0], fixedrange=True),
        ),
    }  # fmt: skip
    caption = (
        f"Each dot is a replication with the cars it has. The mean lies "
        f"between {plain(mean.low)} and {plain(mean.high)} cars an hour (shaded)"
    )
    if assumed:
        where = "below" if mean.high < assumed else "above" if mean.low > assumed else "around"
        caption += f"; the interval lies {where} the {plain(assumed)} that the plan assumes"
    return single(key, "Pace of each replication against the plan", f"{caption}.", spec)


def _stacked(values: list[float]) -> list[float]:
    """Heights that keep dots apart, in the order of the replications."""
    return [0.18 + 0.64 * ((place * 7) % 11) / 10 for place in range(len(values))]


def _band(mean: Estimate) -> dict[str, object]:
    return {
        "type": "rect", "x0": mean.low, "x1": mean.high, "y0": 0, "y1": 1, "yref": "paper",
        "fillcolor": ACCENT, "opacity": 0.13, "line": {"width": 0},
    }  # fmt: skip


def _line(value: float, colour: str) -> dict[str, object]:
    return {
        "type": "line", "x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper",
        "line": {"color": colour, "width": 2},
    }  # fmt: skip


def days_chart(key: str, days: pl.DataFrame) -> Chart:
    """Cars that left day by day, against the plan's count."""
    rows = days.filter((pl.col("most") > 0) | (pl.col("planned").fill_null(0) > 0))
    place = rows["day"].to_list()
    error = rows["half"].fill_null(0.0).to_list()
    data = [
        {"type": "bar", "name": "simulated", "x": place, "y": rows["cars"].to_list(),
         "marker": {"color": "#7d86c4"},
         "error_y": {"type": "data", "array": error, "color": ACCENT, "thickness": 1.2},
         "hovertemplate": "day %{x}: %{y:.1f} cars<extra></extra>"},
    ]  # fmt: skip
    planned = rows["planned"].to_list()
    caption = "Cars out of the plant by day of the span, warm-up included."
    if any(count is not None for count in planned):
        data.append({
            "type": "scatter", "mode": "markers", "name": "planned", "x": place, "y": planned,
            "marker": {"symbol": "line-ew", "size": 22, "line": {"width": 3, "color": BAD}},
            "hovertemplate": "day %{x}: %{y} planned<extra></extra>",
        })  # fmt: skip
        short = float(sum(count or 0 for count in planned)) - float(rows["cars"].sum())
        word = "short of" if short >= 0.5 else "as many as, or more than,"
        caption += f" Over all days {plain(abs(short))} cars {word} the plan."
    spec: Spec = {
        "data": data,
        "layout": layout(
            250, xaxis=axis(title=titled("day of the span"), dtick=1, showgrid=False),
            yaxis=axis(title=titled("cars"), rangemode="tozero"),
        ),
    }  # fmt: skip
    return single(key, "Cars by day against the plan", caption, spec)


def gains_chart(key: str, gains: pl.DataFrame) -> Chart:
    """The greatest gains with their intervals."""
    top = gains.head(_MOST_GAINS).reverse()
    labels = [words.rsplit(":", 1)[0] for words in top["words"]]
    values = top["gain"].to_list()
    high = (top["high"] - top["gain"]).fill_null(0.0).to_list()
    low = (top["gain"] - top["low"]).fill_null(0.0).to_list()
    seen = [(row["low"] or 0.0) > 0.0 for row in top.iter_rows(named=True)]
    spec: Spec = {
        "data": [{
            "type": "bar", "orientation": "h", "x": values, "y": labels,
            "marker": {"color": [ACCENT if one else QUIET for one in seen]},
            "error_x": {"type": "data", "symmetric": False, "array": high, "arrayminus": low,
                        "color": "#5b6475", "thickness": 1.2},
            "hovertemplate": "%{y}: %{x:.2f} cars a day<extra></extra>",
        }],
        "layout": layout(
            90 + 26 * len(labels), showlegend=False,
            xaxis=axis(title=titled("gain, cars a day")),
            yaxis=axis(showgrid=False),
        ),
    }  # fmt: skip
    first = gains.row(0, named=True)["words"] if gains.height else ""
    caption = f"{first}. Grey bars may be chance."
    return single(key, "Gains of small changes", caption, spec)
