"""The reference page of the command line, written from the commands themselves."""

import inspect
from typing import Any

import typer.main

from motorworks.cli.main import app

LEAD = """# Command line

Every command reads `motorworks VERB CASE [options]`. A case is a folder, else the name of a shipped
case. Errors in the input are told with their place; `motorworks VERB --help` prints what stands
here.

Exit codes: 0 all is well; 1 the work could not be done (no plan is possible, a check of a result
failed, a solver gave up); 2 the input or the command line is wrong; 130 stopped by Ctrl-C.
"""


def commands_page() -> str:
    """All verbs with their arguments and options."""
    group: Any = typer.main.get_command(app)
    sections = [
        verb_section(name, command)
        for name, command in group.commands.items()
        if not command.hidden
    ]
    return "\n".join([LEAD, *sections])


def verb_section(name: str, command: Any) -> str:
    """One verb: usage, meaning, parameters."""
    shown = [p for p in command.params if p.name != "help" and not getattr(p, "hidden", False)]
    pieces = [usage(parameter) for parameter in shown]
    lines = [f"## {name}\n", f"```text\nmotorworks {' '.join([name, *pieces])}\n```\n"]
    lines.append(inspect.cleandoc(command.help or "").replace("\b", "").strip() + "\n")
    rows = [f"| {label(p)} | {meaning(p)} |" for p in shown]
    if rows:
        lines += ["| | |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def is_option(parameter: Any) -> bool:
    """Whether a parameter is given by a name with dashes."""
    return bool(parameter.param_type_name == "option")


def usage(parameter: Any) -> str:
    """How a parameter is written on the usage line."""
    if not is_option(parameter):
        word = (parameter.metavar or parameter.name or "").upper().strip("[]")
        word = word if parameter.nargs == 1 else f"{word}..."
        return word if parameter.required else f"[{word}]"
    value = "" if parameter.is_flag else f" {(parameter.metavar or parameter.name).upper()}"
    names = [parameter.opts[0], *parameter.secondary_opts[:1]]
    text = " | ".join(f"{name}{value}" for name in names)
    text = text if parameter.required else f"[{text}]"
    return f"{text} ..." if parameter.multiple else text


def label(parameter: Any) -> str:
    """Name of a parameter in the table."""
    if not is_option(parameter):
        return f"`{usage(parameter)}`"
    names = [*parameter.opts, *parameter.secondary_opts]
    return ", ".join(f"`{name}`" for name in names)


def meaning(parameter: Any) -> str:
    """What a parameter does, with its default."""
    text = (parameter.help or "").replace("|", "\\|").replace("\n", " ")
    default = parameter.default
    told = (
        isinstance(default, str | int | float) and not isinstance(default, bool) and default != ""
    )
    return f"{text} (default `{default}`)" if told else text
