"""What replications found, taken in one after the other in memory that does not grow with them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from motorworks.result.simulation import Estimate
from motorworks.simulate.digest import Digest
from motorworks.simulate.intervals import Running
from motorworks.simulate.layout import Layout
from motorworks.simulate.tally import Visits

Floats = NDArray[np.float64]


class Gathered:
    """Running means of all arrays of digests, and a row for each replication.

    Parameters
    ----------
    layout
        Of the plant.
    confidence_pct
        Confidence of the intervals.
    """

    def __init__(self, layout: Layout, confidence_pct: float) -> None:
        self.layout = layout
        self.rows: list[dict[str, Any]] = []
        self.levels: tuple[Floats, NDArray[np.int32]] | None = None
        self.visits: dict[int, tuple[Visits, NDArray[np.int64]]] = {}
        self._confidence = confidence_pct
        self._running: dict[str, Running] = {}

    def add(self, one: Digest) -> None:
        """Take in a replication; they come in the order of their numbers."""
        self.rows.append(dict(one.row))
        for name, value in one.row.items():
            self._take(f"row {name}", np.nan if value is None else value)
        for name, values in one.means.items():
            self._take(name, values)
        if one.levels is not None:
            self.levels = one.levels
        if one.visits is not None:
            self.visits[one.row["replication"]] = one.visits

    def _take(self, name: str, values: Floats | float) -> None:
        self._running.setdefault(name, Running()).add(values)

    def __getitem__(self, name: str) -> Running:
        return self._running[name]

    def mean(self, name: str) -> Floats:
        """Means of an array of the digests; NaN where it never had a value."""
        return self._running[name].mean

    def half(self, name: str) -> Floats:
        """Half-widths of the intervals of these means; NaN where there are fewer than two."""
        return self._running[name].half(self._confidence)

    def estimate(self, name: str) -> Estimate:
        """Mean and half-width of a column of the table of replications."""
        running, half = self[f"row {name}"], float(self.half(f"row {name}"))
        return Estimate(float(running.mean), np.inf if np.isnan(half) else half, int(running.count))
