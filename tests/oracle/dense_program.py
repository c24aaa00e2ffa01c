"""A linear program under construction, handed to SciPy as a dense matrix."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linprog

from tests.oracle.dense_figures import INF

Name = tuple[Any, ...]
Terms = dict[Any, float]


@dataclass
class Program:
    """Variables from 0 up, rows between bounds, a margin; a variable is named by a tuple."""

    place: dict[Name, int] = field(default_factory=dict)
    gain: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)
    constant: float = 0.0
    values: dict[Name, float] = field(default_factory=dict)

    def add(self, name: Name, gain: float = 0.0, most: float = INF) -> None:
        """Add a variable from 0 to ``most`` that adds ``gain`` a unit to the margin."""
        assert name not in self.place
        self.place[name] = len(self.place)
        self.gain.append(gain)
        self.most.append(most)

    def row(self, terms: Terms, least: float, most: float) -> None:
        """Bound a sum of variables."""
        self.rows.append((terms, least, most))

    def best(self, goal: Terms | None = None) -> float | None:
        """The largest margin, or sum of a goal's terms; None where no plan meets all rows."""
        if any(most < 0 for most in self.most):
            return None
        if any(not terms and (least > 0 or most < 0) for terms, least, most in self.rows):
            return None
        if not self.place:
            return self.constant if goal is None else 0.0
        above, limits, equal, targets = [], [], [], []
        for terms, least, most in self.rows:
            line = self.line(terms)
            if least == most:
                equal.append(line)
                targets.append(most)
                continue
            if most < INF:
                above.append(line)
                limits.append(most)
            if least > -INF:
                above.append(-line)
                limits.append(-least)
        wanted = np.array(self.gain) if goal is None else self.line(goal)
        found = linprog(
            -wanted, A_ub=above or None, b_ub=limits or None, A_eq=equal or None,
            b_eq=targets or None, bounds=[(0, most) for most in self.most], method="highs",
        )  # fmt: skip
        if found.status == 2:
            return None
        assert found.status == 0, found.message
        self.values = dict(zip(self.place, found.x, strict=True))
        return float(-found.fun) + (self.constant if goal is None else 0.0)

    def line(self, terms: Terms) -> np.ndarray:
        """Terms as a row of the matrix."""
        line = np.zeros(len(self.place))
        for name, factor in terms.items():
            line[self.place[name]] += factor
        return line
