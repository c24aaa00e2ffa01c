"""Sections on the sequenced days of a run: orders drawn, then each day's sequence."""

from collections.abc import Sequence
from dataclasses import replace

from motorworks.report.blocks import (
    Block,
    Card,
    Cards,
    Column,
    Drawing,
    Number,
    Row,
    Section,
    Table,
)
from motorworks.report.numbers import counted, grouped, listed, percent, plain
from motorworks.report.sequence import NAMES, batches, broken, reached, search, strip
from motorworks.report.story import Story
from motorworks.result.days import DaySequence

_FEW = 3
"""Most days of a line that are told of in full."""


def sections(story: Story) -> list[Section]:
    """One section for each day asked for; where there are many, a summary and the first day."""
    if story.days is None:
        return []
    lines: dict[str, list[DaySequence]] = {}
    for one in story.days.asked:
        lines.setdefault(one.line, []).append(one)
    found = []
    for line, own in lines.items():
        many = len(own) > _FEW
        found += [_summary(story, line, own)] if many else []
        found += [_section(story, one) for one in (own[:1] if many else own)]
    return found


def _summary(story: Story, line: str, days: Sequence[DaySequence]) -> Section:
    """Many days of a line: sums, a row for each, and the strip of each when unfolded."""
    names = [proof.name for proof in days[0].result.proofs]
    cars = sum(one.day.count for one in days)
    proven = sum(all(proof.proven for proof in one.result.proofs) for one in days)
    cards = [Card(NAMES.get(name, name), plain(sum(one.result.values[name] for one in days)), "",
                  [_at_least(days, name)]) for name in names]  # fmt: skip
    rows: list[Row] = [_row(one, names) for one in days]
    columns = [
        Column("day"), Column("cars", number=True),
        *(Column(NAMES.get(name, name), number=True) for name in names),
        Column("paint batches", number=True), Column("proven best"),
    ]  # fmt: skip
    first, last = days[0].date, days[-1].date
    lead = (
        f"{counted(cars, 'car')} of {story.names.of('shop', line)} in order on "
        f"{counted(len(days), 'day')}, each day after the last cars of the day before it. "
        f"{counted(proven, 'day')} {'is' if proven == 1 else 'are'} proven best in every objective."
    )
    strips = [
        replace(block, folded=f"{one.date:%A, %-d %B}: {counted(one.day.count, 'car')} in order")
        for one in days[1:]
        for block in strip(one.day, one.result, "").blocks
        if isinstance(block, Drawing)
    ]
    table = Table("Each day, with what its order reaches.", columns, rows)
    title = f"Days in order, {first:%-d %B} to {last:%-d %B %Y}"
    return Section(f"days-{line}", title, lead, [Cards(cards), table, *strips], "Days in order")


def _at_least(days: Sequence[DaySequence], name: str) -> str:
    """What no orders of these days can go below."""
    least = sum(
        max(proof.bound, proof.given_better)
        for one in days for proof in one.result.proofs if proof.name == name
    )  # fmt: skip
    return f"at least {plain(least)} on these days"


def _row(one: DaySequence, names: Sequence[str]) -> Row:
    values = one.result.values
    open_ = [NAMES.get(proof.name, proof.name) for proof in one.result.proofs if not proof.proven]
    proven = "all" if not open_ else "none" if len(open_) == len(names) else (
        f"all but {listed(open_)}"
    )  # fmt: skip
    return [
        f"{one.date:%a %-d %b}", Number(grouped(one.day.count), one.day.count),
        *(Number(plain(values[name]), values[name]) for name in names),
        Number(grouped(one.result.tables["batches"].height), one.result.tables["batches"].height),
        proven,
    ]  # fmt: skip


def _section(story: Story, one: DaySequence) -> Section:
    day, result = one.day, one.result
    parts = [reached(day, result, ""), strip(day, result, ""), broken(day, result, ""),
             *batches(day, result, ""), *search(result, "")]  # fmt: skip
    blocks: list[Block] = [block for part in parts for block in part.blocks]
    key = f"day-{one.line}-{day.name}"
    lead = (
        f"{counted(day.count, 'car')} of {one.line}, {_origin(story, one)}, {_after(one)}, put in "
        f"order by {_rules(one)}. Each column of "
        "the strip is a car: its colour above, below it a row for each option, filled where the "
        "car has it; red where a rule is broken."
    )
    return Section(key, f"A day in order: {one.date:%A, %-d %B %Y}", lead,
                   [*blocks, *_drawn(story, one)], f"Day {one.date:%-d %b}")  # fmt: skip


def _origin(story: Story, one: DaySequence) -> str:
    if story.slotted is not None:
        return f"the orders slotted for {one.date:%-d %B}"
    return f"drawn from the plan of {one.date:%B %Y} by take rates and colours"


def _after(one: DaySequence) -> str:
    if one.after is None:
        return "with no day before it"
    return f"after the last {counted(one.day.before, 'car')} of {one.after}"


def _rules(one: DaySequence) -> str:
    day = one.day
    rules = (day.ratios, day.in_a_row, day.places, day.stretches, day.links)
    return counted(sum(map(len, rules)), "rule")


def _drawn(story: Story, one: DaySequence) -> list[Table]:
    """How near the orders come to take rates and colour mix, where they were drawn for the day."""
    if not one.shares:
        return []
    rows: list[Row] = [
        [story.names.vehicle(share.vehicle), share.kind, share.name,
         Number(grouped(share.cars), share.cars), Number(plain(share.wanted), share.wanted),
         Number(grouped(share.drawn), share.drawn)]
        for share in one.shares
    ]  # fmt: skip
    columns = [
        Column("vehicle"), Column("kind"), Column("which"), Column("cars", number=True),
        Column("wanted", number=True), Column("drawn", number=True),
    ]  # fmt: skip
    wanted = sum(share.wanted for share in one.shares)
    missed = sum(abs(share.wanted - share.drawn) for share in one.shares)
    caption = (
        "Options and colours wanted by take rates and mix, and drawn as whole cars; over all of "
        f"them {percent(missed / wanted if wanted else 0.0, 1)} is missed"
    )
    return [Table(caption, columns, rows, search=True, folded="The orders drawn")]
