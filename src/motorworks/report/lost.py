"""Demand that is lost or served late, by market, and why where that is plain."""

import math

import polars as pl

from motorworks.case.dates import add_months
from motorworks.report.blocks import Column, Number, Row, Section, Spec, Table, single
from motorworks.report.load import shop_loads
from motorworks.report.numbers import grouped, percent
from motorworks.report.story import Story
from motorworks.report.theme import OTHER, PALETTE, axis, layout, titled

MONTH_DAYS = 30.4375
NO_WAY = "no plant and lane may serve it"
NOT_YET = "before the first car can arrive"
ENDED = "after the last car that may be built"
FULL = "every plant that may build it is full"
POOR = "it would not pay"
OPEN = "other limits (see what is tight)"
REASONS = {
    NO_WAY: PALETTE[5], NOT_YET: PALETTE[4], ENDED: PALETTE[1], FULL: PALETTE[0],
    POOR: PALETTE[3], OPEN: OTHER,
}  # fmt: skip


def _arrival(month: str, days: float) -> str:
    return add_months(month, math.ceil(days / MONTH_DAYS - 1e-9))


def windows(story: Story) -> dict[tuple[str, str], tuple[str, str]]:
    """First and last month in which cars of a pair can arrive from the plants' production."""
    built = story.table("production").filter(pl.col("limit").is_null() | (pl.col("limit") > 0))
    spans = built.group_by(["vehicle", "plant"]).agg(
        pl.col("month").min().alias("first"), pl.col("month").max().alias("last")
    )
    lanes = story.case.table("lanes").select("plant", "market", "transit_days")
    out: dict[tuple[str, str], tuple[str, str]] = {}
    joined = spans.join(lanes, on="plant").sort(["vehicle", "plant", "market"])
    for row in joined.iter_rows(named=True):
        key = (row["vehicle"], row["market"])
        first = _arrival(row["first"], row["transit_days"])
        last = _arrival(row["last"], row["transit_days"])
        old = out.get(key, (first, last))
        out[key] = (min(first, old[0]), max(last, old[1]))
    return out


def builders(story: Story) -> dict[tuple[str, str], list[tuple[str, float]]]:
    """Plants that may build a vehicle and ship it to a market, with the days on the way."""
    made = story.case.table("allocations").select("vehicle", "plant")
    lanes = story.case.table("lanes").select("plant", "market", "transit_days")
    out: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for vehicle, plant, market, days in made.join(lanes, on="plant").iter_rows():
        out.setdefault((vehicle, market), []).append((plant, days))
    return out


class Causes:
    """What stands in the way of a sale, read from the plan."""

    def __init__(self, story: Story) -> None:
        self.windows = windows(story)
        self.builders = builders(story)
        full = shop_loads(story.result).filter(
            pl.col("load").is_null() | (pl.col("load") > 1 - 1e-6)
        )
        self.full = set(full.select("plant", "month").unique().iter_rows())
        held = story.table("production").filter(
            pl.col("limit").is_not_null() & (pl.col("units") >= pl.col("limit") - 1e-6)
        )
        self.held = set(held.select("vehicle", "plant", "month").iter_rows())
        goodwill = float(story.result.settings.get("lost_penalty", 0.0))
        poor = story.table("landed").filter(pl.col("margin") + goodwill < 0)
        self.poor = set(poor.select("vehicle", "plant", "market", "month").iter_rows())

    def of(self, vehicle: str, market: str, month: str) -> str:
        """The plainest reason why a car is not sold in a month."""
        found = self.builders.get((vehicle, market), [])
        if not found:
            return NO_WAY
        window = self.windows.get((vehicle, market))
        if window is None or month < window[0]:
            return NOT_YET
        if month > window[1]:
            return ENDED
        sent = [(plant, add_months(month, -math.ceil(days / MONTH_DAYS - 1e-9)))
                for plant, days in found]  # fmt: skip
        if all((vehicle, plant, market, when) in self.poor for plant, when in sent):
            return POOR
        if all((plant, when) in self.full or (vehicle, plant, when) in self.held
               or (vehicle, plant, market, when) in self.poor for plant, when in sent):  # fmt: skip
            return FULL
        return OPEN


def lost_rows(story: Story) -> pl.DataFrame:
    """Lost sales with their reason."""
    rows = story.table("market").filter(pl.col("lost") > 1e-6)
    causes = Causes(story)
    reasons = [causes.of(*row) for row in rows.select("vehicle", "market", "month").iter_rows()]
    return rows.with_columns(pl.Series("reason", reasons, dtype=pl.String))


def figure(story: Story) -> Spec:
    """Lost sales by market, stacked by reason."""
    sums = lost_rows(story).group_by(["market", "reason"]).agg(pl.col("lost").sum())
    order = sums.group_by("market").agg(pl.col("lost").sum()).filter(pl.col("lost") >= 0.5)
    keys = order.sort(["lost", "market"], descending=[True, False])["market"].to_list()[:25]
    cells = {(market, reason): lost for market, reason, lost in sums.iter_rows()}
    traces = [
        {
            "type": "bar", "orientation": "h", "name": reason[:1].upper() + reason[1:],
            "y": [story.names.market(key) for key in keys],
            "x": [round(cells.get((key, reason), 0.0), 1) for key in keys],
            "marker": {"color": colour},
            "hovertemplate": "%{y}: %{x:,.0f} cars lost<extra>%{fullData.name}</extra>",
        }
        for reason, colour in REASONS.items()
        if any(cells.get((key, reason), 0.0) >= 0.5 for key in keys)
    ]  # fmt: skip
    return {
        "data": traces,
        "layout": layout(
            max(220, 130 + 32 * len(keys)),
            barmode="stack",
            bargap=0.35,
            showlegend=True,
            xaxis=axis(title=titled("Cars lost over the horizon"), tickformat=",.0f"),
            yaxis=axis(autorange="reversed", showgrid=False, tickfont={"size": 13}),
            margin={"l": 10, "r": 16, "t": 16, "b": 48},
        ),
    }


def caption(story: Story) -> str:
    """How much is lost, where most, and for which reason most."""
    rows = lost_rows(story)
    lost = float(rows["lost"].sum() or 0)
    wanted = float(story.table("market")["demand"].sum() or 0)
    late = float(story.table("market")["late"].sum() or 0)
    owed = f" Customers wait {grouped(late)} car-months in all." if late >= 0.5 else ""
    if lost < 0.5:
        return f"No sale is lost.{owed}"
    market = rows.group_by("market").agg(pl.col("lost").sum()).sort("lost", descending=True)
    reason = rows.group_by("reason").agg(pl.col("lost").sum()).sort("lost", descending=True)
    share = f" ({percent(lost / wanted, 1)} of demand)" if wanted > 0 else ""
    return (
        f"{grouped(lost)} sales are lost{share}, most in {story.names.market(market['market'][0])} "
        f"({grouped(market['lost'][0])}). The main cause: {reason['reason'][0]} "
        f"({percent(reason['lost'][0] / lost)} of what is lost).{owed}"
    )


def table(story: Story) -> Table:
    """Each vehicle and market that loses sales or serves them late."""
    lost = lost_rows(story).group_by(["vehicle", "market", "reason"]).agg(pl.col("lost").sum())
    lost = lost.sort(["lost", "reason"], descending=[True, False])
    main: dict[tuple[str, str], str] = {}
    for vehicle, market, reason, _ in lost.iter_rows():
        main.setdefault((vehicle, market), reason)
    sums = (
        story.table("market")
        .group_by(["vehicle", "market"])
        .agg(
            pl.col("demand").sum(), pl.col("sold").sum(), pl.col("late").sum(), pl.col("lost").sum()
        )
    )
    sums = sums.filter((pl.col("lost") >= 0.5) | (pl.col("late") >= 0.5))
    sums = sums.sort(["lost", "vehicle", "market"], descending=[True, False, False])
    heads = [Column("Vehicle"), Column("Market"), Column("Wanted", "vehicles", number=True),
             Column("Sold", "vehicles", number=True), Column("Lost", "vehicles", number=True),
             Column("Waiting", "car-months", number=True), Column("Main cause")]  # fmt: skip
    body: list[Row] = [
        [story.names.vehicle(vehicle), story.names.market(market),
         *[Number(grouped(value), value) for value in (demand, sold, missed, late)],
         main.get((vehicle, market), "–")]
        for vehicle, market, demand, sold, late, missed in sums.iter_rows()
    ]  # fmt: skip
    note = (
        "The cause is read from the plan where it is plain; where several meet, the first of them."
    )
    return Table(note, heads, body, search=len(body) > 12,
                 folded="" if len(body) <= 12 else "Show every vehicle and market")  # fmt: skip


def section(story: Story) -> Section:
    """The section on demand not served."""
    title, short = "Demand lost or late", "Lost demand"
    market = story.table("market")
    lost = float(market["lost"].sum() or 0)
    late = float(market["late"].sum() or 0)
    if lost < 0.5 and late < 0.5:
        return Section("lost", title, "Every sale is made in its month; nothing is lost.",
                       short=short)  # fmt: skip
    blocks = [table(story)]
    if lost >= 0.5:
        alt = "Bars of sales lost in each market, split by reason."
        chart = single("lost", alt, caption(story), figure(story))
        return Section("lost", title, "Who wanted a car and did not get it in time.",
                       [chart, *blocks], short)  # fmt: skip
    return Section("lost", title, caption(story), blocks, short)
