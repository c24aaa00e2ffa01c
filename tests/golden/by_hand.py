"""Reads the tables and sums of the pages on which the case tiny is worked out by hand."""

import re
from pathlib import Path

PAGES = Path(__file__).parents[2] / "docs" / "background"


def cells_of(page: str, name: str) -> list[list[str]]:
    """Rows of a table of a page, without its head."""
    text = (PAGES / page).read_text("utf-8")
    lines = text.split(f"<!-- table: {name} -->\n")[1].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|\n").split("|")] for line in lines[2:]]


def number(cell: str) -> float | None:
    """A number as the page writes it, None for words."""
    text = cell.replace(",", "").replace("−", "-")
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def worked_out(text: str) -> float:
    """Value of a sum as the page writes it: numbers, +, −, ×, / and brackets."""
    plain = text.replace(",", "").replace("×", "*").replace("−", "-")
    assert re.fullmatch(r"[\d.+*/() -]+", plain)
    return float(eval(plain))
