"""The program in the expressions of highspy itself."""

import highspy
import numpy as np
from scipy.sparse import csr_array

from bench.model_build.rows import add_columns, rows
from motorworks.engines.lp.model import Floats, Model
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams


def build(data: PlanData, params: PlanParams) -> highspy.Highs:
    """Add variables in blocks and constraints as expressions."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)

    def make(name: str, cost: Floats, upper: Floats) -> list[highspy.highs.highs_var]:
        added = highs.addVariables(len(cost), ub=upper.tolist(), obj=cost.tolist(), out_array=True)
        return list(added)

    var = add_columns(data, params, make)

    def expressions():
        for cars, factors, lower, upper in rows(data, var):
            total = highspy.highs.highs_linear_expression()
            for car, factor in zip(cars, factors, strict=True):
                if factor == -1.0:
                    total -= car
                else:
                    total += car if factor == 1.0 else factor * car
            if lower == upper:
                yield total == upper
            else:
                yield total <= upper

    highs.addConstrs(expressions())
    return highs


def arrays(highs: highspy.Highs) -> Model:
    """Read the arrays back."""
    lp = highs.getLp()
    matrix = lp.a_matrix_
    start, index, value = (np.array(part) for part in (matrix.start_, matrix.index_, matrix.value_))
    if matrix.format_ == highspy.MatrixFormat.kRowwise:
        turned = csr_array((value, index, start), shape=(lp.num_row_, lp.num_col_)).tocsc()
        start, index, value = turned.indptr, turned.indices, turned.data
    return Model(
        cost=np.array(lp.col_cost_), col_lower=np.array(lp.col_lower_),
        col_upper=np.array(lp.col_upper_), row_lower=np.array(lp.row_lower_),
        row_upper=np.array(lp.row_upper_), start=start, index=index, value=value,
    )  # fmt: skip
