"""What a finished run tells in a terminal: the plan, its months, days and minutes."""

from collections import Counter

from rich.console import Console
from rich.table import Table

from motorworks.case.wording import counted
from motorworks.cli.simulate_tell import against
from motorworks.cli.tell import in_plain, tell_chosen, tell_moved
from motorworks.pipeline import Run
from motorworks.report import changes
from motorworks.report.chosen import chosen
from motorworks.report.story import Story
from motorworks.report.summary import summary_table

_NO_RANGES = "ranges: not worked out"
_FEW_RANGES = "ranges: incomplete, stopped before every fact had been varied"
_FEW_DAYS = 3


def tell_run(out: Console, done: Run) -> None:
    """Show what a run found, stage by stage; the last line is the path of its report."""
    story = done.story
    out.print(story.title, style="bold", markup=False)
    out.print(_headlines(story))
    tell_chosen(out, chosen(story.case, story.result))
    tell_moved(out, changes.words(story.result))
    solver = story.result.solver
    out.print(
        f"plan {solver.status} ({solver.name} {solver.version}, {solver.columns:,} columns, "
        f"gap {solver.gap:.2%}); check: {done.verification}",
        soft_wrap=True,
    )
    for line in (*_slotted(story), *_sequenced(story), *_simulated(story), *_taken(story)):
        out.print(line, soft_wrap=True, markup=False)
    if story.ranges is None or not story.ranges.complete:
        out.print(_NO_RANGES if story.ranges is None else _FEW_RANGES, style="yellow")
    seconds = ", ".join(f"{name} {value:.1f}" for name, value in done.seconds.items())
    out.print(f"seconds: {seconds}", style="dim", soft_wrap=True)
    out.print(str(done.folder / "report.html"), soft_wrap=True, markup=False)


def _headlines(story: Story) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    rows = summary_table(story)
    for number, head in enumerate(rows[0]):
        table.add_column(head, justify="right" if number else "left")
    for row in rows[1:]:
        table.add_row(*map(in_plain, row))
    return table


def _slotted(story: Story) -> list[str]:
    """Each month's orders, and how many are late."""
    lines = []
    for one in story.slotted.months if story.slotted else ():
        late = one.result.tables["late_orders"]
        over = len(one.result.carried_over(one.month))
        gap = "proven best" if one.result.proven else f"at most {one.result.gap:.1%} from the best"
        days = len({slot.date for slot in one.month.slots})
        lines.append(
            f"{one.month.name}: {counted(len(one.month.orders), 'order')} on "
            f"{counted(days, 'day')}, {late.height - over:,} late, {over:,} carried over; {gap}"
        )
    return lines


def _sequenced(story: Story) -> list[str]:
    """Each of a few days, or many of them in a line."""
    days = story.days.asked if story.days else []
    dates = sorted({one.date for one in days})
    if len(dates) <= _FEW_DAYS:
        return [
            f"{one.day.name}: {one.day.count:,} cars in order, {_values(one.result.values)}"
            f"{_hard(one.result.broken)}"
            for one in days
        ]
    sums: Counter[str] = Counter()
    for one in days:
        sums.update(one.result.values)
    cars = sum(one.day.count for one in days)
    proven = sum(all(proof.proven for proof in one.result.proofs) for one in days)
    broken = sum(one.result.broken for one in days)
    return [
        f"{dates[0]} to {dates[-1]}: {counted(cars, 'car')} in order on "
        f"{counted(len(dates), 'day')}, {_values(sums)}{_hard(broken)}; "
        f"{proven} of {counted(len(days), 'sequence')} proven best"
    ]


def _values(values: dict[str, float] | Counter[str]) -> str:
    return ", ".join(f"{name} {value:,g}" for name, value in values.items())


def _hard(broken: int) -> str:
    return f", {broken:,} violations of hard rules" if broken else ""


def _simulated(story: Story) -> list[str]:
    """The pace of each simulation against the plan, and how often the loop was gone through."""
    lines = []
    for span in story.simulated.spans if story.simulated else ():
        summary = span.result.tables["sim_summary"].to_dicts()
        assumed = next((row["assumed"] for row in summary if row["assumed"]), None)
        for pace in span.result.tables["sim_paces"].to_dicts():
            if pace["sets_pace"]:
                said = "" if assumed is None else f"; {against(pace['flow'], assumed)}"
                told = f"{pace['flow']:,.1f} cars an hour with cars always at hand{said}"
                lines.append(f"{span.name} simulated: {told}")
    turns = story.simulated.turns if story.simulated else ()
    volumes = dict.fromkeys((row.turn, row.plant, row.volume) for row in turns)
    return lines + [
        f"turn {turn}: {volume:,.0f} cars planned at {plant}" for turn, plant, volume in volumes
    ]


def _taken(story: Story) -> list[str]:
    """Stages that were not run again, by where they were taken from."""
    found: dict[str, list[str]] = {}
    for one in story.manifest.get("stages", []):
        if one["taken_from"]:
            found.setdefault(one["taken_from"], []).append(one["stage"])
    return [f"taken from {origin}, unchanged: {', '.join(of)}" for origin, of in found.items()]
