"""Scenarios applied, the independent check, and how to make the run again."""

from collections.abc import Mapping
from typing import Any

from motorworks.report.blocks import Chip, Column, Notes, Number, Row, Section, Table
from motorworks.report.numbers import counted, grouped, percent, plain
from motorworks.report.story import Story

MOST_FINDINGS = 200
MOST_DEEP = 3


def scenarios(story: Story) -> Section:
    """The section on scenarios."""
    title = "Scenarios applied"
    if not story.scenarios:
        text = "None: this is the case as its tables have it, with the figures chosen."
        return Section("scenarios", title, text, short="Scenarios")
    heads = [Column("Order"), Column("Scenario"), Column("What it is"), Column("Note")]
    rows = [
        [str(place), item.name, item.title or "–", item.note or "–"]
        for place, item in enumerate(story.scenarios, start=1)
    ]
    lead = "Changes on the case, applied one after the other."
    block = Table("The resolved case stands beside the results.", heads, rows)
    return Section("scenarios", title, lead, [block], "Scenarios")


def flat(value: Any, name: str = "", depth: int = 0) -> list[tuple[str, str]]:
    """Nested values as pairs of name and text, in the order given.

    Examples
    --------
    >>> flat({"seed": 1, "versions": {"highspy": "1.12"}})
    [('seed', '1'), ('versions · highspy', '1.12')]
    """
    if isinstance(value, Mapping) and depth < MOST_DEEP:
        out = []
        for key, item in value.items():
            out += flat(item, f"{name} · {key}" if name else str(key), depth + 1)
        return out
    if isinstance(value, list | tuple):
        return [(name, " ".join(str(item) for item in value))]
    return [(name, str(value))]


def solver_rows(story: Story) -> list[tuple[str, str]]:
    """Proof and size of the plan."""
    solver, money = story.result.solver, story.currency
    rows = [
        ("solver", f"{solver.name} {solver.version}"),
        ("status", solver.status),
        ("margin", f"{grouped(story.result.margin, 2)} {money}"),
        ("bound on the margin", _bound(solver.bound, money)),
        ("gap to the bound", percent(solver.gap, 4)),
        ("rows", grouped(solver.rows)),
        ("columns", grouped(solver.columns)),
        ("non-zeros", grouped(solver.nonzeros)),
        ("iterations", grouped(solver.iterations)),
    ]
    rows += [
        (f"seconds: {phase}", plain(seconds)) for phase, seconds in story.result.seconds.items()
    ]
    return rows + [(f"setting: {key}", str(value)) for key, value in story.result.settings.items()]


def reproduce(story: Story) -> Section:
    """The section on how to make the run again."""
    heads = [Column("Item"), Column("Value")]
    command = story.manifest.get("command")
    lead = "The same inputs and seed give the same tables, byte for byte."
    if command:
        said = command if isinstance(command, str) else " ".join(str(word) for word in command)
        lead = f"Made by \u201c{said}\u201d. {lead}"
    blocks = [Table("How the plan was found, and how good it is proven to be.", heads,
                    [list(row) for row in solver_rows(story)])]  # fmt: skip
    pairs = flat(dict(story.manifest))
    if pairs:
        blocks.append(Table("What the run was made from.", heads, [list(row) for row in pairs],
                            folded="Show versions, seed and hashes"))  # fmt: skip
    return Section("reproduce", "How to reproduce this run", lead, blocks, "Reproduce")


def verification(story: Story) -> Section:
    """The section on the independent check."""
    title, short = "Independent verification", "Verification"
    check = story.verification
    if check is None:
        return Section("verification", title, "This run was not verified.", short=short)
    total = sum(check.checked.values())
    heads = [Column("Rule"), Column("Times tested", number=True)]
    rows: list[Row] = [[rule.replace("_", " "), Number(grouped(count), count)]
            for rule, count in check.checked.items()]  # fmt: skip
    counts = Table("How often each rule was put to the test.", heads, rows, search=True,
                   folded="Show the count for every rule")  # fmt: skip
    if not check.findings:
        lead = (
            f"{grouped(total)} figures were recomputed from the case and the plan's tables "
            "alone, by code that shares nothing with the planner. Nothing was found wrong."
        )
        return Section("verification", title, lead, [counts], short)
    found = [str(finding) for finding in check.findings]
    lead = f"{counted(len(found), 'finding')} in {grouped(total)} recomputed figures: see below."
    return Section("verification", title, lead, [Notes(found[:MOST_FINDINGS], "Findings"), counts],
                   short)  # fmt: skip


def badge(story: Story) -> Chip:
    """The outcome of the check in a few words."""
    if story.verification is None:
        return Chip("not verified")
    count = len(story.verification.findings)
    if count == 0:
        return Chip("verified: nothing wrong", "good")
    return Chip(f"verification: {counted(count, 'finding')}", "bad")


def _bound(bound: float | None, money: str) -> str:
    return "none: the margin is not optimised" if bound is None else f"{grouped(bound, 2)} {money}"
