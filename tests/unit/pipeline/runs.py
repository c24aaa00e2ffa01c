"""A small case with all stages, and runs of it."""

from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from motorworks.cli.main import app
from motorworks.pipeline import Run, run

RULES = "rule,kind,vehicle,at_most,window,priority\ngammas,ratio,gamma,1,4,low\n"
SETTINGS = "\n[simulate]\nreplications = 2\n\n[sequence]\niterations = 20000\n"


def small_case(home: Path) -> Path:
    """The case tiny with a rule on the order of cars and little to simulate."""
    folder = home / "mine"
    assert CliRunner().invoke(app, ["new", str(folder), "--from", "tiny"]).exit_code == 0
    (folder / "sequence_rules.csv").write_text(RULES, "utf-8")
    info = folder / "case.toml"
    info.write_text(info.read_text("utf-8") + SETTINGS, "utf-8")
    return folder


def made(folder: Path, out: Path, **how: Any) -> Run:
    """Run one month of a case."""
    return run(folder, out=out, **{"months": [("2025-04", "2025-04")], "ranges": False, **how})


def tables(folder: Path) -> dict[str, bytes]:
    """Every result table, byte by byte."""
    return {path.name: path.read_bytes() for path in sorted((folder / "results").iterdir())}
