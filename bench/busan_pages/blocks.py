"""Blocks of a page that a program writes, between two comments that name them."""

import re
from collections.abc import Mapping, Sequence

_BLOCK = re.compile(
    r"(<!-- measured: ([a-z0-9-]+) -->\n)(.*?)(<!-- end of measured -->)", re.DOTALL
)


def fill(page: str, blocks: Mapping[str, str]) -> str:
    r"""Put each block's text between its comments; a page that names no such block is refused.

    Examples
    --------
    >>> page = "<!-- measured: sum -->\nold\n<!-- end of measured -->"
    >>> print(fill(page, {"sum": "new"}))
    <!-- measured: sum -->
    <BLANKLINE>
    new
    <BLANKLINE>
    <!-- end of measured -->
    """
    return _BLOCK.sub(lambda match: f"{match[1]}\n{blocks[match[2]]}\n\n{match[4]}", page)


def held(page: str) -> dict[str, str]:
    """The text of each block as it stands."""
    return {match[2]: match[3].strip() for match in _BLOCK.finditer(page)}


def names(page: str) -> list[str]:
    """Names of the blocks of a page, in order."""
    return [match[2] for match in _BLOCK.finditer(page)]


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; numbers are set right, with commas for thousands."""
    numeric = [
        any(isinstance(row[place], int | float) for row in rows) for place in range(len(head))
    ]
    lines = [_line(head), _line(["---:" if right else "---" for right in numeric])]
    return "\n".join([*lines, *(_line([said(cell) for cell in row]) for row in rows)])


def said(cell: object) -> str:
    """A cell as text: nothing for ``None``, whole numbers with commas."""
    if cell is None:
        return ""
    return f"{cell:,.0f}" if isinstance(cell, int | float) else str(cell)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
