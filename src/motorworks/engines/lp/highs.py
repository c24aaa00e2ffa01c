"""Solve a linear program with HiGHS, fed straight from arrays."""

import time
from typing import Any

import highspy
import numpy as np

from motorworks.engines.lp.model import Model, Solution, Status
from motorworks.errors import EngineError

_STATUS = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
    highspy.HighsModelStatus.kTimeLimit: Status.LIMIT,
    highspy.HighsModelStatus.kIterationLimit: Status.LIMIT,
    highspy.HighsModelStatus.kInterrupt: Status.LIMIT,
}


_PRIMAL = 4


def version() -> str:
    """Version of the solver."""
    return str(highspy.Highs().version())


def solve(
    model: Model,
    *,
    basis: Any = None,
    primal: bool = False,
    time_limit_s: float | None = None,
    iteration_limit: int | None = None,
) -> Solution:
    """Minimise a linear program with the simplex of HiGHS, on one thread.

    Parameters
    ----------
    model
        The program.
    basis
        Where to start: the basis of a solution of a model of the same shape.
    primal
        Use the primal simplex: quicker from a basis whose model had the same limits and only
        other costs.
    time_limit_s, iteration_limit
        Where to stop; the result then is the best point reached. Only the iteration limit gives
        the same result each time.

    Raises
    ------
    EngineError
        If HiGHS refuses the model or an option, or ends for an unexpected reason.

    Examples
    --------
    >>> from motorworks.engines.lp.builder import Builder
    >>> lp = Builder()
    >>> x = lp.columns("x", (2,), cost=[1.0, 2.0])
    >>> lp.terms(lp.rows("need", (1,), lower=3.0), x, 1.0)
    >>> solve(lp.model()).objective
    3.0
    """
    highs = highspy.Highs()
    for name, value in _options(time_limit_s, iteration_limit).items():
        _check(highs.setOptionValue(name, value), f"option {name}")
    if primal:
        _check(highs.setOptionValue("simplex_strategy", _PRIMAL), "option simplex_strategy")
    _check(_pass(highs, model), "model")
    if basis is not None:
        _check(highs.setBasis(basis), "basis")
    began = time.perf_counter()
    status = _run(highs)
    if status not in _STATUS:
        # a basis may be singular in this model, and presolve may not tell unbounded from
        # infeasible; HiGHS then gives up, but the plain simplex from scratch does not
        _check(highs.clearSolver(), "fresh start")
        _check(highs.setOptionValue("presolve", "off"), "option presolve")
        status = _run(highs)
    seconds = time.perf_counter() - began
    if status not in _STATUS:
        msg = f"HiGHS ended with status {highs.modelStatusToString(status)!r}"
        raise EngineError(msg)
    return _read(highs, _STATUS[status], seconds)


def _run(highs: Any) -> Any:
    highs.run()
    return highs.getModelStatus()


def _options(time_limit_s: float | None, iteration_limit: int | None) -> dict[str, Any]:
    options: dict[str, Any] = {"output_flag": False, "threads": 1, "solver": "simplex"}
    if time_limit_s is not None:
        options["time_limit"] = float(time_limit_s)
    if iteration_limit is not None:
        options["simplex_iteration_limit"] = iteration_limit
    return options


def _pass(highs: Any, model: Model) -> Any:
    rows, columns, nonzeros = model.size
    return highs.passModel(
        columns, rows, nonzeros,
        int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize), model.offset,
        model.cost, model.col_lower, model.col_upper, model.row_lower, model.row_upper,
        model.start, model.index, model.value, np.zeros(columns, np.int32),
    )  # fmt: skip


def _read(highs: Any, status: Status, seconds: float) -> Solution:
    info, solution = highs.getInfo(), highs.getSolution()
    objective = float(info.objective_function_value)
    optimal = status is Status.OPTIMAL
    return Solution(
        status=status,
        objective=objective,
        bound=objective if optimal else -np.inf,
        x=np.array(solution.col_value),
        dual=np.array(solution.row_dual),
        reduced=np.array(solution.col_dual),
        iterations=int(info.simplex_iteration_count),
        seconds=seconds,
        basis=highs.getBasis() if optimal else None,
    )


def _check(status: Any, what: str) -> None:
    """HiGHS falls back silently where an option is not available, so each return is looked at."""
    if status == highspy.HighsStatus.kError:
        msg = f"HiGHS refused the {what}"
        raise EngineError(msg)
