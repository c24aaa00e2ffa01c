"""Sections on the simulations of a run, and on the turns of plan and simulation."""

from motorworks.report.blocks import Column, Number, Row, Section, Table
from motorworks.report.numbers import counted, grouped, plain, signed
from motorworks.report.simulate import simulation_sections
from motorworks.report.story import Story
from motorworks.result.bottleneck_records import SimTurn


def sections(story: Story) -> list[Section]:
    """Sections for each simulation, and the turns where the loop was closed."""
    if story.simulated is None:
        return []
    found = []
    for number, span in enumerate(story.simulated.spans):
        title = f"{story.names.plant(span.plant)}, {_days(span.days)} from {span.first:%-d %b %Y}"
        key = "simulation" if number == 0 else f"simulation-{number + 1}"
        found += simulation_sections(
            span.result, title=title, names=story.names["vehicle"], key=key
        )
    if story.simulated.turns:
        found.append(_turns(story, story.simulated.turns))
    return found


def _days(count: int) -> str:
    return counted(count, "day")


def _turns(story: Story, turns: tuple[SimTurn, ...]) -> Section:
    """Plan and simulation, turn by turn."""
    rows: list[Row] = [
        [Number(str(row.turn), row.turn), row.shop, Number(plain(row.assumed), row.assumed),
         Number(plain(row.measured), row.measured), story.names.plant(row.plant),
         Number(grouped(row.volume), row.volume),
         "" if row.change_pct is None else signed(row.change_pct, "%")]
        for row in turns
    ]  # fmt: skip
    columns = [
        Column("turn", number=True), Column("shop"),
        Column("assumed", "standard vehicles/h", number=True),
        Column("measured", "standard vehicles/h", number=True), Column("plant"),
        Column("planned volume", "cars", number=True), Column("change"),
    ]  # fmt: skip
    last = turns[-1]
    settled = last.change_pct is not None and abs(last.change_pct) < _CLOSE_PCT
    said = "the volume stays" if settled else "the volume still changes"
    lead = (
        f"The plan is made again with the pace of each shop that the simulation measured. After "
        f"{counted(last.turn, 'turn')} {said}: it is the last plan that this report tells of. What "
        "is simulated is always the plant as the case describes it."
    )
    block = Table("Each turn: what the plan assumed, what was measured, what it plans", columns,
                  rows)  # fmt: skip
    return Section("turns", "Plan and simulation in turn", lead, [block], "Turns")


_CLOSE_PCT = 0.5
