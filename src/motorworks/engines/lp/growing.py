"""A linear program to which rows are added, solved again from where it stands."""

from typing import Any

import highspy
import numpy as np
from scipy.sparse import csr_array

from motorworks.engines.lp.highs import check, pass_model
from motorworks.engines.lp.model import Floats, Model

_MET = 1e30
"""What HiGHS takes as no limit."""


class Growing:
    """A linear program that grows by rows.

    Examples
    --------
    >>> from motorworks.engines.lp.builder import Builder
    >>> lp = Builder()
    >>> x = lp.columns("x", (2,), cost=[1.0, 2.0], upper=5.0)
    >>> growing = Growing(lp.model())
    >>> growing.add(csr_array([[1.0, 1.0]]), np.array([6.0]))
    >>> growing.point(9.0).tolist()
    [5.0, 1.0]
    """

    def __init__(self, model: Model) -> None:
        self._highs: Any = highspy.Highs()
        for name, value in {"output_flag": False, "threads": 1}.items():
            check(self._highs.setOptionValue(name, value), f"option {name}")
        check(pass_model(self._highs, model), "model")

    def add(self, rows: csr_array, lower: Floats) -> None:
        """Add rows with lower limits."""
        count = rows.shape[0]
        start, index = rows.indptr.astype(np.int32), rows.indices.astype(np.int32)
        upper, value = np.full(count, _MET), rows.data.astype(np.float64)
        check(self._highs.addRows(count, lower, upper, rows.nnz, start, index, value), "rows")

    def point(self, seconds: float) -> Floats | None:
        """An optimal point; None where there is none, or no time for it."""
        # the limit is on all the time that this program has taken so far
        limit = self._highs.getRunTime() + seconds
        check(self._highs.setOptionValue("time_limit", limit), "option time_limit")
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._highs.getSolution().col_value, dtype=np.float64)
