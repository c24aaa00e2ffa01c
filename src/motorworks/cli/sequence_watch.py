"""A progress line on stderr while an order is searched for."""

from typing import Self

from rich.progress import Progress as Line
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from motorworks.cli.sequence_tell import number
from motorworks.cli.tell import console
from motorworks.sequence.progress import Progress

_READY = "getting ready; the first run of all compiles, which takes a while"


class Watching:
    """A progress line while a search goes on; silent where no terminal is watching."""

    def __init__(self) -> None:
        self._line = Line(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
            console=console(err=True), transient=True, disable=not console(err=True).is_terminal,
        )  # fmt: skip
        self._task = self._line.add_task(_READY, total=None)

    def __enter__(self) -> Self:
        self._line.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.stop()

    def __call__(self, found: Progress) -> None:
        """Show how far the search has come."""
        self._line.update(self._task, description=told(found))


def told(found: Progress) -> str:
    """How far a search has come, in a line.

    Examples
    --------
    >>> values = {"high": 0.0, "colour": 34.0}
    >>> told(Progress(2.5, 5_000_000, 34001.0, 0, values, 32000.0, searched_s=2.0))
    'mark 34,001 (high 0, colour 34), at least 32,000; 5 million moves, 2.5 million a second'
    """
    values = ", ".join(f"{name} {number(value)}" for name, value in found.values.items())
    hard = f", {found.broken:,} hard rules broken" if found.broken else ""
    pace = found.moves_a_second / 1e6
    return (
        f"mark {number(found.mark)} ({values}{hard}), at least {number(found.bound)}; "
        f"{found.moves / 1e6:,.0f} million moves, {pace:,.1f} million a second"
    )
