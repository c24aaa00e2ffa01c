"""Sections on a simulated plant: pace against the plan, what holds it back, a shift, details."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from motorworks.report.blocks import (
    Block,
    Card,
    Cards,
    Column,
    Drawing,
    Notes,
    Number,
    Row,
    Section,
    Table,
)
from motorworks.report.numbers import counted, grouped, percent, plain
from motorworks.report.simulate_charts import days_chart, gains_chart, pace_chart
from motorworks.report.simulate_drawing import Gauge, draw_states
from motorworks.report.simulate_layout import Drawn, Place, Way, lay_out
from motorworks.report.simulate_scene import Scene, draw_scene
from motorworks.report.theme import PALETTE
from motorworks.result.simulation import Estimate, SimulationResult

_STATE_COLUMNS = {
    "working": "working", "setup": "set-up", "blocked": "blocked", "starved": "starved",
    "failed": "waits for repair", "repair": "repair", "operators": "waits for people",
    "parts": "waits for parts", "overload": "overload", "breaks": "outside hours",
    "maintenance": "maintenance",
}  # fmt: skip
_MOST_NOTES = 4
_NEARLY = 0.97


def simulation_sections(
    result: SimulationResult, *, title: str, names: Mapping[str, str], key: str = "simulation"
) -> list[Section]:
    """All sections on one simulation.

    Parameters
    ----------
    result
        The simulation, with tables of bottlenecks and of the picture.
    title
        What was simulated, in words.
    names
        Full names of vehicles.
    key
        Stands before the names by which the page knows the sections.
    """
    drawn = _drawn(result)
    found = [
        _pace(result, title, key),
        _plant(result, drawn, f"{key}-plant"),
        _shift(result, drawn, names, f"{key}-shift"),
        _details(result, f"{key}-details"),
    ]
    return [section for section in found if section is not None]


def _drawn(result: SimulationResult) -> Drawn:
    places = [Place(*row) for row in result.tables["sim_places"].iter_rows()]
    return lay_out(places, [Way(*row) for row in result.tables["sim_ways"].iter_rows()])


def _pace(result: SimulationResult, title: str, key: str) -> Section:
    """Headlines, and replications against the plan's assumption."""
    summary = {row["measure"]: row for row in result.tables["sim_summary"].iter_rows(named=True)}
    assumed = summary.get("jph_net", {}).get("assumed")
    how = result.simulated
    lead = (
        f"{counted(how.replications, 'replication')} of {title}, minute by minute. "
        f"{grouped(result.warmup.minutes)} minutes at the start are cut off: "
        f"{result.warmup.reason}. Engine: {how.engine} ({how.engine_reason}). Intervals hold the "
        "mean with the confidence stated in the settings."
    )
    blocks: list[Block] = [Cards(_cards(result, assumed))]
    rows = result.tables["sim_replications"]["jph_net"].drop_nulls().to_list()
    if len(rows) > 1:
        plan = None if _runs_dry(result) else assumed
        blocks.append(pace_chart(f"{key}-pace", rows, result.jph_net, plan))
    days = result.tables["sim_days"]
    if days.height > 1:
        blocks.append(days_chart(f"{key}-days", days))
    return Section(key, f"Simulated: {title}", lead, blocks, "Simulation")


def _cards(result: SimulationResult, assumed: float | None) -> list[Card]:
    """What the plant could do against the plan, then what it does with the cars it has."""
    paces = result.tables["sim_paces"].filter(pl.col("sets_pace"))
    cards = [_capacity(row, assumed) for row in paces.head(1).iter_rows(named=True)]
    cards.append(_card("cars an open hour, as planned", result.jph_net))
    cards.append(_card("cars a working day, as planned", result.cars_a_day))
    cards.append(_card("lead time", result.lead_time, "min"))
    setting = set(paces["shop"])
    oee = result.tables["sim_oee"].drop_nulls("oee").filter(pl.col("shop").is_in(list(setting)))
    if oee.height:
        row = oee.row(0, named=True)
        cards.append(Card(f"OEE of {row['shop']}", plain(row["oee"]), "%",
                          [f"it sets the pace, by {row['element']}"]))  # fmt: skip
    return cards


def _capacity(row: Mapping[str, Any], assumed: float | None) -> Card:
    """Pace with cars always at hand; bad where it is below the plan's beyond doubt."""
    lines, tone = [f"{row['shop']} sets it: {row['element']}"], "calm"
    if row["low"] is not None:
        lines.insert(0, f"{plain(row['low'])} to {plain(row['high'])}")
    if assumed:
        change = row["flow"] / assumed - 1.0
        word = "more" if change > 0 else "less"
        lines.append(f"{percent(abs(change), 1)} {word} than the plan's {plain(assumed)}")
        tone = "bad" if (row["high"] or row["flow"]) < assumed else "good"
    label = "cars an hour with cars always at hand"
    return Card(label, plain(row["flow"]), "", lines, tone)  # type: ignore[arg-type]


def _runs_dry(result: SimulationResult) -> bool:
    """Whether the plant had fewer cars to build than it could."""
    paces = result.tables["sim_paces"].filter(pl.col("sets_pace"))
    return bool(paces.height) and result.jph_net.mean < _NEARLY * float(paces["flow"][0])


def _card(label: str, value: Estimate, unit: str = "") -> Card:
    return Card(label, plain(value.mean), unit, [_interval(value)])


def _interval(value: Estimate) -> str:
    if value.half == float("inf"):
        return "one replication: no interval"
    return f"{plain(value.low)} to {plain(value.high)}"


def _plant(result: SimulationResult, drawn: Drawn, key: str) -> Section:
    """The plant drawn, and what holds it back in words and gains."""
    found = result.tables["sim_bottlenecks"]
    held = found.filter(pl.col("rank") == 1)["element"].to_list()
    rows = result.tables["sim_elements"].to_dicts()
    states = {row["element"]: {n: float(row[n] or 0.0) for n in _STATE_COLUMNS} for row in rows}
    gauges = {
        row["element"]: Gauge(row["content"], row["p95"])
        for row in result.tables["sim_buffers"].iter_rows(named=True)
    }
    drawing = Drawing(
        draw_states(drawn, states, gauges, held, f"{key}-states"),
        "Each card is a station, segment or buffer. A bar shows its open hours by state: what "
        "comes before a bottleneck is blocked, what comes behind it starves. Point at a card for "
        "figures.",
    )
    blocks: list[Block] = [drawing, *_holdups(found), *_gains(result, key)]
    blocks += [_shop_paces(result), _states(rows)]
    lead = (
        "Which places wait for which. Bottlenecks and gains are found with cars always at hand, "
        "so that the plant is held back by itself alone."
    )
    return Section(key, "What holds the plant back", lead, blocks, "Bottlenecks")


def _holdups(found: pl.DataFrame) -> list[Block]:
    """Bottlenecks in words, by method."""
    titles = {
        "turning point": "Where blocked turns into starved",
        "active period": "Which place works longest without a wait",
    }
    out: list[Block] = []
    for method, title in titles.items():
        words = found.filter(pl.col("method") == method)["words"].to_list()[:_MOST_NOTES]
        none = ["No place for whom its neighbours wait: cars come slowly, or all wait alike."]
        out.append(Notes(words or none, title))
    return out


def _gains(result: SimulationResult, key: str) -> list[Block]:
    """What small changes bring, and the best split where one was looked for."""
    gains = result.tables["sim_gains"]
    out: list[Block] = []
    if gains.height:
        rows: list[Row] = [
            [row["words"].rsplit(":", 1)[0], row["shop"], Number(plain(row["gain"]), row["gain"]),
             _number(row["low"]), _number(row["high"])]
            for row in gains.iter_rows(named=True)
        ]  # fmt: skip
        columns = [
            Column("change"), Column("shop"), Column("gain", "cars a day", number=True),
            Column("from", number=True), Column("to", number=True),
        ]  # fmt: skip
        out.append(gains_chart(f"{key}-gains", gains))
        out.append(Table("Gains of small changes, one at a time, on the same random numbers",
                         columns, rows, search=True, folded="All gains"))  # fmt: skip
    split = result.tables["sim_improvement"].filter(pl.col("more") > 0)
    if split.height:
        places = [
            f"{name}: {grouped(more)} more, {grouped(has + more)} in all"
            for name, has, more in split.sort("more", descending=True).iter_rows()
        ]
        out.append(Notes(places, "Where more would help most"))
    return out


def _shop_paces(result: SimulationResult) -> Table:
    rows: list[Row] = [
        [row["shop"], row["element"], Number(plain(row["pace"]), row["pace"]),
         Number(f"{row['waits']:.1f}", row["waits"]), "sets the pace" if row["sets_pace"] else ""]
        for row in result.tables["sim_paces"].iter_rows(named=True)
    ]  # fmt: skip
    columns = [
        Column("shop"), Column("busiest place"), Column("pace", "cars/h", number=True),
        Column("waits for others", "%", number=True), Column(""),
    ]  # fmt: skip
    caption = (
        "Pace of each shop: what flows through the one that sets the pace, and what the others "
        "would do if they never waited for it"
    )
    return Table(caption, columns, rows)


def _states(rows: Sequence[Mapping[str, object]]) -> Table:
    cells: list[Row] = [
        [str(row["element"]), str(row["shop"]), *(_number(row[name]) for name in _STATE_COLUMNS)]
        for row in rows
    ]
    columns = [Column("element"), Column("shop")]
    columns += [Column(label, "%", number=True) for label in _STATE_COLUMNS.values()]
    return Table("States of every place, in per cent of all time", columns, cells, search=True,
                 folded="States in figures")  # fmt: skip


def _number(value: object) -> Number:
    if not isinstance(value, int | float):
        return Number("–", -1.0)
    return Number(plain(float(value)), float(value))


def _shift(
    result: SimulationResult, drawn: Drawn, names: Mapping[str, str], key: str
) -> Section | None:
    """The moving picture."""
    table = result.tables["sim_scene"]
    if not table.height:
        return None
    minutes = table["minute"].unique().sort().to_list()
    at = {minute: number for number, minute in enumerate(minutes)}
    cars: dict[tuple[str, str], list[int]] = {}
    for minute, element, vehicle, count in table.iter_rows():
        cars.setdefault((element, vehicle), [0] * len(minutes))[at[minute]] = count
    ranked = table.group_by("vehicle").agg(pl.col("cars").sum()).sort(
        ["cars", "vehicle"], descending=[True, False]
    )  # fmt: skip
    vehicles = ranked["vehicle"].to_list()
    colours = {name: PALETTE[number % len(PALETTE)] for number, name in enumerate(vehicles)}
    drawing = Drawing(
        draw_scene(drawn, Scene(minutes, cars, colours), names, f"{key}-scene"),
        "Cars in each place by vehicle; a full bar is a full buffer. Move the slider, or play.",
    )
    lead = (
        "One shift of the first replication, once cars come out of the plant, with cars always "
        "at hand."
    )
    return Section(key, "A shift in motion", lead, [drawing], "Shift")


def _details(result: SimulationResult, key: str) -> Section:
    """Buffers, order, stops and OEE as tables."""
    spec: list[tuple[str, str, dict[str, tuple[str, str]]]] = [
        ("sim_buffers", "Buffers: how full they are", {
            "element": ("buffer", ""), "places": ("places", ""), "content": ("mean", "cars"),
            "p05": ("5 % below", "cars"), "p50": ("median", "cars"), "p95": ("95 % below", "cars"),
            "empty": ("empty", "%"), "full": ("full", "%")}),
        ("sim_order", "How far the planned order still holds behind each shop", {
            "element": ("behind", ""), "shop": ("shop", ""), "in_order": ("in order", "%"),
            "displaced_p50": ("places away, median", ""),
            "displaced_p95": ("places away, 95 %", ""),
            "colour_changes": ("colour changes", "")}),
        ("sim_oee", "Overall equipment effectiveness (ISO 22400-2) by the busiest place", {
            "shop": ("shop", ""), "element": ("busiest place", ""),
            "availability": ("availability", "%"), "effectiveness": ("effectiveness", "%"),
            "quality": ("quality", "%"), "oee": ("OEE", "%")}),
        ("sim_stops", "Stops by cause, in a replication", {
            "element": ("element", ""), "cause": ("cause", ""), "place": ("where", ""),
            "stops": ("stops", ""), "minutes": ("stopped", "min"), "each": ("each", "min")}),
        ("sim_lead_times", "Lead time from the first place to the exit", {
            "vehicle": ("vehicle", ""), "cars": ("cars", ""), "mean": ("mean", "min"),
            "p50": ("median", "min"), "p95": ("95 % below", "min")}),
    ]  # fmt: skip
    blocks = [
        _table(result.tables[name], caption, columns)
        for name, caption, columns in spec
        if result.tables[name].height
    ]
    lead = "Means over the replications, after the warm-up."
    return Section(key, "Stores, order and stops", lead, blocks, "Stores")


def _table(frame: pl.DataFrame, caption: str, columns: Mapping[str, tuple[str, str]]) -> Table:
    texts = {name for name in columns if frame.schema[name] == pl.String}
    heads = [
        Column(label, unit, number=name not in texts) for name, (label, unit) in columns.items()
    ]
    rows: list[Row] = [
        [str(row[name]) if name in texts else _number(row[name]) for name in columns]
        for row in frame.iter_rows(named=True)
    ]
    return Table(caption, heads, rows, search=frame.height > 12)
