"""The program in Pyomo, its constraints as linear expressions."""

import numpy as np
import pyomo.environ as pyo
from pyomo.core.expr import LinearExpression
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy.sparse import csc_array

from bench.model_build.rows import INF, add_columns, rows
from motorworks.engines.lp.model import Floats, Model
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams


def build(data: PlanData, params: PlanParams) -> pyo.ConcreteModel:
    """Make indexed variables with bounds, and a constraint list of linear expressions."""
    model = pyo.ConcreteModel()
    made, costs = [], []

    def make(name: str, cost: Floats, upper: Floats) -> list[pyo.Var]:
        limits = [None if limit == INF else limit for limit in upper.tolist()]
        block = pyo.Var(range(len(cost)), bounds=lambda _, n: (0, limits[n]))
        model.add_component(name, block)
        made.extend(block.values())
        costs.extend(cost.tolist())
        return list(block.values())

    var = add_columns(data, params, make)
    model.cost = pyo.Objective(expr=LinearExpression(linear_vars=made, linear_coefs=costs))
    listed = rows(data, var)
    count = _count(data)

    def rule(_: pyo.ConcreteModel, __: int) -> tuple[object, ...]:
        cars, factors, lower, upper = next(listed)
        total = LinearExpression(linear_vars=cars, linear_coefs=factors)
        return (total, upper) if lower == upper else (None, total, upper)

    model.rules = pyo.Constraint(range(count), rule=rule)
    return model


def _count(data: PlanData) -> int:
    sets, pace = data.sets, data.pace
    monthly = len(pace.shops) + len(sets.store_plant) + len(sets.lanes) + len(sets.pair_vehicle)
    return monthly * sets.n_months + len(pace.nameplate) + len(sets.pair_vehicle)


def arrays(model: pyo.ConcreteModel) -> Model:
    """Compile the standard form with Pyomo's own compiler, columns in the order of making."""
    made = list(model.component_data_objects(pyo.Var))
    compiler = LinearStandardFormCompiler()
    form = compiler.write(model, mixed_form=True, set_sense=None, column_order=made)
    columns = form.columns
    right = np.asarray(form.rhs, dtype=float)
    equal = np.array([row.bound_type == 0 for row in form.rows])
    matrix = csc_array(form.A)
    return Model(
        cost=np.asarray(form.c.todense()).ravel(),
        col_lower=np.array([column.lb for column in columns], dtype=float),
        col_upper=np.array([INF if column.ub is None else column.ub for column in columns]),
        row_lower=np.where(equal, right, -INF), row_upper=right,
        start=matrix.indptr, index=matrix.indices, value=matrix.data,
    )  # fmt: skip
