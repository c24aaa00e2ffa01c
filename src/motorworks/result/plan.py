"""The outcome of the stage plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray


@dataclass(frozen=True)
class Solver:
    """How a result was found and how good it is proven to be.

    ``bound`` is a margin that no plan can exceed, None where the margin is not optimised; ``gap``
    is the largest share by which an objective may miss its best value.
    """

    name: str
    version: str
    status: str
    rows: int
    columns: int
    nonzeros: int
    bound: float | None
    gap: float
    iterations: int


@dataclass(frozen=True)
class PlanResult:
    """A plan: its tables (see :mod:`motorworks.result.records`), its margin and its proof.

    ``tables`` holds one Polars table per name in ``RESULT_TABLES``; each is complete: a row for
    every key that the case allows, zeros included. ``settings`` are the resolved settings of the
    stage. ``seconds`` times the phases read, encode, build, solve, decode by name. ``columns``
    holds the values of the program's columns, from which ranges start.
    """

    margin: float
    tables: Mapping[str, pl.DataFrame]
    settings: Mapping[str, Any]
    solver: Solver
    seconds: Mapping[str, float] = field(default_factory=dict)
    columns: NDArray[np.float64] | None = field(default=None, compare=False, repr=False)

    def table(self, name: str) -> pl.DataFrame:
        """The result table of that name."""
        return self.tables[name]
