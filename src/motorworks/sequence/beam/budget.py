"""How much work may still be done, by count and by the clock."""

import time

_PACE, _FELT_S = 1e7, 0.05
"""Work of a second, until so many seconds have shown it."""


class OverError(Exception):
    """There is no work left to be done."""


class Budget:
    """Work that is left, where work is a car weighed or what takes as long.

    Parameters
    ----------
    work
        Most of it; None where time alone counts.
    seconds
        Most time; None where work alone counts. One of both is given.
    """

    def __init__(self, work: float | None, seconds: float | None) -> None:
        self._work, self._seconds = work, seconds
        self._began = time.perf_counter()
        self.spent = 0

    def spend(self, work: int) -> None:
        """Note work that was done; raises :class:`OverError` when nothing is left."""
        self.spent += work
        if self.left <= 0.0:
            raise OverError

    @property
    def seconds(self) -> float:
        """Seconds since it was given."""
        return time.perf_counter() - self._began

    @property
    def left(self) -> float:
        """Work that is left, at the pace so far."""
        left = float("inf") if self._work is None else self._work - self.spent
        if self._seconds is not None:
            seconds = self.seconds
            pace = self.spent / seconds if seconds > _FELT_S and self.spent else _PACE
            left = min(left, (self._seconds - seconds) * pace)
        return left
