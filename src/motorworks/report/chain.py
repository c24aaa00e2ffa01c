"""The chain as one story: from the plan's month to the minute, promised and done."""

from datetime import timedelta
from typing import Any

import polars as pl

from motorworks.report.blocks import Card, Cards, Chart, Column, Number, Row, Section, Table, single
from motorworks.report.numbers import counted, grouped, listed, percent, plain
from motorworks.report.story import Story
from motorworks.report.theme import ACCENT, GOOD, QUIET, axis, layout, titled
from motorworks.result.simulated_days import SimulatedSpan
from motorworks.result.slotted import SlottedMonth
from motorworks.result.trace import orders_of, trace_car


def sections(story: Story) -> list[Section]:
    """From the plan to the minute, and build to schedule."""
    if story.slotted is None or story.days is None:
        return []
    found = [_steps(story, one) for one in story.slotted.months]
    for span in story.simulated.spans if story.simulated else ():
        found += _kept(story, span)
    return found


def _steps(story: Story, one: SlottedMonth) -> Section:
    """How many cars each stage hands to the next."""
    first, last = (f"{day:%Y-%m}" for day in one.span)
    built = story.table("production").filter(
        (pl.col("plant") == one.plant) & pl.col("month").is_between(pl.lit(first), pl.lit(last))
    )
    lines = {slot.line for slot in one.month.slots}
    days = [day for day in story.days.asked if day.line in lines] if story.days else []
    orders = len(one.month.orders)
    late = one.result.tables["late_orders"].height
    over = len(one.result.carried_over(one.month))
    in_order = sum(len(day.built) for day in days)
    planned = float(built["units"].sum())
    rows: list[Row] = [
        _row("plan", f"built in {_months(first, last)}", planned),
        _row("slot", "orders, drawn from the plan" if one.drawn else "orders, as given", orders),
        _row("", "of them with a day", orders - over),
        _row("", "of them carried over", over),
        _row("sequence", f"cars in order on {counted(len(days), 'day')}", in_order),
    ]
    spans = [s for s in (story.simulated.spans if story.simulated else ()) if s.plant == one.plant]
    out = sum(_finished(span) for span in spans)
    if spans:
        rows.append(_row("simulate", "cars out of the plant, first replication", out))
        rows.append(_row("", "still inside or not begun at the end", _still(spans)))
    lead = (
        f"What {story.names.plant(one.plant)} builds in {_months(first, last)}, from the plan's "
        f"volumes to single cars: {counted(orders, 'order')}, {grouped(late - over)} of them late "
        f"and {grouped(over)} carried over. Each stage works on what the one before it found, and "
        f"every car is counted again by the independent check. {_taken(story)}"
    )
    columns = [Column("stage"), Column("what"), Column("cars", "vehicles", number=True)]
    block = Table("Cars from stage to stage.", columns, rows)
    return Section(f"chain-{one.plant}", "From the plan to the minute", lead, [block], "Chain")


def _row(stage: str, what: str, cars: float) -> Row:
    return [stage, what, Number(plain(cars), cars)]


def _months(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _finished(span: SimulatedSpan) -> int:
    return int(span.result.tables["sim_cars"]["out"].sum())


def _still(spans: list[SimulatedSpan]) -> int:
    """Cars planned in the spans that did not leave."""
    planned = sum(int(span.result.tables["sim_days"]["planned"].sum() or 0) for span in spans)
    return planned - sum(_finished(span) for span in spans)


def _taken(story: Story) -> str:
    """Which stages were taken over from an earlier run."""
    stages = [one for one in story.manifest.get("stages", []) if one["taken_from"]]
    if not stages:
        return "All stages were run anew."
    names = listed([str(one["stage"]) for one in stages])
    origins = listed(sorted({str(one["taken_from"]) for one in stages}))
    return f"Nothing that goes into {names} has changed: taken over from {origins}."


def _kept(story: Story, span: SimulatedSpan) -> list[Section]:
    """Build to schedule, day by day."""
    table = span.result.tables["build_to_schedule"]
    if not table.height:
        return []
    planned, built = int(table["planned"].sum()), int(table["built"].sum())
    weighed = float((table["kept"] * table["planned"]).sum()) / planned
    lag = int(table["lag"][0])
    later = f"{counted(lag, 'working day')} after the one planned"
    wait = "on the day planned" if lag == 0 else later
    cards = [
        _card("build to schedule", weighed, table["kept"]),
        _card("volume", 100.0 * min(1.0, built / planned), table["volume"]),
        _card("mix", _mean(table, "mix"), table["mix"]),
        _card("sequence", _mean(table, "sequence"), table["sequence"]),
    ]
    lead = (
        f"What was promised and what was done at {story.names.plant(span.plant)}: {grouped(built)} "
        f"of {counted(planned, 'car')} left, most of them {wait}. Build to schedule "
        "is volume (built in planned) x mix (built cars that were wanted that day) x sequence "
        "(built cars behind no car planned after them), in the first replication."
    )
    key = f"schedule-{span.plant}-{span.first}"
    chart = _chart(key, span, table)
    return [Section(key, "Promised and done", lead, [Cards(cards), chart], "Build to schedule")]


def _mean(table: pl.DataFrame, column: str) -> float:
    weight = float(table["built"].sum())
    return float((table[column] * table["built"]).sum()) / weight if weight else 0.0


def _card(label: str, share: float, days: pl.Series) -> Card:
    least, most = float(days.min() or 0.0), float(days.max() or 0.0)  # type: ignore[arg-type]
    return Card(label, percent(share / 100.0, 1), "",
                [f"days: {percent(least / 100.0)} to {percent(most / 100.0)}"])  # fmt: skip


def _chart(key: str, span: SimulatedSpan, table: pl.DataFrame) -> Chart:
    labels = [f"{span.first + timedelta(days=day - 1):%a %-d %b}" for day in table["day"]]
    bars: list[dict[str, Any]] = [
        {"type": "bar", "name": name, "x": labels, "y": table[column].to_list(),
         "marker": {"color": colour}, "hovertemplate": f"%{{y}} {name}<extra>%{{x}}</extra>"}
        for name, column, colour in (("planned", "planned", QUIET), ("built", "built", ACCENT))
    ]  # fmt: skip
    kept = {
        "type": "scatter", "mode": "lines+markers", "name": "build to schedule", "x": labels,
        "y": table["kept"].to_list(), "yaxis": "y2", "line": {"color": GOOD, "width": 2},
        "hovertemplate": "%{y:.1f} % kept<extra>%{x}</extra>",
    }  # fmt: skip
    spec = {
        "data": [*bars, kept],
        "layout": layout(
            360, barmode="group", bargap=0.25, xaxis=axis(type="category", tickangle=-45),
            yaxis=axis(title=titled("cars"), rangemode="tozero"),
            yaxis2=axis(title=titled("build to schedule, %"), overlaying="y", side="right",
                        range=[0, 105], dtick=25, showgrid=False),
            margin={"l": 56, "r": 60, "t": 60, "b": 80},
        ),
    }  # fmt: skip
    return single(key, "Cars planned and built, and build to schedule, by day",
                  "Cars planned for each day and cars that left; the line is the share of build to "
                  "schedule.", spec)  # fmt: skip


def followed(story: Story) -> list[Section]:
    """One car along the chain: of what the case is about, if any is built."""
    orders = _examples(story)
    if not orders:
        return []
    found = trace_car(story.case, story.result, orders[0], slotted=story.slotted, days=story.days,
                      simulated=story.simulated)  # fmt: skip
    columns = [Column("link"), Column("of"), Column("what is known")]
    blocks = []
    for step in found.steps:
        rows = [[step.title if number == 0 else "", *row] for number, row in enumerate(step.rows)]
        blocks.append((step.title, rows))
    short = [row for title, rows in blocks[:-1] for row in rows]
    facts = blocks[-1][1]
    lead = (
        f"Car {found.order}, back to its order and the plan's cell, and on to its minutes. Any "
        "other is followed by “motorworks trace RUN ORDER”, with a number out of the tables "
        "slotted_orders or sequence."
    )
    tables = [
        Table("The car along the chain.", columns, short),
        Table("Facts that speak of its vehicle, plant, market or agreement.", columns, facts,
              search=True, folded=f"{counted(len(facts), 'fact')} behind it"),
    ]  # fmt: skip
    return [Section("car", "One car, followed", lead, tables, "One car")]


def _examples(story: Story) -> list[str]:
    """Orders of the vehicle that the case is about, else all."""
    focus = story.case.info.focus
    known = orders_of(None, story.days)
    if focus is None:
        return known
    days = story.days.days if story.days else ()
    own = {order.order for day in days for order in day.built if order.vehicle == focus.vehicle}
    return [order for order in known if order in own] or known
