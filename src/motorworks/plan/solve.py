"""Solve the plan: the one place where the parts of the stage are wired."""

import time
from collections.abc import Collection
from dataclasses import dataclass

from motorworks.case.case import Case
from motorworks.engines.lp import highs
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Model, Solution, Status
from motorworks.errors import EngineError, InfeasibleError
from motorworks.plan import constraints
from motorworks.plan.conflict import describe_conflict
from motorworks.plan.data import PlanData
from motorworks.plan.decode import Values, decode
from motorworks.plan.encode import encode
from motorworks.plan.marginals import marginals
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables, add_variables, revenue_if_all_sold
from motorworks.result.plan import PlanResult, Solver


@dataclass(frozen=True)
class Program:
    """A plan model ready to be solved; ``constant`` is the revenue if every car were sold."""

    params: PlanParams
    data: PlanData
    builder: Builder
    variables: Variables
    model: Model
    constant: float
    seconds: dict[str, float]


def solve_plan(case: Case, params: PlanParams | None = None) -> PlanResult:
    """Find the plan with the largest margin.

    Parameters
    ----------
    case
        A case that :func:`motorworks.case.check.check_case` finds nothing wrong with.
    params
        Settings; those of ``case.info.plan`` if not given.

    Returns
    -------
    PlanResult
        All result tables, margin, proof and times.

    Raises
    ------
    InfeasibleError
        If hard rules (pins, agreement maxima, yards) cannot all be met; names some that conflict.
    EngineError
        If the solver stops at its time limit before it has a plan.

    Examples
    --------
    >>> from motorworks.io.case_folder import find_case, read_case
    >>> round(solve_plan(read_case(find_case("tiny"))).margin, 2)
    8875748.01
    """
    program = write_program(case, params or PlanParams(**case.info.plan))
    return read_plan(program, optimise(program))


def write_program(case: Case, params: PlanParams) -> Program:
    """Encode a case and write its program."""
    began = time.perf_counter()
    data = encode(case, params)
    encoded = time.perf_counter() - began
    program = build(data, params)
    program.seconds["encode"] = encoded
    return program


def build(data: PlanData, params: PlanParams) -> Program:
    """Write the program: columns, then every family of rules."""
    began = time.perf_counter()
    builder = Builder()
    variables = add_variables(builder, data, params)
    for family in constraints.FAMILIES:
        builder.rule = family.__name__
        family(builder, data, variables, params)
    model = builder.model()
    seconds = {"encode": 0.0, "build": time.perf_counter() - began}
    return Program(params, data, builder, variables, model, revenue_if_all_sold(data), seconds)


@dataclass(frozen=True)
class Solved:
    """A model and its solution, from which others of the same shape may start."""

    model: Model
    solution: Solution


def optimise(program: Program, near: Solved | None = None) -> Solution:
    """Solve a program, from the basis of another where that has the same shape."""
    basis, primal = None, False
    if near is not None and near.model.size[:2] == program.model.size[:2]:
        basis, primal = near.solution.basis, near.model.same_limits(program.model)
    limit = program.params.time_limit_s
    solution = highs.solve(program.model, basis=basis, primal=primal, time_limit_s=limit)
    if solution.status is Status.INFEASIBLE:
        raise InfeasibleError(describe_conflict(program.builder, program.data, program.model))
    if solution.status is Status.UNBOUNDED:
        msg = "the margin has no limit: something earns money and nothing limits it"
        raise EngineError(msg)
    if solution.status is not Status.OPTIMAL:
        msg = f"the plan was {solution.status.value}; raise time_limit_s in [plan] of case.toml"
        raise EngineError(msg)
    return solution


def read_plan(program: Program, solution: Solution, only: Collection[str] = ()) -> PlanResult:
    """Write the tables of a solved program, or ``only`` some of them."""
    began = time.perf_counter()
    data, params = program.data, program.params
    tables = decode(data, params, Values.of(program.variables, solution.x, data), only)
    if not only or "marginals" in only:
        tables["marginals"] = marginals(program.builder, data, program.variables, solution)
    seconds = {"solve": solution.seconds, "decode": time.perf_counter() - began}
    return PlanResult(
        margin=margin_of(program, solution),
        tables=tables,
        settings=params.model_dump(),
        solver=_proof(program, solution),
        seconds={**program.seconds, **seconds},
    )


def margin_of(program: Program, solution: Solution) -> float:
    """Margin of a solved program, in the reporting currency."""
    return program.constant - solution.objective


def _proof(program: Program, solution: Solution) -> Solver:
    rows, columns, nonzeros = program.model.size
    return Solver(
        name="HiGHS",
        version=highs.version(),
        status=solution.status.value,
        rows=rows,
        columns=columns,
        nonzeros=nonzeros,
        bound=program.constant - solution.bound,
        gap=0.0,
        iterations=solution.iterations,
    )
