"""Sections on orders and their days: cars a day, what limits them, what is late and why, drawing.

All is read from the tables of a slotted month, so that a month that was read back from a run is
told like one that was just made.
"""

from collections.abc import Mapping

import polars as pl

from motorworks.report.blocks import Block, Card, Cards, Column, Notes, Number, Row, Section, Table
from motorworks.report.numbers import counted, grouped, percent, plain
from motorworks.report.slots_charts import days_chart, promised_chart, shares_chart
from motorworks.report.slots_heat import colours_chart, limits_chart
from motorworks.report.story import Story
from motorworks.result.slotted import SlottedMonth, SlottedMonths

_MOST_ROWS = 2_000
_STOPPED = {
    "proven": "no schedule costs less",
    "iterations": "all moves were made",
    "time": "time was up",
    "nodes": "the proof was given up",
    "interrupted": "it was interrupted",
}


def sections(story: Story) -> list[Section]:
    """Sections on every slotted month of a run; none where nothing was slotted."""
    if story.slotted is None:
        return []
    return slot_sections(story.slotted, story.names.tables)


def slot_sections(found: SlottedMonths, names: Mapping[str, Mapping[str, str]]) -> list[Section]:
    """All sections on slotted months.

    Parameters
    ----------
    found
        The months, with their tables.
    names
        Full names by noun (``plant``, ``vehicle``, ``market``) and short name; a short name that
        is missing stands for itself.
    """
    out: list[Section] = []
    for number, one in enumerate(found.months):
        key = "slots" if number == 0 else f"slots-{number + 1}"
        parts = [
            _days(one, names, key),
            _limits(one, names, f"{key}-limits"),
            _promised(one, names, f"{key}-promised"),
            _drawn(one, names, f"{key}-drawn"),
        ]
        out += [part for part in parts if part is not None]
    return out


def told_span(one: SlottedMonth) -> str:
    """The days of a slotted month in words.

    Whole months are named, other spans have their first and last day.
    """
    first, last = one.span
    if (first.year, first.month) == (last.year, last.month):
        whole = first.day == 1 and (last.day >= 28)
        return f"{first:%B %Y}" if whole else f"{first:%-d} to {last:%-d %B %Y}"
    return f"{first:%-d %B %Y} to {last:%-d %B %Y}"


def _days(one: SlottedMonth, names: Mapping[str, Mapping[str, str]], key: str) -> Section:
    """Headlines, cars a day, and colours by day."""
    searched = one.result.searched
    where = "drawn from the plan" if one.drawn else "as given"
    days = len({slot.date for slot in one.month.slots})
    lead = (
        f"{counted(len(one.month.orders), 'order')}, {where}, and {counted(days, 'working day')}. "
        "A schedule keeps capacity and parts; days late and early, cars over the quota of an "
        "option, off the even mix or missing at a sailing cost. The search ended because "
        f"{_STOPPED.get(searched.stopped, searched.stopped)}; seed {searched.seed}."
    )
    blocks: list[Block] = [Cards(_cards(one)), days_chart(f"{key}-days", one, names)]
    chart = colours_chart(f"{key}-colours", one)
    blocks += [chart] if chart is not None else []
    blocks.append(_costs(one))
    plant = names.get("plant", {}).get(one.plant, one.plant)
    return Section(
        key, f"Orders to days: {plant}, {told_span(one)}", lead, blocks, "Days of orders"
    )


def _cards(one: SlottedMonth) -> list[Card]:
    parts, late = one.result.parts, one.result.tables["late_orders"]
    orders, over = one.result.tables["slotted_orders"], len(one.result.carried_over(one.month))
    due = orders["due"].drop_nulls().len()
    on_time = due - late.filter(pl.col("due").is_not_null()).height
    cards = [
        Card("orders with a day", grouped(orders.height - over), "",
             [f"{counted(over, 'order')} carried over"], "bad" if over else "good"),
        Card("built in time", percent(on_time / due if due else 1.0, 1), "",
             [f"{counted(late.height, 'late order')}"], "bad" if late.height else "good"),
        Card("cars over option quotas", grouped(_missed(one, "option")), "",
             ["what a sequence could not spread"], "bad" if parts["option"] else "good"),
        Card("cars off the even mix", grouped(parts["mix"]), "", ["too few or too many on a day"]),
    ]  # fmt: skip
    if any(limit.kind == "sailing" for limit in one.month.limits):
        lacking = _missed(one, "sailing")
        cards.append(Card("cars that sailings lack", grouped(lacking), "", ["when they close"],
                          "bad" if lacking else "good"))  # fmt: skip
    gap = (
        "no schedule costs less"
        if one.result.proven
        else (f"at most {percent(one.result.gap, 1)} above the best")
    )
    cards.append(Card("cost of the schedule", grouped(one.result.cost), "", [gap],
                      "good" if one.result.proven else "calm"))  # fmt: skip
    return cards


def _missed(one: SlottedMonth, kind: str) -> float:
    table = one.result.tables["slot_limits"]
    return float(table.filter(pl.col("kind") == kind)["missed"].sum())


def _costs(one: SlottedMonth) -> Table:
    rows: list[Row] = [
        [row["part"].replace("_", " "), Number(plain(row["counted"]), row["counted"]),
         Number(plain(row["weight"]), row["weight"]), Number(plain(row["cost"]), row["cost"])]
        for row in one.result.tables["slot_costs"].iter_rows(named=True)
    ]  # fmt: skip
    columns = [Column("part"), Column("counted", number=True), Column("weight", number=True),
               Column("cost", number=True)]  # fmt: skip
    caption = (
        "What the schedule costs. Days late, and orders carried over, count by the rank of the "
        "order; cars over quotas by the rank of the rule"
    )
    return Table(caption, columns, rows, folded="The cost in parts")


def _limits(one: SlottedMonth, names: Mapping[str, Mapping[str, str]], key: str) -> Section | None:
    """Load of each limit by day, as a heat-map, and where parts and ships are tightest."""
    chart = limits_chart(f"{key}-heat", one, names)
    if chart is None:
        return None
    lead = (
        "Each row is a limit, each column a day: how full the limit is, or how far a day is from "
        "its even share of the mix. The quota of an option is what its ratio lets through in a "
        "day's cars: at or below it, the day can be put in order without breaking the ratio."
    )
    tight = _tightest(one, names)
    blocks: list[Block] = [chart, *([tight] if tight is not None else [])]
    return Section(key, "What limits the days", lead, blocks, "Limits")


def _tightest(one: SlottedMonth, names: Mapping[str, Mapping[str, str]]) -> Table | None:
    """For parts, ramps and sailings: the day with the least to spare."""
    table = one.result.tables["slot_limits"].filter(~pl.col("kind").is_in(["mix", "option"]))
    spare = pl.when(pl.col("most").is_null()).then(pl.col("used") - pl.col("least"))
    table = table.with_columns(spare.otherwise(pl.col("most") - pl.col("used")).alias("spare"))
    first = table.sort("spare", "last", maintain_order=True).unique(
        subset=["kind", "limit"], keep="first", maintain_order=True
    )
    if not first.height:
        return None
    rows: list[Row] = [
        [row["kind"], _named(names, row["limit"]), row["last"],
         Number(plain(row["used"]), row["used"]),
         f"at least {plain(row['least'])}" if row["most"] is None
         else f"at most {plain(row['most'])}",
         Number(plain(row["spare"]), row["spare"])]
        for row in first.iter_rows(named=True)
    ]  # fmt: skip
    columns = [Column("kind"), Column("limit"), Column("tightest by"), Column("used", number=True),
               Column("allowed"), Column("to spare", number=True)]  # fmt: skip
    return Table("Where each limit is tightest", columns, rows, search=True,
                 folded="Tightest day of each limit")  # fmt: skip


def _named(names: Mapping[str, Mapping[str, str]], key: str) -> str:
    for noun in ("component", "vehicle", "market", "shop"):
        if key in names.get(noun, {}):
            return names[noun][key]
    return key


def _promised(one: SlottedMonth, names: Mapping[str, Mapping[str, str]], key: str) -> Section:
    """When orders are built against when they are due; late ones with what held them."""
    late = one.result.tables["late_orders"]
    chart = promised_chart(f"{key}-chart", one)
    blocks: list[Block] = [chart] if chart is not None else []
    if late.height:
        blocks += [_held(late, names), _late(late, names)]
        over = late["day"].null_count()
        lead = (
            f"{counted(late.height, 'order')} late, {grouped(over)} of them carried over to what "
            "comes after. What held an order is the limit in the way on most of the days on which "
            "it would have been in time."
        )
    else:
        lead = "No order is late."
    return Section(key, "Promised and built", lead, blocks, "Lateness")


def _held(late: pl.DataFrame, names: Mapping[str, Mapping[str, str]]) -> Table:
    summed = late.group_by("held_by", "limit", maintain_order=True).agg(
        pl.len().alias("orders"), pl.col("days_late").sum().alias("days"),
        pl.col("days_late").max().alias("most"),
    ).sort("orders", "days", descending=True, maintain_order=True)  # fmt: skip
    rows: list[Row] = [
        [row["held_by"], _named(names, row["limit"] or ""), Number(grouped(row["orders"]),
         row["orders"]), Number(grouped(row["days"]), row["days"]),
         Number(grouped(row["most"]), row["most"])]
        for row in summed.iter_rows(named=True)
    ]  # fmt: skip
    columns = [Column("held by"), Column("limit"), Column("orders", number=True),
               Column("days late", number=True), Column("most days", number=True)]  # fmt: skip
    return Table("What held late orders", columns, rows)


def _late(late: pl.DataFrame, names: Mapping[str, Mapping[str, str]]) -> Table:
    worst = late.sort("days_late", "given", descending=[True, False])
    rows: list[Row] = [
        [row["order"], _named(names, row["vehicle"]), _named(names, row["market"]),
         Number(str(row["priority"]), row["priority"]), row["due"] or "any day",
         row["day"] or "carried over", Number(grouped(row["days_late"]), row["days_late"]),
         row["reason"]]
        for row in worst.head(_MOST_ROWS).iter_rows(named=True)
    ]  # fmt: skip
    columns = [
        Column("order"), Column("vehicle"), Column("market"), Column("rank", number=True),
        Column("due"), Column("built"), Column("days late", number=True), Column("why"),
    ]  # fmt: skip
    shown = f"The latest {grouped(_MOST_ROWS)} of {grouped(late.height)} late orders"
    caption = shown if late.height > _MOST_ROWS else "Every late order, the latest first"
    return Table(caption, columns, rows, search=True, folded="Each late order")


def _drawn(one: SlottedMonth, names: Mapping[str, Mapping[str, str]], key: str) -> Section | None:
    """How near drawn orders come to take rates and colour mix; rates that cannot be met."""
    if not one.shares:
        return None
    missed = sum(abs(row.wanted - row.drawn) for row in one.shares)
    worst = max(abs(row.wanted - row.drawn) for row in one.shares)
    lead = (
        "Orders meet the volumes of the plan exactly. Take rates and colours are met as nearly as "
        f"whole cars allow: over all of them {plain(missed)} cars are missed, at most "
        f"{plain(worst)} in one; rules between options cost {plain(one.least_miss)} of them."
    )
    blocks: list[Block] = [shares_chart(f"{key}-chart", one)]
    if one.conflicts:
        blocks.append(Notes(list(one.conflicts), "Rates that cannot be met together"))
    rows: list[Row] = [
        [row.month, _named(names, row.vehicle), _named(names, row.market), row.kind, row.name,
         Number(grouped(row.cars), row.cars), Number(plain(row.wanted), row.wanted),
         Number(grouped(row.drawn), row.drawn)]
        for row in one.shares
    ]  # fmt: skip
    columns = [
        Column("month"), Column("vehicle"), Column("market"), Column("kind"), Column("which"),
        Column("cars", number=True), Column("wanted", number=True), Column("drawn", number=True),
    ]  # fmt: skip
    blocks.append(Table("Cars wanted by take rates and colour mix, and drawn", columns, rows,
                        search=True, folded="Each take rate"))  # fmt: skip
    return Section(key, "Orders drawn from the plan", lead, blocks, "Orders")
