"""Plan one generated case in this process, which does nothing else; prints a line of JSON.

``measure.py SIZE WAY`` with the size as JSON. Ways: ``linear`` and ``choices`` plan and verify
through the product's own door; ``simplex``, ``ipm`` and ``pdlp`` hand the arrays of the linear
program to HiGHS.
"""

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.group_size.generate import Size, generate
from motorworks.plan.large import optimise
from motorworks.plan.params import PlanParams
from motorworks.plan.solve import solve_plan, write_program
from motorworks.result.plan import PlanResult
from motorworks.result.verify import verify_plan


@dataclass(frozen=True)
class Planned:
    """What a plan took: seconds by the clock, CPU seconds where said, peak memory in MB."""

    rows: int
    columns: int
    entries: int
    margin: float
    gap: float
    iterations: int
    build_s: float
    solve_s: float
    plan_cpu_s: float
    plan_mb: float
    verify_s: float
    verify_mb: float
    said: str


def plan(size: Size, choices: bool, least: int) -> Planned:
    """Draw the case, plan it, and have the plan verified."""
    optimise.LARGE = least
    case = generate(size, choices=choices)
    cpu = time.process_time()
    result: PlanResult = solve_plan(case)
    cpu, memory = time.process_time() - cpu, _peak_mb()
    began = time.perf_counter()
    verification = verify_plan(case, result)
    solver, seconds = result.solver, result.seconds
    return Planned(
        solver.rows, solver.columns, solver.nonzeros, result.margin, solver.gap,
        solver.iterations, seconds["encode"] + seconds["build"], seconds["solve"], cpu, memory,
        time.perf_counter() - began, _peak_mb(), str(verification).splitlines()[0],
    )  # fmt: skip


@dataclass(frozen=True)
class Tried:
    """What HiGHS made of the linear program."""

    way: str
    columns: int
    cpu_s: float
    status: str
    margin: float
    missed: float


_OPTIONS: dict[str, dict[str, Any]] = {
    "simplex": {"solver": "simplex"},
    "ipm": {"solver": "ipm", "run_crossover": "off", "ipm_optimality_tolerance": 1e-5},
    "pdlp": {"solver": "pdlp", "kkt_tolerance": 1e-5, "presolve": "off"},
}


def attempt(size: Size, way: str, limit_s: float) -> Tried:
    """Solve the linear program with a method of HiGHS, on one thread."""
    import highspy
    import numpy as np

    case = generate(size)
    model = write_program(case, PlanParams(**case.info.plan)).model
    rows, columns, entries = model.size
    highs = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "time_limit": limit_s, **_OPTIONS[way]}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(
        columns, rows, entries, 1, 1, model.offset, model.cost, model.col_lower, model.col_upper,
        model.row_lower, model.row_upper, model.start, model.index, model.value,
        np.zeros(columns, np.int32),
    )  # fmt: skip
    cpu = time.process_time()
    highs.run()
    cpu = time.process_time() - cpu
    info = highs.getInfo()
    return Tried(
        way, columns, cpu, highs.modelStatusToString(highs.getModelStatus()),
        -info.objective_function_value, info.max_primal_infeasibility,
    )  # fmt: skip


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    """Measure what the command line says."""
    size, way, least = Size(**json.loads(sys.argv[1])), sys.argv[2], int(sys.argv[3])
    if way in _OPTIONS:
        print(json.dumps(asdict(attempt(size, way, 900.0))))
    else:
        print(json.dumps(asdict(plan(size, way == "choices", least))))


if __name__ == "__main__":
    main()
