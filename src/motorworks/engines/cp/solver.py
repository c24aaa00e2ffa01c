"""Solve a program in whole numbers with CP-SAT, fed straight from the arrays of a linear model.

The same builder makes programs for both engines (:mod:`motorworks.engines.lp.builder`), so that a
formulation can be tried on either. Importing OR-Tools takes above a second; it is imported when
the first program is solved.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from motorworks.engines.lp.model import Model, Status
from motorworks.errors import EngineError

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """What a solve has come to.

    ``objective`` and ``x`` belong to the best point found (infinite and empty if there is none),
    ``bound`` is a value that no point is below, ``effort`` the deterministic time spent.
    """

    status: Status
    objective: float
    bound: float
    x: Integers
    effort: float

    @property
    def proven(self) -> bool:
        """Whether no point is better than the one found."""
        return self.status is Status.OPTIMAL


def version() -> str:
    """Version of OR-Tools."""
    return metadata.version("ortools")


def solve(
    model: Model,
    *,
    hint: NDArray[Any] | None = None,
    effort: float | None = None,
    time_limit_s: float | None = None,
    workers: int = 1,
    seed: int = 1,
    on_found: Callable[[float, float], None] | None = None,
) -> Found:
    """Minimise a program whose columns, coefficients and costs are all whole.

    Parameters
    ----------
    model
        The program. Every column needs finite bounds; all columns are taken to be whole. The
        bounds of rows are rounded inwards.
    hint
        A value of each column to start from; it need not meet the rows.
    effort
        Where to stop, in CP-SAT's deterministic time, which is near to seconds. With one worker
        the same effort gives the same result each time.
    time_limit_s
        Where to stop, in seconds; results then depend on the machine.
    workers
        Threads that search side by side.
    on_found
        Called with the objective and the bound at each better point.

    Raises
    ------
    EngineError
        If a coefficient is not whole, a column has no finite bounds, or CP-SAT refuses the model.

    Examples
    --------
    >>> from motorworks.engines.lp.builder import Builder
    >>> lp = Builder()
    >>> n = lp.columns("n", (2,), upper=5.0, cost=[2.0, 3.0])
    >>> lp.terms(lp.rows("need", (1,), lower=7.0), n, 1.0)
    >>> found = solve(lp.model())
    >>> found.proven, found.objective, found.x.tolist()
    (True, 16.0, [5, 2])
    """
    from ortools.sat.python import cp_model

    program = _program(cp_model, model, hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    if effort is not None:
        solver.parameters.max_deterministic_time = effort
    if time_limit_s is not None:
        solver.parameters.max_time_in_seconds = time_limit_s
    watch = None if on_found is None else _watch(cp_model, on_found, model.offset)
    status = solver.solve(program, watch)
    if status == cp_model.MODEL_INVALID:
        msg = f"CP-SAT refuses the model: {program.validate()}"
        raise EngineError(msg)
    return _read(cp_model, solver, status, model)


def _program(cp_model: Any, model: Model, hint: NDArray[Any] | None) -> Any:
    """The program in CP-SAT's own form, written row by row."""
    rows, columns, _ = model.size
    lower, upper = _whole(model.col_lower, "bound"), _whole(model.col_upper, "bound")
    matrix = csc_array((_whole(model.value, "coefficient"), model.index, model.start),
                       shape=(rows, columns)).tocsr()  # fmt: skip
    program = cp_model.CpModel()
    proto = program.proto
    for low, high in zip(lower.tolist(), upper.tolist(), strict=True):
        proto.variables.add().domain.extend([low, high])
    index, value = matrix.indices.tolist(), matrix.data.tolist()
    limit = 1 << 53
    row_lower = np.ceil(np.clip(model.row_lower, -limit, limit) - 1e-9).astype(np.int64)
    row_upper = np.floor(np.clip(model.row_upper, -limit, limit) + 1e-9).astype(np.int64)
    for row, (first, last) in enumerate(zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)):
        linear = proto.constraints.add().linear
        linear.vars.extend(index[first:last])
        linear.coeffs.extend(value[first:last])
        linear.domain.extend([int(row_lower[row]), int(row_upper[row])])
    cost = _whole(model.cost, "cost")
    costly = np.flatnonzero(cost)
    proto.objective.vars.extend(costly.tolist())
    proto.objective.coeffs.extend(cost[costly].tolist())
    if hint is not None:
        proto.solution_hint.vars.extend(range(columns))
        proto.solution_hint.values.extend(np.asarray(hint).astype(np.int64).tolist())
    return program


def _whole(values: NDArray[np.float64], what: str) -> Integers:
    whole = np.round(np.nan_to_num(values, posinf=0.5, neginf=0.5)).astype(np.int64)
    if not np.array_equal(whole, values):
        msg = f"CP-SAT needs every {what} whole and finite"
        raise EngineError(msg)
    return whole


def _watch(cp_model: Any, on_found: Callable[[float, float], None], offset: float) -> Any:
    class Watch(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        def on_solution_callback(self) -> None:
            on_found(self.objective_value + offset, self.best_objective_bound + offset)

    return Watch()


def _read(cp_model: Any, solver: Any, status: Any, model: Model) -> Found:
    has_point = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    proto = solver.response_proto
    ended = {cp_model.OPTIMAL: Status.OPTIMAL, cp_model.INFEASIBLE: Status.INFEASIBLE}
    x = np.array(proto.solution, np.int64) if has_point else np.empty(0, np.int64)
    infeasible = status == cp_model.INFEASIBLE
    bound = math.ceil(proto.best_objective_bound - 1e-6) + model.offset  # costs are whole
    return Found(
        status=ended.get(status, Status.LIMIT),
        objective=float(model.cost @ x) + model.offset if has_point else math.inf,
        bound=math.inf if infeasible else bound,
        x=x,
        effort=float(proto.deterministic_time),
    )
