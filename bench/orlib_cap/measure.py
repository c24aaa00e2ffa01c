"""Solve instances in one way in this process, which does nothing else.

``measure.py WAY ARRAYS FILE...`` prints a line of JSON. ``motorworks`` leaves the arrays of each
program in the folder ARRAYS, and ``mathopt`` takes them from there.
"""

import json
import pickle
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """Least cost of an instance and what it took, seconds by the clock unless said."""

    name: str
    cost: float
    proven: bool
    clean: bool
    build_s: float
    solve_s: float
    solve_cpu_s: float
    total_s: float


def with_motorworks(file: Path, arrays: Path) -> Measured:
    """Read, plan and verify as a user of the library would."""
    from motorworks.io.formats.orlib_cap import read_orlib_cap
    from motorworks.plan.params import PlanParams
    from motorworks.plan.solve import optimise, read_plan, write_program
    from motorworks.result.verify import verify_plan

    began = time.perf_counter()
    case = read_orlib_cap(file)
    program = write_program(case, PlanParams(**case.info.plan))
    cpu, built = time.process_time(), time.perf_counter()
    optimum = optimise(program, ranging=True)
    solved, cpu = time.perf_counter(), time.process_time() - cpu
    plan = read_plan(program, optimum)
    done = time.perf_counter()
    (arrays / file.stem).write_bytes(pickle.dumps(program.model))
    clean = verify_plan(case, plan).clean
    build = sum(program.seconds.values())
    proven = plan.solver.gap <= 1e-9
    return Measured(
        file.stem, -plan.margin, proven, clean, build, solved - built, cpu, done - began
    )


def with_mathopt(file: Path, arrays: Path) -> Measured:
    """Hand the arrays to MathOpt and solve with its HiGHS."""
    from datetime import timedelta

    from ortools.math_opt.python import mathopt
    from ortools.math_opt.solvers import highs_pb2

    model = pickle.loads((arrays / file.stem).read_bytes())
    began = time.perf_counter()
    program = mathopt.Model.from_model_proto(_proto(model))
    cpu, built = time.process_time(), time.perf_counter()
    params = mathopt.SolveParameters(
        relative_gap_tolerance=0.0, time_limit=timedelta(hours=1),
        highs=highs_pb2.HighsOptionsProto(int_options={"threads": 1}),
    )  # fmt: skip
    result = mathopt.solve(program, mathopt.SolverType.HIGHS, params=params)
    done, cpu = time.perf_counter(), time.process_time() - cpu
    proven = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    cost = result.objective_value()
    return Measured(file.stem, cost, proven, True, built - began, done - built, cpu, 0.0)


def _proto(model):
    """The arrays as MathOpt takes them: entries by rows."""
    import numpy as np
    from ortools.math_opt import model_pb2
    from scipy.sparse import csc_array

    rows, columns, _ = model.size
    matrix = csc_array((model.value, model.index, model.start), shape=(rows, columns)).tocsr()
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    proto = model_pb2.ModelProto()
    whole = np.zeros(columns, bool) if model.integer is None else model.integer
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend(model.col_lower.tolist())
    proto.variables.upper_bounds.extend(model.col_upper.tolist())
    proto.variables.integers.extend(whole.tolist())
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(model.row_lower.tolist())
    proto.linear_constraints.upper_bounds.extend(model.row_upper.tolist())
    entries = matrix.tocoo()
    proto.linear_constraint_matrix.row_ids.extend(entries.row.tolist())
    proto.linear_constraint_matrix.column_ids.extend(entries.col.tolist())
    proto.linear_constraint_matrix.coefficients.extend(entries.data.tolist())
    priced = np.flatnonzero(model.cost)
    proto.objective.offset = model.offset
    proto.objective.linear_coefficients.ids.extend(priced.tolist())
    proto.objective.linear_coefficients.values.extend(model.cost[priced].tolist())
    return proto


def main() -> None:
    """Solve the first instance once beforehand, so that all is loaded; then measure them all."""
    way, folder, *files = sys.argv[1:]
    measure = {"motorworks": with_motorworks, "mathopt": with_mathopt}[way]
    measure(Path(files[0]), Path(folder))
    print(json.dumps([asdict(measure(Path(file), Path(folder))) for file in files]))


if __name__ == "__main__":
    main()
