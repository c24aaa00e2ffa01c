"""What an onlooker of a run is told, and how long its phases took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from motorworks.plan.optimum import Found


@dataclass(frozen=True)
class Watch:
    """What an onlooker is told: the phase that begins, steps done and plans found within it.

    ``left`` is told the folder in which finished stages stand when a run ends before its end.
    """

    phase: Callable[[str], None] = lambda name: None
    step: Callable[[int, int], None] = lambda done, count: None
    search: Callable[[Found], None] = lambda found: None
    left: Callable[[Path], None] = lambda folder: None


class Clock:
    """Seconds by named phase, told to an onlooker as they begin."""

    def __init__(self, watch: Watch) -> None:
        self.seconds: dict[str, float] = {}
        self._watch = watch

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time a block under a name."""
        self._watch.phase(name)
        began = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began
