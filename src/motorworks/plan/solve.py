"""Solve the plan: the one place where the parts of the stage are wired."""

import time
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from motorworks import __version__
from motorworks.case.case import Case
from motorworks.engines.lp import highs
from motorworks.engines.lp.builder import Builder
from motorworks.engines.lp.model import Floats, Model, Solution, Status, fix_integers
from motorworks.errors import EngineError, InfeasibleError
from motorworks.plan import constraints
from motorworks.plan.data import PlanData
from motorworks.plan.decode import Values, decode
from motorworks.plan.decode.objectives import objectives_table
from motorworks.plan.encode import encode
from motorworks.plan.explain.conflict import NO_PLAN, describe_conflict
from motorworks.plan.large.optimise import Task, optimise_large, suits
from motorworks.plan.marginals import marginals
from motorworks.plan.objectives import Aim, aim_of, values_of
from motorworks.plan.optimum import Found, OnFound, Optimum, Rank, Search, optimise_in_order
from motorworks.plan.params import PlanParams
from motorworks.plan.variables import Variables, add_variables
from motorworks.plan.warm_start import Tables, start_from
from motorworks.result.plan import PlanResult, Solver


@dataclass(frozen=True)
class Program:
    """A plan model ready to be solved: its least cost is minus the largest margin."""

    params: PlanParams
    data: PlanData
    builder: Builder
    variables: Variables
    model: Model
    seconds: dict[str, float]


def solve_plan(
    case: Case,
    params: PlanParams | None = None,
    *,
    start: Tables | None = None,
    on_found: OnFound | None = None,
) -> PlanResult:
    """Find the best plan: the largest margin, or what the settings put before and after it.

    Parameters
    ----------
    case
        A case that :func:`motorworks.case.check.check_case` finds nothing wrong with.
    params
        Settings; those of ``case.info.plan`` if not given.
    start
        Result tables of another plan, from whose choices the search begins.
    on_found
        Told how far a search for choices has come; with it, Ctrl-C keeps the best plan so far.

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
    first = None
    if start is not None and program.model.has_integers:
        first = start_from(start, program.data, program.variables, len(program.model.cost))
    return read_plan(program, optimise(program, start=first, on_found=on_found, ranging=True))


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
    return Program(params, data, builder, variables, model, seconds)


@dataclass(frozen=True)
class Solved:
    """A model and its solution, from which others of the same shape may start."""

    model: Model
    solution: Solution


def optimise(
    program: Program,
    near: Solved | None = None,
    *,
    start: Floats | None = None,
    on_found: OnFound | None = None,
    ranging: bool = False,
    explain: bool = True,
) -> Optimum:
    """Find the best plan of a program.

    Parameters
    ----------
    program
        What to solve.
    near
        Another program and its solution: where that has the same shape, its basis is the start,
        and what it chose (starts, shifts, sites ...) is kept; chosen anew where there is no plan
        with it.
    start
        Values of the columns to begin the search for choices from; NaN where not known.
    on_found
        Told how far a search for choices has come; with it, Ctrl-C keeps the best plan so far.
    ranging
        Also work out up to where marginal values hold.
    explain
        Name the rules that conflict where there is no plan, which takes solves of its own.

    Raises
    ------
    InfeasibleError
        If no plan meets all rules.
    EngineError
        If the margin has no limit, or the search stopped before there was a plan.
    """
    model, basis, primal = program.model, None, False
    if near is not None and near.model.size[:2] == model.size[:2]:
        # what is claimed at customs follows from what is built; it binds nobody
        claims = program.variables.origin.claim.ravel()
        model = fix_integers(model, near.solution.x, claims)
        basis = near.solution.basis
        primal = fix_integers(near.model, near.solution.x, claims).same_limits(model)
    params = program.params
    search = Search(
        gap=params.gap_pct / 100.0, time_limit_s=params.time_limit_s, basis=basis,
        primal=primal, start=start, on_found=on_found, ranging=ranging,
    )  # fmt: skip
    aims = [aim_of(name, program.data, program.variables, model) for name in params.objectives]
    if near is None and (large := _optimise_large(program, aims[0], on_found)) is not None:
        return large
    tolerance = params.tolerance_pct / 100.0
    solution = optimise_in_order(model, aims, tolerance, search)
    if solution.status is Status.INFEASIBLE and model is not program.model:
        model = program.model
        solution = optimise_in_order(
            model, aims, tolerance, replace(search, basis=None, primal=False)
        )
    if solution.status is Status.INFEASIBLE:
        told = describe_conflict(program.builder, program.data, model) if explain else NO_PLAN
        raise InfeasibleError(told)
    if solution.status is Status.UNBOUNDED:
        msg = "the margin has no limit: something earns money and nothing limits it"
        raise EngineError(msg)
    if not isinstance(solution, Optimum):
        msg = f"the plan was {solution.status.value} before there was one; "
        raise EngineError(msg + "raise time_limit_s in [plan] of case.toml")
    return solution


def _optimise_large(program: Program, margin: Aim, on_found: OnFound | None) -> Optimum | None:
    """The plan of a program too large for the simplex; None where it is not, or has no such."""

    def tell(seconds: float, cost: float, limit: float) -> None:
        if on_found is not None and np.isfinite(cost) and np.isfinite(limit):
            on_found(Found("margin", seconds, -cost, -limit))

    task = Task(
        program.model, program.builder, program.data, program.variables, program.params,
        None if on_found is None else tell,
    )  # fmt: skip
    solution = optimise_large(task) if suits(task) else None
    if solution is None:
        return None
    rank = Rank(margin, solution.objective, min(solution.bound, solution.objective))
    return Optimum(**vars(solution), ranks=(rank,))


def read_plan(program: Program, solution: Optimum, only: Collection[str] = ()) -> PlanResult:
    """Write the tables of a solved program, or ``only`` some of them."""
    began = time.perf_counter()
    data, params = program.data, program.params
    tables = decode(data, params, Values.of(program.variables, solution.x, data), only)
    if not only or "objectives" in only:
        tables["objectives"] = _objectives(program, solution)
    if not only or "marginals" in only:
        tables["marginals"] = marginals(
            program.builder, data, program.variables, solution,
            tables["capacity"], tables["production"],
        )  # fmt: skip
    seconds = {"solve": solution.seconds, "decode": time.perf_counter() - began}
    return PlanResult(
        margin=margin_of(program, solution),
        tables=tables,
        settings=params.model_dump(),
        solver=_proof(program, solution),
        seconds={**program.seconds, **seconds},
        columns=solution.x,
    )


def _objectives(program: Program, solution: Optimum) -> pl.DataFrame:
    """All objectives with their values, those that were optimised first."""
    ranks = {rank.aim.name: (rank.aim.sign * rank.best, rank.aim.sign * rank.bound)
             for rank in solution.ranks}  # fmt: skip
    values = values_of(ranks, program.data, program.variables, program.model, solution.x)
    return objectives_table(values, ranks)


def margin_of(program: Program, solution: Solution) -> float:
    """Margin of a solved program, in the reporting currency."""
    return -(float(program.model.cost @ solution.x) + float(program.model.offset))


def _proof(program: Program, solution: Optimum) -> Solver:
    rows, columns, nonzeros = program.model.size
    bounds = [-rank.bound for rank in solution.ranks if rank.aim.name == "margin"]
    return Solver(
        name=solution.engine,
        version=highs.version() if solution.engine == "HiGHS" else __version__,
        status=solution.status.value,
        rows=rows,
        columns=columns,
        nonzeros=nonzeros,
        bound=bounds[0] if bounds else None,
        gap=max(rank.gap for rank in solution.ranks),
        iterations=solution.iterations,
    )
