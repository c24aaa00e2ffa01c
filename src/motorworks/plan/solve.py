"""Solve the plan: the one place where the parts of the stage are wired."""

import time
from dataclasses import dataclass

import numpy as np

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

    data: PlanData
    builder: Builder
    variables: Variables
    model: Model
    constant: float


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
    """
    params = params or PlanParams(**case.info.plan)
    clock = [time.perf_counter()]
    data = encode(case, params)
    clock.append(time.perf_counter())
    program = build(data, params)
    clock.append(time.perf_counter())
    solution = _optimal(program, params)
    clock.append(time.perf_counter())
    values = Values.of(program.variables, solution.x, data)
    tables = decode(data, params, values)
    tables["marginals"] = marginals(program.builder, data, program.variables, solution)
    clock.append(time.perf_counter())
    phases = ("encode", "build", "solve", "decode")
    return PlanResult(
        margin=program.constant - solution.objective,
        tables=tables,
        settings=params.model_dump(),
        solver=_proof(program, solution),
        seconds=dict(zip(phases, np.diff(clock).tolist(), strict=True)),
    )


def build(data: PlanData, params: PlanParams) -> Program:
    """Write the program: columns, then every family of rules."""
    builder = Builder()
    variables = add_variables(builder, data, params)
    for family in constraints.FAMILIES:
        family(builder, data, variables, params)
    return Program(data, builder, variables, builder.model(), revenue_if_all_sold(data))


def best_margin(case: Case, params: PlanParams | None = None) -> float:
    """Solve for the margin alone, without writing tables."""
    params = params or PlanParams(**case.info.plan)
    program = build(encode(case, params), params)
    return program.constant - _optimal(program, params).objective


def _optimal(program: Program, params: PlanParams) -> Solution:
    solution = highs.solve(program.model, time_limit_s=params.time_limit_s)
    if solution.status is Status.INFEASIBLE:
        raise InfeasibleError(describe_conflict(program.builder, program.data, program.model))
    if solution.status is not Status.OPTIMAL:
        msg = f"the plan was {solution.status.value}; raise time_limit_s in [plan] of case.toml"
        raise EngineError(msg)
    return solution


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
