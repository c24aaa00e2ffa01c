"""Sections on the sequenced days of a run: orders drawn, then each day's sequence."""

from motorworks.report.blocks import Block, Column, Number, Row, Section, Table
from motorworks.report.numbers import counted, grouped, percent, plain
from motorworks.report.sequence import batches, broken, reached, search, strip
from motorworks.report.story import Story
from motorworks.result.days import DaySequence


def sections(story: Story) -> list[Section]:
    """One section for each day asked for."""
    if story.days is None:
        return []
    return [_section(story, one) for one in story.days.asked]


def _section(story: Story, one: DaySequence) -> Section:
    day, result = one.day, one.result
    parts = [reached(day, result, ""), strip(day, result, ""), broken(day, result, ""),
             *batches(day, result, ""), *search(result, "")]  # fmt: skip
    blocks: list[Block] = [block for part in parts for block in part.blocks]
    key = f"day-{one.line}-{day.name}"
    lead = (
        f"{counted(day.count, 'car')} of {one.line} drawn from the plan of {one.date:%B %Y} by "
        f"take rates and colours, {_after(one)}, and put in order by {_rules(one)}. Each column of "
        "the strip is a car: its colour above, below it a row for each option, filled where the "
        "car has it; red where a rule is broken."
    )
    return Section(key, f"A day in order: {one.date:%A, %-d %B %Y}", lead,
                   [*blocks, _drawn(story, one)], f"Day {one.date:%-d %b}")  # fmt: skip


def _after(one: DaySequence) -> str:
    if one.after is None:
        return "with no day before it"
    return f"after the last {counted(one.day.before, 'car')} of {one.after}"


def _rules(one: DaySequence) -> str:
    day = one.day
    rules = (day.ratios, day.in_a_row, day.places, day.stretches, day.links)
    return counted(sum(map(len, rules)), "rule")


def _drawn(story: Story, one: DaySequence) -> Table:
    """How near the orders come to take rates and colour mix."""
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
    return Table(caption, columns, rows, search=True, folded="The orders drawn")
