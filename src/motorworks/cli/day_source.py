"""Where the cars of a day come from: arguments of several verbs, checked and read in one place."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from motorworks.case.line_day import LineDay

Roadef = Annotated[
    Path | None,
    typer.Option("--roadef", metavar="DIR", help="An instance of Renault's (ROADEF 2005)."),
]
Csplib = Annotated[
    Path | None,
    typer.Option("--csplib", metavar="FILE", help="An instance of CSPLib's problem 1."),
]
Orders = Annotated[
    Path | None,
    typer.Option("--orders", metavar="FILE", help="Cars of a day: .csv, or .xlsx."),
]
Rules = Annotated[
    Path | None,
    typer.Option("--rules", metavar="FILE", help="Rules for --orders: .csv, or .xlsx."),
]


@dataclass(frozen=True)
class Source:
    """What was named on the command line."""

    roadef: Path | None = None
    csplib: Path | None = None
    orders: Path | None = None
    rules: Path | None = None

    def refuse_unclear(self) -> None:
        """One source of cars, and rules only for one's own."""
        sources = {"--roadef": self.roadef, "--csplib": self.csplib, "--orders": self.orders}
        named = [name for name, value in sources.items() if value is not None]
        if not named:
            msg = "say where the cars come from: --roadef, --csplib or --orders"
            raise typer.BadParameter(msg)
        if len(named) > 1:
            msg = f"one source of cars at a time, not {' and '.join(named)}"
            raise typer.BadParameter(msg)
        if self.rules is not None and self.orders is None:
            msg = "rules go with the cars of --orders"
            raise typer.BadParameter(msg, param_hint="--rules")

    @property
    def files(self) -> tuple[Path, ...]:
        """Files that are read."""
        sheets = () if self.roadef is None else tuple(self.roadef.glob("*"))
        named = (self.csplib, self.orders, self.rules)
        return (*sheets, *(path for path in named if path is not None))

    def read(self) -> "LineDay":
        """The day."""
        if self.roadef is not None:
            from motorworks.io.formats.roadef import read_roadef

            return read_roadef(self.roadef)
        if self.csplib is not None:
            from motorworks.io.formats.csplib import read_csplib

            return read_csplib(self.csplib)
        from motorworks.io.formats.day_orders import read_day

        assert self.orders is not None
        return read_day(self.orders, self.rules)
