"""A progress line on stderr while something is searched for."""

from collections.abc import Callable
from typing import Generic, Self, TypeVar

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from motorworks.cli.tell import console

Seen = TypeVar("Seen")

READY = "getting ready; the first run of all compiles, which takes a while"


class SearchLine(Generic[Seen]):
    """A progress line while a search goes on; silent where no terminal is watching.

    Parameters
    ----------
    told
        Says in a line how far the search has come.
    """

    def __init__(self, told: Callable[[Seen], str]) -> None:
        self._told = told
        self._line = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
            console=console(err=True), transient=True, disable=not console(err=True).is_terminal,
        )  # fmt: skip
        self._task = self._line.add_task(READY, total=None)

    def __enter__(self) -> Self:
        self._line.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.stop()

    def __call__(self, found: Seen) -> None:
        """Show how far the search has come."""
        self._line.update(self._task, description=self._told(found))
