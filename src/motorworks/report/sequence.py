"""Sections on the order of a day's cars: objectives, strip, broken rules, batches, search."""

import math

import polars as pl

from motorworks.case.line_day import LineDay
from motorworks.report.blocks import Card, Cards, Chip, Column, Drawing, Number, Section, Table
from motorworks.report.numbers import counted, grouped, listed, plain
from motorworks.report.strip import MOST_CARS, draw_strip, strip_of, trait_of_rule
from motorworks.report.walk import draw_walk
from motorworks.result.sequence import Proof, SequenceResult

NAMES = {
    "high": "broken rules of high priority",
    "low": "broken rules of low priority",
    "colour": "colour changes",
    "overload": "work overload",
    "levelling": "uneven use",
    "changes": "cars moved",
}
_UNITS = {"overload": "s"}
_AMOUNTS = ("overload", "levelling")
_MOST_ROWS = 500


def day_sections(day: LineDay, result: SequenceResult, key: str = "") -> list[Section]:
    """All sections on one day, with ``key`` before the names by which the page knows them."""
    return [
        reached(day, result, f"{key}sequence"),
        strip(day, result, f"{key}strip"),
        broken(day, result, f"{key}violations"),
        *batches(day, result, f"{key}batches"),
        *search(result, f"{key}search"),
    ]


def reached(day: LineDay, result: SequenceResult, key: str) -> Section:
    """What the order reaches in each objective, and how near to the best that is."""
    cards = [_card(proof) for proof in result.proofs]
    if result.broken:
        cards.insert(0, Card("violations of hard rules", grouped(result.broken), "",
                             ["may not be built like this"], "bad"))  # fmt: skip
    lead = (
        f"{counted(day.count, 'car')} in {counted(len(day.colours), 'colour')}, by "
        f"{counted(day.rules, 'rule')}. The order is searched for in the order of importance: "
        f"{listed([NAMES.get(proof.name, proof.name) for proof in result.proofs])}."
    )
    return Section(key, f"Sequence of {day.name}", lead, [Cards(cards)], "Sequence")


def _card(proof: Proof) -> Card:
    name = NAMES.get(proof.name, proof.name)
    fewer = "less" if proof.name in _AMOUNTS else "fewer"
    if proof.proven:
        alone = proof.value <= proof.bound + 1e-9
        who = "no order" if alone else "no order as good in what matters more"
        line = f"{who} has {fewer}"
    else:
        line = f"no order has {fewer} than {plain(max(proof.given_better, proof.bound))}"
    unit = _UNITS.get(proof.name, "")
    return Card(name, plain(proof.value), unit, [line], "good" if proof.proven else "calm")


def strip(day: LineDay, result: SequenceResult, key: str) -> Section:
    """The order, drawn."""
    lead = (
        "Each column is a car: its colour above, below it a row for each option that rules speak "
        "of, filled where the car has it. Red marks stand where a rule is broken. Point at a car "
        "or a mark to read it."
    )
    caption = f"{counted(day.count, 'car')} in their order, {_batched(result)}"
    if day.count > MOST_CARS:
        caption += f"; the first {grouped(MOST_CARS)} are drawn"
    drawing = Drawing(draw_strip(strip_of(day, result)), caption)
    return Section(key, "The strip", lead, [drawing], "Strip")


def _batched(result: SequenceResult) -> str:
    table = result.tables["batches"]
    if not table.height:
        return "without colours"
    mean = float(table["cars"].sum()) / table.height
    return f"in {counted(table.height, 'paint batch', 'paint batches')} of {plain(mean)} on average"


def broken(day: LineDay, result: SequenceResult, key: str) -> Section:
    """Violations by rule, and each of them."""
    table = result.tables["violations"].filter(pl.col("cost") > 0.0)
    if not table.height:
        return Section(key, "Broken rules", "No rule is broken.", [], "Rules")
    grouped_by = table.group_by("rule", "priority", maintain_order=True).agg(
        pl.len(), pl.col("cost").sum()
    )
    with_it = _cars_with(day)
    rows = [
        [rule, Chip(priority, "bad" if priority == "hard" else "calm"),
         _count(with_it.get(rule)), Number(grouped(count), count), Number(plain(cost), cost)]
        for rule, priority, count, cost in grouped_by.sort(
            "cost", descending=True, maintain_order=True
        ).iter_rows()
    ]  # fmt: skip
    columns = [
        Column("rule"), Column("priority"), Column("cars with it", number=True),
        Column("violations", number=True), Column("cost", number=True),
    ]  # fmt: skip
    lead = (
        f"{counted(table.height, 'violation')} of {counted(len(rows), 'rule')}; the cost is what "
        "they add to their objective."
    )
    by_rule = Table("Violations by rule", columns, rows)
    return Section(key, "Broken rules", lead, [by_rule, _each(table)], "Rules")


def _cars_with(day: LineDay) -> dict[str, int]:
    """Cars of the day with the trait that each rule speaks of."""
    having = day.has[day.before :].sum(axis=0)
    return {rule: int(having[trait]) for rule, trait in trait_of_rule(day).items()}


def _count(number: int | None) -> Number:
    return Number("–", -1.0) if number is None else Number(grouped(number), number)


def _each(table: pl.DataFrame) -> Table:
    rows = [
        [row["rule"], Number(grouped(row["first"]), row["first"]),
         Number(grouped(row["last"]), row["last"]), Number(plain(row["found"]), row["found"]),
         Number(plain(row["allowed"]), row["allowed"]), Number(plain(row["cost"]), row["cost"])]
        for row in table.head(_MOST_ROWS).iter_rows(named=True)
    ]  # fmt: skip
    columns = [
        Column("rule"), Column("from", "place", number=True), Column("to", "place", number=True),
        Column("found", number=True), Column("allowed", number=True), Column("cost", number=True),
    ]  # fmt: skip
    shown = min(table.height, _MOST_ROWS)
    caption = (
        "Violations window by window" if shown == table.height
        else f"The first {grouped(shown)} of {counted(table.height, 'violation')}"
    )  # fmt: skip
    return Table(caption, columns, rows, search=True, folded="Each violation")


def batches(day: LineDay, result: SequenceResult, key: str) -> list[Section]:
    """Paint batches by colour, beside the fewest that the batch limit allows."""
    table = result.tables["batches"]
    if not table.height:
        return []
    by_colour = table.group_by("colour", maintain_order=True).agg(
        pl.len(), pl.col("cars").sum().alias("sum"), pl.col("cars").max().alias("longest"),
        pl.col("most").max(),
    )  # fmt: skip
    rows = [
        [colour, *(Number(grouped(n), n) for n in (cars, count, _fewest(cars, most))),
         Number(plain(cars / count), cars / count), Number(grouped(longest), longest),
         Number("–" if most is None else grouped(most), most or 0)]
        for colour, count, cars, longest, most in by_colour.sort("sum", descending=True).iter_rows()
    ]  # fmt: skip
    columns = [
        Column("colour"), Column("cars", number=True), Column("batches", number=True),
        Column("fewest possible", number=True), Column("cars per batch", number=True),
        Column("longest", number=True), Column("limit", number=True),
    ]  # fmt: skip
    lead = (
        f"{counted(table.height, 'batch', 'batches')}. The fewest possible are what a colour needs "
        "by itself under its limit; together colours may need more."
    )
    return [Section(key, "Paint batches", lead, [Table("Batches by colour", columns, rows)],
                    "Batches")]  # fmt: skip


def _fewest(cars: int, most: int | None) -> int:
    return 1 if most is None else math.ceil(cars / most)


def search(result: SequenceResult, key: str) -> list[Section]:
    """How the order was found; nothing where none was searched for."""
    done, table = result.searched, result.tables["sequence_progress"]
    if not done.moves:
        return []
    rate = f", {grouped(done.moves / done.seconds)} a second" if done.seconds > 0.0 else ""
    lead = (
        f"{grouped(done.moves)} moves were evaluated and {grouped(done.accepted)} made in "
        f"{plain(done.seconds)} s{rate}; the search ended because {_why(done.stopped)}. Seed "
        f"{done.seed}, {counted(done.threads, 'thread')}."
    )
    blocks = [draw_walk(table)] if table.height > 1 else []
    return [Section(key, "Progress of the search", lead, blocks, "Search")]


def _why(stopped: str) -> str:
    return {
        "proven": "no order is better",
        "target": "the target was reached",
        "iterations": "it had evaluated as many as it was given",
        "time": "its time was over",
        "interrupted": "it was interrupted",
    }.get(stopped, stopped)
