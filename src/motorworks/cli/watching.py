"""A progress line on stderr while long work goes on."""

from pathlib import Path

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

from motorworks.cli.tell import console
from motorworks.pipeline import Watch
from motorworks.plan.optimum import Found


class Watching:
    """A progress line on stderr while a run goes on; silent where no terminal is watching."""

    def __init__(self) -> None:
        self._bar = Progress(
            TextColumn("{task.description:<16}"), BarColumn(40), MofNCompleteColumn(),
            TimeElapsedColumn(), console=console(err=True), transient=True,
            disable=not console(err=True).is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("", total=None)
        self._left: Path | None = None

    def __enter__(self) -> Watch:
        self._bar.start()
        return Watch(
            phase=lambda name: self._bar.reset(self._task, description=name, total=None),
            step=lambda done, count: self._bar.update(self._task, completed=done, total=count),
            search=lambda found: self._bar.update(self._task, description=told(found)),
            left=self._keep,
        )

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
        if self._left is not None:
            console(err=True).print(
                f"finished stages are kept in {self._left}: a run to the same place goes on there",
                soft_wrap=True, markup=False,
            )  # fmt: skip

    def _keep(self, folder: Path) -> None:
        self._left = folder


def told(found: Found) -> str:
    """How far the search for a plan has come, for the progress line.

    Examples
    --------
    >>> told(Found("margin", 3.0, 3.04e9, 3.07e9))
    'plan: margin 3.040e+09, at most 1.0 % from the best'
    """
    return (
        f"plan: {found.objective} {found.best:.3e}, at most {found.gap:.1%} from the best"
    ).replace("%", " %")
