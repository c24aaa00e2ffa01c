"""Reference pages written from the declarations themselves, so that they cannot go stale."""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

import motorworks
from _commands import commands_page
from motorworks.case.column import Column, Record, columns_of
from motorworks.case.info import CaseInfo
from motorworks.case.tables import RECORDS
from motorworks.io.formats.day_records import RULE_RECORDS, DayOrder
from motorworks.plan.params import PlanParams
from motorworks.result.days import DAY_RECORDS
from motorworks.result.explanations import EXPLANATION_RECORDS
from motorworks.result.ranges import RANGE_RECORDS
from motorworks.result.records import RESULT_RECORDS
from motorworks.result.simulated_days import SIMULATED_RECORDS
from motorworks.result.simulation_records import SimLevel, SimVisit
from motorworks.result.slotted import SLOTTED_RECORDS
from motorworks.sequence.settings import SequenceSettings
from motorworks.simulate.settings import SimulateSettings
from motorworks.slot.params import SlotParams


def write_pages(folder: Path) -> None:
    """Write all generated pages into ``folder``, replacing what changed and nothing else."""
    pages = {
        **input_pages(),
        "results.md": table_page(
            "Result tables",
            "What a run decides and what follows from it. A run folder holds each table as "
            "Parquet and as CSV. Those of slotted months (`slotted_orders` to `order_shares`) are "
            "written by `motorworks slot --out`. Tables `sim_…` of a run name their `simulation`; "
            "`motorworks simulate --out` writes those of one, without that column, and "
            "`sim_levels` and `sim_visits` beside them.",
            (
                *RESULT_RECORDS,
                *RANGE_RECORDS,
                *EXPLANATION_RECORDS,
                *SLOTTED_RECORDS,
                *DAY_RECORDS,
                *SIMULATED_RECORDS,
                SimLevel,
                SimVisit,
            ),
            anchor="result",
        ),
        "sequence-sheets.md": table_page(
            "Sheets of a day",
            "What `motorworks sequence` reads with `--orders` and `--rules`. Cars stand in a sheet "
            "of `orders`. Rows of the sheet of rules are of one of the other three, by their "
            "`kind`; `shop`, `component`, `part`, `hours` and the kind `not_before` belong to "
            "[cases](../input.md) alone.",
            (DayOrder, *RULE_RECORDS),
            anchor="sheet",
        ),
        "settings.md": settings_page(),
        "commands.md": commands_page(),
        **api_pages(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for stale in set(folder.glob("*.md")) - {folder / name for name in pages}:
        stale.unlink()
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def cell(text: str) -> str:
    """Text that may stand in a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("*", "\\*").replace("\n", " ") or "–"


def markdown_table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table from cells that are safe already."""
    names = list(header)
    lines = [names, ["---"] * len(names), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def prose(record: type[Any]) -> str:
    """The class docstring as Markdown paragraphs."""
    lines = (record.__doc__ or "").strip().splitlines()
    text = "\n".join(line.strip() for line in lines).split("\n\nExamples\n", 1)[0]
    return text.replace("``", "`")


def needed(column: Column) -> str:
    """Whether a value must stand in the column, and what holds where none does."""
    if column.required:
        return "required"
    if column.default is None:
        return "may be blank"
    default = column.default
    return f"default {('yes' if default else 'no') if isinstance(default, bool) else default}"


def record_section(record: type[Record], anchor: str) -> str:
    """Heading, meaning and column table of one record class."""
    rows = (
        (
            f"**{c.name}**" if c.key else c.name,
            *map(cell, (c.meaning, c.unit, c.allowed, needed(c))),
        )
        for c in columns_of(record)
    )
    body = markdown_table(("column", "meaning", "unit", "allowed", "needed"), rows)
    return f"({anchor}-{record.TABLE})=\n## {record.TABLE}\n\n{prose(record)}\n\n{body}"


def table_page(title: str, lead: str, records: Iterable[type[Record]], anchor: str) -> str:
    """One page with a section per record class."""
    sections = "\n".join(record_section(record, anchor) for record in records)
    key = "Columns in **bold** are the key: together they name a row."
    return f"# {title}\n\n{lead}\n{key}\n\n{sections}"


def input_pages() -> dict[str, str]:
    """A page per group of input tables: the modules of ``motorworks.case.records``."""
    groups: dict[str, list[type[Record]]] = {}
    for record in RECORDS:
        groups.setdefault(record.__module__, []).append(record)
    pages = {}
    for module, records in groups.items():
        name = module.rsplit(".", 1)[1]
        lead = (sys.modules[module].__doc__ or "").strip()
        pages[f"input-{name}.md"] = table_page(name.capitalize(), lead, records, anchor="input")
    return pages


def settings_page() -> str:
    """The settings of ``case.toml``."""
    return (
        "# Settings\n\nWhat may stand in `case.toml`. Unknown names are errors.\n\n"
        f"## case.toml\n\n{fields_table(CaseInfo)}\n"
        f"## [plan]\n\n{fields_table(PlanParams)}\n"
        f"## [slot]\n\n{fields_table(SlotParams)}\n"
        f"## [sequence]\n\n{fields_table(SequenceSettings)}\n"
        f"## [simulate]\n\n{fields_table(SimulateSettings)}"
    )


def fields_table(model: type[BaseModel]) -> str:
    """The fields of a settings model as a table."""
    rows = []
    for name, info in model.model_fields.items():
        if info.is_required():
            default = "required"
        elif info.default is PydanticUndefined or info.default is None:
            default = "may be left out"
        else:
            default = str(info.default)
        rows.append((name, cell(info.description or ""), cell(default)))
    return markdown_table(("setting", "meaning", "default"), rows)


def api_pages() -> dict[str, str]:
    """A page per room of the package, with every module's public names."""
    rooms: dict[str, list[str]] = {}
    for name in sorted(public_modules()):
        parts = name.split(".")
        rooms.setdefault(parts[1], []).append(name)
    return {
        f"api-{room}.md": f"# motorworks.{room}\n\n" + "\n".join(map(module_section, modules))
        for room, modules in rooms.items()
    }


def public_modules() -> Iterator[str]:
    """Every module below the package's top that defines something, the command line left out."""
    top = Path(motorworks.__file__).parent
    for path in sorted(top.rglob("*.py")):
        parts = path.relative_to(top).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        if not parts or parts[0] == "cli" or any(part.startswith("_") for part in parts):
            continue
        if any(
            isinstance(n, ast.FunctionDef | ast.ClassDef)
            for n in ast.parse(path.read_text("utf-8")).body
        ):
            yield ".".join(("motorworks", *parts))


def module_section(name: str) -> str:
    """An autodoc section for one module."""
    return f"## {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n```\n"
