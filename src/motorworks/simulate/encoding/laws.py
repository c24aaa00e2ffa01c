"""Laws of times as rows of a table."""

from dataclasses import dataclass, field

import numpy as np

from motorworks.case.plant_model import Law
from motorworks.engines.draws import LAW_KINDS, of_mean_one
from motorworks.simulate.kernel.world import LAW, NONE, Floats, Records


@dataclass
class Laws:
    """Laws met so far, each once; kernels know them by their row."""

    rows: dict[Law, int] = field(default_factory=dict)

    def row(self, law: Law) -> int:
        """Row of a law."""
        return self.rows.setdefault(law, len(self.rows))

    def row_of_factor(self, law: Law) -> int:
        """Row of a law of mean 1; NONE for a fixed one, which draws nothing."""
        return NONE if law.kind == "fixed" else self.row(law)

    def tables(self) -> tuple[Records, Floats]:
        """Table of laws, and the values of empirical ones one after the other."""
        table = np.zeros(max(1, len(self.rows)), dtype=LAW)
        values: list[float] = []
        for law, row in self.rows.items():
            scaled = of_mean_one(law.values).tolist()
            table[row] = (
                law.mean,
                law.shape or 0.0,
                LAW_KINDS.index(law.kind),
                len(values),
                len(values) + len(scaled),
            )
            values += scaled
        return table, np.array(values or [0.0])
