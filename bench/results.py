"""Write a bench's section of RESULTS.md, and say on what it was measured."""

import datetime as dt
import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"


def write_section(name: str, title: str, body: str) -> None:
    """Put a section between its markers, at the end of the page where it is new."""
    first, last = f"<!-- {name} -->", f"<!-- /{name} -->"
    section = f"{first}\n## {title}\n\n{body.strip()}\n{last}"
    page = RESULTS.read_text() if RESULTS.exists() else "# Results\n"
    if first in page:
        before, rest = page.split(first, 1)
        page = before + section + rest.split(last, 1)[1]
    else:
        page = f"{page.rstrip()}\n\n{section}\n"
    RESULTS.write_text(page)


def made_with(command: str, packages: Iterable[str]) -> str:
    """Date, machine and how busy it was, versions and the command, as a paragraph."""
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{package} {version(package)}" for package in packages]
    return (
        f"Measured on {dt.date.today().isoformat()} with `{command}` on {_machine()}, "
        f"load average {os.getloadavg()[1]:.1f}; {', '.join(versions)}."
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(row) + " |" for row in (header, ["---"] * len(header), *rows)]
    return "\n".join(lines)


def _machine() -> str:
    cores = os.cpu_count()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        kind = next(line.split(":", 1)[1].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        kind = platform.machine()
    return f"{cores} cores ({kind})"
