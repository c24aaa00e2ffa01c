"""A progress bar on stderr while a plant is simulated."""

from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from motorworks.cli.search_line import READY
from motorworks.cli.tell import console
from motorworks.simulate.improve import Progress as Split
from motorworks.simulate.progress import Progress


class Watching:
    """A progress bar while a simulation goes on; silent where no terminal is watching."""

    def __init__(self) -> None:
        self._bar = Bar(
            TextColumn("{task.description:<24}"), BarColumn(36), MofNCompleteColumn(),
            TimeElapsedColumn(), console=console(err=True), transient=True,
            disable=not console(err=True).is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task(READY, total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def says(self, phase: str) -> None:
        """A phase of unknown length begins."""
        self._bar.reset(self._task, description=phase, total=None)

    def replications(self, seen: Progress) -> None:
        """Replications of the plant."""
        self._bar.update(
            self._task, description=told(seen), completed=seen.done, total=seen.planned
        )

    def gains(self, done: int, count: int) -> None:
        """Plants tried for gains."""
        self._bar.update(self._task, description="gains", completed=done, total=count)

    def split(self, seen: Split) -> None:
        """Splits tried."""
        description = f"{seen.simulated:,} splits, {seen.cars_a_day:,.1f} cars a day"
        self._bar.update(self._task, description=description, total=None)


def told(seen: Progress) -> str:
    """How far a simulation has come, for the progress bar.

    Examples
    --------
    >>> from motorworks.result.simulation import Estimate
    >>> told(Progress("replications", 3, 20, 1.0, 5.7, Estimate(702.4, 3.1, 3)))
    'replications: 702 ± 3 cars a day, 6 s left'
    """
    known = "" if seen.cars_a_day is None else _pace(seen.cars_a_day.mean, seen.cars_a_day.half)
    left = f"{seen.seconds_left:,.0f} s left"
    return f"{seen.phase}: {known}{left}"


def _pace(mean: float, half: float) -> str:
    spread = f" ± {half:,.0f}" if half < float("inf") else ""
    return f"{mean:,.0f}{spread} cars a day, "
