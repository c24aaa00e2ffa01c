"""Solve a linear or mixed integer program with HiGHS, fed straight from arrays."""

import copyreg
import time
from typing import Any

import highspy
import numpy as np

from motorworks.engines.lp.model import Floats, Model, Solution, Status
from motorworks.engines.lp.watched import OnProgress, run_watched
from motorworks.errors import EngineError

_STATUS = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
    highspy.HighsModelStatus.kTimeLimit: Status.LIMIT,
    highspy.HighsModelStatus.kIterationLimit: Status.LIMIT,
    highspy.HighsModelStatus.kSolutionLimit: Status.LIMIT,
    highspy.HighsModelStatus.kInterrupt: Status.LIMIT,
}


_PRIMAL = 4

_FEASIBLE = 2
"""How HiGHS marks a point that meets all rows."""


def version() -> str:
    """Version of the solver."""
    return str(highspy.Highs().version())


def solve(
    model: Model,
    *,
    basis: Any = None,
    primal: bool = False,
    start: Floats | None = None,
    gap: float = 1e-6,
    time_limit_s: float | None = None,
    iteration_limit: int | None = None,
    node_limit: int | None = None,
    any_point: bool = False,
    ranging: bool = False,
    on_progress: OnProgress | None = None,
) -> Solution:
    """Minimise a linear program with the simplex of HiGHS, or a mixed integer one.

    Parameters
    ----------
    model
        The program; it is a mixed integer one if ``model.integer`` has a true entry.
    basis
        Where to start: the basis of a solution of a linear model of the same shape.
    primal
        Use the primal simplex: quicker from a basis whose model had the same limits and only
        other costs.
    start
        Values of the columns to start a mixed integer program from; NaN where not known.
    gap
        Stop a mixed integer program when proven within this share of the best objective.
    time_limit_s, iteration_limit, node_limit
        Where to stop; the result then is the best point reached. Only the limits on iterations
        and nodes give the same result each time.
    any_point
        Stop a mixed integer program at the first point that meets all rows.
    ranging
        Also work out how far each limit may move before its marginal value changes.
    on_progress
        Called now and then while a mixed integer program is solved. With it, Ctrl-C stops the
        search and the best point so far is the result, its status ``LIMIT``.

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
    >>> n = lp.columns("n", (1,), cost=1.5, integer=True)
    >>> lp.terms(lp.rows("half", (1,), lower=1.0), n, 2.0)
    >>> solve(lp.model()).objective
    4.5
    """
    highs = highspy.Highs()
    options = _options(time_limit_s, iteration_limit)
    if model.has_integers:
        options |= _mip_options(gap, node_limit)
        options |= {"mip_max_improving_sols": 1} if any_point else {}
    if primal:
        options["simplex_strategy"] = _PRIMAL
    for name, value in options.items():
        check(highs.setOptionValue(name, value), f"option {name}")
    check(pass_model(highs, model), "model")
    if basis is not None:
        check(highs.setBasis(basis), "basis")
    if start is not None:
        known = np.flatnonzero(~np.isnan(start)).astype(np.int32)
        check(highs.setSolution(len(known), known, start[known]), "start")
    began = time.perf_counter()
    status = _run(highs, on_progress)
    if status not in _STATUS:
        # a basis may be singular in this model, and presolve may not tell unbounded from
        # infeasible; HiGHS then gives up, but the plain simplex from scratch does not
        check(highs.clearSolver(), "fresh start")
        check(highs.setOptionValue("presolve", "off"), "option presolve")
        status = _run(highs, on_progress)
    seconds = time.perf_counter() - began
    if status not in _STATUS:
        msg = f"HiGHS ended with status {highs.modelStatusToString(status)!r}"
        raise EngineError(msg)
    read = _read_mip if model.has_integers else _read
    return read(highs, _STATUS[status], seconds, ranging)


def _run(highs: Any, on_progress: OnProgress | None) -> Any:
    if on_progress is None:
        highs.run()
    else:
        run_watched(highs, on_progress)
    return highs.getModelStatus()


def _options(time_limit_s: float | None, iteration_limit: int | None) -> dict[str, Any]:
    options: dict[str, Any] = {"output_flag": False, "threads": 1, "solver": "simplex"}
    if time_limit_s is not None:
        options["time_limit"] = float(time_limit_s)
    if iteration_limit is not None:
        options["simplex_iteration_limit"] = iteration_limit
    return options


def _mip_options(gap: float, node_limit: int | None) -> dict[str, Any]:
    options: dict[str, Any] = {
        "mip_rel_gap": gap, "mip_abs_gap": 1e-6, "mip_feasibility_tolerance": 1e-7,
    }  # fmt: skip
    if node_limit is not None:
        options["mip_max_nodes"] = node_limit
    return options


def pass_model(highs: Any, model: Model) -> Any:
    """Hand a program to HiGHS; its status."""
    rows, columns, nonzeros = model.size
    kinds = np.zeros(columns, np.int32)
    if model.integer is not None:
        kinds[model.integer] = int(highspy.HighsVarType.kInteger)
    return highs.passModel(
        columns, rows, nonzeros,
        int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize), model.offset,
        model.cost, model.col_lower, model.col_upper, model.row_lower, model.row_upper,
        model.start, model.index, model.value, kinds,
    )  # fmt: skip


def _read(highs: Any, status: Status, seconds: float, ranging: bool) -> Solution:
    info, solution = highs.getInfo(), highs.getSolution()
    objective = float(info.objective_function_value)
    optimal = status is Status.OPTIMAL
    row_until = column_until = None
    if ranging and optimal:
        row_until, column_until = _ranging(highs)
    return Solution(
        status=status,
        objective=objective,
        bound=objective if optimal else -np.inf,
        x=_array(solution.col_value),
        dual=_array(solution.row_dual),
        reduced=_array(solution.col_dual),
        iterations=int(info.simplex_iteration_count),
        seconds=seconds,
        basis=highs.getBasis() if optimal else None,
        feasible=info.primal_solution_status == _FEASIBLE,
        row_until=row_until,
        column_until=column_until,
    )


def _read_mip(highs: Any, status: Status, seconds: float, _ranging: bool) -> Solution:
    """A point without marginal values: those need the integers fixed."""
    info, solution = highs.getInfo(), highs.getSolution()
    none = np.zeros(0)
    return Solution(
        status=status,
        objective=float(info.objective_function_value),
        bound=float(info.mip_dual_bound),
        x=_array(solution.col_value),
        dual=none,
        reduced=none,
        iterations=int(info.simplex_iteration_count),
        seconds=seconds,
        feasible=info.primal_solution_status == _FEASIBLE,
        whole=True,
        nodes=max(int(info.mip_node_count), 0),
    )


def _sent(basis: Any) -> tuple[Any, ...]:
    """What a basis is to another process, where HiGHS says nothing of that: its statuses."""
    columns, rows = (bytes(map(int, statuses)) for statuses in (basis.col_status, basis.row_status))
    return _received, (columns, rows, basis.valid, basis.alien)


def _received(columns: bytes, rows: bytes, valid: bool, alien: bool) -> Any:
    basis = highspy.HighsBasis()
    status = [highspy.HighsBasisStatus(n) for n in range(len(highspy.HighsBasisStatus.__members__))]
    basis.col_status = [status[n] for n in columns]
    basis.row_status = [status[n] for n in rows]
    basis.valid, basis.alien = valid, alien
    return basis


copyreg.pickle(highspy.HighsBasis, _sent)


def _array(values: list[float]) -> Floats:
    """What HiGHS gives as a list; half the work of ``np.array``, which looks for its type."""
    return np.fromiter(values, np.float64, len(values))


def _ranging(highs: Any) -> tuple[Floats | None, Floats | None]:
    """How far upper limits of rows and columns may rise before their marginal value changes."""
    status, ranges = highs.getRanging()
    if status != highspy.HighsStatus.kOk:
        return None, None
    return np.array(ranges.row_bound_up.value_), np.array(ranges.col_bound_up.value_)


def check(status: Any, what: str) -> None:
    """HiGHS falls back silently where an option is not available, so each return is looked at."""
    if status == highspy.HighsStatus.kError:
        msg = f"HiGHS refused the {what}"
        raise EngineError(msg)
