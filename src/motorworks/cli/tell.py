"""Showing errors and lists of problems in a terminal."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from motorworks.case.wording import counted
from motorworks.errors import CaseError, MotorworksError, Problem

if TYPE_CHECKING:
    from motorworks.report.chosen import Chosen


_PLAIN = str.maketrans({"\u202f": ",", "\u00a0": " ", "\u2212": "-", "“": '"', "”": '"'})


def console(*, err: bool = False) -> Console:
    """A console without guesses about what to colour."""
    return Console(stderr=err, highlight=False)


def in_plain(words: str) -> Text:
    """Words of the report as a terminal writes them: figures that a spreadsheet reads back.

    Examples
    --------
    >>> in_plain("\u22121\u202f343\u00a0vehicles").plain
    '-1,343 vehicles'
    """
    return Text(words.translate(_PLAIN))


def tell_chosen(out: Console, made: "Sequence[Chosen]") -> None:
    """Show what a plan chose, one choice a line; nothing where it had none."""
    grid = Table.grid(padding=(0, 2))
    for one in made:
        grid.add_row(in_plain(one.what), in_plain(one.words))
    if made:
        out.print("chosen", style="bold")
        out.print(grid)


def tell_moved(out: Console, words: str | None) -> None:
    """Show how a plan differs from the one published; nothing where none was."""
    if words is not None:
        out.print("against the published plan", style="bold")
        out.print(in_plain(words), soft_wrap=True)


def tell_error(error: MotorworksError) -> None:
    """Show an error on stderr."""
    if isinstance(error, CaseError):
        tell_problems(error.problems)
    else:
        console(err=True).print(Text(str(error), style="bold red"), soft_wrap=True)


def tell_problems(problems: Sequence[Problem], noun: str = "problem", style: str = "red") -> None:
    """Show problems on stderr by file; one a line where no terminal is watching."""
    out = console(err=True)
    if not out.is_terminal:
        lines = [str(problem) for problem in problems]
        lines += [_summary(problems, noun)] if _needs_sum(problems, noun) else []
        sys.stderr.write("".join(f"{line}\n" for line in lines))
        return
    for file in dict.fromkeys(problem.file for problem in problems):
        out.print()
        out.print(Text(file, style="bold"))
        out.print(Padding(_table([p for p in problems if p.file == file], style), (0, 0, 0, 2)))
    if _needs_sum(problems, noun):
        out.print()
        out.print(Text(_summary(problems, noun), style=f"bold {style}"))


def _needs_sum(problems: Sequence[Problem], noun: str) -> bool:
    """One problem speaks for itself; one doubt must be told from the problems after it."""
    return len(problems) > 1 or noun != "problem"


def _summary(problems: Sequence[Problem], noun: str) -> str:
    files = len({problem.file for problem in problems})
    place = "" if files == 1 else f" in {files} places"
    return counted(len(problems), noun) + place


def _table(problems: Sequence[Problem], style: str) -> Table:
    """Row, cell and message side by side; columns that nothing fills are left out."""
    with_rows = any(problem.row is not None for problem in problems)
    with_cells = any(problem.column or problem.value is not None for problem in problems)
    table = Table.grid(padding=(0, 2))
    if with_rows:
        table.add_column(justify="right", style="dim", no_wrap=True)
    if with_cells:
        table.add_column(style=style, overflow="fold", max_width=34)
    table.add_column(overflow="fold")
    for problem in problems:
        row = Text("" if problem.row is None else f"row {problem.row}")
        cells = [row] if with_rows else []
        if with_cells:
            cells.append(Text(_cell(problem)))
        table.add_row(*cells, Text(problem.message))
    return table


def _cell(problem: Problem) -> str:
    value = "" if problem.value is None else repr(problem.value)
    return " = ".join(part for part in (problem.column or "", value) if part)
