"""Flows on a map: its outline travels with the page, so nothing is fetched."""

import math
from dataclasses import dataclass

import polars as pl

from motorworks.report.blocks import Chart, Select, Spec
from motorworks.report.labels import Label, placed
from motorworks.report.land import Point, filled, height_of
from motorworks.report.numbers import grouped, listed
from motorworks.report.story import Story
from motorworks.report.theme import ACCENT, GROUND, INK, layout

STEPS = 40
BEND = 0.16
SOUTH, NORTH = -56.0, 78.0
MOST_LANES = 60
ARROWS_FROM, FLATTEST = 0.02, 0.34
HALO = "0 0 3px #ffffff, 0 0 3px #ffffff, 0 0 2px #ffffff"
SEA, LAND = "#f1f5fa", "#dde1e8"


@dataclass(frozen=True)
class Place:
    """A plant or market with its coordinates and its volume."""

    key: str
    noun: str
    lon: float
    lat: float
    units: float


@dataclass(frozen=True)
class Frame:
    """What all pictures of one map share: its places, its western edge and its window."""

    found: dict[tuple[str, str], Place]
    used: set[tuple[str, str]]
    west: float


def places(story: Story) -> dict[tuple[str, str], Place]:
    """Plants and markets whose coordinates are known."""
    built = _sums(story.table("production"), "plant", "units")
    sold = _sums(story.table("market"), "market", "sold")
    out = {}
    for noun, table, volume in (("plant", "plants", built), ("market", "markets", sold)):
        rows = story.case.table(table).select(noun, "lon", "lat").drop_nulls()
        for key, lon, lat in rows.iter_rows():
            out[noun, key] = Place(key, noun, lon, lat, volume.get(key, 0.0))
    return out


def _sums(frame: pl.DataFrame, key: str, value: str) -> dict[str, float]:
    return dict(frame.group_by(key).agg(pl.col(value).sum()).iter_rows())


def lanes(story: Story, year: str = "") -> list[tuple[str, str, float]]:
    """Plant, market and cars shipped between them, the largest first."""
    shipped = story.table("shipments")
    if year:
        shipped = shipped.filter(pl.col("month").str.starts_with(year))
    sums = shipped.group_by(["plant", "market"]).agg(pl.col("units").sum())
    sums = sums.filter(pl.col("units") >= 0.5).sort(
        ["units", "plant", "market"], descending=[True, False, False]
    )
    return list(sums.iter_rows())[:MOST_LANES]


def best_west(pairs: list[tuple[float, float, float]]) -> float:
    """Western edge of the map that cuts the fewest cars' ways.

    ``pairs`` holds longitudes of start and end, and cars. The Atlantic edges come first because
    they cut little land.
    """
    edges = (-30.0, -180.0, -170.0, 60.0)

    def crossed(edge: float) -> float:
        return sum(units for a, b, units in pairs if _crosses(a, b, edge))

    return min(edges, key=crossed)


def _crosses(start: float, end: float, edge: float) -> bool:
    way = (end - start + 180) % 360 - 180
    ahead = (edge - start) % 360 if way >= 0 else (start - edge) % 360
    return 0 < ahead < abs(way)


def way(start: Point, end: Point) -> list[Point]:
    """A gently curved way, bent to the left of travel: north eastward, south westward.

    The longitudes run on over the date line.
    """
    x0, y0 = start[0], height_of(start[1])
    dx = (end[0] - start[0] + 180) % 360 - 180
    dy = height_of(end[1]) - y0
    bend = BEND * min(1.0, 90 / max(1.0, math.hypot(dx, dy)) + 0.4)
    middle = (x0 + dx / 2 - bend * dy, y0 + dy / 2 + bend * dx)
    out = []
    for step in range(STEPS + 1):
        s = step / STEPS
        a, b, c = (1 - s) ** 2, 2 * s * (1 - s), s**2
        out.append((a * x0 + b * middle[0] + c * (x0 + dx),
                    a * y0 + b * middle[1] + c * (y0 + dy)))  # fmt: skip
    return out


def shown(points: list[Point], west: float) -> list[Point | None]:
    """A way inside the map: what leaves at one edge enters again at the other."""
    out: list[Point | None] = []
    turn: float | None = None
    for x, y in points:
        now = math.floor((x - west) / 360)
        if turn is not None and now != turn:
            out.append(None)
        turn = now
        out.append((x - 360 * now, y))
    return out


def _lane_traces(
    story: Story, found: dict[tuple[str, str], Place], west: float, year: str
) -> list[dict[str, object]]:
    rows = [row for row in lanes(story, year)
            if ("plant", row[0]) in found and ("market", row[1]) in found]  # fmt: skip
    most = max((row[2] for row in rows), default=1.0)
    traces: list[dict[str, object]] = []
    legend: set[str] = set()
    # the widest first, so that the thin ones lie on top
    for plant, market, units in rows:
        start, end = found["plant", plant], found["market", market]
        points = way((start.lon, start.lat), (end.lon, end.lat))
        path = shown(points, west)
        width = 1.2 + 9 * math.sqrt(units / most)
        text = (
            f"<b>{story.names.plant(plant)} → {story.names.market(market)}</b><br>"
            f"{grouped(units)} cars"
        )
        colour = story.colours["plant"].get(plant, ACCENT)
        traces.append({
            "type": "scatter", "mode": "lines",
            "name": f"from {story.names.plant(plant)}", "legendgroup": plant,
            "showlegend": plant not in legend,
            "x": [None if p is None else round(p[0], 2) for p in path],
            "y": [None if p is None else round(p[1], 2) for p in path],
            "line": {"width": round(width, 1), "color": colour}, "opacity": 0.55,
            "text": text, "hovertemplate": "%{text}<extra></extra>",
        })  # fmt: skip
        legend.add(plant)
        if units >= ARROWS_FROM * most:
            traces.append(_arrow(points, west, colour, width, text))
    return traces


def _arrow(
    points: list[Point], west: float, colour: str, width: float, text: str
) -> dict[str, object]:
    """An arrow head two thirds along a way."""
    at = 2 * STEPS // 3
    (x0, y0), (x1, y1) = points[at - 1], points[at + 1]
    tip = shown([points[at]], west)[0]
    assert tip is not None
    return {
        "type": "scatter", "mode": "markers", "showlegend": False,
        "x": [round(tip[0], 2)], "y": [round(tip[1], 2)],
        "marker": {"symbol": "triangle-up", "size": round(7 + width, 1), "color": colour,
                   "angle": round(math.degrees(math.atan2(x1 - x0, y1 - y0)), 1),
                   "line": {"width": 0.8, "color": GROUND}},
        "text": text, "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip


def _place_traces(
    story: Story, frame: Frame, window: tuple[float, float, float, float]
) -> list[dict[str, object]]:
    spots = sorted((place for key, place in frame.found.items() if key in frame.used),
                   key=lambda place: (place.noun == "market", -place.units, place.key))  # fmt: skip
    labels = placed(
        [Label(story.names.of(at.noun, at.key), *_on_map(at, frame.west)) for at in spots],
        window[0], window[1],
    )  # fmt: skip
    most = max((place.units for place in spots), default=1.0) or 1.0
    traces: list[dict[str, object]] = []
    for noun, word, symbol in (("market", "Market", "circle"), ("plant", "Plant", "square")):
        chosen = [(place, label) for place, label in zip(spots, labels, strict=True)
                  if place.noun == noun]  # fmt: skip
        verb = "built" if noun == "plant" else "sold"
        traces.append({
            "type": "scatter", "mode": "markers+text", "name": word, "cliponaxis": False,
            "x": [label.x for _, label in chosen], "y": [label.y for _, label in chosen],
            "text": [label.text if label.side else "" for _, label in chosen],
            "textposition": [label.side or "top center" for _, label in chosen],
            "textfont": {"size": 12, "color": INK, "shadow": HALO},
            "customdata": [f"<b>{label.text}</b><br>{grouped(place.units)} cars {verb}"
                           for place, label in chosen],
            "hovertemplate": "%{customdata}<extra></extra>",
            "marker": {
                "symbol": symbol,
                "size": [round(8 + 10 * math.sqrt(place.units / most), 1) for place, _ in chosen],
                "color": INK if noun == "plant" else GROUND,
                "line": {"width": 1.6, "color": GROUND if noun == "plant" else INK},
            },
        })  # fmt: skip
    return traces


def _on_map(place: Place, west: float) -> Point:
    return west + (place.lon - west) % 360, height_of(place.lat)


def frame_of(story: Story) -> Frame:
    """Frame a map around all lanes that carry cars."""
    found = places(story)
    rows = [
        row for row in lanes(story) if ("plant", row[0]) in found and ("market", row[1]) in found
    ]
    focus = story.case.info.focus
    home = focus.plant if focus is not None else ""
    # the ways of the plant that the case is about should not be cut
    west = best_west([
        (found["plant", p].lon, found["market", m].lon, n * (20 if p == home else 1))
        for p, m, n in rows
    ])  # fmt: skip
    used = {("plant", p) for p, _, _ in rows} | {("market", m) for _, m, _ in rows}
    return Frame(found, used, west)


def ground(west: float) -> list[dict[str, object]]:
    """Land, and the inland sea upon it."""
    traces: list[dict[str, object]] = []
    for kind, colour in (("land", LAND), ("water", SEA)):
        xs, ys = filled(kind, west, west + 360)
        traces.append({
            "type": "scatter", "mode": "lines", "fill": "toself", "x": xs, "y": ys,
            "fillcolor": colour, "line": {"width": 0.6, "color": "#c9cfd9"},
            "hoverinfo": "skip", "showlegend": False,
        })  # fmt: skip
    return traces


def spec(story: Story, frame: Frame, year: str) -> Spec:
    """Ways and places of one year, or of all, without the ground below them."""
    traces = _lane_traces(story, frame.found, frame.west, year)
    window = _window(frame.found, frame.used, frame.west)
    traces += _place_traces(story, frame, window)
    return {"data": traces, "layout": _layout(window, _legend_height(traces))}


def _window(
    found: dict[tuple[str, str], Place], used: set[tuple[str, str]], west: float
) -> tuple[float, float, float, float]:
    """West, east, south and north of what is worth showing, never closer than a continent."""
    spots = [_on_map(found[key], west) for key in used]
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    pad = 18.0
    left, right = max(west, min(xs) - pad), min(west + 360, max(xs) + pad)
    low, high = min(ys) - 22, max(ys) + 16
    if right - left < 70:
        centre = (left + right) / 2
        left, right = centre - 35, centre + 35
    low, high = max(height_of(SOUTH), min(low, 0)), min(height_of(NORTH), max(high, 40))
    low = min(low, high - FLATTEST * (right - left))
    return left, right, low, high


def _legend_height(traces: list[dict[str, object]]) -> int:
    """Room that the legend takes above the map, in pixels on a wide screen."""
    names = [str(trace["name"]) for trace in traces if trace.get("showlegend", True)]
    each = 52 + 6.6 * max((len(name) for name in names), default=0)
    rows = math.ceil(len(names) / max(1, 1120 // each))
    return 18 + 19 * rows


def _layout(window: tuple[float, float, float, float], top: int) -> dict[str, object]:
    west, east, south, north = window
    aspect = (north - south) / (east - west)
    bare = {"visible": False, "constrain": "range"}
    return layout(
        round(1120 * aspect) + top,
        meta={"aspect": round(aspect, 4), "extra": top},
        xaxis={**bare, "range": [west, east]},
        yaxis={**bare, "range": [south, north], "scaleanchor": "x", "scaleratio": 1},
        margin={"l": 0, "r": 0, "t": top, "b": 0},
        plot_bgcolor=SEA,
        hovermode="closest",
        dragmode="pan",
    )


def caption(story: Story) -> str:
    """How many ways there are, and which places are not on the map."""
    rows = lanes(story)
    found = places(story)
    lost = sorted(
        {story.names.plant(p) for p, _, _ in rows if ("plant", p) not in found}
        | {story.names.market(m) for _, m, _ in rows if ("market", m) not in found}
    )
    text = (
        "Lines run from plant (square) to market (circle), in the colour of their plant and the "
        "wider the more cars they carry; they are drawn to be read, not to be sailed."
    )
    if lost:
        text += f" Without coordinates, and so not shown: {listed(lost)}."
    return text


def chart(story: Story) -> Chart | None:
    """The map, or None where no lane has both ends on it."""
    frame = frame_of(story)
    if not frame.used:
        return None
    years = list(dict.fromkeys(month[:4] for month in story.months))
    choices = [("", "all years")] + ([(year, year) for year in years] if len(years) > 1 else [])
    variants = {year: spec(story, frame, year) for year, _ in choices}
    selects = [Select("Departing in", choices)] if len(choices) > 1 else []
    alt = "World map with a line from each plant to each market it ships to."
    return Chart("map", alt, caption(story), variants, selects, ground(frame.west))


def figure(story: Story) -> Spec:
    """The map of all years with its ground."""
    frame = frame_of(story)
    top = spec(story, frame, "")
    return {**top, "data": [*ground(frame.west), *top["data"]]}
