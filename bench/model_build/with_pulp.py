"""The program in PuLP."""

import numpy as np
import pulp
from scipy.sparse import csr_array

from bench.model_build.rows import INF, add_columns, rows
from motorworks.engines.lp.model import Floats, Model
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams

_SENSES = {True: pulp.LpConstraintEQ, False: pulp.LpConstraintLE}


def build(data: PlanData, params: PlanParams) -> pulp.LpProblem:
    """Make variables one by one and constraints from pairs of variable and coefficient."""
    problem = pulp.LpProblem("plan", pulp.LpMinimize)
    costs = []

    def make(name: str, cost: Floats, upper: Floats) -> list[pulp.LpVariable]:
        limits = [None if limit == INF else limit for limit in upper.tolist()]
        made = [pulp.LpVariable(f"{name}_{n}", 0, limit) for n, limit in enumerate(limits)]
        costs.extend(zip(made, cost.tolist(), strict=True))
        return made

    var = add_columns(data, params, make)
    problem.setObjective(pulp.LpAffineExpression(costs))
    for cars, factors, lower, upper in rows(data, var):
        total = pulp.LpAffineExpression(zip(cars, factors, strict=True))
        problem.addConstraint(pulp.LpConstraint(total, _SENSES[lower == upper], rhs=upper))
    return problem


def arrays(problem: pulp.LpProblem) -> Model:
    """Number the variables in the order of the objective and read every row."""
    place = {variable: number for number, variable in enumerate(problem.objective)}
    rows = list(problem.constraints.values())
    right = np.array([-row.constant for row in rows])
    equal = np.array([row.sense == pulp.LpConstraintEQ for row in rows])
    matrix = csr_array(
        (
            [value for row in rows for value in row.values()],
            [place[variable] for row in rows for variable in row],
            np.cumsum([0, *map(len, rows)]),
        ),
        shape=(len(rows), len(place)),
    ).tocsc()
    return Model(
        cost=np.array(list(problem.objective.values())),
        col_lower=np.array([variable.lowBound for variable in place], dtype=float),
        col_upper=np.array([INF if v.upBound is None else v.upBound for v in place]),
        row_lower=np.where(equal, right, -INF), row_upper=right,
        start=matrix.indptr, index=matrix.indices, value=matrix.data,
    )  # fmt: skip
