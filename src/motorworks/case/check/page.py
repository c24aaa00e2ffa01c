"""The page that lists all rules, written from their docstrings."""

from textwrap import fill
from types import ModuleType

from motorworks.case.check import (
    EVIDENCE,
    capacity,
    carbon,
    components,
    evidence,
    lanes,
    launches,
    line,
    markets,
    openings,
    options,
    origin,
    programme,
    published,
    references,
    sequencing,
    shifts,
    sites,
    supply,
    trade,
)
from motorworks.case.check.find import Rule

_HEAD = """# What `motorworks check` looks at

`motorworks check CASE` reads a case and lists every problem at once: file, row (as a spreadsheet
numbers it), column, value, and what is allowed. First every cell is held against its declared
column: type, unit, range, choices, required values, double keys, unknown columns. Then the rules
below are applied to the tables together.

A **rule** must hold; a case that breaks one is refused. A **doubt** is unusual and worth a second
look, but stops nothing. More than 50 problems of one rule in a column are counted, not listed.

To add one, see `CONTRIBUTING.md`: a function from a case to a list of problems, in the file of its
noun in `src/motorworks/case/check/`, and its name in that file's `RULES` or `DOUBTS`.
"""
_GROUPS: tuple[ModuleType, ...] = (
    references, sites, shifts, programme, launches, openings, published, capacity, markets, trade,
    origin, lanes, supply, components, carbon, options, line, sequencing,
    evidence,
)  # fmt: skip


def rules_page() -> str:
    """The whole page as Markdown."""
    return "\n".join([_HEAD, *map(_section, _GROUPS)])


def _section(module: ModuleType) -> str:
    title = (module.__doc__ or "").strip().rstrip(".")
    lines = [f"## {title}", ""]
    if module.RULES == EVIDENCE:
        lines += ["A case that a scenario has changed is checked without these.", ""]
    for rule in module.RULES:
        lines += _entry(rule, "")
    for rule in getattr(module, "DOUBTS", ()):
        lines += _entry(rule, " (doubt)")
    return "\n".join(lines)


def _entry(rule: Rule, mark: str) -> list[str]:
    name = rule.__name__.replace("_", " ")
    text = " ".join((rule.__doc__ or "").replace("``", "`").split())
    return [f"**{name[0].upper()}{name[1:]}**{mark}", "", fill(text, 100), ""]
